import type { Instant } from '../instant.ts';
import type { JobPhase } from '../job/state.ts';
import { jobPhases } from '../job/state.ts';
import type { Passage } from '../time-kept/walk.ts';
import type { Milestone } from './types.ts';
import { milestones } from './types.ts';

/** The state of M-01 with which each milestone is reached. */
const reachedWith: Readonly<Record<Milestone, JobPhase>> = {
  orderAccepted: 'CREATING',
  proposal: 'PROPOSED',
  creativeApproval: 'CLIENT_CONFIRMED',
  materialFinished: 'PROOF_QC',
  delivery: 'DELIVERED',
  mediaStart: 'TRACKING',
};

/** Whether a job in this state has a milestone behind it. A cancelled one reached nothing by being cancelled. */
export function isBehind(milestone: Milestone, phase: JobPhase): boolean {
  return phase !== 'CANCELLED' && jobPhases.indexOf(phase) >= jobPhases.indexOf(reachedWith[milestone]);
}

/** The milestones that a job in this state has behind it. */
export function milestonesBehind(phase: JobPhase): readonly Milestone[] {
  return milestones.filter((one) => isBehind(one, phase));
}

/** When each milestone was first reached; a job that is sent back has reached it all the same. */
export function milestonesReached(passages: readonly Passage[]): Readonly<Partial<Record<Milestone, Instant>>> {
  const reached: Partial<Record<Milestone, Instant>> = {};
  for (const { phase, from } of passages) for (const one of milestonesBehind(phase)) reached[one] ??= from;
  return reached;
}
