import type { LocalDate } from '../calendar/types.ts';
import { addMs } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { baselineOf } from '../timetable/baseline.ts';
import type { JobState } from './state.ts';
import { openNodes } from './timetable.ts';

/** By when something is next to happen to a job, and what says so: never empty for a job that is not over (R-58, S-38). */
export type JobDue =
  /** `step`: the open desk that is due first; `proposal`: the meeting that is arranged; `node`: the next key node. */
  | { readonly of: 'step' | 'proposal' | 'node' | 'stage'; readonly at: Instant }
  /** `delivery`: as agreed with the client; `wanted`: as the client asked for it. */
  | { readonly of: 'delivery' | 'wanted'; readonly date: LocalDate };

/** PROPOSAL: a job that nobody is asked about and that has no date at all has its next step within a week; milliseconds. */
const weekMs = 7 * 24 * 60 * 60_000;

/** The due of a running job; `deskDue` is that of the open desk that is due first. */
export function dueOfJob(state: JobState, deskDue: Instant | undefined): JobDue {
  if (deskDue !== undefined) return { of: 'step', at: deskDue };
  const proposal = state.proposals.at(-1);
  if (proposal?.state === 'SCHEDULED' && proposal.scheduled) return { of: 'proposal', at: proposal.scheduled.at };
  const node = openNodes(state).reduce<Instant | undefined>(
    (first, { at }) => (first === undefined || at < first ? at : first),
    undefined,
  );
  if (node !== undefined) return { of: 'node', at: node };
  const delivery = baselineOf(state)?.deliveryDate;
  if (delivery !== undefined) return { of: 'delivery', date: delivery };
  if (state.wantedDate !== undefined && state.wantedDate !== '') return { of: 'wanted', date: state.wantedDate };
  return { of: 'stage', at: addMs(state.phaseSince, weekMs) };
}
