import { addressees } from '../cases/effects.ts';
import { isOver } from '../cases/state.ts';
import { addMs, earlierOf } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { entryLadder, nextRung } from './ladder.ts';
import type { Entry, ScheduleEvent, ScheduleState } from './state.ts';
import { openEntries } from './state.ts';

/** A rung on the ladder of an entry that was climbed. */
export type EntryReminded = Extract<ScheduleEvent, { readonly type: 'entryReminded' }>;

/** Whether a rung tells nobody but who is responsible. Where the owner or others hear of it too, it waits for nothing. */
export function remindsOwner(state: ScheduleState, { entry: id, rung }: EntryReminded): boolean {
  const owner = state.entries.find((entry) => entry.id === id)?.owner;
  const to = entryLadder[rung]?.to;
  if (owner === undefined || to === undefined) return false;
  const told = addressees({ ...state, parts: { ...state.parts, executor: [owner] } }, [{ notice: 'entry', to }]);
  return told.every((one) => 'personId' in one.to && one.to.personId === owner);
}

/** A reminder ahead of a date is told the same working day: waiting for the next one would eat what it gives; milliseconds. */
const sameDayMs = 20 * 3_600_000;

/**
 * Until when the reminder of a rung that was climbed may wait: for the next rung that others hear of too, and one ahead of a
 * date for no other morning than its own. A further rung that tells the same person alone hurries nothing: both stand in
 * one mail. Undefined where nothing follows. `state` is the one after the event.
 */
export function nextOfEntry(
  state: ScheduleState,
  { entry: id, rung }: EntryReminded,
  now: Instant,
): Instant | undefined {
  const entry = openEntries(state).find((one) => one.id === id);
  const rungs = (entry?.rungs ?? []).map((one, n) => (isAlone(n) ? { ...one, rangAt: one.rangAt ?? one.at } : one));
  const next = entry && nextRung({ ...entry, rungs })?.at;
  const isAhead = entryLadder[rung]?.notice === 'entryAhead';
  return next === undefined || !isAhead ? next : earlierOf(next, addMs(now, sameDayMs));
}

const isAlone = (rung: number): boolean => entryLadder[rung]?.to.every((hand) => hand === 'executor') ?? false;

/** The entry, where what its owner was reminded of still waits: their answer, or the work itself. */
export function entryStillOpen(
  state: ScheduleState,
  { entry: id, rung }: EntryReminded,
  personId: string,
): Entry | undefined {
  if (isOver(state)) return undefined;
  const entry = openEntries(state).find((one) => one.id === id && one.owner === personId);
  const answered = entryLadder[rung]?.of === 'asking' && entry?.state !== 'asked';
  return answered ? undefined : entry;
}
