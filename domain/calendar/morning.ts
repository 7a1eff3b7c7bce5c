import { epochMsOf, instantAt } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { addDays } from './dates.ts';
import { localDateAt, openIntervals } from './day.ts';
import { CalendarRefusal, maxDaysLooked } from './refusal.ts';
import type { Calendar, LocalDate, ZoneSource } from './types.ts';

/** The beginning of a working day. */
export interface Morning {
  readonly at: Instant;
  /** Its date on the calendar's own wall. */
  readonly date: LocalDate;
}

/**
 * The first working day that begins after this moment: when a person's digest goes out. In working hours that is
 * tomorrow's, before them today's; an hour's break in the middle of a day begins no day. Throws CalendarRefusal
 * `noWorkingTime`.
 */
export function nextMorning(calendar: Calendar, zones: ZoneSource, after: Instant): Morning {
  const afterMs = epochMsOf(after);
  let date = localDateAt(calendar, zones, after);
  for (let step = 0; step <= maxDaysLooked; step += 1, date = addDays(date, 1)) {
    const first = openIntervals(calendar, zones, date)[0];
    if (first && first.startMs > afterMs) return { at: instantAt(first.startMs), date };
  }
  throw new CalendarRefusal('noWorkingTime', { calendar: calendar.id, from: after, days: maxDaysLooked });
}
