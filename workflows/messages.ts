import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Route } from '../domain/circulation/types.ts';
import type { Instant } from '../domain/instant.ts';
import type { AnyJobAct } from '../domain/job/acts.ts';
import type { JobAnswers, Possibility } from '../domain/job/answers.ts';
import type { Heads } from '../domain/log/linked.ts';
import type { Actor, Refusal } from '../domain/process.ts';

/** A command as it travels: the process adds when it took it up. */
export interface SentCommand<A> {
  readonly id: string;
  readonly actor: Actor;
  readonly receivedAt: Instant;
  readonly act: A;
  readonly links?: Heads;
  readonly routes?: readonly Route[];
}

/** What became of a command. `seq` is the last entry it wrote; pages read "at least my seq". */
export type Outcome =
  | { readonly accepted: true; readonly seq: number; readonly repeated?: true }
  | { readonly accepted: false; readonly refusal: Refusal };

/** The one door, asked first: answers with the outcome, rejects without writing history. */
export const actUpdate = defineUpdate<Outcome, [SentCommand<AnyJobAct>]>('act');
/** The same door when nobody can answer: the engine keeps the command until a worker is back. */
export const actSignal = defineSignal<[SentCommand<AnyJobAct>]>('act');
/** The five answers. */
export const stateQuery = defineQuery<JobAnswers>('state');
/** What may happen now, by whom, and why the rest may not. */
export const possibleQuery = defineQuery<readonly Possibility[]>('possible');
/** Name of the job's workflow type. */
export const jobWorkflowType = 'job';
