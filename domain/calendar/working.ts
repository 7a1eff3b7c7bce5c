import { epochMsOf, instantAt } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { localDateAt, openIntervals, publishedThroughAll } from './day.ts';
import { addDays, daysBetween } from './dates.ts';
import { CalendarRefusal, maxDaysLooked } from './refusal.ts';
import type { Calendar, WorkingMoment, ZoneSource } from './types.ts';

const minuteMs = 60_000;

/**
 * Working minutes from one instant to another, exact to the millisecond and therefore not always whole; negative when
 * `to` is earlier. Throws CalendarRefusal `tooFar` beyond `maxDaysLooked` days.
 */
export function workingMinutesBetween(calendar: Calendar, zones: ZoneSource, from: Instant, to: Instant): number {
  const fromMs = epochMsOf(from);
  const toMs = epochMsOf(to);
  if (toMs === fromMs) return 0;
  if (toMs < fromMs) return -workingMinutesBetween(calendar, zones, to, from);
  const first = localDateAt(calendar, zones, from);
  const days = daysBetween(first, localDateAt(calendar, zones, to));
  if (days > maxDaysLooked) throw new CalendarRefusal('tooFar', { from, to, days: maxDaysLooked });
  let sumMs = 0;
  for (let step = 0, date = first; step <= days; step += 1, date = addDays(date, 1)) {
    for (const { startMs, endMs } of openIntervals(calendar, zones, date)) {
      sumMs += Math.max(0, Math.min(endMs, toMs) - Math.max(startMs, fromMs));
    }
  }
  return sumMs / minuteMs;
}

/**
 * The moment at which that many working minutes have passed: the earliest one, so a full day ends at close of business
 * and not at the next opening. Counting starts at the next opening when `from` lies in closed hours, and the answer
 * never lies in closed hours. Minutes ≥ 0, fractions counted to the millisecond. Throws CalendarRefusal `badAmount`,
 * or `noWorkingTime` when `maxDaysLooked` days do not hold that much.
 */
export function addWorkingMinutes(
  calendar: Calendar,
  zones: ZoneSource,
  from: Instant,
  minutes: number,
): WorkingMoment {
  if (!Number.isFinite(minutes) || minutes < 0) throw new CalendarRefusal('badAmount', { minutes });
  const fromMs = epochMsOf(from);
  let leftMs = Math.round(minutes * minuteMs);
  let date = localDateAt(calendar, zones, from);
  for (let step = 0; step <= maxDaysLooked; step += 1, date = addDays(date, 1)) {
    for (const { startMs, endMs } of openIntervals(calendar, zones, date)) {
      if (endMs < fromMs) continue;
      const beginMs = Math.max(startMs, fromMs);
      if (leftMs <= endMs - beginMs) {
        return { at: instantAt(beginMs + leftMs), provisional: date > publishedThroughAll(calendar) };
      }
      leftMs -= endMs - beginMs;
    }
  }
  throw new CalendarRefusal('noWorkingTime', { calendar: calendar.id, from, days: maxDaysLooked });
}

/**
 * `instant` itself when it lies in working hours, otherwise when they next begin; the moment of closing counts as closed.
 * Throws CalendarRefusal `noWorkingTime`.
 */
export function nextOpening(calendar: Calendar, zones: ZoneSource, instant: Instant): WorkingMoment {
  const fromMs = epochMsOf(instant);
  let date = localDateAt(calendar, zones, instant);
  for (let step = 0; step <= maxDaysLooked; step += 1, date = addDays(date, 1)) {
    const interval = openIntervals(calendar, zones, date).find(({ endMs }) => endMs > fromMs);
    if (interval) {
      const at = instantAt(Math.max(interval.startMs, fromMs));
      return { at, provisional: date > publishedThroughAll(calendar) };
    }
  }
  throw new CalendarRefusal('noWorkingTime', { calendar: calendar.id, from: instant, days: maxDaysLooked });
}

/**
 * The moment from which that many working minutes pass until `to`: the latest one, so a full day before a close of
 * business is that day's opening. The answer never lies in closed hours. Minutes ≥ 0; throws like `addWorkingMinutes`.
 */
export function subtractWorkingMinutes(
  calendar: Calendar,
  zones: ZoneSource,
  to: Instant,
  minutes: number,
): WorkingMoment {
  if (!Number.isFinite(minutes) || minutes < 0) throw new CalendarRefusal('badAmount', { minutes });
  const toMs = epochMsOf(to);
  let leftMs = Math.round(minutes * minuteMs);
  let date = localDateAt(calendar, zones, to);
  for (let step = 0; step <= maxDaysLooked; step += 1, date = addDays(date, -1)) {
    for (const { startMs, endMs } of openIntervals(calendar, zones, date).toReversed()) {
      if (startMs > toMs) continue;
      const finishMs = Math.min(endMs, toMs);
      if (leftMs <= finishMs - startMs) {
        return { at: instantAt(finishMs - leftMs), provisional: date > publishedThroughAll(calendar) };
      }
      leftMs -= finishMs - startMs;
    }
  }
  throw new CalendarRefusal('noWorkingTime', { calendar: calendar.id, from: to, days: maxDaysLooked });
}
