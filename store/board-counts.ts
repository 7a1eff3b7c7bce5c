import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { epochMsOf } from '../domain/instant.ts';
import { boardColumns, jobTable } from './jobs.ts';
import { op } from './table.ts';

/** Counts of one column or of the whole board. */
export interface BoardCounts {
  readonly open: number;
  readonly late: number;
  readonly withClient: number;
}

/** Counts by column; a column nothing lies in is missing. */
export type CountedColumns = ReadonlyMap<string, BoardCounts>;

interface Counted {
  readonly columns: CountedColumns;
  /** The moment lateness was judged at. */
  readonly at: Instant;
  /** When it was read, on the clock of the process. */
  readonly readAtMs: number;
}

interface Memory {
  counted?: Counted;
  counting?: Promise<CountedColumns>;
}

/** Counts this young are shown without more ado; milliseconds. */
const youngMs = 5_000;
/** Counts older than this are not shown at all; milliseconds. */
const oldestMs = 60_000;
/** Filters a process remembers counts of; when there are more it starts again. */
const mostFilters = 1_000;

const memories = new WeakMap<Connection, Map<string, Memory>>();

function memoryOf(connection: Connection, key: string): Memory {
  const known = memories.get(connection) ?? new Map<string, Memory>();
  memories.set(connection, known);
  const found = known.get(key);
  if (found) return found;
  if (known.size >= mostFilters) known.clear();
  const made: Memory = {};
  known.set(key, made);
  return made;
}

/**
 * Counts the open jobs of a filter by column. Counting reads every one of them (40 ms for 10,000), so a process
 * remembers what it counted: up to 5 seconds it is shown as it is, up to a minute it is shown while it is counted anew
 * behind the answer, later the reader waits for a new count.
 *
 * What can be stale, and why it is harmless: only the numbers over a column in which more jobs lie than it has cards, by
 * a minute at most and, where somebody looks at the board, by one of its refreshes (15 seconds). Cards are never taken
 * from memory, and a column that is shown whole is counted from its cards, so a decision shows at once wherever one
 * could tell; "1,312 open" instead of "1,311" changes nobody's work. Nothing decides by these numbers. They are read
 * from the rows, never kept beside them, so `rebuild` cannot make others.
 */
export async function countsOf(connection: Connection, filter: object, now: Instant): Promise<CountedColumns> {
  const memory = memoryOf(connection, JSON.stringify(filter));
  const { counted } = memory;
  const age = counted ? ageOf(counted, now) : Number.POSITIVE_INFINITY;
  if (counted && age <= youngMs) return counted.columns;
  const counting = (memory.counting ??= count(connection, filter, now, memory));
  if (!counted || age > oldestMs) return counting;
  // Whoever comes after a minute waits for a count of their own and hears what is wrong.
  counting.catch(() => undefined);
  return counted.columns;
}

/** By the clock of the house or of the process, whichever says older: the first can be moved, the second only runs. */
function ageOf({ at, readAtMs }: Counted, now: Instant): number {
  return Math.max(Math.abs(epochMsOf(now) - epochMsOf(at)), performance.now() - readAtMs);
}

async function count(connection: Connection, filter: object, now: Instant, memory: Memory): Promise<CountedColumns> {
  const readAtMs = performance.now();
  try {
    const rows = await jobTable(connection).aggregate<BoardCounts & { _id: string }>([
      { $match: { ...filter, column: op({ $in: [...boardColumns] }) } },
      {
        $group: {
          _id: '$column',
          open: { $sum: 1 },
          late: { $sum: { $cond: [{ $lt: ['$dueSort', now] }, 1, 0] } },
          withClient: { $sum: { $cond: ['$withClient', 1, 0] } },
        },
      },
    ]);
    const columns = new Map(rows.map(({ _id, ...counts }) => [_id, counts]));
    memory.counted = { columns, at: now, readAtMs };
    return columns;
  } finally {
    delete memory.counting;
  }
}

/** Counts what lies before the reader. */
export function countCards(
  cards: readonly { readonly dueSort: string; readonly withClient: boolean }[],
  now: Instant,
): BoardCounts {
  return {
    open: cards.length,
    late: cards.filter(({ dueSort }) => dueSort < now).length,
    withClient: cards.filter(({ withClient }) => withClient).length,
  };
}

/** The counts of a column of which some cards lie before the reader: never fewer than can be seen, and one below. */
export function countedBelow(counted: BoardCounts | undefined, seen: BoardCounts): BoardCounts {
  return {
    open: Math.max(counted?.open ?? 0, seen.open + 1),
    late: Math.max(counted?.late ?? 0, seen.late),
    withClient: Math.max(counted?.withClient ?? 0, seen.withClient),
  };
}

/** Counts of several columns together. */
export function addCounts(all: readonly BoardCounts[]): BoardCounts {
  const sum = (of: (counts: BoardCounts) => number): number => all.reduce((total, counts) => total + of(counts), 0);
  return { open: sum((one) => one.open), late: sum((one) => one.late), withClient: sum((one) => one.withClient) };
}
