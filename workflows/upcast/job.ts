import { ApplicationFailure } from '@temporalio/workflow';
import type { JobState } from '../../domain/job/state.ts';

/**
 * Brings the state of any release to the shape of this one. Each step changes shape and causes nothing; the tests keep
 * recorded states of every release. Steps are added here, oldest first, when `stateVersion` rises.
 */
export function upcastJob(carried: unknown): JobState {
  if (isJobState(carried)) return carried;
  throw ApplicationFailure.create({
    message: 'The state of this job is of a release that this one cannot read',
    type: 'UNKNOWN_STATE_VERSION',
  });
}

function isJobState(value: unknown): value is JobState {
  return typeof value === 'object' && value !== null && 'stateVersion' in value && value.stateVersion === 1;
}
