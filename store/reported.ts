import type { Connection } from 'mongoose';
import { addMs } from '../domain/instant.ts';
import type { Instant } from '../domain/instant.ts';
import type { JobState, ReportedOpinion } from '../domain/job/state.ts';
import type { BrandScope } from './board.ts';
import { inScope } from './board.ts';
import { jobStateTable, jobTable, readState, type JobRow } from './jobs.ts';
import { op, rowsById } from './table.ts';

/** An important opinion of a client with the job it is about. */
export interface ReportedLately {
  readonly job: JobRow;
  readonly opinion: ReportedOpinion;
  /** Nobody has answered it yet; a telephone record is not answered. */
  readonly waits: boolean;
}

const dayMs = 24 * 60 * 60_000;
/** How long an opinion is shown in any case, and how long while it waits for an answer. */
const shownMs = 7 * dayMs;
const waitingMs = 60 * dayMs;
/** Jobs looked at, and opinions shown at most. */
const mostJobs = 60;
const mostShown = 40;

/** The important opinions of the clients of these brands, newest first: of the last week, and older ones that still wait for an answer. */
export async function reportedLately(
  connection: Connection,
  { scope, now }: { readonly scope: BrandScope; readonly now: Instant },
): Promise<readonly ReportedLately[]> {
  if (scope !== 'all' && scope.length === 0) return [];
  const since = addMs(now, -waitingMs);
  const jobs = await jobTable(connection)
    .find({ reportedAt: op({ $gte: since }), ...inScope(scope) })
    .sort({ reportedAt: -1, _id: 1 })
    .limit(mostJobs)
    .lean<JobRow[]>();
  const states = await rowsById(
    jobStateTable,
    connection,
    jobs.map(({ _id }) => _id),
  );
  const young = addMs(now, -shownMs);
  return jobs
    .flatMap((job) => {
      const row = states.get(job._id);
      const state = row && readState(row);
      return (state?.reported ?? []).map((opinion): ReportedLately => {
        return { job, opinion, waits: job.open && state !== undefined && isOpen(state, opinion) };
      });
    })
    .filter(({ opinion, waits }) => opinion.at >= young || (waits && opinion.at >= since))
    .sort((a, b) => (a.opinion.at === b.opinion.at ? 0 : a.opinion.at > b.opinion.at ? -1 : 1))
    .slice(0, mostShown);
}

function isOpen(state: JobState, { opinionId }: ReportedOpinion): boolean {
  return state.opinions.some(({ id, answer, withdrawn }) => id === opinionId && !answer && !withdrawn);
}
