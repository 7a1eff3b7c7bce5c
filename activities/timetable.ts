import type { Connection } from 'mongoose';
import type { Clock } from '../config/clock.ts';
import { officeCalendarId } from '../domain/calendar/desk.ts';
import { CalendarRefusal } from '../domain/calendar/refusal.ts';
import type { Calendar } from '../domain/calendar/types.ts';
import type { PlanInput, TimetablePlannedAct } from '../domain/job/timetable.ts';
import { nextLook, nodeMoments, stageMoments } from '../domain/timetable/moments.ts';
import { extensionKey, floatKey } from '../domain/timetable/types.ts';
import { calendars } from '../store/calendars.ts';
import { timeCalendars, walkOfJob } from '../store/time-kept.ts';
import { timetableNow } from '../store/timetables.ts';
import { zoneNamed } from './calendar/zone.ts';

/** What looking at a timetable needs. */
export interface TimetableDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  /** The office's calendar while the register has none. */
  readonly office: Calendar;
}

/**
 * Looks at the timetable that stands for a job: counts on the calendars as they are now when its nodes are announced and
 * its stages warned of, and finds out whether the float is used up or the client's delay asks for an
 * extension. Looking twice finds the same but for the time between; the job takes each warning once.
 */
export async function planTimetable(
  { connection, clock, office }: TimetableDeps,
  { processId, clientId }: PlanInput,
): Promise<TimetablePlannedAct> {
  const now = clock();
  const kept = await calendars.now(connection);
  const byId = kept.complete ? kept.byId : await theseOf(connection, [officeCalendarId, clientId]);
  const counting = timeCalendars(byId, byId.get(officeCalendarId) ?? office, zoneNamed);
  const nothing = { type: 'timetablePlanned', nodes: [], stages: [] } as const;
  const found = await timetableNow(connection, { processId }, counting, now);
  if (!found) return { ...nothing, hash: '' };
  const { baseline, plan, forecast } = found;
  if (!forecast) return { ...nothing, hash: baseline.hash };
  const told = (await walkOfJob(connection, processId)).state.timetable?.told ?? [];
  const { floatUsedUp, extension, delivery, clientMs, agencyMs, holdMs } = forecast;
  const lookAt = nextLook(
    forecast,
    {
      float: floatUsedUp || told.includes(floatKey),
      extension: extension !== undefined || told.includes(extensionKey),
    },
    counting,
    now,
  );
  const used = { clientMs, agencyMs, holdMs, floatDays: plan.floatDays, forecastDate: delivery.forecastDate };
  try {
    const client = counting.ofDesk({ side: 'client', clientId, holders: [] });
    return {
      type: 'timetablePlanned',
      hash: baseline.hash,
      nodes: nodeMoments(plan, client, counting, baseline.acceptedAt),
      stages: stageMoments(plan, counting, baseline.countedFrom ?? baseline.acceptedAt),
      ...(lookAt === undefined ? {} : { lookAt }),
      ...(floatUsedUp ? { used } : {}),
      ...(extension ? { extension } : {}),
    };
  } catch (error) {
    if (error instanceof CalendarRefusal) return { ...nothing, hash: baseline.hash };
    throw error;
  }
}

async function theseOf(connection: Connection, ids: readonly string[]) {
  const found = await calendars.some(connection, ids);
  return new Map(found.map(({ id, value }) => [id, value]));
}
