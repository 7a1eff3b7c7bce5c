import type { AnyCaseAct, CaseEvent } from '../cases/acts.ts';
import { standInOf } from '../cases/holders.ts';
import { newCase } from '../cases/process.ts';
import type { CaseState } from '../cases/state.ts';
import { isOver } from '../cases/state.ts';
import type { Instant } from '../instant.ts';
import type { Proof } from '../process.ts';
import { scheduleCase } from './definition.ts';

/** Who answered for an entry, and for whom where they stood in; both names are shown. */
export interface EntryAnswer {
  readonly by: string;
  readonly standInFor?: string;
  readonly at: Instant;
  /** Why an entry was declined. */
  readonly words?: string;
}

/** What an executor reported as done: when it was, and where that can be seen. */
export interface EntryDone extends Omit<EntryAnswer, 'words'> {
  readonly doneAt: Instant;
  readonly evidence: string;
}

/**
 * One task of the schedule as the process keeps it: what it says word for word lies in F-11. It keeps its id while its task
 * stands in the schedule; whatever changes in it is a new promise, and is asked for anew.
 */
export interface Entry {
  readonly id: string;
  /** Its place in the newest version of F-11, counted from 0. */
  readonly row: number;
  /** Stands for the words of the task: the same task in two versions is one entry. */
  readonly task: string;
  /** The person responsible. */
  readonly owner: string;
  /** The time node: by when it is done. */
  readonly node: Instant;
  /** Names what the executor was shown: task, person, node and standard. */
  readonly mark: string;
  /** Version of F-11 since which it reads so. */
  readonly version: number;
  /** Since when its executor is asked for it as it reads now. */
  readonly askedAt: Instant;
  readonly state: 'asked' | 'confirmed' | 'declined' | 'done';
  /** The confirmation that stands, or the no. */
  readonly answer?: EntryAnswer;
  readonly done?: EntryDone;
  /** The rungs of its ladder, in its order, once the calendar has said them. */
  readonly rungs?: readonly { readonly at: Instant; readonly rangAt?: Instant }[];
}

/** The execution schedule of one job. */
export interface ScheduleState extends CaseState {
  /** In the order of the paper. */
  readonly entries: readonly Entry[];
  /** Number of the next new entry. */
  readonly nextEntry: number;
  /** Entry of the log that asked the calendar for the rungs. */
  readonly entriesCount: number;
}

/** What an executor does about an entry of theirs; `mark` names what they were shown. */
export type EntryAct =
  | { readonly type: 'confirmEntry'; readonly entry: string; readonly mark: string }
  | { readonly type: 'declineEntry'; readonly entry: string; readonly mark: string; readonly words: string }
  | {
      readonly type: 'reportEntry';
      readonly entry: string;
      readonly mark: string;
      /** Where it can be seen that the delivery standard is met. */
      readonly evidence: string;
      /** When it was done, where that is not now. */
      readonly doneAt?: Instant;
    };

/** What reaches a schedule beside the acts of every case. */
export type ScheduleAct =
  | AnyCaseAct
  | EntryAct
  /** The clock: a rung of an entry's ladder was reached. */
  | { readonly type: 'entryReached'; readonly entry: string; readonly rung: number };

interface Answered {
  readonly entry: string;
  readonly mark: string;
  readonly by: string;
  readonly standInFor?: string;
  readonly proof: Proof;
}

/** What happens to a schedule beside the events of every case. */
export type ScheduleEvent =
  | CaseEvent
  | ({ readonly type: 'entryConfirmed' } & Answered)
  | ({ readonly type: 'entryDeclined'; readonly words: string } & Answered)
  | ({ readonly type: 'entryDone'; readonly doneAt: Instant; readonly evidence: string } & Answered)
  | { readonly type: 'entryReminded'; readonly entry: string; readonly rung: number }
  | { readonly type: 'entriesCounted'; readonly count: number; readonly at: readonly Instant[] }
  | { readonly type: 'entriesRecounting' };

/** Name under which the rungs of all entries are counted. */
export const entriesClock = 'entries';

/** A schedule before it was begun. */
export function initialSchedule(processId: string): ScheduleState {
  return { ...newCase(processId, scheduleCase), entries: [], nextEntry: 1, entriesCount: 0 };
}

/** Entries that were not reported as done. */
export function openEntries(state: Pick<ScheduleState, 'entries'>): readonly Entry[] {
  return state.entries.filter((entry) => entry.state !== 'done');
}

/** On whose desk an entry lies today: whoever stands in while its owner is on leave. */
export function entryDesk(state: ScheduleState, { owner }: Pick<Entry, 'owner'>): string {
  return standInOf(state, owner) ?? owner;
}

/** Whose turn the schedule itself is: whoever answers for it, while there is nothing laid down or an entry was declined. */
export function scheduleTurn(state: ScheduleState): readonly string[] {
  if (isOver(state)) return [];
  const owed = state.state === 'TO_SCHEDULE' || state.entries.some((entry) => entry.state === 'declined');
  return owed ? [state.ownerId] : [];
}
