import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Instant } from '../domain/instant.ts';
import type { AnyJobAct } from '../domain/job/acts.ts';
import type { JobState } from '../domain/job/state.ts';
import type { Actor, Refusal } from '../domain/process.ts';

/** A command as it travels: the process adds when it took it up. */
export interface SentCommand<A> {
  readonly id: string;
  readonly actor: Actor;
  readonly receivedAt: Instant;
  readonly act: A;
}

/** What became of a command. `seq` is the last entry it wrote; pages read "at least my seq". */
export type Outcome =
  | { readonly accepted: true; readonly seq: number; readonly repeated?: true }
  | { readonly accepted: false; readonly refusal: Refusal };

/** The five answers of R-58 and what hangs on them, for operators and outside clients. */
export interface JobAnswers {
  readonly processId: string;
  readonly jobNumber?: string;
  readonly phase: JobState['phase'];
  readonly since: Instant;
  readonly holders: readonly { readonly personId: string; readonly circulation: string; readonly step: string; readonly since?: Instant; readonly dueAt?: Instant }[];
  readonly next: readonly string[];
  readonly dueAt?: Instant;
  readonly late: boolean;
  readonly lastDecision?: { readonly personId: string; readonly verdict: string; readonly at: Instant; readonly step: string };
}

/** One act a person can think of at this moment: whether it may happen, by whom, and why not. */
export interface Possibility {
  readonly act: string;
  readonly point?: string;
  readonly by: readonly string[];
  readonly refusal?: Refusal;
}

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
