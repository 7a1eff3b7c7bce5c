import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openIntervals, localDateAt } from '../../../domain/calendar/day.ts';
import { ladderInstants } from '../../../domain/calendar/ladder-instants.ts';
import { clientSignatureLadder, internalSignatureLadder } from '../../../domain/calendar/ladders.ts';
import { nextOpening, subtractWorkingMinutes, workingMinutesBetween } from '../../../domain/calendar/working.ts';
import { counted } from '../../../domain/circulation/counting.ts';
import type { Recount, Shift } from '../../../domain/circulation/types.ts';
import { addMs, compareInstants, epochMsOf } from '../../../domain/instant.ts';
import type { Instant } from '../../../domain/instant.ts';
import { at, inShanghai, office, shanghai, shown } from '../calendar/calendars.ts';

const kinds = ['remind', 'escalate'] as const;
/** A ladder as the house counts it, from the moment its mail was accepted. */
function ladder(from: Instant, client = false): Recount['rungs'] {
  return ladderInstants(office, shanghai, from, client ? clientSignatureLadder : internalSignatureLadder).map(
    (rung, index) => ({ kind: kinds[index % 2] ?? 'remind', n: index + 1, at: rung.at }),
  );
}
const wanted = (rungs: Recount['rungs'], shifts: readonly Shift[], dueAt?: Instant): Recount => ({
  seq: 1,
  rungs,
  shifts,
  ...(dueAt ? { dueAt } : {}),
});
const count = (rungs: Recount['rungs'], ...shifts: readonly Shift[]) =>
  counted(office, shanghai, wanted(rungs, shifts));
const times = (found: { rungs: Recount['rungs'] }): string[] => found.rungs.map((rung) => shown(shanghai, rung.at));

function inHours(moment: Instant): boolean {
  const ms = epochMsOf(moment);
  return openIntervals(office, shanghai, localDateAt(office, shanghai, moment)).some(
    ({ startMs, endMs }) => startMs <= ms && ms <= endMs,
  );
}
const minutes = (from: Instant, to: Instant): number => Math.round(workingMinutesBetween(office, shanghai, from, to));

describe('rungs counted anew in working time', () => {
  test('M-22: a pause that ends on a Saturday lets the ladder speak on Monday morning, not on the weekend', () => {
    const found = count(ladder(inShanghai('2026-03-12 10:00')), {
      kind: 'pause',
      until: inShanghai('2026-03-14 12:00'),
    });
    expect(times(found)[0]).toBe('2026-03-16 09:00');
    expect(found.rungs.every((rung) => inHours(rung.at))).toBe(true);
  });

  test('M-22: what was left of every rung when the job was put on hold is left when it goes on, weekend or not', () => {
    // Asked Thursday 10:00; held the same day 12:00 with two of four hours gone; resumed on Saturday.
    const rungs = ladder(inShanghai('2026-03-12 10:00'));
    const hold: Shift = { kind: 'hold', from: inShanghai('2026-03-12 12:00'), to: inShanghai('2026-03-14 15:00') };
    const found = counted(office, shanghai, wanted(rungs, [hold], inShanghai('2026-03-12 14:00')));
    expect(shown(shanghai, found.dueAt ?? '')).toBe('2026-03-16 11:00');
    expect(times(found).slice(-4)).toEqual([
      '2026-03-16 11:00',
      '2026-03-16 15:00',
      '2026-03-17 15:00',
      '2026-03-18 15:00',
    ]);
  });

  test('R-51: a date moved over a holiday moves the rungs by working time, also when it is moved nearer', () => {
    const rungs = ladder(inShanghai('2026-09-29 09:00'));
    const due = inShanghai('2026-09-29 13:00');
    const later: Shift = { kind: 'move', from: due, to: inShanghai('2026-10-08 13:00') };
    const found = count(rungs, later);
    expect(found.rungs.every((rung) => inHours(rung.at))).toBe(true);
    const back = count(found.rungs, { kind: 'move', from: later.to, to: later.from });
    expect(back.rungs.map((rung) => minutes(due, rung.at))).toEqual(rungs.map((rung) => minutes(due, rung.at)));
  });

  const spring = fc
    .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 10, 1) })
    .map((epochMs) => nextOpening(office, shanghai, at(epochMs)).at);
  const span = fc.integer({ min: 1, max: 20 * 86_400_000 });
  const anyShift = (start: Instant): fc.Arbitrary<Shift> =>
    fc.tuple(fc.constantFrom('pause', 'hold', 'move'), span, span).map(([kind, a, b]): Shift => {
      const from = addMs(start, a);
      return kind === 'pause'
        ? { kind, until: from }
        : { kind: kind === 'hold' ? 'hold' : 'move', from, to: addMs(from, b) };
    });

  test('whatever shifts a ladder, no rung falls into closed hours and none overtakes another', () => {
    fc.assert(
      fc.property(
        spring.chain((start) =>
          fc.tuple(fc.constant(start), fc.boolean(), fc.array(anyShift(start), { minLength: 1, maxLength: 4 })),
        ),
        ([start, client, shifts]) => {
          const rungs = ladder(start, client);
          const found = count(rungs, ...shifts);
          found.rungs.forEach((rung, index) => {
            if (!inHours(rung.at)) throw new Error(`in closed hours: ${rung.at}`);
            const before = found.rungs[index - 1];
            if (before && compareInstants(before.at, rung.at) > 0) throw new Error(`overtaken: ${rung.at}`);
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a pause and a moved date keep the working time between the rungs; a hold keeps what was left', () => {
    fc.assert(
      fc.property(
        spring.chain((start) => fc.tuple(fc.constant(start), anyShift(start))),
        ([start, shift]) => {
          const rungs = ladder(start);
          const found = count(rungs, shift).rungs;
          const first = rungs[0];
          rungs.forEach((rung, index) => {
            const now = found[index]?.at ?? '';
            if (shift.kind === 'hold') {
              if (rung.at <= shift.from) return expect(now).toBe(rung.at);
              return expect(minutes(shift.to, now)).toBe(minutes(shift.from, rung.at));
            }
            expect(minutes(found[0]?.at ?? '', now)).toBe(minutes(first?.at ?? '', rung.at));
          });
          if (shift.kind === 'pause' && first && first.at < shift.until)
            expect(found[0]?.at).toBe(nextOpening(office, shanghai, shift.until).at);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a hold in two parts is as long as both: a weekend and the night cost nothing', () => {
    const rungs = ladder(inShanghai('2026-03-12 10:00'));
    const closed: Shift = { kind: 'hold', from: inShanghai('2026-03-13 17:00'), to: inShanghai('2026-03-16 09:00') };
    const found = count(rungs, closed);
    expect(found.rungs.map((rung) => minutes(rungs[0]?.at ?? '', rung.at))).toEqual(
      rungs.map((rung) => minutes(rungs[0]?.at ?? '', rung.at)),
    );
  });

  test('counting backwards: a full day before a close of business is that day’s opening', () => {
    const found = subtractWorkingMinutes(office, shanghai, inShanghai('2026-03-16 17:00'), 8 * 60);
    expect(shown(shanghai, found.at)).toBe('2026-03-16 09:00');
    const over = subtractWorkingMinutes(office, shanghai, inShanghai('2026-03-16 10:00'), 2 * 60);
    expect(shown(shanghai, over.at)).toBe('2026-03-13 16:00');
  });
});
