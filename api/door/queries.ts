import { QueryNotRegisteredError, WorkflowNotFoundError } from '@temporalio/client';
import { safeError, type Logger } from '../../config/logging.ts';
import type { JobAnswers, Possibility } from '../../domain/job/answers.ts';
import { possibleQuery, stateQuery } from '../../workflows/messages.ts';
import type { Engine } from './engine.ts';

/** What asking a process needs. */
export interface AskDeps {
  readonly engine: Engine;
  readonly logger: Logger;
  /** Milliseconds a worker may take before the store is asked instead. */
  readonly deadlineMs: number;
}

/** An answer of the process itself; `gone` when the engine no longer keeps it, `silent` when nobody could answer in time. */
export type Asked<T> =
  { readonly kind: 'answered'; readonly answer: T } | { readonly kind: 'gone' } | { readonly kind: 'silent' };

/** The five answers of R-58 from the process itself. */
export function askState(deps: AskDeps, processId: string): Promise<Asked<JobAnswers>> {
  return ask(deps, processId, () => deps.engine.client.workflow.getHandle(processId).query(stateQuery));
}

/** What may happen now, by whom, and why the rest may not, from the process itself. */
export function askPossible(deps: AskDeps, processId: string): Promise<Asked<readonly Possibility[]>> {
  return ask(deps, processId, () => deps.engine.client.workflow.getHandle(processId).query(possibleQuery));
}

async function ask<T>(deps: AskDeps, processId: string, question: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { kind: 'answered', answer: await deps.engine.client.withDeadline(Date.now() + deps.deadlineMs, question) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { kind: 'gone' };
    if (!(error instanceof QueryNotRegisteredError))
      deps.logger.warn({ err: safeError(error), processId }, 'the process did not answer');
    return { kind: 'silent' };
  }
}
