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

/**
 * In a very crowded minute or morning what is gathered leaves up to an hour and a half later, so nothing is gathered so
 * near to what follows; milliseconds.
 */
const gatherableMs = 2 * 60 * 60_000;

/**
 * How a reminder to whoever has the case leaves (M-22). At once where the next thing that happens is near; else it waits
 * for its reader's morning while that lies well before it, so that nobody learns of it too late, or from others; what
 * cannot wait so long is told within the minute. `next` undefined: nothing follows. So of the shipped cases:
 * 1. A forgotten meeting, one nobody said the outcome of, a correction, minutes to be filed and an issue to be settled
 *    wait for the morning.
 * 2. What counts down to the 24 hours of minutes or to the four hours in which a client hears of an issue
 *    waits for no morning that leaves less than two hours of them; what comes before a meeting never waits.
 * 3. Everything else of a case is no reminder to its holders alone and is a mail of its own: notices and agendas, what
 *    asks, what the client gets, what proves something, and what tells others as well or above.
 */
export function leavingOf(next: Instant | undefined, now: Instant, morning: Instant | undefined): Leaving {
  const isNear = (from: Instant): boolean => next !== undefined && diffMs(from, next) <= gatherableMs;
  if (isNear(now)) return 'once';
  return morning !== undefined && !isNear(morning) ? 'morning' : 'minute';
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
