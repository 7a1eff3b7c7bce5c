import { compareInstants } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { quietStretches } from './check-ladder.ts';
import { addDays, minutesInDay } from './dates.ts';
import { localDateAt, zoneOf } from './day.ts';
import type { QuietHours } from './ladders.ts';
import type { Calendar, ZoneSource } from './types.ts';
import { nextOpening } from './working.ts';

/** Working days looked at; more closed or quiet ones in a row mean that a person's hours lie in the quiet ones whole. */
const lookedAt = 400;

/** The end of the quiet hours a moment lies in; undefined when it lies in none. The moment they end is free. */
function quietUntil(calendar: Calendar, zones: ZoneSource, quiet: QuietHours, at: Instant): Instant | undefined {
  const zone = zoneOf(calendar, zones);
  const { date, minutes } = zone.toLocal(at);
  const stretch = quietStretches(quiet).find(({ from, to }) => from <= minutes && minutes < to);
  if (stretch === undefined) return undefined;
  const ends = stretch.to === minutesInDay ? zone.toInstant(addDays(date, 1), 0) : zone.toInstant(date, stretch.to);
  // A clock that is put back can show a quiet time again at the very end of it.
  return compareInstants(ends, at) > 0 ? ends : undefined;
}

/**
 * When a mail that is due at `at` may leave: at once outside quiet hours, else in the first working minute of its
 * reader's calendar that is not quiet. A reader all of whose hours are quiet gets it in the first working minute, so
 * that it is late and never lost. Throws CalendarRefusal `noWorkingTime` like `nextOpening`.
 */
export function firstLoudMinute(calendar: Calendar, zones: ZoneSource, quiet: QuietHours, at: Instant): Instant {
  return quietUntil(calendar, zones, quiet, at) === undefined ? at : loudWorkingMinute(calendar, zones, quiet, at);
}

/**
 * When the mail of a rung that was due at `due` may leave, for whoever looks at `now`. On the day it was due that is
 * `firstLoudMinute`. One that could not leave that day, because nothing ran or no mail server answered, has missed its
 * own moment and waits for a working minute: nobody is written to on a Saturday because a machine came back on it.
 * Throws CalendarRefusal `noWorkingTime`.
 */
export function mayLeaveAt(
  calendar: Calendar,
  zones: ZoneSource,
  quiet: QuietHours,
  { due, now }: { readonly due: Instant; readonly now: Instant },
): Instant {
  const free = firstLoudMinute(calendar, zones, quiet, due);
  if (compareInstants(free, now) > 0) return free;
  const sameDay = localDateAt(calendar, zones, free) === localDateAt(calendar, zones, now);
  return sameDay ? firstLoudMinute(calendar, zones, quiet, now) : loudWorkingMinute(calendar, zones, quiet, now);
}

/** The first working minute from a moment on that is not quiet; where all are quiet, the first. */
function loudWorkingMinute(calendar: Calendar, zones: ZoneSource, quiet: QuietHours, from: Instant): Instant {
  let moment = from;
  for (let look = 0; look < lookedAt; look += 1) {
    const open = nextOpening(calendar, zones, moment).at;
    const ends = quietUntil(calendar, zones, quiet, open);
    if (ends === undefined) return open;
    moment = ends;
  }
  return nextOpening(calendar, zones, from).at;
}
