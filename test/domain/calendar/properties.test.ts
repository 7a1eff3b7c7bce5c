import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { chinesePublicDays } from '../../../activities/calendar/holidays.ts';
import { checkCalendar } from '../../../domain/calendar/check.ts';
import { calendarClock24 } from '../../../domain/calendar/clock24.ts';
import { combineCalendars } from '../../../domain/calendar/combine.ts';
import { isWorkingDay, openIntervals, wholeDay } from '../../../domain/calendar/day.ts';
import { addDays, timeOfMinutes } from '../../../domain/calendar/dates.ts';
import { ladderInstants } from '../../../domain/calendar/ladder-instants.ts';
import { defaultLadders } from '../../../domain/calendar/ladders.ts';
import { deadline } from '../../../domain/calendar/deadline.ts';
import type { Calendar, OpenHours } from '../../../domain/calendar/types.ts';
import { addWorkingMinutes, workingMinutesBetween } from '../../../domain/calendar/working.ts';
import { addMs, compareInstants, epochMsOf } from '../../../domain/instant.ts';
import { at } from './calendars.ts';

const runs = { numRuns: 300 };

const zoneNames = [
  'Asia/Shanghai',
  'Asia/Urumqi',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Africa/Cairo',
];

/** Up to three spans of whole quarters of an hour that neither touch nor overlap. */
const anyHours = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 })
  .map((quarters): OpenHours[] => {
    const sorted = [...quarters].sort((a, b) => a - b).map((quarter) => timeOfMinutes(quarter * 15));
    const hours: OpenHours[] = [];
    for (let i = 0; i + 1 < sorted.length; i += 2) hours.push({ from: sorted[i] ?? '', to: sorted[i + 1] ?? '' });
    return hours;
  });

const maybeHours = fc.oneof(anyHours, fc.constant<OpenHours[]>([]));

const anyMoment = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2027, 11, 31) }).map((epochMs) => at(epochMs));

const anyCalendar: fc.Arbitrary<Calendar> = fc
  .record({
    zone: fc.constantFrom(...zoneNames),
    weekly: fc.record({
      mon: anyHours,
      tue: maybeHours,
      wed: maybeHours,
      thu: maybeHours,
      fri: maybeHours,
      sat: maybeHours,
      sun: maybeHours,
    }),
    chinese: fc.boolean(),
    absences: fc.array(
      fc
        .tuple(anyMoment, fc.integer({ min: 1, max: 20 * 86_400_000 }))
        .map(([from, ms]) => ({ from, to: addMs(from, ms) })),
      { maxLength: 3 },
    ),
  })
  .map(({ zone, weekly, chinese, absences }) => ({
    id: zone,
    name: { zh: '任意', en: 'Any' },
    zone,
    weekly,
    days: chinese ? chinesePublicDays().days : {},
    publishedThrough: '2026-12-31',
    absences,
  }))
  .filter((calendar) => checkCalendar(calendar).length === 0);

const anyMinutes = fc.integer({ min: 0, max: 6000 });

function inWorkingHours(calendar: Calendar, instant: string): boolean {
  const zone = zoneNamed(calendar.zone);
  const { date } = zone.toLocal(instant);
  const ms = epochMsOf(instant);
  return [addDays(date, -1), date]
    .flatMap((day) => openIntervals(calendar, zoneNamed, day))
    .some(({ startMs, endMs }) => startMs <= ms && ms <= endMs);
}

describe('for any calendar, start and duration', () => {
  it('P-30: adding and then measuring working time agree', () => {
    fc.assert(
      fc.property(anyCalendar, anyMoment, anyMinutes, (calendar, from, minutes) => {
        const due = addWorkingMinutes(calendar, zoneNamed, from, minutes);
        expect(workingMinutesBetween(calendar, zoneNamed, from, due.at)).toBe(minutes);
      }),
      runs,
    );
  });

  it('P-30: also for two calendars in two zones at once', () => {
    fc.assert(
      fc.property(anyCalendar, anyCalendar, anyMoment, anyMoment, (frame, other, a, b) => {
        const both = combineCalendars(frame, other);
        const [from, to] = a < b ? [a, b] : [b, a];
        const minutes = workingMinutesBetween(both, zoneNamed, from, to);
        expect(minutes).toBeLessThanOrEqual(workingMinutesBetween(frame, zoneNamed, from, to));
        expect(minutes).toBeLessThanOrEqual(workingMinutesBetween(other, zoneNamed, from, to));
        expect(workingMinutesBetween(combineCalendars(other, frame), zoneNamed, from, to)).toBeCloseTo(minutes, 6);
        if (minutes > 0) {
          const due = addWorkingMinutes(both, zoneNamed, from, minutes);
          expect(workingMinutesBetween(both, zoneNamed, from, due.at)).toBeCloseTo(minutes, 6);
          expect(due.at <= to).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('P-21: no deadline and no rung falls into closed hours', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyMoment,
        anyMinutes,
        fc.integer({ min: 1, max: 12 }),
        (calendar, from, minutes, days) => {
          expect(inWorkingHours(calendar, deadline(calendar, zoneNamed, from, { workingMinutes: minutes }).at)).toBe(
            true,
          );
          expect(inWorkingHours(calendar, deadline(calendar, zoneNamed, from, { workingDays: days }).at)).toBe(true);
          for (const ladder of defaultLadders) {
            const instants = ladderInstants(calendar, zoneNamed, from, ladder);
            for (const { at: moment } of instants) {
              expect(inWorkingHours(calendar, moment)).toBe(true);
              expect(compareInstants(moment, from)).toBeGreaterThanOrEqual(0);
            }
            expect(instants.map(({ n }) => n).filter((n) => n > 0)).toEqual([1, 2, 3, 4]);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('P-30: later start or longer duration never means an earlier deadline', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyMoment,
        anyMinutes,
        fc.integer({ min: 0, max: 3 * 86_400_000 }),
        fc.integer({ min: 0, max: 1000 }),
        (calendar, from, minutes, laterMs, more) => {
          const due = addWorkingMinutes(calendar, zoneNamed, from, minutes).at;
          expect(addWorkingMinutes(calendar, zoneNamed, from, minutes + more).at >= due).toBe(true);
          expect(addWorkingMinutes(calendar, zoneNamed, addMs(from, laterMs), minutes).at >= due).toBe(true);
          const dayDue = deadline(calendar, zoneNamed, from, { workingDays: 2 }).at;
          expect(deadline(calendar, zoneNamed, addMs(from, laterMs), { workingDays: 2 }).at >= dayDue).toBe(true);
          const clockDue = calendarClock24(calendar, zoneNamed, from).at;
          expect(calendarClock24(calendar, zoneNamed, addMs(from, laterMs)).at >= clockDue).toBe(true);
        },
      ),
      runs,
    );
  });

  it('P-19: exactly 24 hours of working days lie between start and end of the 24-hour clock', () => {
    fc.assert(
      fc.property(anyCalendar, anyMoment, (calendar, from) => {
        const zone = zoneNamed(calendar.zone);
        const { at: due } = calendarClock24(calendar, zoneNamed, from);
        let counted = 0;
        for (let date = zone.toLocal(from).date; date <= zone.toLocal(due).date; date = addDays(date, 1)) {
          if (!isWorkingDay(calendar, zoneNamed, date)) continue;
          const { startMs, endMs } = wholeDay(zone, date);
          counted += Math.max(0, Math.min(endMs, epochMsOf(due)) - Math.max(startMs, epochMsOf(from)));
        }
        expect(counted).toBe(24 * 3_600_000);
      }),
      runs,
    );
  });
});
