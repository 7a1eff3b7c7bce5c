import { may, scopeOf, type ViewAct } from '../../domain/people/may.ts';
import type { BrandScope } from '../../store/board.ts';
import { jobRow, type JobRow } from '../../store/jobs.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import type { SignedIn } from '../session/identify.ts';

/** How far a list of jobs reaches for this person; goes into the query itself. Undefined: nowhere. */
export function brandScope(who: SignedIn, act: ViewAct): BrandScope | undefined {
  const scope = scopeOf(who.viewer, act);
  switch (scope.kind) {
    case 'all':
      return 'all';
    case 'brands':
      return scope.brandIds;
    case 'client':
    case 'self':
    case 'none':
      return undefined;
  }
}

/**
 * A job this person may see, by process id or number; whoever holds a step may see its job. What is out of reach and what
 * does not exist are one and the same 404.
 */
export async function reachableJob(deps: ApiDeps, who: SignedIn, idOrNumber: string, act: ViewAct): Promise<JobRow> {
  const row = await jobRow(deps.store, idOrNumber);
  if (row === null) throw new Problem('NOT_FOUND');
  const holds = row.holders.includes(who.person.id) && act === 'job.read';
  if (!holds && !may(who.viewer, act, { brandId: row.brandId, clientId: row.clientId })) {
    throw new Problem(
      may(who.viewer, 'job.read', { brandId: row.brandId, clientId: row.clientId }) ? 'FORBIDDEN' : 'NOT_FOUND',
    );
  }
  return row;
}

/** Throws 403 unless this person may do that. */
export function demandRight(
  who: SignedIn,
  act: ViewAct,
  object: { readonly brandId?: string; readonly clientId?: string; readonly personId?: string } = {},
): void {
  if (!may(who.viewer, act, object)) throw new Problem('FORBIDDEN');
}
