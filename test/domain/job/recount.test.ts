import { describe, expect, test } from 'vitest';
import { recountedAct } from '../../../domain/circulation/counting.ts';
import type { Stay } from '../../../domain/circulation/types.ts';
import type { RecountEffect } from '../../../domain/job/effects.ts';
import { office, shanghai, shown } from '../calendar/calendars.ts';
import type { Agency } from './agency.ts';
import { bookUntil as book } from './agency.ts';

const hour = 3_600_000;
/** A job whose counts a test answers itself. */
function bookUntil(phase: Parameters<typeof book>[0]): Agency {
  const agency = book(phase);
  agency.counting = false;
  return agency;
}
const asked = (a: Agency): RecountEffect[] => a.effects.filter((one): one is RecountEffect => one.kind === 'recount');
const answer = (a: Agency, effect: RecountEffect | undefined): void => {
  if (!effect) throw new Error('no recount was asked for');
  const refusal = a.send({ kind: 'system', name: 'shell' }, recountedAct(office, shanghai, effect.input));
  if (refusal) throw new Error(refusal.code);
};
const desk = (a: Agency): Stay => {
  const found = a.running('workOrder').stays.find((one) => one.step === 'accountDirector');
  if (!found) throw new Error('no desk');
  return found;
};
const at = (a: Agency): { circulation: string; round: number; step: string } => {
  const { id, round } = a.running('workOrder');
  return { circulation: id, round, step: 'accountDirector' };
};
const onIt = (a: Agency, ms: number, from = a.now): void =>
  a.does('director', {
    type: 'note',
    ...at(a),
    note: { kind: 'onIt', until: new Date(from + ms).toISOString() },
    words: '',
  });

describe('a desk whose ladder was shifted asks the calendar', () => {
  test('M-22: "I’m on it" until Saturday: asked with the rungs as they stood, answered in working hours', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    const before = desk(a).rungs;
    onIt(a, 2 * 24 * hour);
    const [effect] = asked(a);
    expect(effect?.input).toMatchObject({
      ...at(a),
      side: 'agency',
      clientId: 'yunfeng',
      seq: a.state.seq,
      rungs: before.map(({ kind, n, at: moment }) => ({ kind, n, at: moment })),
      shifts: [{ kind: 'pause' }],
    });
    answer(a, effect);
    expect(shown(shanghai, desk(a).rungs[0]?.at ?? '')).toBe('2026-03-16 09:00');
    expect(desk(a).recount).toBeUndefined();
  });

  test('M-22: a hold moves the date and the rungs by working time; a date set by hand stands', () => {
    const held = (hand: boolean): Agency => {
      const a = bookUntil('ORDER_SIGNOFF');
      if (hand) {
        a.does('manager', {
          type: 'moveDate',
          ...at(a),
          dueAt: new Date(a.now + 6 * hour).toISOString(),
          words: 'agreed',
        });
        answer(a, asked(a)[0]);
      }
      a.effects.length = 0;
      a.does('manager', { type: 'hold', words: 'wait' });
      a.now += 3 * 24 * hour;
      a.does('manager', { type: 'resume' });
      return a;
    };
    const a = held(false);
    const before = desk(a).dueAt;
    answer(a, asked(a)[0]);
    expect(desk(a).dueAt).not.toBe(before);
    const b = held(true);
    const set = desk(b).dueAt;
    answer(b, asked(b)[0]);
    expect(desk(b)).toMatchObject({ dueAt: set, dueMoved: true });
    expect(asked(b)[0]?.input.dueAt).toBeUndefined();
  });

  test('two shifts before the first answer are counted together, and the answer to the first comes too late', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    const stood = desk(a).rungs.map((rung) => rung.at);
    onIt(a, 24 * hour);
    a.does('manager', { type: 'moveDate', ...at(a), dueAt: new Date(a.now + 30 * hour).toISOString(), words: 'late' });
    const [first, second] = asked(a);
    expect(second?.input.rungs.map((rung) => rung.at)).toEqual(stood);
    expect(second?.input.shifts.map((shift) => shift.kind)).toEqual(['pause', 'move']);
    const waiting = a.state;
    answer(a, first);
    expect(a.state).toBe(waiting);
    answer(a, second);
    expect(desk(a).recount).toBeUndefined();
  });

  test('R-51: a date moved while the hold before it is still being counted: its rungs go as far as they would have gone behind the answer', () => {
    const moved = (answeredBetween: boolean): Agency => {
      const a = bookUntil('ORDER_SIGNOFF');
      const dueAt = new Date(a.now + 14 * 24 * hour).toISOString();
      a.does('manager', { type: 'hold', words: 'wait' });
      a.now += 3 * 24 * hour;
      a.does('manager', { type: 'resume' });
      if (answeredBetween) answer(a, asked(a).at(-1));
      a.does('manager', { type: 'moveDate', ...at(a), dueAt, words: 'agreed' });
      answer(a, asked(a).at(-1));
      return a;
    };
    const a = moved(true);
    const b = moved(false);
    expect(desk(b)).toEqual(desk(a));
    expect(desk(b).rungs.filter((rung) => rung.firedAt === undefined).length).toBeGreaterThan(1);
    expect(desk(b)).toMatchObject({ dueMoved: true, dueAt: desk(a).dueAt });
  });

  test('a longer pause behind a pause is one pause; a thousand clicks do not make the state grow', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    for (let n = 1; n <= 50; n += 1) onIt(a, n * hour);
    expect(desk(a).recount?.shifts).toHaveLength(1);
  });

  test.each([true, false])(
    'M-22: a nearer end is counted from where the rungs stood before the pause (answered between: %s); the date stays',
    (between) => {
      const a = bookUntil('ORDER_SIGNOFF');
      const [before, begun] = [desk(a), a.now];
      onIt(a, 30 * hour);
      if (between) answer(a, asked(a).at(-1));
      onIt(a, 6 * hour, begun);
      const effect = asked(a).at(-1);
      expect(effect?.input.rungs).toEqual(before.rungs.map(({ kind, n, at: moment }) => ({ kind, n, at: moment })));
      expect(effect?.input.shifts).toEqual([{ kind: 'pause', until: desk(a).onItUntil }]);
      answer(a, effect);

      const b = bookUntil('ORDER_SIGNOFF');
      onIt(b, 6 * hour, begun);
      answer(b, asked(b).at(-1));
      expect(desk(a).rungs).toEqual(desk(b).rungs);
      expect(desk(a).rungs).not.toEqual(before.rungs);
      expect(desk(a)).toMatchObject({ dueAt: before.dueAt, onItUntil: desk(b).onItUntil });
    },
  );

  test.each([true, false])(
    'M-22, R-51: a hold and a date that was moved during the pause stay when its end is corrected (answered between: %s)',
    (between) => {
      const story = (first: number | undefined): Agency => {
        const a = bookUntil('ORDER_SIGNOFF');
        const answered = (): void => {
          if (between) answer(a, asked(a).at(-1));
        };
        const begun = a.now;
        if (first !== undefined) {
          onIt(a, first);
          answered();
        }
        a.now = begun + hour;
        a.does('manager', { type: 'hold', words: 'wait' });
        a.now = begun + 3 * hour;
        a.does('manager', { type: 'resume' });
        answered();
        a.now = begun + 4 * hour;
        a.does('manager', {
          type: 'moveDate',
          ...at(a),
          dueAt: new Date(begun + 48 * hour).toISOString(),
          words: 'agreed',
        });
        answered();
        a.now = begun + 5 * hour;
        onIt(a, 100 * hour);
        answer(a, asked(a).at(-1));
        return a;
      };
      const [said, silent] = [story(200 * hour), story(undefined)];
      const times = (a: Agency) => desk(a).rungs.map(({ kind, n, at: moment }) => ({ kind, n, at: moment }));
      expect(times(said)).toEqual(times(silent));
      expect(desk(said)).toMatchObject({ dueAt: desk(silent).dueAt, dueMoved: true });
    },
  );

  test.each([0, 1, 2])(
    'M-22, R-51: a hold behind two words about one pause moves date and rungs as it does without any (answered of them: %i)',
    (answers) => {
      const story = (words: readonly number[]): { readonly a: Agency; readonly before: string | undefined } => {
        const a = bookUntil('ORDER_SIGNOFF');
        const before = desk(a).dueAt;
        const begun = a.now;
        for (const [place, ms] of words.entries()) {
          onIt(a, ms, begun);
          if (place < answers) answer(a, asked(a).at(-1));
        }
        a.now = begun + hour;
        a.does('manager', { type: 'hold', words: 'wait' });
        a.now = begun + 4 * hour;
        a.does('manager', { type: 'resume' });
        a.now = begun + 5 * hour;
        onIt(a, 100 * hour, begun);
        answer(a, asked(a).at(-1));
        return { a, before };
      };
      const [said, silent] = [story([200 * hour, 150 * hour]), story([])];
      expect(desk(silent.a).dueAt).not.toBe(silent.before);
      expect(desk(said.a).dueAt).toBe(desk(silent.a).dueAt);
      expect(desk(said.a).rungs.map(({ at: moment }) => moment)).toEqual(
        desk(silent.a).rungs.map(({ at: moment }) => moment),
      );
    },
  );

  test('R-230: a rung climbed while the count was under way stays climbed', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    a.does('manager', { type: 'moveDate', ...at(a), dueAt: new Date(a.now + 8 * hour).toISOString(), words: 'later' });
    const first = desk(a).rungs[0];
    a.now = Date.parse(first?.at ?? '');
    a.send({ kind: 'system', name: 'clock' }, { type: 'rung', ...at(a), n: 1, kind: 'remind' });
    const fired = desk(a).rungs[0];
    expect(fired?.firedAt).toBeDefined();
    answer(a, asked(a)[0]);
    expect(desk(a).rungs[0]).toEqual(fired);
  });

  test('a desk that was handed over or decided meanwhile does not take an old count', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    onIt(a, 24 * hour);
    const [effect] = asked(a);
    a.signs('workOrder', 'accountDirector');
    const signed = a.state;
    answer(a, effect);
    expect(a.state).toBe(signed);
  });
});
