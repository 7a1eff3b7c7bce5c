import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MailEffect } from '../../../domain/job/effects.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import { askAgainPauseMs } from '../../../domain/job/ask-again.ts';
import { possible } from '../../../domain/job/answers.ts';
import { effectsOf } from '../../../domain/job/outward.ts';
import { initialJobState, jobProcess } from '../../../domain/job/process.ts';
import type { JobPhase, JobState } from '../../../domain/job/state.ts';
import type { Agency } from './agency.ts';
import { bookUntil, paper, person } from './agency.ts';

const asks = (a: Agency): MailEffect[] => a.mails.filter((one) => one.input.kind === 'ask');
const where = (one: MailEffect): string =>
  `${one.input.where?.circulation}/${one.input.where?.round}/${one.input.where?.step}`;

describe('what a job asks of the world', () => {
  test('every open step asks its holder once a round, with a link of its own', () => {
    const a = bookUntil('ARCHIVED');
    const asked = asks(a).map((one) => [where(one), one.input.grantId !== undefined] as const);
    const opened = a.events.flatMap((event) =>
      event.type === 'stepOpened' ? [`${event.circulation}/${event.round}/${event.step}`] : [],
    );
    expect(asked.map(([at]) => at)).toEqual(opened);
    expect(new Set(opened).size).toBe(opened.length);
    expect(asked.every(([, link]) => link)).toBe(true);
  });

  test('names: different things have different ones, the round among them; the same thing has the same (style §9)', () => {
    const a = bookUntil('ARTWORK_QC');
    a.does('copywriter', a.returnAct('artworkQc', 'copywriter'));
    a.does('designer', a.version('poster', 'FINISHED_ARTWORK'));
    const both = asks(a).filter(
      (one) => one.input.where?.circulation === 'artworkQc:poster' && one.input.where.step === 'copywriter',
    );
    expect(both.map((one) => one.input.where?.round)).toEqual([1, 2]);
    expect(new Set(a.effects.map((one) => one.name)).size).toBe(a.effects.length);
    const event: JobEvent = { type: 'unreachedTold', circulation: 'artworkQc:poster', round: 2, step: 'copywriter' };
    const stamp = {
      seq: 1,
      at: a.at,
      receivedAt: a.at,
      commandId: 'x',
      actor: { kind: 'system', name: 'clock' },
    } as const;
    expect(effectsOf(a.state, event, stamp)[0]?.name).toBe(
      effectsOf(a.state, event, { ...stamp, seq: 9, commandId: 'y' })[0]?.name,
    );
  });

  test('a step that comes back to somebody after two hand-overs asks them anew', () => {
    const a = bookUntil('ARTWORK_QC');
    const hand = (to: string) => {
      const { id: circulation, round } = a.running('artworkQc');
      a.does('manager', {
        type: 'handOver',
        circulation,
        round,
        step: 'copywriter',
        how: 'reassign',
        to,
        words: 'ill',
      });
    };
    hand('media');
    hand('copywriter');
    const names = asks(a)
      .filter((one) => one.input.where?.circulation === 'artworkQc:poster')
      .map((one) => one.name);
    expect(names).toHaveLength(3);
    expect(new Set(names).size).toBe(3);
    expect(a.holder('artworkQc', 'copywriter')).toBe('copywriter');
  });

  test('R-92: a spoken yes sends the confirmation link at once and changes nothing else; a spoken no sends none', () => {
    const a = bookUntil('PROPOSED');
    const { id: circulation, round } = a.running('proposalComment');
    const spoken = (verdict: 'yes' | 'no') =>
      a.does('executive', {
        type: 'note',
        circulation,
        round,
        step: 'client',
        note: { kind: 'spoken', verdict, evidence: 'call' },
        words: 'fine',
      });
    const mails = a.mails.length;
    spoken('no');
    expect(a.mails.length).toBe(mails);
    const before = a.state.circulations;
    spoken('yes');
    expect(a.mails.slice(mails).map((one) => one.input.kind)).toEqual(['spokenConfirm']);
    expect(a.state.circulations).toEqual(before);
    expect(a.state.phase).toBe('PROPOSED');
  });

  test('R-230: the rungs of a silent desk write to holder, stand-in or head with the AE, manager, director, once each', () => {
    const a = bookUntil('ARTWORK_QC');
    const mails = a.mails.length;
    for (;;) {
      const due = jobProcess.due(a.state);
      if (!due) break;
      a.now = Date.parse(due.at);
      a.send({ kind: 'system', name: 'clock' }, due.act);
    }
    const told = a.mails
      .slice(mails)
      .map((one) => ('position' in one.input.to ? one.input.to.position : one.input.to.personId));
    expect(told).toEqual(['copywriter', 'standInOrHead', 'owner', 'accountManager', 'accountDirector']);
    expect(a.running('artworkQc').stays[1]?.decisions).toEqual([]);
  });

  test('an undeliverable mail reaches the account executive', () => {
    const a = bookUntil('ARTWORK_QC');
    const { id: circulation, round } = a.running('artworkQc');
    a.send(
      { kind: 'system', name: 'mail' },
      { type: 'asked', circulation, round, step: 'copywriter', personId: 'copywriter', outcome: 'failed', why: '550' },
    );
    expect(a.mails.at(-1)?.input).toMatchObject({ kind: 'unreached', to: { position: 'owner' }, words: '550' });
  });

  test('a late command that was refused is answered to the one who sent it', () => {
    const a = bookUntil('CREATING');
    const stamp = { seq: 99, at: a.at, receivedAt: a.at, commandId: 'c9', actor: person('designer') };
    const event: JobEvent = {
      type: 'commandRefused',
      commandId: 'c9',
      act: 'sign',
      refusal: { refused: true, code: 'ALREADY_DECIDED' },
    };
    expect(effectsOf(a.state, event, stamp)).toMatchObject([
      { kind: 'mail', input: { kind: 'commandRefused', to: { personId: 'designer' } } },
    ]);
  });
});

describe('evolve is total', () => {
  const phases: readonly JobPhase[] = ['REQUESTED', 'ORDER_SIGNOFF', 'PROPOSED', 'ARTWORK_QC', 'DELIVERED', 'ARCHIVED'];
  const states: readonly JobState[] = [initialJobState('j'), ...phases.map((phase) => bookUntil(phase).state)];
  const refused = bookUntil('ORDER_SIGNOFF');
  refused.signs('workOrder', 'accountDirector');
  refused.does('creativeDirector', refused.returnAct('workOrder', 'creativeDirector', 'refuse'));
  const back = bookUntil('PROPOSED');
  back.does('contact', back.returnAct('proposalComment', 'client'));
  back.submit('executive', 'revisionDirection', paper('F-18'));
  const where = { circulation: 'workOrder', round: 1, step: 'creativeDirector' };
  const dated: JobEvent = {
    type: 'dateMoved',
    ...where,
    by: 'manager',
    from: '2026-03-12T01:00:00.000Z',
    to: '2026-03-13T01:00:00.000Z',
    words: 'x',
  };
  const odd: readonly JobEvent[] = [
    dated,
    { ...dated, to: 'never' },
    { ...dated, from: '', to: '9999-12-31T23:59:59.999Z' },
    { type: 'noted', ...where, personId: 'x', note: { kind: 'onIt', until: 'some day' }, words: '' },
    { type: 'noted', ...where, personId: 'x', note: { kind: 'onIt', until: '2026-09-12T01:00:00.000Z' }, words: '' },
    { type: 'held', by: 'manager', words: 'x' },
    { type: 'resumed', by: 'manager' },
    { type: 'decisionWithdrawn', ...where, by: 'creativeDirector', words: 'x' },
    { type: 'unreachedTold', ...where },
    { type: 'askFailed', ...where, personId: 'x', why: 'y' },
    { type: 'handedOver', ...where, by: 'x', how: 'add', to: 'y', words: 'z' },
    { type: 'handOverAsked', ...where, by: 'x', to: 'y', words: 'z' },
    { type: 'rungClimbed', ...where, n: 9, kind: 'digest', whom: 'ae' },
    { type: 'ownerChanged', from: 'a', to: 'b', words: 'c' },
  ];
  const events: readonly JobEvent[] = [...bookUntil('ARCHIVED').events, ...refused.events, ...back.events, ...odd];

  test('any event that ever was folds onto any state, and so do its effects', () => {
    fc.assert(
      fc.property(
        fc.nat(states.length - 1),
        fc.array(fc.nat(events.length - 1), { minLength: 1, maxLength: 40 }),
        (from, picks) => {
          let state = states[from] ?? initialJobState('j');
          for (const pick of picks) {
            const event = events[pick];
            if (!event) continue;
            const at = new Date(Date.parse('2026-04-01T00:00:00.000Z') + pick * 60_000).toISOString();
            const stamp = { seq: state.seq + 1, at, receivedAt: at, commandId: `c${pick}`, actor: person('manager') };
            state = jobProcess.evolve(state, event, stamp);
            jobProcess.effects(state, event, stamp);
            jobProcess.due(state);
          }
          expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('seen ids stay bounded and the newest are kept', () => {
    let state = bookUntil('CREATING').state;
    for (let n = 0; n < 1200; n += 1) {
      const at = '2026-04-01T00:00:00.000Z';
      state = jobProcess.evolve(
        state,
        { type: 'numberAsked' },
        { seq: state.seq + 1, at, receivedAt: at, commandId: `late-${n}`, actor: person('manager') },
      );
    }
    expect(Object.keys(state.seen).length).toBeLessThanOrEqual(500);
    expect(state.seen['late-1199']).toBe(state.seq);
    expect(state.seen['late-900']).toBeDefined();
  });
});

describe('a mail is sent again', () => {
  const again = (a: Agency, personId: string, more: object = {}) => {
    const { id: circulation, round } = a.running('artworkQc');
    return { type: 'askAgain', circulation, round, step: 'copywriter', personId, ...more } as const;
  };
  const mails = (a: Agency) =>
    asks(a).filter(
      (one) => one.input.where?.circulation === 'artworkQc:poster' && one.input.where.step === 'copywriter',
    );

  test('it is a new mail with the same link to the same person, and moves neither date nor rung', () => {
    const a = bookUntil('ARTWORK_QC');
    const stay = () => a.running('artworkQc').stays.find((one) => one.step === 'copywriter');
    const before = stay();
    a.does('executive', again(a, 'copywriter'));
    const [first, second] = mails(a);
    expect(second?.name).toMatch(/^job-test\/ask\/artworkQc:poster\/1\/copywriter\/again-\d+\/copywriter$/);
    expect(second?.name).not.toBe(first?.name);
    expect(second?.input.grantId).toBe(first?.input.grantId);
    expect(second?.input.to).toEqual({ personId: 'copywriter' });
    expect(stay()).toMatchObject({ dueAt: before?.dueAt, rungs: before?.rungs, state: 'open' });
  });

  test('the holder, the owner and an account manager or above may; nobody else', () => {
    for (const who of ['copywriter', 'executive', 'manager', 'director'])
      expect(bookUntilQc().refused(who, again(bookUntilQc(), 'copywriter'))).toBeUndefined();
    for (const who of ['designer', 'artDirector', 'contact', 'media'])
      expect(bookUntilQc().refused(who, again(bookUntilQc(), 'copywriter'))).toBe('NOT_ALLOWED');
  });

  test('not twice within ten minutes for one person and step, counted from when it arrived', () => {
    const a = bookUntilQc();
    a.does('copywriter', again(a, 'copywriter'));
    const arrived = a.now - 60_000; // The report of the accepted mail came a minute later.
    while (a.now + 60_000 < arrived + askAgainPauseMs)
      expect(a.refused('copywriter', again(a, 'copywriter'))).toBe('ASKED_LATELY');
    expect(a.refused('executive', again(a, 'copywriter'))).toBeUndefined();
    expect(mails(a)).toHaveLength(3);
  });

  test('only while the step is open, in the present round, and lies with this person', () => {
    const a = bookUntilQc();
    const nobody = possible(bookUntil('REQUESTED').state).find((one) => one.act === 'askAgain');
    expect(nobody?.refusal?.code).toBe('NOBODY_ASKED');
    expect(possible(a.state).find((one) => one.act === 'askAgain')?.refusal).toBeUndefined();
    expect(a.refused('executive', again(a, 'copywriter', { round: 7 }))).toBe('STALE_ROUND');
    expect(a.refused('executive', again(a, 'media'))).toBe('NOT_WITH_THEM');
    expect(a.refused('executive', again(a, 'artDirector', { step: 'artDirector' }))).toBe('NOT_WITH_THEM');
    expect(a.refused('executive', again(a, 'copywriter', { step: 'nobody' }))).toBe('UNKNOWN_OBJECT');
    const ask = again(a, 'copywriter');
    a.signs('artworkQc', 'copywriter');
    expect(a.refused('executive', ask)).toBe('NOT_WITH_THEM');
    a.does('manager', { type: 'cancel', words: 'over' });
    expect(a.refused('executive', ask)).toBe('CLOSED');
  });
});

function bookUntilQc(): Agency {
  return bookUntil('ARTWORK_QC');
}
