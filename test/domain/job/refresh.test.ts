import { describe, expect, test } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { withStretch } from '../../../domain/calendar/stretches.ts';
import type { Calendar } from '../../../domain/calendar/types.ts';
import { recountedAct } from '../../../domain/circulation/counting.ts';
import { ladders, stepTimes } from '../../../domain/circulation/step-times.ts';
import type { Stay } from '../../../domain/circulation/types.ts';
import type { AbsenceCause, RefreshCause } from '../../../domain/job/acts.ts';
import type { OpenEffect, RecountEffect } from '../../../domain/job/effects.ts';
import { office, shanghai, shown } from '../calendar/calendars.ts';
import type { Agency } from './agency.ts';
import { bookUntil, person } from './agency.ts';

const desk = (a: Agency): Stay => {
  const found = a.running('workOrder').stays.find((one) => one.step === 'accountDirector');
  if (!found) throw new Error('no desk');
  return found;
};
const at = (a: Agency): { circulation: string; round: number; step: string } => {
  const { id, round } = a.running('workOrder');
  return { circulation: id, round, step: 'accountDirector' };
};
const cause = (revision: number, calendarId = 'office'): RefreshCause => ({ kind: 'calendar', calendarId, revision });
const tell = (a: Agency, what: RefreshCause): unknown =>
  a.send({ kind: 'system', name: 'tell' }, { type: 'refresh', cause: what });
const recounts = (a: Agency): RecountEffect[] =>
  a.effects.filter((one): one is RecountEffect => one.kind === 'recount');

/** A job whose first desk stands on the house's own calendar; Thursday 12 March 2026, the morning. */
function running(): Agency {
  const a = bookUntil('ORDER_SIGNOFF');
  a.counting = false;
  const { rungs, dueAt } = stepTimes(ladders.internalSignature, office, zoneNamed, a.at);
  a.state = {
    ...a.state,
    circulations: Object.fromEntries(
      Object.entries(a.state.circulations).map(([id, one]) => [
        id,
        {
          ...one,
          stays: one.stays.map((stay) =>
            stay.step === 'accountDirector'
              ? { ...stay, rungs, dueAt, holders: stay.holders.map((holder) => ({ ...holder, askedAt: a.at })) }
              : stay,
          ),
        },
      ]),
    ),
  };
  a.mails.length = 0;
  a.effects.length = 0;
  return a;
}
/** The office is closed on the day of the job and the day after. */
const stormy: Calendar = withStretch(office, '2026-03-12', '2026-03-13', {
  kind: 'closed',
  name: { zh: '台风', en: 'Typhoon' },
});
function answer(a: Agency, effect: RecountEffect | undefined, after: Calendar = stormy): void {
  if (!effect) throw new Error('no recount was asked for');
  const shift = effect.input.shifts.find((one) => one.kind === 'calendar');
  const changes = new Map(shift?.kind === 'calendar' ? [[shift, { before: office, after }]] : []);
  a.send({ kind: 'system', name: 'shell' }, recountedAct(after, zoneNamed, effect.input, changes));
}

describe('a changed calendar reaches a running job', () => {
  test('M-22: every open desk it could rule is counted anew from its own start; its holder is told once', () => {
    const a = running();
    const before = desk(a);
    tell(a, cause(2));
    expect(recounts(a)).toHaveLength(1);
    expect(recounts(a)[0]?.input).toMatchObject({
      ...at(a),
      shifts: [{ kind: 'calendar', calendarId: 'office', revision: 2, from: before.holders[0]?.askedAt }],
    });
    answer(a, recounts(a)[0]);
    expect(shown(shanghai, desk(a).dueAt ?? '')).toMatch(/^2026-03-16/);
    expect(desk(a).rungs.every((rung) => rung.at >= '2026-03-15T16:00:00.000Z')).toBe(true);
    expect(a.mails.map(({ name, input }) => [input.kind, name])).toEqual([['dateMoved', 'calendar/office/2/director']]);
  });

  test('M-22: the same change twice, or an older one behind it, changes nothing', () => {
    const a = running();
    tell(a, cause(3));
    answer(a, recounts(a)[0]);
    const { seq } = a.state;
    for (const revision of [3, 2]) tell(a, cause(revision));
    expect(a.state.seq).toBe(seq);
    tell(a, cause(1, 'person:director'));
    expect(a.state.seq).toBe(seq + 1);
  });

  test('M-22: where nothing moves nobody is told', () => {
    const a = running();
    const before = desk(a);
    tell(a, cause(2));
    answer(a, recounts(a)[0], office);
    expect(desk(a)).toEqual(before);
    expect(a.mails).toEqual([]);
  });

  test('R-230, R-51: a rung that fired stays fired, a date moved by hand stays, and nobody hears of a move', () => {
    const a = running();
    a.counting = true;
    a.does('manager', { type: 'moveDate', ...at(a), dueAt: '2026-03-13T03:00:00.000Z', words: 'agreed' });
    a.counting = false;
    const first = desk(a).rungs[0];
    a.now = Date.parse(first?.at ?? '');
    a.send(
      { kind: 'system', name: 'clock' },
      { type: 'rung', ...at(a), n: first?.n ?? 0, kind: first?.kind ?? 'warn' },
    );
    const fired = desk(a).rungs[0];
    expect(fired?.firedAt).toBeDefined();
    a.mails.length = 0;
    a.effects.length = 0;
    tell(a, cause(2));
    answer(a, recounts(a)[0]);
    expect(desk(a)).toMatchObject({ dueAt: '2026-03-13T03:00:00.000Z', dueMoved: true });
    expect(desk(a).rungs[0]).toEqual(fired);
    expect(a.mails).toEqual([]);
  });

  test('P-21: a client’s calendar asks nothing of the agency’s desks, a person’s nothing of anybody else’s', () => {
    const a = running();
    for (const id of ['yunfeng', 'person:manager']) tell(a, cause(2, id));
    expect(recounts(a)).toEqual([]);
    tell(a, cause(2, 'person:director'));
    expect(recounts(a)).toHaveLength(1);
  });

  test('only the house itself may say that a calendar changed, and a job that is over hears nothing', () => {
    const a = running();
    expect(a.send(person('director'), { type: 'refresh', cause: cause(2) })).toMatchObject({ code: 'NOT_ALLOWED' });
    a.does('manager', { type: 'cancel', words: 'dropped' });
    const { seq } = a.state;
    tell(a, cause(2));
    expect(a.state.seq).toBe(seq);
  });
});

describe('leave reaches a running job', () => {
  const leave = (what: AbsenceCause['what'], personId = 'director'): AbsenceCause => ({
    kind: 'absence',
    absenceId: 'leave-1',
    revision: 1,
    personId,
    what,
  });
  const opens = (a: Agency): OpenEffect[] => a.effects.filter((one): one is OpenEffect => one.kind === 'open');
  /** What the activity finds: this person, for that one. */
  const found = (a: Agency, ...holders: readonly { personId: string; standInFor?: string }[]): void => {
    a.carrying = true;
    a.send(
      { kind: 'system', name: 'open' },
      {
        type: 'stepOpened',
        ...at(a),
        holders: holders.map((holder) => ({ ...holder, grantId: `g-${holder.personId}` })),
        provisional: false,
        rungs: desk(a).rungs.map(({ firedAt: _fired, ...rung }) => rung),
        unreachedAt: a.at,
      },
    );
    a.carrying = false;
  };
  const away = (): Agency => {
    const a = running();
    a.carrying = false;
    tell(a, leave('begins'));
    return a;
  };

  test('M-21, S-148: the open desks of who goes look for somebody else as of now; nobody else’s do', () => {
    const a = running();
    a.carrying = false;
    const { seq } = a.state;
    tell(a, leave('begins', 'copywriter'));
    expect(a.state.seq).toBe(seq);
    tell(a, leave('begins'));
    expect(desk(a)).toMatchObject({ state: 'opening', holders: [] });
    expect(opens(a).map(({ input }) => input)).toMatchObject([{ ...at(a), to: 'director', judgedAt: a.at, keep: [] }]);
  });

  test('R-229: the stand-in is asked in a mail of their own and signs with both names', () => {
    const a = away();
    found(a, { personId: 'partner', standInFor: 'director' });
    const asked = a.mails.filter(({ input }) => input.kind === 'ask');
    expect(asked.map(({ name, input }) => [input.to, name.endsWith('/h1/partner')])).toEqual([
      [{ personId: 'partner' }, true],
    ]);
    a.carrying = true;
    a.does('partner', a.signAct('workOrder', 'accountDirector'));
    expect(desk(a).decisions).toMatchObject([{ personId: 'partner', standInFor: 'director', verdict: 'sign' }]);
  });

  test('M-21: the same leave twice moves nothing twice; return brings the desk back, and a stand-in’s own leave passes it on', () => {
    const a = away();
    found(a, { personId: 'partner', standInFor: 'director' });
    const { seq } = a.state;
    tell(a, leave('begins'));
    expect(a.state.seq).toBe(seq);
    a.effects.length = 0;
    tell(a, leave('begins', 'partner'));
    // Meant for the director still: that is whose name the next stand-in signs for.
    expect(opens(a)[0]?.input).toMatchObject({ to: 'director' });
    found(a, { personId: 'management', standInFor: 'director' });
    a.effects.length = 0;
    tell(a, leave('ends'));
    expect(opens(a)[0]?.input).toMatchObject({ to: 'director', keep: [] });
    found(a, { personId: 'director' });
    expect(desk(a).holders).toMatchObject([{ personId: 'director' }]);
    const settled = a.state.seq;
    tell(a, leave('ends'));
    expect(a.state.seq).toBe(settled);
  });

  test('M-21: a desk that nobody could hold looks again when somebody comes back', () => {
    const a = away();
    found(a);
    expect(desk(a)).toMatchObject({ state: 'open', holders: [] });
    a.effects.length = 0;
    tell(a, leave('ends'));
    expect(opens(a)).toHaveLength(1);
  });

  test('R-51, R-230: a date moved by hand and rungs that fired stay, whoever the step lies with', () => {
    const a = running();
    a.counting = true;
    a.does('manager', { type: 'moveDate', ...at(a), dueAt: '2026-03-13T03:00:00.000Z', words: 'agreed' });
    const first = desk(a).rungs[0];
    a.now = Date.parse(first?.at ?? '');
    a.send(
      { kind: 'system', name: 'clock' },
      { type: 'rung', ...at(a), n: first?.n ?? 0, kind: first?.kind ?? 'warn' },
    );
    a.carrying = false;
    tell(a, leave('begins'));
    found(a, { personId: 'partner', standInFor: 'director' });
    expect(desk(a)).toMatchObject({ dueAt: '2026-03-13T03:00:00.000Z', dueMoved: true });
    expect(desk(a).rungs[0]?.firedAt).toBeDefined();
  });
});
