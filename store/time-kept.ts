import type { Connection } from 'mongoose';
import { calendarOfDesk } from '../domain/calendar/desk.ts';
import type { Calendar, SingleCalendar, ZoneSource } from '../domain/calendar/types.ts';
import type { JobEvent } from '../domain/job/events.ts';
import { readEntry } from '../domain/log/entry.ts';
import type { TimeCalendars } from '../domain/time-kept/account.ts';
import { startOfWalk, walkOn, type TimedEntry, type Walk } from '../domain/time-kept/walk.ts';
import type { LogRow } from './log.ts';
import { logTable } from './log.ts';
import { op } from './table.ts';

/** Entries of a log that are read at once; a longer one is read in several pieces. */
const atOnce = 2_000;
/** Jobs whose walk a process remembers; the one not looked at for the longest is forgotten first. */
const mostWalks = 60;

const memories = new WeakMap<Connection, Map<string, Walk>>();

/**
 * A job's log walked to its end: where it lay at every moment. What was walked is remembered by process id and gone on
 * from, because a log only ever grows; so a second look reads only what is new, and what it shows is never older than
 * the log. `afresh` forgets it, for a store that was put back.
 */
export async function walkOfJob(connection: Connection, processId: string, afresh = false): Promise<Walk> {
  const known = memories.get(connection) ?? new Map<string, Walk>();
  memories.set(connection, known);
  let walk = (afresh ? undefined : known.get(processId)) ?? startOfWalk(processId);
  for (;;) {
    const rows = await logTable(connection)
      .find({ processId, seq: op({ $gt: walk.seq }) }, { body: 1 })
      .sort({ seq: 1 })
      .limit(atOnce)
      .lean<Pick<LogRow, 'body'>[]>();
    walk = walkOn(walk, rows.flatMap(timedEntry));
    if (rows.length < atOnce) break;
  }
  known.delete(processId);
  known.set(processId, walk);
  for (const oldest of known.keys()) {
    if (known.size <= mostWalks) break;
    known.delete(oldest);
  }
  return walk;
}

/** Reads a kept entry. The recorder wrote it from an event of the process, so its shape is known. */
function timedEntry({ body }: Pick<LogRow, 'body'>): readonly TimedEntry[] {
  const entry = readEntry(body);
  return entry ? [{ event: entry.event as JobEvent, stamp: entry.stamp }] : [];
}

/** The calendars that time is counted by, out of the register as it stands and the office's. */
export function timeCalendars(
  kept: ReadonlyMap<string, SingleCalendar>,
  office: Calendar,
  zones: ZoneSource,
): TimeCalendars {
  return { office, zones, ofDesk: (desk) => calendarOfDesk(desk, kept, office) };
}
