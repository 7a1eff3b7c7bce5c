/**
 * What a worker's threads of workflows do without: every process that runs `worker/main.ts` is given this file to require
 * first, and Node requires it again in each thread it starts.
 *
 * 1. The engine's kit calls into a workflow some ten times for each task, and each call with a time limit has Node start a thread
 *    that watches it and wait for that thread's end: a third of the time a task takes on a machine at rest, and on a busy one
 *    each of them waits for its turn while somebody's signature waits. One watch over the whole thread takes its place: code
 *    that does not end is a fault of ours, and the process ends itself, loudly, for another to take over.
 * 2. It notes where each promise was made, for a screen that shows where a workflow waits. Ours say that in words of their own
 *    (current details), and the notes cost a seventh of the time. Errors keep their traces.
 */
import { promiseHooks } from 'node:v8';
import { Script } from 'node:vm';
import { isMainThread, type Worker } from 'node:worker_threads';
import { watchThread } from './held-thread.ts';

const watch = { everyMs: 5_000, longestMs: 30_000 };

if (isMainThread) {
  process.on('worker', (thread: Worker) => {
    watchThread(thread, watch, () => {
      throw new Error(
        'A workflow has held its thread for 30 s without a pause: its code does not end. The worker stops.',
      );
    });
  });
} else {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is bound again, to the script it is called on
  const runInContext = Script.prototype.runInContext;
  Script.prototype.runInContext = function (this: Script, context, options) {
    const { timeout: _limit, ...rest } = options ?? {};
    return runInContext.call(this, context, rest) as unknown;
  };
  promiseHooks.createHook = () => () => undefined;
}
