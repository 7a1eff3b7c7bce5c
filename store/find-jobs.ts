import type { Connection } from 'mongoose';
import type { BrandScope, JobCard } from './board.ts';
import { inScope } from './board.ts';
import { clients, namedBy } from './clients.ts';
import { jobTable } from './jobs.ts';
import { askedGrams } from './search.ts';
import { op } from './table.ts';

/**
 * Finds jobs by what a person types: parts of title, campaign, pieces, job number or codes, and names of client, brand
 * and product line. Every word must fit. Newest movement first, at most `limit` (50). Nothing typed finds nothing.
 */
export async function searchJobs(
  connection: Connection,
  query: { readonly words: string; readonly scope: BrandScope; readonly limit?: number },
): Promise<JobCard[]> {
  const asked = askedGrams(query.words);
  if (asked.length === 0) return [];
  const all = (await clients.all(connection)).map(({ value }) => value);
  const conditions = asked.map((pieces) => {
    const { clientIds, brandIds, lineIds } = namedBy(all, pieces);
    return {
      $or: [
        { grams: op({ $all: pieces }) },
        ...(clientIds.length > 0 ? [{ clientId: op({ $in: [...clientIds] }) }] : []),
        ...(brandIds.length > 0 ? [{ brandId: op({ $in: [...brandIds] }) }] : []),
        ...(lineIds.length > 0 ? [{ lineId: op({ $in: [...lineIds] }) }] : []),
      ],
    };
  });
  // One word that names nothing else is the common case; without `$or` the store goes straight to the index.
  const filter = conditions.map((condition) => (condition.$or.length === 1 ? (condition.$or[0] ?? {}) : condition));
  return jobTable(connection)
    .find({ ...inScope(query.scope), $and: filter }, { grams: 0 })
    .sort({ updatedAt: -1 })
    .limit(Math.min(query.limit ?? 50, 200))
    .lean<JobCard[]>();
}
