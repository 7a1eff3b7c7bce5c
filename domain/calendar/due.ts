import { compareInstants } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { publishedThroughAll, zoneOf } from './day.ts';
import { daysBetween, minutesOfDay, timeOfMinutes, weekdayNumberOf } from './dates.ts';
import { nominalDayMinutes } from './deadline.ts';
import { maxDaysLooked } from './refusal.ts';
import { workingDaysBetween } from './working-days.ts';
import { workingMinutesBetween } from './working.ts';
import type { Calendar, LocalDate, LocalTime, ZoneSource } from './types.ts';
import { weekdays } from './types.ts';

/**
 * The day of a date as people say it: today, tomorrow, yesterday; a weekday two to six days ahead; otherwise the date,
 * with `year` only when it is not the current one. Weekdays run from Monday 1 to Sunday 7, months from 1.
 */
export type DueDay =
  | { readonly kind: 'today' | 'tomorrow' | 'yesterday' }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | {
      readonly kind: 'date';
      readonly weekday: number;
      readonly year?: number;
      readonly month: number;
      readonly day: number;
    };

/**
 * How much working time, in the unit that reads best: up to one working day in hours and minutes, more in days; `far`
 * beyond the eleven years that a calendar looks.
 */
export type DueAmount =
  | { readonly unit: 'far' }
  | { readonly unit: 'none' }
  | { readonly unit: 'minutes'; readonly minutes: number }
  | { readonly unit: 'hours'; readonly hours: number; readonly minutes: number }
  | { readonly unit: 'days'; readonly days: number };

/** A due moment taken apart for a sentence; local parts are in the zone of the calendar it was described with. */
export interface DueParts {
  readonly day: DueDay;
  readonly localDate: LocalDate;
  readonly localTime: LocalTime;
  /** Whether the moment has passed. */
  readonly over: boolean;
  /** Working minutes still left, or past it when `over`; whole, ≥ 0, without end where it lies too far to be counted. */
  readonly workingMinutes: number;
  readonly amount: DueAmount;
  /** Whether the moment rests on holidays not published yet. */
  readonly provisional: boolean;
}

function dueDay(today: LocalDate, date: LocalDate): DueDay {
  const ahead = daysBetween(today, date);
  if (ahead === 0) return { kind: 'today' };
  if (ahead === 1) return { kind: 'tomorrow' };
  if (ahead === -1) return { kind: 'yesterday' };
  const weekday = weekdayNumberOf(date);
  if (ahead > 1 && ahead < 7) return { kind: 'weekday', weekday };
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return today.startsWith(date.slice(0, 4))
    ? { kind: 'date', weekday, month, day }
    : { kind: 'date', weekday, year, month, day };
}

function longestDayMinutes(calendar: Calendar): number {
  const lengths = weekdays.map((weekday) =>
    calendar.weekly[weekday].reduce((sum, { from, to }) => sum + minutesOfDay(to) - minutesOfDay(from), 0),
  );
  return Math.max(...lengths) || nominalDayMinutes;
}

/** The amount that reads best. `countDays` gives whole working days and is asked only when more than one day is meant. */
function dueAmount(workingMinutes: number, dayMinutes: number, countDays: () => number): DueAmount {
  if (workingMinutes === 0) return { unit: 'none' };
  if (workingMinutes < 60) return { unit: 'minutes', minutes: workingMinutes };
  if (workingMinutes <= dayMinutes) {
    return { unit: 'hours', hours: Math.floor(workingMinutes / 60), minutes: workingMinutes % 60 };
  }
  return { unit: 'days', days: Math.max(1, countDays()) };
}

/**
 * Takes a due moment apart for people: which day, which local time, how much working time is left or over.
 * What is left is rounded up to minutes and, beyond a day, counted in working days until that date; what is over is
 * rounded down to minutes and whole days. Whoever mistypes a year by a century still gets a page that says the date.
 */
export function describeDue(
  calendar: Calendar,
  zones: ZoneSource,
  moment: { readonly dueAt: Instant; readonly now: Instant; readonly provisional?: boolean },
): DueParts {
  const zone = zoneOf(calendar, zones);
  const { date: localDate, minutes } = zone.toLocal(moment.dueAt);
  const today = zone.toLocal(moment.now).date;
  const over = compareInstants(moment.dueAt, moment.now) < 0;
  const shown = { day: dueDay(today, localDate), localDate, localTime: timeOfMinutes(minutes), over };
  const provisional = moment.provisional ?? localDate > publishedThroughAll(calendar);
  if (Math.abs(daysBetween(today, localDate)) > maxDaysLooked)
    return { ...shown, workingMinutes: Number.POSITIVE_INFINITY, amount: { unit: 'far' }, provisional };
  const exactMinutes = Math.abs(workingMinutesBetween(calendar, zones, moment.now, moment.dueAt));
  const workingMinutes = over ? Math.floor(exactMinutes) : Math.ceil(exactMinutes);
  const dayMinutes = longestDayMinutes(calendar);
  return {
    ...shown,
    workingMinutes,
    amount: dueAmount(workingMinutes, dayMinutes, () =>
      over ? Math.floor(workingMinutes / dayMinutes) : workingDaysBetween(calendar, zones, today, localDate),
    ),
    provisional,
  };
}
