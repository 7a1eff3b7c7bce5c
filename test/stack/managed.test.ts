import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ManagedProcess, type House, type ManagedPlan } from '../../ops/stack/managed.ts';
import { Watchdog } from '../../ops/stack/watchdog.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one();
});

/** A program that runs until it is told to end; it answers when `ready` says so. */
function lasting(name: ManagedPlan['name'], house: House, ready: ManagedPlan['ready'], standsOn?: ManagedProcess) {
  const line = { command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'] };
  const hour = 3_600_000;
  const more = standsOn ? { standsOn } : {};
  const one = new ManagedProcess({ name, line, stopSignal: 'SIGTERM', ready, readyWithinMs: hour, ...more }, house);
  undo.push(() => one.stop());
  return one;
}

test('a program that waits for one that has ended gives way, so that the other can be started again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jobbag-managed-'));
  undo.push(() => rm(folder, { recursive: true }));
  const watchdog = new Watchdog();
  undo.push(() => watchdog.close());
  const house = { runDir: join(folder, 'run'), logDir: join(folder, 'logs'), watchdog, ended: () => undefined };
  const ground = lasting('postgres', house, () => Promise.resolve(true));
  await ground.start();
  let asked = 0;
  const above = lasting(
    'ferretdb',
    house,
    () => {
      asked += 1;
      if (asked === 2) ground.kill('SIGKILL');
      return Promise.resolve(false);
    },
    ground,
  );
  await expect(above.start()).rejects.toThrow('postgres, which it stands on, has ended');
  expect(above.pid).toBeUndefined();
});
