import { NativeConnection, type Worker } from '@temporalio/worker';
import type { Config } from '../config/config.ts';
import { safeError, type Logger } from '../config/logging.ts';

/** A running worker process, or one half of it. */
export interface RunningWorker {
  /** Ends when the worker does, by `stop` or by a failure it cannot go on from. */
  readonly ended: Promise<void>;
  /** Takes no new task, lets those under way finish within the grace time, then closes everything. */
  stop(): Promise<void>;
}

/** Lets a worker take tasks; `close` is called once it has ended, however it did. */
export function running(worker: Worker, close: () => Promise<void>): RunningWorker {
  const ended = worker.run().finally(close);
  return {
    ended,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}

/** Connects to the engine that the configuration names; rejects when it is not there. */
export function engineOf(config: Config): Promise<NativeConnection> {
  return NativeConnection.connect({
    address: config.temporalAddress,
    ...(config.temporalApiKey ? { apiKey: config.temporalApiKey } : {}),
    ...(config.temporalTls ? { tls: true } : {}),
  });
}

/** A part that is not there yet is waited for: parts of a house start in any order. */
export async function untilThere<T>(logger: Logger, what: string, open: () => Promise<T>): Promise<T> {
  for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, 5_000)) {
    try {
      return await open();
    } catch (error) {
      logger.warn({ err: safeError(error) }, `waiting for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}
