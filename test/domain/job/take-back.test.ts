import { describe, expect, test } from 'vitest';
import type { Verb } from '../../../domain/circulation/acts.ts';
import type { JobState } from '../../../domain/job/state.ts';
import type { Agency } from './agency.ts';
import { bookUntil, orderPaper, paper, submitsForAgreement } from './agency.ts';

type Circulation = JobState['circulations'][string];

/** The newest circulation of a point, running or not. */
const of = (a: Agency, point: string): Circulation => {
  const found = Object.values(a.state.circulations).find((one) => one.point === point);
  if (!found) throw new Error(`none at ${point}`);
  return found;
};
const back = (a: Agency, point: string, step: string): Verb => {
  const { id: circulation, round } = of(a, point);
  return { type: 'withdraw', circulation, round, step, words: 'pressed the wrong button' };
};
/** What of a job a no can move; the mis-click must leave none of it changed. */
const standing = (a: Agency): unknown => {
  const { phase, papers, pieces, proposals, circulations } = a.state;
  return {
    phase,
    papers,
    pieces,
    proposals,
    rounds: Object.values(circulations)
      .filter((one) => one.status === 'running')
      .map(({ id, round, stays, closedRounds }) => ({
        id,
        round,
        closedRounds,
        stays: stays.map(({ step, state, decisions, holders }) => ({
          step,
          state,
          decided: decisions.map(({ id: decision, verdict }) => [decision, verdict]),
          holders: holders.map((holder) => holder.personId),
        })),
      })),
  };
};

const cases: readonly (readonly [string, () => Agency, string, string, string, 'return' | 'refuse' | 'object'])[] = [
  [
    'the account director returns a work order',
    () => bookUntil('ORDER_SIGNOFF'),
    'director',
    'workOrder',
    'accountDirector',
    'return',
  ],
  [
    'the copywriter refuses it',
    () => {
      const a = bookUntil('ORDER_SIGNOFF');
      a.signs('workOrder', 'accountDirector', 'creativeDirector', 'artDirector');
      return a;
    },
    'copywriter',
    'workOrder',
    'copywriter',
    'refuse',
  ],
  [
    'the art director returns artwork',
    () => {
      const a = bookUntil('ARTWORK_QC');
      a.signs('artworkQc', 'copywriter');
      return a;
    },
    'artDirector',
    'artworkQc',
    'artDirector',
    'return',
  ],
  [
    'the client returns artwork',
    () => {
      const a = bookUntil('ARTWORK_QC');
      a.signs('artworkQc', 'copywriter', 'artDirector', 'creativeDirector', 'accountExecutive', 'accountDirector');
      return a;
    },
    'lead',
    'artworkQc',
    'client',
    'return',
  ],
  ['the client comments on a proposal', () => bookUntil('PROPOSED'), 'contact', 'proposalComment', 'client', 'return'],
  [
    'the creative director objects before the proposal',
    () => {
      const a = bookUntil('CREATING');
      submitsForAgreement(a);
      return a;
    },
    'creativeDirector',
    'internalAgreement',
    'creativeDirector',
    'object',
  ],
  [
    'the client returns the timetable',
    () => {
      const a = bookUntil('OPENED');
      a.submit('executive', 'timetable', paper('F-10'));
      return a;
    },
    'contact',
    'timetable',
    'client',
    'return',
  ],
];

describe('a mis-clicked no is taken back until the next person acted', () => {
  test.each(cases)('%s, and takes it back: all stands as before', (_name, begin, who, point, step, kind) => {
    const a = begin();
    const before = standing(a);
    const events = a.events.length;
    a.does(who, a.returnAct(point, step, kind));
    expect(standing(a)).not.toEqual(before);
    a.does(who, back(a, point, step));
    expect(standing(a)).toEqual(before);
    // Nothing is rubbed out: the no and its taking back both stand in the log.
    const said = a.events.slice(events).map((event) => event.type);
    expect(said).toContain('decided');
    expect(said.indexOf('decisionWithdrawn')).toBeGreaterThan(said.indexOf('decided'));
    // And the desk can decide again, with the same link and round.
    expect(a.refused(who, a.signAct(point, step))).toBeUndefined();
  });

  test.each(cases)('%s: who was told of the no is told that it is gone', (_name, begin, who, point, step, kind) => {
    const a = begin();
    const from = a.mails.length;
    a.does(who, a.returnAct(point, step, kind));
    const told = a.mails
      .slice(from)
      .filter((one) => one.input.kind === 'returned' || one.input.kind === 'refused')
      .map(({ input: { to } }) =>
        'position' in to ? to.position : to.personId === of(a, point).authorId ? 'author' : '',
      );
    const then = a.mails.length;
    a.does(who, back(a, point, step));
    const again = a.mails
      .slice(then)
      .filter((one) => one.input.kind === 'withdrawn')
      .map(({ input: { to } }) => ('position' in to ? to.position : ''));
    expect(again).toEqual(told);
    expect(told.length).toBeGreaterThan(0);
  });

  test.each(cases)('%s: nobody else takes it back, and not twice', (_name, begin, who, point, step, kind) => {
    const a = begin();
    a.does(who, a.returnAct(point, step, kind));
    const other = who === 'manager' ? 'director' : 'manager';
    expect(a.refused(other, back(a, point, step))).toBe('NOTHING_TO_WITHDRAW');
    a.does(who, back(a, point, step));
    expect(a.refused(who, back(a, point, step))).toBe('NOTHING_TO_WITHDRAW');
  });

  test('R-40: a corrected order that goes round is somebody having acted, also on another route', () => {
    for (const hasMedia of [false, true]) {
      const a = bookUntil('ORDER_SIGNOFF');
      a.signs('workOrder', 'accountDirector');
      const { id: circulation, round } = a.running('workOrder');
      a.does('creativeDirector', a.returnAct('workOrder', 'creativeDirector', 'refuse'));
      a.submit('executive', 'workOrder', orderPaper({ hasMedia }));
      const code = a.refused('creativeDirector', {
        type: 'withdraw',
        circulation,
        round,
        step: 'creativeDirector',
        words: 'slip',
      });
      expect(code).toBe(hasMedia ? 'ACTED_UPON' : 'STALE_ROUND');
    }
  });

  test('R-112: once the direction was asked for the client’s no stands', () => {
    const a = bookUntil('PROPOSED');
    a.does('contact', a.returnAct('proposalComment', 'client'));
    a.submit('executive', 'revisionDirection', paper('F-18'));
    expect(a.refused('contact', back(a, 'proposalComment', 'client'))).toBe('ACTED_UPON');
  });

  test('R-79: a newer version is somebody having acted', () => {
    const a = bookUntil('ARTWORK_QC');
    a.does('copywriter', a.returnAct('artworkQc', 'copywriter'));
    const taken = back(a, 'artworkQc', 'copywriter');
    a.does('designer', a.version('poster', 'FINISHED_ARTWORK'));
    expect(a.refused('copywriter', taken)).toBe('STALE_ROUND');
    const b = bookUntil('ARTWORK_QC');
    b.does('copywriter', b.returnAct('artworkQc', 'copywriter'));
    b.does('designer', b.version('poster', 'DRAFT'));
    expect(b.refused('copywriter', back(b, 'artworkQc', 'copywriter'))).toBe('ACTED_UPON');
  });

  test('R-102: a package filed anew after the objection is somebody having acted', () => {
    const [, begin] = cases[5] ?? [];
    const a = begin?.() ?? bookUntil('CREATING');
    a.does('creativeDirector', a.returnAct('internalAgreement', 'creativeDirector', 'object'));
    a.does('executive', { type: 'file', paper: paper('F-20', { itemProblems: [] }) });
    expect(a.refused('creativeDirector', back(a, 'internalAgreement', 'creativeDirector'))).toBe('ACTED_UPON');
  });

  test('R-20: a view recorded anew is not the one the client had sent back', () => {
    const a = bookUntil('ASSESSING');
    const differs = {
      type: 'assess',
      evaluation: 'e',
      discussion: 'd',
      study: 's',
      recommendation: 'r',
      differs: true,
    } as const;
    a.does('executive', differs);
    a.submit('executive', 'strategyAgreement', paper('F-24'));
    a.does('contact', a.returnAct('strategyAgreement', 'client'));
    a.does('executive', differs);
    expect(a.refused('contact', back(a, 'strategyAgreement', 'client'))).toBe('ACTED_UPON');
  });

  test('R-113: the opinions of a no that was taken back wait for no answer, and its revision keeps its number', () => {
    const a = bookUntil('PROPOSED');
    const open = a.state.opinions.filter((one) => !one.answer).length;
    a.does('contact', a.returnAct('proposalComment', 'client'));
    a.does('contact', back(a, 'proposalComment', 'client'));
    expect(a.state.revisions).toMatchObject([{ ordinal: 1, state: 'DROPPED' }]);
    expect(a.state.opinions.filter((one) => !one.answer && !one.withdrawn)).toHaveLength(open);
    a.does('contact', a.returnAct('proposalComment', 'client'));
    expect(a.state.revisions.at(-1)).toMatchObject({ ordinal: 2, state: 'OPINION' });
  });

  test('R-202: a dropped revision asks for no order in the archive', () => {
    const a = bookUntil('ARTWORK_QC');
    a.signs('artworkQc', 'copywriter', 'artDirector', 'creativeDirector', 'accountExecutive', 'accountDirector');
    a.does('lead', a.returnAct('artworkQc', 'client'));
    a.does('lead', back(a, 'artworkQc', 'client'));
    a.signs('artworkQc', 'client');
    expect(a.state.phase).toBe('PROOF_QC');
    a.does('designer', a.version('poster', 'PROOF'));
    a.signs(
      'proofQc',
      'copywriter',
      'artDirector',
      'creativeDirector',
      'accountExecutive',
      'accountDirector',
      'client',
      'receipt',
    );
    a.does('executive', { type: 'file', paper: paper('F-09') });
    a.does('executive', { type: 'evaluate', strategy: 's', execution: 'e' });
    expect(a.refused('executive', { type: 'archive' })).toBeUndefined();
  });

  test('on hold and after the end of the job nothing is taken back', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    a.does('director', a.returnAct('workOrder', 'accountDirector'));
    a.does('manager', { type: 'hold', words: 'wait' });
    expect(a.refused('director', back(a, 'workOrder', 'accountDirector'))).toBe('ON_HOLD');
    a.does('manager', { type: 'cancel', words: 'over' });
    expect(a.refused('director', back(a, 'workOrder', 'accountDirector'))).toBe('CLOSED');
  });

  test('who was asked behind a signature that is taken back hears that nothing waits any more', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    a.signs('workOrder', 'accountDirector');
    const from = a.mails.length;
    a.does('director', back(a, 'workOrder', 'accountDirector'));
    expect(a.mails.slice(from).flatMap(({ input }) => (input.kind === 'withdrawn' ? [input.to] : []))).toEqual([
      { position: 'author' },
      { personId: 'creativeDirector' },
    ]);
  });
});
