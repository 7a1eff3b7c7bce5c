import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import type { BrandScope } from './board.ts';
import { inScope, topOfColumn } from './board.ts';
import { addCounts, countsOf } from './board-counts.ts';
import { boardColumns, type JobRow } from './jobs.ts';
import { stepTable, type StepRow } from './steps.ts';
import { op } from './table.ts';

/** A job with the desks it lies on, due first on top. */
export interface JobOnDesks {
  readonly job: JobRow;
  readonly desks: readonly StepRow[];
}

/** Jobs by what is due first, and how many of all are late. */
export interface DueFirst {
  readonly jobs: readonly JobOnDesks[];
  readonly late: number;
}

/** Jobs read at most. */
const mostJobs = 200;

/** Only running jobs with a date: on hold no clock runs, so nothing of it is late. */
const running = { open: true, onHold: false } as const;

/**
 * The open jobs whose date came or comes first, with their desks and ladders: late ones are the beginning. At most
 * `limit` (40). Each column is asked for its own top, the way the board's index lies, and the tops are laid together.
 */
export async function dueFirst(
  connection: Connection,
  query: { readonly scope: BrandScope; readonly now: Instant; readonly limit?: number },
): Promise<DueFirst> {
  const { scope, now } = query;
  if (scope !== 'all' && scope.length === 0) return { jobs: [], late: 0 };
  const limit = Math.min(query.limit ?? 40, mostJobs);
  const tops = await Promise.all(
    boardColumns.map((column) => topOfColumn(connection, { ...running, ...inScope(scope) }, column, limit)),
  );
  const jobs = tops
    .flatMap(({ cards }) => cards)
    .filter(({ dueAt }) => dueAt !== undefined)
    .sort((a, b) => (a.dueSort === b.dueSort ? (a._id < b._id ? -1 : 1) : a.dueSort < b.dueSort ? -1 : 1))
    .slice(0, limit);
  const lateHere = jobs.filter(({ dueSort }) => dueSort < now).length;
  const [desks, late] = await Promise.all([
    desksOf(
      connection,
      jobs.map(({ _id }) => _id),
    ),
    // Only where every job shown is late can there be more of them; their number may be a moment old, as on the board.
    lateHere < limit ? lateHere : countLate(connection, scope, now).then((count) => Math.max(count, lateHere)),
  ]);
  return { jobs: jobs.map((job) => ({ job, desks: desks.get(job._id) ?? [] })), late };
}

async function countLate(connection: Connection, scope: BrandScope, now: Instant): Promise<number> {
  const columns = await countsOf(connection, { ...running, ...inScope(scope) }, now);
  return addCounts([...columns.values()]).late;
}

async function desksOf(
  connection: Connection,
  processIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StepRow[]>> {
  if (processIds.length === 0) return new Map();
  const rows = await stepTable(connection)
    .find({ processId: op({ $in: [...processIds] }), open: true })
    .sort({ dueSort: 1, _id: 1 })
    .limit(processIds.length * 20)
    .lean<StepRow[]>();
  const found = new Map<string, StepRow[]>();
  for (const row of rows) found.set(row.processId, [...(found.get(row.processId) ?? []), row]);
  return found;
}
