import { dueOfCirculation } from '../circulation/clock.ts';
import type { Due, Process } from '../process.ts';
import type { AnyJobAct } from './acts.ts';
import { decideJob, isClosed } from './decide.ts';
import type { JobEffect } from './effects.ts';
import type { JobEvent } from './events.ts';
import { evolveJob, initialJobState } from './evolve.ts';
import { effectsOf } from './outward.ts';
import type { JobState } from './state.ts';
import { dueOfTimetable } from './timetable.ts';

function due(state: JobState): Due<AnyJobAct> | undefined {
  if (state.onHold || isClosed(state)) return undefined;
  let nearest: Due<AnyJobAct> | undefined = dueOfTimetable(state);
  for (const circulation of Object.values(state.circulations)) {
    const next = dueOfCirculation(circulation);
    if (next && (!nearest || next.at < nearest.at)) nearest = next;
  }
  return nearest;
}

/** The job, from brief to archive (M-01), as plain functions. */
export const jobProcess: Process<JobState, AnyJobAct, JobEvent, JobEffect> = {
  decide: decideJob,
  evolve: evolveJob,
  due,
  effects: effectsOf,
};

export { initialJobState };
