import { instantAt } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { isWorkingDay, localDateAt, openIntervals, publishedThroughAll } from './day.ts';
import { addDays, daysBetween, lastDateOfMonth, mondayOf } from './dates.ts';
import { CalendarRefusal, maxDaysLooked } from './refusal.ts';
import type { Calendar, LocalDate, WorkingMoment, ZoneSource } from './types.ts';

function searchWorkingDay(calendar: Calendar, zones: ZoneSource, start: LocalDate, stepDays: 1 | -1): LocalDate {
  for (let step = 0, date = start; step <= maxDaysLooked; step += 1, date = addDays(date, stepDays)) {
    if (isWorkingDay(calendar, zones, date)) return date;
  }
  throw new CalendarRefusal('noWorkingTime', { calendar: calendar.id, from: start, days: maxDaysLooked });
}

function checkCount(workingDays: number): void {
  if (!Number.isInteger(workingDays) || workingDays < 0 || workingDays > maxDaysLooked) {
    throw new CalendarRefusal('badAmount', { workingDays });
  }
}

/** The date itself when it is a working day, else the next one; for "Monday = first working day of the week" (P-22). Throws CalendarRefusal `noWorkingTime`. */
export function workingDayOnOrAfter(calendar: Calendar, zones: ZoneSource, date: LocalDate): LocalDate {
  return searchWorkingDay(calendar, zones, date, 1);
}

/** The date itself when it is a working day, else the one before; for the 10th and 15th of a month (P-23). Throws CalendarRefusal `noWorkingTime`. */
export function workingDayOnOrBefore(calendar: Calendar, zones: ZoneSource, date: LocalDate): LocalDate {
  return searchWorkingDay(calendar, zones, date, -1);
}

/** The n-th working day before the date, which itself is not counted; n = 3 for the notice of a key node. n whole, ≥ 0; throws CalendarRefusal. */
export function workingDaysBefore(calendar: Calendar, zones: ZoneSource, date: LocalDate, n: number): LocalDate {
  checkCount(n);
  let found = date;
  for (let count = 0; count < n; count += 1) found = searchWorkingDay(calendar, zones, addDays(found, -1), -1);
  return found;
}

/** The n-th working day after the date, which itself is not counted. n whole, ≥ 0; throws CalendarRefusal. */
export function workingDaysAfter(calendar: Calendar, zones: ZoneSource, date: LocalDate, n: number): LocalDate {
  checkCount(n);
  let found = date;
  for (let count = 0; count < n; count += 1) found = searchWorkingDay(calendar, zones, addDays(found, 1), 1);
  return found;
}

/** Working days after `from` up to and including `to`; 0 when `to` is not later. Throws CalendarRefusal `tooFar`. */
export function workingDaysBetween(calendar: Calendar, zones: ZoneSource, from: LocalDate, to: LocalDate): number {
  const days = daysBetween(from, to);
  if (days > maxDaysLooked) throw new CalendarRefusal('tooFar', { from, to, days: maxDaysLooked });
  let count = 0;
  for (let step = 1; step <= days; step += 1) {
    if (isWorkingDay(calendar, zones, addDays(from, step))) count += 1;
  }
  return count;
}

/** When working time of a local date ends. Throws CalendarRefusal `notWorkingDay`. */
export function closeOfBusiness(calendar: Calendar, zones: ZoneSource, date: LocalDate): Instant {
  const last = openIntervals(calendar, zones, date).at(-1);
  if (!last) throw new CalendarRefusal('notWorkingDay', { date });
  return instantAt(last.endMs);
}

/** When working time of a local date begins; a person's digest goes out then. Throws CalendarRefusal `notWorkingDay`. */
export function openingOf(calendar: Calendar, zones: ZoneSource, date: LocalDate): Instant {
  const first = openIntervals(calendar, zones, date)[0];
  if (!first) throw new CalendarRefusal('notWorkingDay', { date });
  return instantAt(first.startMs);
}

/**
 * The "one working day" reading (P-20): close of business of the n-th working day after the day of receipt; receipt on
 * a non-working day counts as receipt on the next working day. The hour of receipt does not matter.
 * `workingDays` whole, ≥ 0 (0: close of the day of receipt). Throws CalendarRefusal.
 */
export function addWorkingDays(
  calendar: Calendar,
  zones: ZoneSource,
  receivedAt: Instant,
  workingDays: number,
): WorkingMoment {
  checkCount(workingDays);
  const received = workingDayOnOrAfter(calendar, zones, localDateAt(calendar, zones, receivedAt));
  const date = workingDaysAfter(calendar, zones, received, workingDays);
  return { at: closeOfBusiness(calendar, zones, date), provisional: date > publishedThroughAll(calendar) };
}

function lastWorkingDayIn(
  calendar: Calendar,
  zones: ZoneSource,
  first: LocalDate,
  last: LocalDate,
): LocalDate | undefined {
  for (let date = last; date >= first; date = addDays(date, -1)) {
    if (isWorkingDay(calendar, zones, date)) return date;
  }
  return undefined;
}

/**
 * The last working day of the week (Monday to Sunday) the date lies in, also when that is a make-up Saturday or Sunday;
 * undefined when the whole week is off, as around Spring Festival (P-22).
 */
export function lastWorkingDayOfWeek(calendar: Calendar, zones: ZoneSource, date: LocalDate): LocalDate | undefined {
  const monday = mondayOf(date);
  return lastWorkingDayIn(calendar, zones, monday, addDays(monday, 6));
}

/** The last working day of the month the date lies in; undefined when the whole month is off. */
export function lastWorkingDayOfMonth(calendar: Calendar, zones: ZoneSource, date: LocalDate): LocalDate | undefined {
  return lastWorkingDayIn(calendar, zones, `${date.slice(0, 7)}-01`, lastDateOfMonth(date));
}
