import { ApplicationFailure } from '@temporalio/workflow';
import type { AnyJobAct } from '../../../domain/job/acts.ts';
import type { JobEffect } from '../../../domain/job/effects.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import { initialJobState, jobProcess as real } from '../../../domain/job/process.ts';
import type { JobState } from '../../../domain/job/state.ts';
import type { Process } from '../../../domain/process.ts';

/** The job of a release with a fault: judging an assessment throws the one error that would end a workflow. */
export const jobProcess: Process<JobState, AnyJobAct, JobEvent, JobEffect> = {
  ...real,
  decide(state, command) {
    if (command.act.type === 'assess') throw ApplicationFailure.nonRetryable('a fault in the core');
    return real.decide(state, command);
  },
};
export { initialJobState };
