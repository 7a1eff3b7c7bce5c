import {
  type ActivityInterceptorsFactory,
  type NativeConnection,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import type { CaseActivities } from '../activities/cases/contract.ts';
import type { DailyActivities, DigestActivities, JobActivities } from '../activities/contract.ts';
import { taskQueue } from '../workflows/ids.ts';
import { heartbeats } from './heartbeats.ts';
import type { WorkerTracing } from './tracing.ts';

/** What a worker is made of. */
export interface WorkerParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** Absent where another process carries out. A worker of jobs alone, as in tests, need not do the day's work nor carry cases. */
  readonly activities?: JobActivities & Partial<DailyActivities & DigestActivities & CaseActivities>;
  readonly dataConverter: DataConverter;
  /** Absent where another process decides. */
  readonly bundle?: { readonly code: string };
  readonly taskQueue?: string;
  readonly shutdownGraceMs: number;
  /** Continues the traces that commands bring along. */
  readonly tracing?: Pick<WorkerTracing, 'interceptors' | 'sinks'>;
  /** Awaited before every activity begins; in a rehearsal the server is asked for its time. */
  readonly beforeActivity?: () => Promise<void>;
  /** Runs kept in memory, 150 unless told: many make every collection of garbage long; one that comes back is replayed in milliseconds. */
  readonly maxCachedWorkflows?: number;
}

/** Options of the house: enough pollers for the deadline hour, a grace time so that a mail in the middle of DATA ends well. */
export function workerOptions(parts: WorkerParts): WorkerOptions {
  return {
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue: parts.taskQueue ?? taskQueue,
    ...(parts.bundle === undefined ? {} : { workflowBundle: parts.bundle }),
    ...(parts.activities === undefined ? {} : { activities: parts.activities }),
    dataConverter: parts.dataConverter,
    shutdownGraceTime: parts.shutdownGraceMs,
    maxCachedWorkflows: parts.maxCachedWorkflows ?? 150,
    ...(parts.tracing ? { sinks: parts.tracing.sinks } : {}),
    interceptors: interceptorsOf(parts),
    maxConcurrentActivityTaskExecutions: 100,
    maxConcurrentWorkflowTaskExecutions: 40,
  };
}

/** What every activity passes through: its heartbeats, what is to be done before it begins, its part of a trace. */
function interceptorsOf(
  parts: Pick<WorkerParts, 'beforeActivity' | 'tracing'>,
): NonNullable<WorkerOptions['interceptors']> {
  const { beforeActivity: before, tracing } = parts;
  const begin: ActivityInterceptorsFactory = () => ({
    inbound: { execute: (input, next) => (before === undefined ? next(input) : before().then(() => next(input))) },
  });
  return { ...tracing?.interceptors, activity: [heartbeats, begin, ...(tracing?.interceptors.activity ?? [])] };
}

/** A worker ready to run; ends when `run()` does. */
export function createWorker(parts: WorkerParts): Promise<Worker> {
  return Worker.create(workerOptions(parts));
}

/** Search attributes the house shows in the engine's own screens. No personal data: they bypass the codec. */
export const searchAttributes = { JobPhase: 'Keyword', JobNumber: 'Keyword' } as const;

/**
 * Makes sure the engine knows our search attributes; harmless where it does already. `unlisted` is for the time-skipping
 * server, which cannot say which it knows and takes one twice.
 */
export async function registerSearchAttributes(
  connection: NativeConnection,
  namespace: string,
  { unlisted = false } = {},
): Promise<void> {
  const known = unlisted ? undefined : await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.keys(searchAttributes).filter((name) => !(name in (known?.customAttributes ?? {})));
  if (missing.length === 0) return;
  // 2 is INDEXED_VALUE_TYPE_KEYWORD of the engine's interface.
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, 2])),
  });
}
