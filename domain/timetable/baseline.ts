import type { JobState } from '../job/state.ts';
import type { Baseline } from './types.ts';

/**
 * The timetable that stands for a job: the one its client accepted last, whatever has been proposed since.
 * A job of a release that kept no baseline has it in its paper, as long as no newer one goes round.
 */
export function baselineOf(state: Pick<JobState, 'timetable' | 'papers' | 'circulations'>): Baseline | undefined {
  if (state.timetable) return state.timetable.baseline;
  const paper = state.papers['F-10'];
  const deliveryDate = paper?.facts['deliveryDate'];
  if (paper?.status !== 'passed' || typeof deliveryDate !== 'string') return undefined;
  const { version, hash, at } = paper;
  const round = Object.values(state.circulations).find(({ about }) => about.hash === hash);
  const acceptedBy = round?.stays.find(({ step }) => step === 'client')?.decisions.at(-1)?.personId;
  return { version, hash, deliveryDate, acceptedAt: round?.endedAt ?? at, ...(acceptedBy ? { acceptedBy } : {}) };
}
