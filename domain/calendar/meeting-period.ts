import type { Instant } from '../instant.ts';
import { addDays } from './dates.ts';
import { isWorkingDay, localDateAt, zoneOf } from './day.ts';
import type { Calendar, LocalDate, WorkingMoment, ZoneSource } from './types.ts';
import { addWorkingDays, closeOfBusiness, workingDaysBefore, workingDaysBetween } from './working-days.ts';

/** How often a project has an internal meeting where nothing else is set, working days: weekly (§7.3, R-55). */
export const usualMeetingDays = 5;
/** The longest period that may be set, working days: about a quarter. */
export const mostMeetingDays = 60;

/**
 * By when the next internal meeting is held: the close of the n-th working day after the day on which its period began.
 * One that was held on a Monday is followed by another until the close of the next. Throws CalendarRefusal.
 */
export function meetingDueAt(office: Calendar, zones: ZoneSource, from: Instant, workingDays: number): WorkingMoment {
  return addWorkingDays(office, zones, from, workingDays);
}

/** The newest working day that is over by now. */
function lastClosedDay(office: Calendar, zones: ZoneSource, now: Instant): LocalDate {
  const today = localDateAt(office, zones, now);
  const over = isWorkingDay(office, zones, today) && closeOfBusiness(office, zones, today) <= now;
  return over ? today : workingDaysBefore(office, zones, today, 1);
}

/**
 * Whatever period began before this moment is over now: `meetingDueAt(from) <= now` exactly where `from` is earlier. So a
 * store can be asked for those alone, and no job need be counted that is not among them. Throws CalendarRefusal.
 */
export function meetingsOverdueBefore(office: Calendar, zones: ZoneSource, now: Instant, workingDays: number): Instant {
  const last = workingDaysBefore(office, zones, lastClosedDay(office, zones, now), workingDays);
  return zoneOf(office, zones).toInstant(addDays(last, 1), 0);
}

/** How many further periods have passed since a meeting was due; each of them is told once. Throws CalendarRefusal. */
export function furtherPeriods(
  office: Calendar,
  zones: ZoneSource,
  { dueAt, now, workingDays }: { readonly dueAt: Instant; readonly now: Instant; readonly workingDays: number },
): number {
  const due = localDateAt(office, zones, dueAt);
  return Math.floor(workingDaysBetween(office, zones, due, lastClosedDay(office, zones, now)) / workingDays);
}
