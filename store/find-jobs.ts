import type { Connection } from 'mongoose';
import type { JobPhase } from '../domain/job/state.ts';
import type { BrandScope, JobCard } from './board.ts';
import { inScope } from './board.ts';
import { clients, namedBy } from './clients.ts';
import { jobTable } from './jobs.ts';
import { jobNamesTable } from './names.ts';
import { askedGrams } from './search.ts';
import { op } from './table.ts';

/** What jobs are asked for. Every condition narrows; the scope is part of the query itself. */
export interface JobSearch {
  readonly scope: BrandScope;
  readonly words: string;
  readonly phase?: JobPhase;
  readonly open?: boolean;
  readonly ownerId?: string;
  readonly clientId?: string;
  /** 50 unless told otherwise, 200 at most. */
  readonly limit?: number;
  readonly skip?: number;
}

// More hits than this are no answer to anybody; the newest are kept and narrowed further.
const NAMED_AT_MOST = 2_000;

/**
 * Finds jobs by what a person types: parts of title, campaign, pieces, job number or codes, and names of client, brand
 * and product line. Every word must fit. Newest jobs first. Nothing typed finds nothing.
 */
export async function searchJobs(connection: Connection, query: JobSearch): Promise<JobCard[]> {
  const limit = Math.min(query.limit ?? 50, 200);
  const skip = Math.max(query.skip ?? 0, 0);
  const { phase, open, ownerId, clientId } = query;
  const narrowed = { phase, open, ownerId, clientId };
  const more = Object.fromEntries(Object.entries(narrowed).filter(([, value]) => value !== undefined));
  const plain = Object.keys(more).length === 0;
  const named = await namedJobs(connection, query, plain ? { skip, limit } : { skip: 0, limit: NAMED_AT_MOST });
  if (named.length === 0) return [];
  const rows = await jobTable(connection)
    .find({ _id: op({ $in: named }), ...more })
    .lean<JobCard[]>();
  const cards = new Map(rows.map((card) => [card._id, card]));
  const found = named.flatMap((id) => cards.get(id) ?? []);
  return plain ? found : found.slice(skip, skip + limit);
}

/** Ids of the jobs whose names fit, newest first. */
async function namedJobs(
  connection: Connection,
  query: JobSearch,
  page: { readonly skip: number; readonly limit: number },
): Promise<string[]> {
  const asked = askedGrams(query.words);
  if (asked.length === 0) return [];
  const register = (await clients.now(connection)).all;
  const conditions = asked.map((pieces) => {
    const { clientIds, brandIds, lineIds } = namedBy(register, pieces);
    const ways = [
      { grams: op({ $all: pieces }) },
      ...(clientIds.length > 0 ? [{ clientId: op({ $in: [...clientIds] }) }] : []),
      ...(brandIds.length > 0 ? [{ brandId: op({ $in: [...brandIds] }) }] : []),
      ...(lineIds.length > 0 ? [{ lineId: op({ $in: [...lineIds] }) }] : []),
    ];
    // A word that names nothing else is the common case; without `$or` the store goes straight to the index.
    return ways.length === 1 ? (ways[0] ?? {}) : { $or: ways };
  });
  const rows = await jobNamesTable(connection)
    .find({ ...inScope(query.scope), $and: conditions }, { _id: 1 })
    .sort({ at: -1 })
    .skip(page.skip)
    .limit(page.limit)
    .lean<{ _id: string }[]>();
  return rows.map((row) => row._id);
}
