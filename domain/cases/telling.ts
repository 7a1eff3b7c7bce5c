import { diffMs } from '../instant.ts';
import type { Instant } from '../instant.ts';
import type { CaseEvent } from './acts.ts';
import { dueOfClocks } from './clocks.ts';
import { addressees } from './effects.ts';
import { waitsFor } from './holders.ts';
import type { CaseState } from './state.ts';
import { isOver } from './state.ts';

/** How a reminder leaves: with its reader's next morning, with what else comes within the minute, or at once and alone. */
export type Leaving = 'morning' | 'minute' | 'once';

/** In a very crowded minute what is gathered leaves up to an hour and a half later; what is due sooner is not gathered, milliseconds. */
const gatherableMs = 2 * 60 * 60_000;

/**
 * How a reminder to whoever has the case leaves (M-22). At once where the next thing that happens is near; else it waits
 * for its reader's morning while that lies before it, so that nobody learns of it too late, or from others; what comes
 * before the morning is told within the minute. `next` undefined: nothing follows.
 */
export function leavingOf(next: Instant | undefined, now: Instant, morning: Instant | undefined): Leaving {
  if (next !== undefined && diffMs(now, next) <= gatherableMs) return 'once';
  return morning !== undefined && (next === undefined || morning < next) ? 'morning' : 'minute';
}

/** A mark on the clock of a case that was reached. */
export type Rang = Extract<CaseEvent, { readonly type: 'clockRang' }>;

/** Whether a mark tells nobody but those who have the case. What tells others as well, or above them, waits for nothing. */
export function remindsHolders(state: CaseState, { clock, rung }: Rang): boolean {
  const tells = state.definition.clocks[clock]?.rungs[rung]?.tells ?? [];
  const holders = waitsFor(state);
  const told = addressees(state, tells);
  return told.length > 0 && told.every(({ to }) => 'personId' in to && holders.includes(to.personId));
}

/**
 * The next thing that happens to a case behind a mark: the nearest mark ahead on any of its clocks, and what the mark
 * itself counts down to. A mark that no calendar has counted yet may be the next, so it counts as `now`. Undefined where
 * nothing follows. `state` is the one after the event.
 */
export function nextBehind(state: CaseState, { clock, rung }: Rang, now: Instant): Instant | undefined {
  const when = state.definition.clocks[clock]?.rungs[rung]?.when;
  const countsDownTo = when !== undefined && 'minutesBefore' in when ? state.clocks[clock]?.from : undefined;
  const marks = Object.values(state.clocks).flatMap(({ rungs }) => rungs);
  const uncounted = marks.some(({ at, rangAt }) => at === undefined && rangAt === undefined);
  return [uncounted ? now : undefined, dueOfClocks(state)?.at, countsDownTo].filter((at) => at !== undefined).sort()[0];
}

/**
 * Whether what a mark reminded somebody of still waits for them: that very clock runs on, and the case is still theirs.
 * One that was begun anew has marks of its own.
 */
export function stillReminds(state: CaseState, { clock, rung }: Rang, personId: string): boolean {
  const rang = state.clocks[clock]?.rungs[rung]?.rangAt !== undefined;
  return rang && !isOver(state) && waitsFor(state).includes(personId);
}
