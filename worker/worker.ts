import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import type { DailyActivities, JobActivities } from '../activities/contract.ts';
import { taskQueue } from '../workflows/ids.ts';
import type { WorkerTracing } from './tracing.ts';

/** What a worker is made of. */
export interface WorkerParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** A worker of jobs alone, as in tests, need not do the day's work. */
  readonly activities: JobActivities & Partial<DailyActivities>;
  readonly dataConverter: DataConverter;
  readonly bundle: { readonly code: string };
  readonly taskQueue?: string;
  readonly shutdownGraceMs: number;
  /** Continues the traces that commands bring along. */
  readonly tracing?: Pick<WorkerTracing, 'interceptors' | 'sinks'>;
  /** Runs kept in memory; each costs about two megabytes. */
  readonly maxCachedWorkflows?: number;
}

/** Options of the house: enough pollers for the deadline hour, a grace time so that a mail in the middle of DATA ends well. */
export function workerOptions(parts: WorkerParts): WorkerOptions {
  return {
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue: parts.taskQueue ?? taskQueue,
    workflowBundle: parts.bundle,
    activities: parts.activities,
    dataConverter: parts.dataConverter,
    shutdownGraceTime: parts.shutdownGraceMs,
    maxCachedWorkflows: parts.maxCachedWorkflows ?? 500,
    ...(parts.tracing ? { interceptors: parts.tracing.interceptors, sinks: parts.tracing.sinks } : {}),
    maxConcurrentActivityTaskExecutions: 100,
    maxConcurrentWorkflowTaskExecutions: 40,
  };
}

/** A worker ready to run; ends when `run()` does. */
export function createWorker(parts: WorkerParts): Promise<Worker> {
  return Worker.create(workerOptions(parts));
}

/** Search attributes the house shows in the engine's own screens. No personal data: they bypass the codec. */
export const searchAttributes = { JobPhase: 'Keyword', JobNumber: 'Keyword' } as const;

/** Makes sure the engine knows our search attributes; harmless where it does already. */
export async function registerSearchAttributes(connection: NativeConnection, namespace: string): Promise<void> {
  const known = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.keys(searchAttributes).filter((name) => !(name in (known.customAttributes ?? {})));
  if (missing.length === 0) return;
  // 2 is INDEXED_VALUE_TYPE_KEYWORD of the engine's interface.
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, 2])),
  });
}
