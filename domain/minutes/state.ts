import type { AnyCaseAct, CalendarVersion, CaseEffect, CaseEvent } from '../cases/acts.ts';
import type { CaseState } from '../cases/state.ts';
import type { LocalDate } from '../calendar/types.ts';
import type { Instant } from '../instant.ts';
import { newCase } from '../cases/process.ts';
import { minutesCase } from './definition.ts';

/** The proof behind silence: which mail was accepted when, and until when the client could object. */
export interface ObjectionWindow {
  /** Entry that sent the mail. */
  readonly sent: number;
  readonly acceptedAt: Instant;
  readonly endsAt: Instant;
  /** Version of the minutes it is about. */
  readonly version: number;
}

/** What a version of the minutes came to; nothing is ever taken out of this list. */
export interface Verdict {
  readonly kind: 'signed' | 'deemed' | 'objected' | 'annulled' | 'lateObjection' | 'unanswered';
  readonly version: number;
  /** When it was given: what the limit is compared with. */
  readonly at: Instant;
  readonly seq: number;
  readonly by?: string;
  /** For silence: the window that ran out. */
  readonly window?: ObjectionWindow;
}

/** An action of the minutes that somebody does by a day (S-66). */
export interface Task {
  readonly id: string;
  /** Version of the minutes, and the place of the action in it, counted from 0. */
  readonly version: number;
  readonly row: number;
  readonly executor: string;
  readonly keyDate: LocalDate;
  readonly state: 'open' | 'done' | 'notDone' | 'replaced';
  /** Close of business of its day, once the calendar has said it. */
  readonly dueAt?: Instant;
  /** Its moments lie beyond the last published holiday list. */
  readonly provisional?: true;
  /** The marks of its ladder, in its order, once the calendar has said them. */
  readonly marks?: readonly { readonly at: Instant; readonly rangAt?: Instant }[];
  /** When its people were last reminded. */
  readonly remindedAt?: Instant;
  readonly settledBy?: string;
  readonly settledAt?: Instant;
  readonly words?: string;
}

/** Minutes: a case with its window, its verdicts and its tasks. */
export interface MinutesState extends CaseState {
  readonly window?: ObjectionWindow;
  readonly verdicts: readonly Verdict[];
  readonly tasks: readonly Task[];
  /** Entry that asked the calendar for the days of the tasks. */
  readonly tasksCount: number;
  /** The change of a calendar that the days of the tasks are being counted anew for. */
  readonly tasksBecause?: CalendarVersion;
}

/** What reaches minutes beside the acts of every case. */
export type MinutesAct =
  | AnyCaseAct
  /** An action was done, or was not and why. */
  | { readonly type: 'settleTask'; readonly task: string; readonly done: boolean; readonly words?: string }
  /** The clock: a mark of a task's ladder was reached; without a number the only one that earlier releases had. */
  | { readonly type: 'taskDue'; readonly task: string; readonly mark?: number };

/** What happens to minutes beside the events of every case. */
export type MinutesEvent =
  | CaseEvent
  | {
      readonly type: 'taskSettled';
      readonly task: string;
      readonly done: boolean;
      readonly by: string;
      readonly words?: string;
    }
  | { readonly type: 'taskReminded'; readonly task: string; readonly mark?: number }
  | {
      readonly type: 'tasksCounted';
      readonly count: number;
      readonly at: readonly Instant[];
      readonly provisional: boolean;
      /** Places in `at` of the moments beyond the last published holiday list; absent in what an earlier release wrote. */
      readonly unsure?: readonly number[];
      /** The change of the calendar that moved the day of a task. */
      readonly moved?: CalendarVersion & { readonly tasks: readonly string[] };
    }
  | { readonly type: 'tasksRecounting'; readonly because?: CalendarVersion }
  /** The window was over: the verdict stands, the words go into new minutes. */
  | { readonly type: 'lateObjection'; readonly by: string; readonly words: string; readonly at: Instant };

/** Everything minutes ask of the world. */
export type MinutesEffect = CaseEffect;

/** Name under which the days of the tasks are counted. */
export const tasksClock = 'tasks';

/** Minutes before they were begun. */
export function initialMinutes(processId: string): MinutesState {
  return { ...newCase(processId, minutesCase), verdicts: [], tasks: [], tasksCount: 0 };
}

/** Tasks nobody has said anything about yet. */
export function openTasks(state: Pick<MinutesState, 'tasks'>): readonly Task[] {
  return state.tasks.filter((task) => task.state === 'open');
}

/** Version of the minutes in the case; 0 before the first. */
export function versionOf(state: Pick<CaseState, 'papers'>): number {
  return state.papers['F-15']?.version ?? 0;
}
