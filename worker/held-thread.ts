import type { Worker } from 'node:worker_threads';

/** How a thread is watched, milliseconds. */
export interface Watch {
  /** How often it is looked at. */
  readonly everyMs: number;
  /** How long it may run without one pause. */
  readonly longestMs: number;
}

/**
 * Watches a thread from outside and calls `held`, once, when it has run for so long without one moment of waiting for something
 * to do: code in it does not end. A busy thread pauses between two messages; one in an endless loop never does. The watch
 * ends with the thread and keeps no process alive.
 */
export function watchThread(thread: Worker, { everyMs, longestMs }: Watch, held: () => void): void {
  let before = thread.performance.eventLoopUtilization();
  let looks = 0;
  const look = setInterval(() => {
    const now = thread.performance.eventLoopUtilization();
    const since = thread.performance.eventLoopUtilization(now, before);
    before = now;
    // Looks are counted, not what they measured: a process that was halted for a while, or a machine, has one long look.
    looks = since.idle > 0 ? 0 : looks + 1;
    if (looks * everyMs < longestMs) return;
    clearInterval(look);
    held();
  }, everyMs).unref();
  thread.once('exit', () => {
    clearInterval(look);
  });
}
