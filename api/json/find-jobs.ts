import type { Connection } from 'mongoose';
import type { JobPhase } from '../../domain/job/state.ts';
import { inScope, type BrandScope, type JobCard } from '../../store/board.ts';
import { searchJobs } from '../../store/find-jobs.ts';
import { jobTable } from '../../store/jobs.ts';

/** What jobs are asked for. Every condition narrows; the scope always holds. */
export interface JobQuery {
  readonly scope: BrandScope;
  readonly q?: string | undefined;
  readonly phase?: JobPhase | undefined;
  readonly open?: boolean | undefined;
  readonly ownerId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly limit: number;
  readonly skip: number;
}

/** Jobs by words and by conditions; without words all that fit the conditions, newest movement first. */
export async function findJobs(store: Connection, query: JobQuery): Promise<JobCard[]> {
  const { scope, q, limit, skip, phase, open, ownerId, clientId } = query;
  const narrowed = {
    ...(phase === undefined ? {} : { phase }),
    ...(open === undefined ? {} : { open }),
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(clientId === undefined ? {} : { clientId }),
  };
  if (q !== undefined) return searchJobs(store, { scope, words: q, limit, skip, ...narrowed });
  return jobTable(store)
    .find({ $and: [inScope(scope), narrowed] })
    .sort({ since: -1, _id: 1 })
    .skip(skip)
    .limit(limit)
    .lean<JobCard[]>();
}
