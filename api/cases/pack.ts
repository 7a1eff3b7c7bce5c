import { may } from '../../domain/people/may.ts';
import type { FoldedCase } from '../../store/cases.ts';
import { latestBudget, lastMinutes, type LastMinutes } from '../../store/pack.ts';
import type { PaperVersionRow } from '../../store/papers.ts';
import type { ApiDeps } from '../deps.ts';
import type { SignedIn } from '../session/identify.ts';

/** What the pack of a meeting brings by itself (R-126, S-58). */
export interface MeetingPack {
  readonly minutes?: LastMinutes;
  /** Absent where the meeting is about no job, or its reader may not see the job. */
  readonly budget?: PaperVersionRow;
}

/**
 * The last minutes of the series and the latest budget, for the pack of a meeting that is still ahead; undefined for any
 * other case. Whoever only takes part is shown what they took part in before.
 */
export async function packOf(
  deps: Pick<ApiDeps, 'store'>,
  who: Pick<SignedIn, 'viewer' | 'person'>,
  state: FoldedCase,
): Promise<MeetingPack | undefined> {
  const { definition, processId, brandId, clientId, jobId } = state;
  if (definition.lists['pack'] === undefined || definition.states[state.state]?.end) return undefined;
  const reads = may(who.viewer, 'job.read', { brandId, clientId });
  const [minutes, budget] = await Promise.all([
    lastMinutes(deps.store, { brandId, but: processId, ...(jobId === undefined ? {} : { jobId }) }),
    reads && jobId !== undefined ? latestBudget(deps.store, jobId) : undefined,
  ]);
  const seen = minutes && (reads || [...minutes.row.people, ...minutes.row.executors].includes(who.person.id));
  return { ...(minutes && seen ? { minutes } : {}), ...(budget === undefined ? {} : { budget }) };
}
