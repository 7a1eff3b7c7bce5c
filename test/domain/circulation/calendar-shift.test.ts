import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { addDays } from '../../../domain/calendar/dates.ts';
import { localDateAt } from '../../../domain/calendar/day.ts';
import { withStretch } from '../../../domain/calendar/stretches.ts';
import type { Calendar } from '../../../domain/calendar/types.ts';
import { movedByCalendar, type RunningDesk } from '../../../domain/circulation/calendar-effect.ts';
import { counted } from '../../../domain/circulation/counting.ts';
import { ladders, stepTimes } from '../../../domain/circulation/step-times.ts';
import type { CalendarShift, LadderId, Recount, Shift } from '../../../domain/circulation/types.ts';
import { addMs } from '../../../domain/instant.ts';
import type { Instant } from '../../../domain/instant.ts';
import { at, inShanghai, office, shanghai, shown } from '../calendar/calendars.ts';

const typhoon = { zh: '台风', en: 'Typhoon' };
const closed = (before: Calendar, date: string): Calendar =>
  withStretch(before, date, date, { kind: 'closed', name: typhoon });
const shiftAt = (ladder: LadderId, from: Instant, now: Instant, revision = 2): CalendarShift => ({
  kind: 'calendar',
  calendarId: 'office',
  revision,
  ladder,
  from,
  at: now,
});
const asked = (desk: Pick<RunningDesk, 'dueAt' | 'rungs'>, ...shifts: readonly Shift[]): Recount => ({
  seq: 9,
  rungs: desk.rungs
    .filter((rung) => rung.firedAt === undefined)
    .map(({ kind, n, at: when }) => ({ kind, n, at: when })),
  ...(desk.dueAt === undefined ? {} : { dueAt: desk.dueAt }),
  shifts,
});
const opened = (ladder: LadderId, calendar: Calendar, from: Instant): RunningDesk => ({
  ladder,
  from,
  ...stepTimes(ladders[ladder], calendar, zoneNamed, from),
});

describe('a desk counted anew because its calendar changed', () => {
  const ladderIds = fc.constantFrom<LadderId>('internalSignature', 'clientSignature', 'clientComment');
  const start = fc.integer({ min: Date.UTC(2026, 0, 5), max: Date.UTC(2026, 10, 1) }).map((ms) => at(ms));

  test('M-22: what the page of calendars announces before saving is what becomes of every desk, whatever shifted it', () => {
    fc.assert(
      fc.property(
        fc.record({
          ladder: ladderIds,
          from: start,
          laterMs: fc.integer({ min: 0, max: 4 * 86_400_000 }),
          day: fc.integer({ min: 0, max: 8 }),
          fired: fc.integer({ min: 0, max: 3 }),
          pausedMs: fc.option(fc.integer({ min: 1, max: 6 * 86_400_000 }), { nil: undefined }),
          dueMoved: fc.boolean(),
        }),
        ({ ladder, from, laterMs, day, fired, pausedMs, dueMoved }) => {
          const now = addMs(from, laterMs);
          const after = closed(office, addDays(localDateAt(office, shanghai, from), day));
          const fresh = opened(ladder, office, from);
          const paused =
            pausedMs === undefined
              ? fresh
              : {
                  ...fresh,
                  ...counted(office, zoneNamed, asked(fresh, { kind: 'pause', until: addMs(from, pausedMs) })),
                };
          const desk: RunningDesk = {
            ...fresh,
            rungs: fresh.rungs.map((rung, place) => ({
              ...rung,
              at: paused.rungs[place]?.at ?? rung.at,
              ...(place < fired ? { firedAt: rung.at } : {}),
            })),
            ...(dueMoved ? { dueMoved } : {}),
          };
          const shift = shiftAt(ladder, from, now);
          // A date moved by hand is not among what a desk asks to be counted.
          const { dueAt, ...bare } = desk;
          const wanted = asked(dueMoved || dueAt === undefined ? bare : { ...bare, dueAt }, shift);
          const found = counted(after, zoneNamed, wanted, new Map([[shift, { before: office, after }]]));

          const moved = movedByCalendar(desk, { before: office, after, zones: zoneNamed, now });
          const becomes = (what: string, n: number): Instant | undefined =>
            moved.find((one) => one.what === what && one.n === n)?.becomes;
          for (const rung of wanted.rungs)
            expect(found.rungs.find(({ kind, n }) => kind === rung.kind && n === rung.n)?.at).toBe(
              becomes(rung.kind, rung.n) ?? rung.at,
            );
          expect(found.dueAt).toBe(dueMoved ? undefined : (becomes('due', 0) ?? desk.dueAt));
          expect(found.rungs).toHaveLength(desk.rungs.length - Math.min(fired, desk.rungs.length));

          // Counted a second time on the same change, nothing moves any more.
          if (pausedMs !== undefined) return;
          const again = shiftAt(ladder, from, now);
          const twice = counted(
            after,
            zoneNamed,
            { ...found, seq: 10, shifts: [again] },
            new Map([[again, { before: office, after }]]),
          );
          expect(twice).toEqual(found);
        },
      ),
      { numRuns: 250 },
    );
  });

  test('M-22: a pause that was not counted yet is counted on the calendar it was taken on, the change after it', () => {
    const from = inShanghai('2026-03-10 10:00');
    const now = inShanghai('2026-03-10 16:00');
    const desk = opened('internalSignature', office, from);
    const pause: Shift = { kind: 'pause', until: inShanghai('2026-03-11 10:00') };
    const after = closed(office, '2026-03-11');
    const shift = shiftAt('internalSignature', from, now);
    const together = counted(
      after,
      zoneNamed,
      asked(desk, pause, shift),
      new Map([[shift, { before: office, after }]]),
    );
    const first = counted(office, zoneNamed, asked(desk, pause));
    const second = counted(
      after,
      zoneNamed,
      { ...first, seq: 3, shifts: [shift] },
      new Map([[shift, { before: office, after }]]),
    );
    expect(together).toEqual(second);
    // Until Wednesday 10:00 were two working hours; behind the typhoon they end on Thursday 10:00.
    expect(shown(shanghai, together.rungs[0]?.at ?? '')).toBe('2026-03-12 10:00');
  });

  test('P-21: a change of a calendar that does not rule the desk moves nothing', () => {
    const from = inShanghai('2026-03-10 10:00');
    const desk = opened('clientSignature', office, from);
    const found = counted(office, zoneNamed, asked(desk, shiftAt('clientSignature', from, from)));
    expect(found).toEqual({ ...asked(desk), seq: undefined, shifts: undefined, provisional: false });
  });
});
