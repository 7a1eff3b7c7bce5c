import type { Calendar, ClosedSpan, SingleCalendar } from './types.ts';

/**
 * Two calendars as one: working time is what is working time in both, e.g. the holder's own and the office's.
 * Dates, weeks and closes of business are read in the zone of the first. When the zones differ, the functions must be
 * given a zone look-up instead of one zone.
 */
export function combineCalendars(frame: Calendar, other: Calendar): Calendar {
  const { also: others = [], ...single } = other;
  return { ...frame, id: `${frame.id}+${other.id}`, also: [...(frame.also ?? []), single, ...others] };
}

/** A calendar without the time in which its person is away; earlier absences stay. Absences may overlap each other and the weekend. */
export function withAbsences(calendar: Calendar, absences: readonly ClosedSpan[]): Calendar {
  return { ...calendar, absences: [...(calendar.absences ?? []), ...absences] };
}

/** All calendars a combined one consists of, the one that gives the dates first. */
export function membersOf(calendar: Calendar): readonly SingleCalendar[] {
  const { also = [], ...frame } = calendar;
  return [frame, ...also];
}
