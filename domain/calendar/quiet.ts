import { compareInstants } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { quietStretches } from './check-ladder.ts';
import { addDays, minutesInDay } from './dates.ts';
import { zoneOf } from './day.ts';
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
  if (quietUntil(calendar, zones, quiet, at) === undefined) return at;
  let moment = at;
  for (let look = 0; look < lookedAt; look += 1) {
    const open = nextOpening(calendar, zones, moment).at;
    const ends = quietUntil(calendar, zones, quiet, open);
    if (ends === undefined) return open;
    moment = ends;
  }
  return nextOpening(calendar, zones, at).at;
}
