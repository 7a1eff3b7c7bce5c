import type { Connection } from 'mongoose';
import type { JobPhase } from '../../domain/job/state.ts';
import { inScope, type BrandScope, type JobCard } from '../../store/board.ts';
import { clients, namedBy } from '../../store/clients.ts';
import { jobTable } from '../../store/jobs.ts';
import { askedGrams } from '../../store/search.ts';
import { op } from '../../store/table.ts';

/** What jobs are asked for. Every condition narrows; the scope always holds. */
export interface JobSearch {
  readonly scope: BrandScope;
  readonly q?: string | undefined;
  readonly phase?: JobPhase | undefined;
  readonly open?: boolean | undefined;
  readonly ownerId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly limit: number;
  readonly skip: number;
}

/** Jobs by number, title, client, brand or line, newest movement first. A search word fits in any of these places. */
export async function findJobs(store: Connection, search: JobSearch): Promise<JobCard[]> {
  const words = search.q === undefined ? [] : askedGrams(search.q);
  const register = words.length === 0 ? [] : (await clients.all(store)).map((entry) => entry.value);
  const fitting = words.map((word) => {
    const named = namedBy(register, word);
    return {
      $or: [
        { grams: op({ $all: [...word] }) },
        { clientId: op({ $in: [...named.clientIds] }) },
        { brandId: op({ $in: [...named.brandIds] }) },
        { lineId: op({ $in: [...named.lineIds] }) },
      ],
    };
  });
  const filter = {
    $and: [
      inScope(search.scope),
      ...fitting,
      ...(search.phase === undefined ? [] : [{ phase: search.phase }]),
      ...(search.open === undefined ? [] : [{ open: search.open }]),
      ...(search.ownerId === undefined ? [] : [{ ownerId: search.ownerId }]),
      ...(search.clientId === undefined ? [] : [{ clientId: search.clientId }]),
    ],
  };
  return jobTable(store)
    .find(filter, { grams: 0 })
    .sort({ since: -1, _id: 1 })
    .skip(search.skip)
    .limit(search.limit)
    .lean<JobCard[]>();
}
