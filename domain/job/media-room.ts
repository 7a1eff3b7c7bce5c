import { addDays, isLocalDate } from '../calendar/dates.ts';
import type { Refusal } from '../process.ts';
import { refuse } from '../process.ts';
import type { PointSubmission } from './definition.ts';
import { listFact } from './definition.ts';
import type { JobState } from './state.ts';

/** Days a major media plan has at least between its order and the delivery (R-50, §7.2). */
export const mediaPlanningDays = 14;

/**
 * Why a major media plan is not ordered so late: the work order is what briefs the media people, and two weeks lie between
 * it and the delivery the timetable names. PROPOSAL: a plan is major where the job is important; a timetable that
 * names no delivery says nothing about it.
 */
export function whyNoMediaRoom(state: JobState, { paper, receivedAt }: PointSubmission): Refusal | undefined {
  const kinds = [...state.workTypes, ...listFact(paper?.facts['workTypes'])];
  const major = kinds.includes('media') && (state.important || paper?.facts['important'] === true);
  const date = state.papers['F-10']?.facts['deliveryDate'];
  if (!major || typeof date !== 'string' || !isLocalDate(date)) return undefined;
  const least = addDays(receivedAt.slice(0, 10), mediaPlanningDays);
  return date >= least
    ? undefined
    : refuse('MEDIA_ROOM_SHORT', { field: 'deliveryDate', params: { date, least }, rule: 'R-50' });
}
