import type { Connection } from 'mongoose';
import { calendarOwner } from '../domain/calendar/desk.ts';
import { CalendarRefusal } from '../domain/calendar/refusal.ts';
import type { Instant } from '../domain/instant.ts';
import type { JobState } from '../domain/job/state.ts';
import type { TimeCalendars } from '../domain/time-kept/account.ts';
import { baselineOf } from '../domain/timetable/baseline.ts';
import type { Forecast } from '../domain/timetable/forecast.ts';
import { forecast } from '../domain/timetable/forecast.ts';
import type { Baseline, TimetablePlan } from '../domain/timetable/types.ts';
import type { TimetableContent } from '../papers/timing/timetable.ts';
import { planOf, readTimetable } from '../papers/timing/timetable.ts';
import { jobTable } from './jobs.ts';
import { frozenPaper, paperVersionTable } from './papers.ts';
import { op } from './table.ts';
import { walkOfJob } from './time-kept.ts';

/** The timetable that stands for a job, and what becomes of it. */
export interface TimetableNow {
  readonly baseline: Baseline;
  /** As it was frozen, with everything that is internal; the outside sees `externalTimetable` of it. */
  readonly content: TimetableContent;
  readonly plan: TimetablePlan;
  /** Absent where the calendars cannot count it. */
  readonly forecast?: Forecast;
}

/**
 * The timetable that stands for a job, with its forecast at a moment, from the log and the calendars as they are.
 * Undefined while the client has accepted none. The log may know more than `state` does; then the log counts.
 */
export async function timetableNow(
  connection: Connection,
  { processId, state }: { readonly processId: string; readonly state?: JobState },
  calendars: TimeCalendars,
  now: Instant,
): Promise<TimetableNow | undefined> {
  if (state && !baselineOf(state)) return undefined;
  const walk = await walkOfJob(connection, processId);
  const baseline = baselineOf(walk.state);
  const content = baseline && readTimetable((await frozenPaper(connection, baseline.hash))?.content);
  if (!baseline || !content) return undefined;
  const plan = planOf(content);
  const source = { plan, baseline, walk, ...(walk.state.timetable ? { done: walk.state.timetable.done } : {}) };
  try {
    return { baseline, content, plan, forecast: forecast(source, calendars, now) };
  } catch (error) {
    // Dates that no calendar reaches: they stand, and nothing is foretold of them.
    if (error instanceof CalendarRefusal) return { baseline, content, plan };
    throw error;
  }
}

/**
 * The running jobs with a timetable whose notices a calendar may move: the office's moves all, a client's those of the
 * client, a person's none. They have to hear of it also while no desk of theirs is open.
 */
export async function jobsWithTimetable(connection: Connection, calendarId: string): Promise<readonly string[]> {
  const owner = calendarOwner(calendarId);
  if (owner.kind === 'person') return [];
  const running = await jobTable(connection).distinct('_id', {
    open: true,
    ...(owner.kind === 'client' ? { clientId: owner.clientId } : {}),
  });
  const accepted = { key: 'F-10', status: 'passed' } as const;
  return paperVersionTable(connection).distinct('processId', { processId: op({ $in: running }), ...accepted });
}
