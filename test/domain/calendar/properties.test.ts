import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { calendarClock24 } from '../../../domain/calendar/clock24.ts';
import { combineCalendars } from '../../../domain/calendar/combine.ts';
import { isWorkingDay, wholeDay } from '../../../domain/calendar/day.ts';
import { addDays } from '../../../domain/calendar/dates.ts';
import { ladderInstants } from '../../../domain/calendar/ladder-instants.ts';
import { defaultLadders } from '../../../domain/calendar/ladders.ts';
import { deadline } from '../../../domain/calendar/deadline.ts';
import { addWorkingMinutes, workingMinutesBetween } from '../../../domain/calendar/working.ts';
import { addMs, compareInstants, epochMsOf } from '../../../domain/instant.ts';
import { anyCalendar, anyMoment, inWorkingHours } from './any-calendar.ts';

const runs = { numRuns: 300 };

const anyMinutes = fc.integer({ min: 0, max: 6000 });

describe('for any calendar, start and duration', { timeout: 120_000 }, () => {
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

  it('P-21, S-146: no deadline and no rung falls into closed hours', () => {
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
