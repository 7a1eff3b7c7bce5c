import type { LocalDate } from '../calendar/types.ts';
import type { Instant } from '../instant.ts';
import { isBehind } from '../timetable/milestones.ts';
import { isClosed } from './decide.ts';
import type { JobState } from './state.ts';
import { openNodes } from './timetable.ts';
import type { TimetableEvent } from './timetable.ts';

/** What a timetable tells whoever answers for the job; a key node is announced to the client and waits for nothing. */
export type TimetableWarning = Extract<
  TimetableEvent,
  { readonly type: 'stageWarned' | 'floatUsedUp' | 'extensionDrafted' }
>;

/** Whether an event is such a warning. */
export function isTimetableWarning(event: { readonly type: string }): event is TimetableWarning {
  return event.type === 'stageWarned' || event.type === 'floatUsedUp' || event.type === 'extensionDrafted';
}

/**
 * The day before whose close a warning must have been read, or it would warn of nothing: the last of its stage,
 * and the agreed delivery for what moves that. `state` is the one after the event.
 */
export function warnedDay(event: TimetableWarning, { timetable }: Pick<JobState, 'timetable'>): LocalDate | undefined {
  switch (event.type) {
    case 'stageWarned':
      return event.end;
    case 'floatUsedUp':
      return timetable?.baseline.deliveryDate;
    case 'extensionDrafted':
      return event.oldDate;
  }
}

/**
 * Whether a warning of `at` that waited is still worth reading, as the job stands now. Not once the job is delivered or
 * over; nor of a stage that ended, was given another last day, or lies on hold; nor of a float and a draft that belong to
 * a baseline which stands no more; nor of a draft that was sent out meanwhile.
 */
export function stillWarns(state: JobState, event: TimetableWarning, at: Instant): boolean {
  const { timetable, phase, onHold } = state;
  if (!timetable || isClosed(state) || isBehind('delivery', phase)) return false;
  const replaced = timetable.baseline.acceptedAt > at;
  switch (event.type) {
    case 'stageWarned': {
      const ends = timetable.stages.filter(({ stage }) => stage === event.stage).map(({ end }) => end);
      const moved = replaced && ends.length > 0 && !ends.includes(event.end);
      return onHold === undefined && !moved && !isStageOver(state, event.end);
    }
    case 'floatUsedUp':
      return !replaced;
    case 'extensionDrafted': {
      const rounds = Object.values(state.circulations).filter(({ point }) => point === 'timetable');
      return !replaced && !rounds.some(({ startedAt }) => startedAt >= at);
    }
  }
}

/** A stage is over when a node on or after its last day is reached. */
function isStageOver(state: JobState, end: LocalDate): boolean {
  const open = openNodes(state);
  return state.timetable?.nodes.some((node) => node.date >= end && !open.includes(node)) ?? false;
}
