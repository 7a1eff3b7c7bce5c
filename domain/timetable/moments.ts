import { localDateAt } from '../calendar/day.ts';
import { defaultWarnPercents } from '../calendar/ladders.ts';
import type { Calendar, ZoneSource } from '../calendar/types.ts';
import { openingOf, workingDayOnOrBefore, workingDaysBefore } from '../calendar/working-days.ts';
import type { Instant } from '../instant.ts';
import { laterOf } from '../instant.ts';
import { workingMs } from '../time-kept/account.ts';
import type { Forecast } from './forecast.ts';
import { leastDelayMs } from './forecast.ts';
import type { OfficeTime } from './idle.ts';
import { dayCloses, dayOpens, movedBy } from './idle.ts';
import type { NodeMoment, StageMoment, TimetablePlan } from './types.ts';
import { shortName } from './types.ts';

/** Working days between the announcement of a key node and its day (R-54, §7.3). */
export const announceDays = 3;

/** Nodes and stages that a job's clock keeps; a timetable of more is told of by its first. */
const mostKept = 40;
/**
 * When each key node is announced: at the opening of the third working day before its day, by the calendar of who reads
 * it, and never before the timetable stood. Throws CalendarRefusal.
 */
export function nodeMoments(
  { nodes }: TimetablePlan,
  client: Calendar,
  time: OfficeTime,
  acceptedAt: Instant,
): readonly NodeMoment[] {
  const zones: ZoneSource = time.zones;
  return nodes.slice(0, mostKept).map(({ name, date, milestone }) => {
    const at = dayCloses(time, date);
    const theirs = workingDayOnOrBefore(client, zones, localDateAt(client, zones, at));
    const opens = openingOf(client, zones, workingDaysBefore(client, zones, theirs, announceDays));
    return {
      name: shortName(name),
      date,
      at,
      announceAt: laterOf(opens, acceptedAt),
      ...(milestone === undefined ? {} : { milestone }),
    };
  });
}

/**
 * When half and four fifths of each stage's working time have passed (R-57, §7.3). What had passed when the timetable
 * was accepted warns of nothing. Throws CalendarRefusal.
 */
export function stageMoments({ stages }: TimetablePlan, time: OfficeTime, acceptedAt: Instant): readonly StageMoment[] {
  return stages.slice(0, mostKept).flatMap(({ stage, start, end }): readonly StageMoment[] => {
    const [from, to] = [dayOpens(time, start), dayCloses(time, end)];
    const wholeMs = workingMs(time.office, time.zones, from, to);
    if (wholeMs <= 0) return [];
    const warnings = defaultWarnPercents
      .map((percent) => ({ percent, at: movedBy(time, from, Math.floor((wholeMs * percent) / 100)) }))
      .filter(({ at }) => at > acceptedAt);
    return warnings.length === 0 ? [] : [{ stage: shortName(stage), end, warnings }];
  });
}

/**
 * When the forecast must be looked at again, where the clock alone can move it: no earlier than the float can be used up.
 * A desk that begins to be late is heard of by its own rung. Undefined where there is nothing left to warn of.
 */
export function nextLook(
  { delivery, nodes, floatLeftMs, lateNow }: Forecast,
  told: { readonly float: boolean; readonly extension: boolean },
  time: OfficeTime,
  now: Instant,
): Instant | undefined {
  if (delivery.reachedAt !== undefined || (told.float && told.extension)) return undefined;
  const step = Math.max(floatLeftMs, leastDelayMs);
  if (lateNow.includes('client') || (lateNow.length > 0 && !told.float)) return movedBy(time, now, step);
  if (told.float) return undefined;
  const waited = [
    ...nodes.filter(({ state, milestone }) => state === 'ahead' && milestone !== undefined),
    delivery,
  ].map(({ forecastAt }) => laterOf(forecastAt, now));
  const next = waited.sort()[0];
  return next === undefined ? undefined : movedBy(time, next, step);
}
