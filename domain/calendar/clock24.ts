import { epochMsOf, instantAt } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { isWorkingDay, localDateAt, publishedThroughAll, wholeDay, zoneOf } from './day.ts';
import { addDays } from './dates.ts';
import { CalendarRefusal, maxDaysLooked } from './refusal.ts';
import type { Calendar, WorkingMoment, ZoneSource } from './types.ts';

const dayMs = 24 * 3_600_000;

/**
 * The 24-hour reading (P-19): 24 consecutive hours, day and night, of which the hours of non-working days do not count.
 * Friday 16:00 is due Monday 16:00; Saturday 10:00 runs from Monday 00:00 and is due Tuesday 00:00. Unlike every other
 * limit the answer may lie outside office hours. Throws CalendarRefusal `noWorkingTime`.
 */
export function calendarClock24(calendar: Calendar, zones: ZoneSource, from: Instant): WorkingMoment {
  const zone = zoneOf(calendar, zones);
  const fromMs = epochMsOf(from);
  let leftMs = dayMs;
  let date = localDateAt(calendar, zones, from);
  for (let step = 0; step <= maxDaysLooked; step += 1, date = addDays(date, 1)) {
    if (!isWorkingDay(calendar, zones, date)) continue;
    const { startMs, endMs } = wholeDay(zone, date);
    const beginMs = Math.max(startMs, fromMs);
    if (beginMs >= endMs) continue;
    if (leftMs <= endMs - beginMs) {
      return { at: instantAt(beginMs + leftMs), provisional: date > publishedThroughAll(calendar) };
    }
    leftMs -= endMs - beginMs;
  }
  throw new CalendarRefusal('noWorkingTime', { calendar: calendar.id, from, days: maxDaysLooked });
}
