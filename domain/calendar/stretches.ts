import { addDays, daysBetween } from './dates.ts';
import type { CalendarDay, LocalDate, SingleCalendar } from './types.ts';

/** Days in a row that differ from their weekdays for the same reason. */
export interface Stretch {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly days: number;
  readonly day: CalendarDay;
}

/** The longest stretch that is entered at once, in days. */
export const longestStretchDays = 366;

const sameDay = (a: CalendarDay, b: CalendarDay): boolean =>
  a.kind === b.kind &&
  a.name.zh === b.name.zh &&
  a.name.en === b.name.en &&
  JSON.stringify(a.hours) === JSON.stringify(b.hours);

/** The days of a calendar that differ, as stretches in order of date; `year` keeps those of one year. */
export function stretchesOf(calendar: SingleCalendar, year?: number): readonly Stretch[] {
  const found: Stretch[] = [];
  const days = Object.entries(calendar.days)
    .filter(([date]) => year === undefined || date.startsWith(`${String(year)}-`))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [date, day] of days) {
    const last = found.at(-1);
    if (last !== undefined && sameDay(last.day, day) && daysBetween(last.to, date) === 1)
      found[found.length - 1] = { ...last, to: date, days: last.days + 1 };
    else found.push({ from: date, to: date, days: 1, day });
  }
  return found;
}

/** The dates from one to another, both included; none when `to` is earlier. */
export function datesFrom(from: LocalDate, to: LocalDate): readonly LocalDate[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, step) => addDays(from, step));
}

/** A calendar in which these dates differ for this reason, whatever they were before. */
export function withStretch(
  calendar: SingleCalendar,
  from: LocalDate,
  to: LocalDate,
  day: CalendarDay,
): SingleCalendar {
  const days = { ...calendar.days };
  for (const date of datesFrom(from, to)) days[date] = day;
  return { ...calendar, days };
}

/** A calendar in which these dates are days like any other. */
export function withoutStretch(calendar: SingleCalendar, from: LocalDate, to: LocalDate): SingleCalendar {
  return {
    ...calendar,
    days: Object.fromEntries(Object.entries(calendar.days).filter(([date]) => date < from || date > to)),
  };
}
