import type { Connection } from 'mongoose';
import { calendarOfDesk } from '../domain/calendar/desk.ts';
import type { Calendar, SingleCalendar, ZoneSource } from '../domain/calendar/types.ts';
import type { TimeCalendars } from '../domain/time-kept/account.ts';
import { startOfWalk, walkOn, type Walk } from '../domain/time-kept/walk.ts';
import type { LogRow } from './log.ts';
import { logTable } from './log.ts';
import { foldEntriesOf } from './recorder.ts';
import { op } from './table.ts';

/** Entries of a log that are read at once; a longer one is read in several pieces. */
const atOnce = 2_000;
/** Jobs whose walk a process remembers; the one not looked at for the longest is forgotten first. */
const mostWalks = 60;

interface Kept {
  readonly walk: Walk;
  /** Hash of the last entry walked over: it names the whole log up to there. */
  readonly hash: string;
}

const memories = new WeakMap<Connection, Map<string, Kept>>();

/**
 * A job's log walked to its end: where it lay at every moment. What was walked is remembered and gone on from, because a
 * log only ever grows, so a second look reads only what is new and is never older than the log. A log that is another
 * than the one remembered (a store put back, a demonstration made anew) is noticed by its hash and walked from its start.
 * Throws LogDiverged where an entry cannot be read.
 */
export async function walkOfJob(connection: Connection, processId: string): Promise<Walk> {
  const known = memories.get(connection) ?? new Map<string, Kept>();
  memories.set(connection, known);
  let kept = known.get(processId) ?? { walk: startOfWalk(processId), hash: '' };
  for (;;) {
    const rows = await logTable(connection)
      .find({ processId, seq: op({ $gte: kept.walk.seq }) })
      .sort({ seq: 1 })
      .limit(atOnce)
      .lean<LogRow[]>();
    const [first] = rows;
    if (kept.walk.seq > 0 && (first?.seq !== kept.walk.seq || first.hash !== kept.hash)) {
      kept = { walk: startOfWalk(processId), hash: '' };
      continue;
    }
    kept = { walk: walkOn(kept.walk, foldEntriesOf(rows)), hash: rows.at(-1)?.hash ?? kept.hash };
    if (rows.length < atOnce) break;
  }
  known.delete(processId);
  known.set(processId, kept);
  for (const oldest of known.keys()) {
    if (known.size <= mostWalks) break;
    known.delete(oldest);
  }
  return kept.walk;
}

/** The calendars that time is counted by, out of the register as it stands and the office's. */
export function timeCalendars(
  kept: ReadonlyMap<string, SingleCalendar>,
  office: Calendar,
  zones: ZoneSource,
): TimeCalendars {
  return { office, zones, ofDesk: (desk) => calendarOfDesk(desk, kept, office) };
}
