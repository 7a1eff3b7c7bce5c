import type { LocalDate, LocalTime, Weekday } from './types.ts';
import { weekdays } from './types.ts';

const dayMs = 86_400_000;

/** Minutes in a day on the wall clock. */
export const minutesInDay = 1440;

const spelling = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is `YYYY-MM-DD` and a date that exists. */
export function isLocalDate(text: string): boolean {
  if (!spelling.test(text)) return false;
  const [month, day] = [Number(text.slice(5, 7)), Number(text.slice(8))];
  if (month < 1 || month > 12 || day < 1) return false;
  // Pages ask this for every day between now and every due date, and only the end of a month needs the calendar.
  return day <= 28 || day <= daysInMonth(Number(text.slice(0, 4)), month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function dayNumber(date: LocalDate): number {
  if (!isLocalDate(date)) throw new RangeError(`not a date: ${JSON.stringify(date)}`);
  return Date.parse(`${date}T00:00:00.000Z`) / dayMs;
}

function dateOfDayNumber(number: number): LocalDate {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

/** The date that many days later, earlier when negative. Throws RangeError on a text that is no date. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** Days from `from` to `to`, negative when `to` is earlier. Throws RangeError on a text that is no date. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** ISO number of the weekday, Monday 1 to Sunday 7. Throws RangeError on a text that is no date. */
export function weekdayNumberOf(date: LocalDate): number {
  // Day 0, 1 January 1970, was a Thursday; the second modulo keeps dates before it positive.
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/** The weekday as a key of the weekly hours. Throws RangeError on a text that is no date. */
export function weekdayOf(date: LocalDate): Weekday {
  return weekdays[weekdayNumberOf(date) - 1] ?? 'mon';
}

/** Monday of the week the date lies in (weeks run Monday to Sunday). */
export function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekdayNumberOf(date));
}

/** Last date of the month the date lies in. */
export function lastDateOfMonth(date: LocalDate): LocalDate {
  const nextMonth = addDays(`${date.slice(0, 7)}-28`, 4);
  return addDays(`${nextMonth.slice(0, 7)}-01`, -1);
}

/** Whether a text is a wall time 00:00 to 23:59, or 24:00. */
export function isLocalTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);
}

/** Minutes since midnight of a wall time, 0 to 1440. Throws RangeError on a text that is no time. */
export function minutesOfDay(time: LocalTime): number {
  if (!isLocalTime(time)) throw new RangeError(`not a time of day: ${JSON.stringify(time)}`);
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The wall time of minutes since midnight, 0 to 1440, e.g. 990 is `16:30`. */
export function timeOfMinutes(minutes: number): LocalTime {
  const hh = String(Math.floor(minutes / 60)).padStart(2, '0');
  return `${hh}:${String(minutes % 60).padStart(2, '0')}`;
}
