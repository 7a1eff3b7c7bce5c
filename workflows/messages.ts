import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { PinnedLadders } from '../domain/circulation/own-ladders.ts';
import type { Reach } from '../domain/circulation/reach.ts';
import type { Route } from '../domain/circulation/types.ts';
import type { Instant } from '../domain/instant.ts';
import type { AnyJobAct } from '../domain/job/acts.ts';
import type { JobAnswers, Possibility } from '../domain/job/answers.ts';
import type { Heads } from '../domain/log/linked.ts';
import type { PossibleMove } from '../domain/cases/decide.ts';
import type { MinutesAct } from '../domain/minutes/state.ts';
import type { ScheduleAct } from '../domain/schedule/state.ts';
import type { Actor, Refusal } from '../domain/process.ts';

/** A command as it travels: the process adds when it took it up. */
export interface SentCommand<A> {
  readonly id: string;
  readonly actor: Actor;
  readonly receivedAt: Instant;
  readonly act: A;
  readonly links?: Heads;
  readonly routes?: readonly Route[];
  readonly reach?: Reach;
  readonly ladders?: PinnedLadders;
}

/** What became of a command. `seq` is the last entry it wrote; pages read "at least my seq". */
export type Outcome =
  | { readonly accepted: true; readonly seq: number; readonly repeated?: true }
  | { readonly accepted: false; readonly refusal: Refusal };

/** Everything that can reach any process: a job, a case, minutes or a schedule. */
export type AnyAct = AnyJobAct | MinutesAct | ScheduleAct;

/** The one door, asked first: answers with the outcome, rejects without writing history. */
export const actUpdate = defineUpdate<Outcome, [SentCommand<AnyAct>]>('act');
/** The same door when nobody can answer: the engine keeps the command until a worker is back. */
export const actSignal = defineSignal<[SentCommand<AnyAct>]>('act');
/** The five answers. */
export const stateQuery = defineQuery<JobAnswers>('state');
/** What may happen now, by whom, and why the rest may not. */
export const possibleQuery = defineQuery<readonly Possibility[]>('possible');
/** Moves of people on a case or on minutes, and why one cannot be made now. */
export const movesQuery = defineQuery<readonly PossibleMove[]>('possible');
/** Name of the job's workflow type. */
export const jobWorkflowType = 'job';
/** Name of the workflow type of any case that is no minutes, e.g. a meeting. */
export const caseWorkflowType = 'case';
/** Name of the workflow type of one letter of the house. */
export const letterWorkflowType = 'letter';
/** Name of the workflow type of minutes. */
export const minutesWorkflowType = 'minutes';
/** Name of the workflow type of execution schedules. */
export const scheduleWorkflowType = 'schedule';
