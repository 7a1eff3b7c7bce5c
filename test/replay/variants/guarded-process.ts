import type { AnyJobAct } from '../../../domain/job/acts.ts';
import type { JobEffect } from '../../../domain/job/effects.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import { initialJobState, jobProcess as real } from '../../../domain/job/process.ts';
import type { JobState } from '../../../domain/job/state.ts';
import type { Process } from '../../../domain/process.ts';
import { refuse } from '../../../domain/process.ts';

/** The job of a later release with a new guard: nobody may sign anything any more. */
export const jobProcess: Process<JobState, AnyJobAct, JobEvent, JobEffect> = {
  ...real,
  decide: (state, command) =>
    command.act.type === 'sign'
      ? refuse('NOT_ALLOWED', { params: { who: 'MANAGEMENT' } })
      : real.decide(state, command),
};
export { initialJobState };
