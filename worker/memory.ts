/**
 * How Node keeps the memory of a worker: every process that runs `worker/main.ts` is given these arguments (the house, the
 * compose file, `npm run start:worker`; a test compares them).
 *
 * A worker holds much and drops little, so that V8 by itself collects everything again as soon as a third has been added: every
 * three seconds while ladders climb, with all cores marking for 100 to 200 ms, and whoever signs just then waits for it. It may
 * hold three times as much as lives before it collects, and it does not tidy up because it was idle for a moment.
 */
export const workerMemory: readonly string[] = ['--heap-growing-percent=200', '--no-memory-reducer'];

/** What a worker and each of its threads require first, as a path from the project's root; it says itself what for. */
export const workerThreads = './worker/lean-threads.ts';
