import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { skippingClock } from '../../worker/rehearsal.ts';
import type { SkippingClock } from '../../worker/rehearsal.ts';
import { ManagedProcess } from '../stack/managed.ts';
import { claimPort } from '../stack/ports.ts';
import type { ProgressSink } from '../stack/progress.ts';
import { Progress, silent } from '../stack/progress.ts';
import { timeSkippingServer } from '../stack/time-skipping.ts';
import { Watchdog } from '../stack/watchdog.ts';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** The time-skipping server of a rehearsal. What it knows it keeps in memory only. */
export interface RehearsalEngine {
  readonly address: string;
  readonly namespace: string;
  readonly clock: SkippingClock;
  /** Waits until these processes have nothing under way; false when they still had after `withinMs`. */
  settled(processIds: readonly string[], withinMs: number): Promise<boolean>;
  stop(): Promise<void>;
}

/** How the engine of a rehearsal is started. */
export interface RehearsalEngineOptions {
  readonly dataDir: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly onProgress?: ProgressSink;
  /** Told when the server ended although nobody stopped it; everything it knew is gone. */
  readonly onLost: () => void;
}

/** Starts the server as a process that ends with this one. Rejects with a sentence when it cannot be had or does not start. */
export async function startRehearsalEngine(options: RehearsalEngineOptions): Promise<RehearsalEngine> {
  const { dataDir } = options;
  const server = await timeSkippingServer(options.onProgress ? { onProgress: options.onProgress } : {});
  const port = await claimPort('engine', options.port);
  const address = `127.0.0.1:${port}`;
  const watchdog = new Watchdog();
  let clock: SkippingClock | undefined;
  const running = new ManagedProcess(
    {
      name: 'temporal',
      line: { command: server, args: [String(port)] },
      stopSignal: 'SIGTERM',
      ready: async () => {
        clock ??= await skippingClock(address);
        return (await clock.now()) > 0;
      },
      readyWithinMs: 60_000,
    },
    {
      runDir: join(dataDir, 'engine', 'run'),
      logDir: join(dataDir, 'logs'),
      watchdog,
      ended: () => options.onLost(),
    },
  );
  try {
    await new Progress(options.onProgress ?? silent).during('engine', 'starting the engine', () => running.start());
    if (clock === undefined) throw new Error('the engine has no clock');
  } catch (error) {
    await running.stop();
    watchdog.close();
    throw error;
  }
  const theirs = clock;
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace: 'default' });
  return {
    address,
    namespace: 'default',
    clock: theirs,
    settled: (processIds, withinMs) => settled(client, processIds, withinMs),
    async stop() {
      await Promise.allSettled([theirs.close(), connection.close()]);
      await running.stop();
      watchdog.close();
    },
  };
}

async function settled(client: Client, processIds: readonly string[], withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  for (const id of processIds) {
    while (!(await isSettled(client, id))) {
      if (performance.now() > until) return false;
      await sleep(25);
    }
  }
  return true;
}

async function isSettled(client: Client, processId: string): Promise<boolean> {
  try {
    const { events } = await client.workflow.getHandle(processId).fetchHistory();
    return nothingUnderWay(events ?? []);
  } catch (error) {
    // Between two runs this server knows no workflow for a moment.
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Whether a history tells of no task that is still to be answered. */
function nothingUnderWay(events: readonly HistoryEvent[]): boolean {
  const underWay = new Set<string>();
  for (const event of events) {
    if (event.workflowTaskScheduledEventAttributes || event.activityTaskScheduledEventAttributes)
      underWay.add(String(event.eventId));
    const ended =
      event.workflowTaskCompletedEventAttributes ??
      event.workflowTaskFailedEventAttributes ??
      event.workflowTaskTimedOutEventAttributes ??
      event.activityTaskCompletedEventAttributes ??
      event.activityTaskFailedEventAttributes ??
      event.activityTaskTimedOutEventAttributes;
    if (ended) underWay.delete(String(ended.scheduledEventId));
  }
  const last = events.at(-1);
  return underWay.size === 0 && last !== undefined && !last.workflowExecutionContinuedAsNewEventAttributes;
}
