import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { openEntries, type Entry, type ScheduleState } from '../domain/schedule/state.ts';
import type { BrandScope } from './board.ts';
import { inScope } from './board.ts';
import { caseTable, isSchedule, pointOf, type CaseRow } from './cases.ts';
import { jobTable, type JobRow } from './jobs.ts';
import { op } from './table.ts';

/** Schedules looked into at most; those whose node is the longest over come first. */
const mostSchedules = 200;

/** An entry of a schedule that is past its time node, with the job it belongs to. */
export interface LateEntry {
  readonly job: Pick<JobRow, '_id' | 'jobNumber' | 'title' | 'brandId' | 'clientId'>;
  readonly state: ScheduleState;
  readonly entry: Entry;
}

/** Entries that are past their time node in running jobs, the longest first; what is on hold is not late. */
export async function lateEntries(
  connection: Connection,
  { scope, now }: { readonly scope: BrandScope; readonly now: Instant },
): Promise<readonly LateEntry[]> {
  if (scope !== 'all' && scope.length === 0) return [];
  const rows = await caseTable(connection)
    .find({ nodeAt: op({ $lt: now }), open: op({ $eq: true }), ...inScope(scope) })
    .sort({ nodeAt: 1 })
    .limit(mostSchedules)
    .lean<CaseRow[]>();
  if (rows.length === 0) return [];
  const jobs = await jobTable(connection)
    .find(
      { _id: op({ $in: rows.flatMap(({ jobId }) => jobId ?? []) }), open: true, onHold: false },
      { jobNumber: 1, title: 1, brandId: 1, clientId: 1 },
    )
    .lean<LateEntry['job'][]>();
  const byId = new Map(jobs.map((job) => [job._id, job]));
  const found = rows.flatMap((row): LateEntry[] => {
    const job = byId.get(row.jobId ?? '');
    const { state } = pointOf(row);
    if (job === undefined || !isSchedule(state)) return [];
    return openEntries(state).flatMap((entry) => (entry.node < now ? [{ job, state, entry }] : []));
  });
  return found.sort((a, b) => (a.entry.node < b.entry.node ? -1 : a.entry.node > b.entry.node ? 1 : 0));
}
