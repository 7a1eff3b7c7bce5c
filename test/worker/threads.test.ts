import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { watchThread } from '../../worker/held-thread.ts';

const lean = fileURLToPath(new URL('../../worker/lean-threads.ts', import.meta.url));

/** Runs a script in a thread of a process of its own, with `arguments_` for Node; what the thread said. */
async function inThread(script: string, arguments_: readonly string[]): Promise<unknown> {
  const start = `const { Worker } = require('node:worker_threads');
    new Worker(${JSON.stringify(script)}, { eval: true }).on('message', (said) => console.log(JSON.stringify(said)));`;
  const { stdout } = await promisify(execFile)(process.execPath, [...arguments_, '--eval', start]);
  return JSON.parse(stdout);
}

/** A call with a limit of one millisecond that takes twenty, and a promise, as the engine's kit has them. */
const task = `const vm = require('node:vm');
  const { parentPort } = require('node:worker_threads');
  const noted = [];
  require('node:v8').promiseHooks.createHook({ init: () => noted.push(1) });
  const script = new vm.Script('{ const end = Date.now() + 20; while (Date.now() < end); } "done"');
  let end;
  try {
    end = script.runInContext(vm.createContext({}), { timeout: 1, displayErrors: true });
  } catch (error) {
    end = error.code;
  }
  Promise.resolve().then(() => parentPort.postMessage({ end, noted: noted.length > 0 }));`;

test('a thread of workflows starts no watching thread for each call and notes no promises; any other thread does', async () => {
  expect(await inThread(task, [])).toEqual({ end: 'ERR_SCRIPT_EXECUTION_TIMEOUT', noted: true });
  expect(await inThread(task, ['--require', lean])).toEqual({ end: 'done', noted: false });
});

test('design §2: a thread that works and pauses is let alone; code that does not end is seen from outside', async () => {
  const thread = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const work = (rounds) => {
       const end = Date.now() + 15;
       while (Date.now() < end);
       if (rounds > 0) setTimeout(work, 15, rounds - 1);
       else parentPort.postMessage('paused forty times');
     };
     work(40);
     parentPort.on('message', () => { for (;;); });`,
    { eval: true },
  );
  let seen = false;
  const held = new Promise<void>((tell) => {
    watchThread(thread, { everyMs: 20, longestMs: 500 }, () => {
      seen = true;
      tell();
    });
  });
  await once(thread, 'message');
  expect(seen).toBe(false);
  thread.postMessage('now do not end');
  await held;
  await thread.terminate();
});
