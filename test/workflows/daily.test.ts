import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection, ScheduleOverlapPolicy } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { startWorker, type RunningWorker } from '../../worker/main.ts';
import { dailyId } from '../../workflows/ids.ts';
import { dailyFiles } from '../../store/daily.ts';
import { openHouse, type House } from '../api/support/house.ts';

let house: House;
let client: Client;
let workers: readonly RunningWorker[] = [];
const taskQueue = `daily-${randomUUID()}`;
const scheduleId = dailyId(taskQueue);

beforeAll(async () => {
  house = await openHouse({ AGENCY_ZONE: 'Asia/Shanghai' }, { taskQueue });
  client = new Client({
    connection: await Connection.connect({ address: inject('temporalAddress') }),
    namespace: inject('temporalNamespace'),
  });
}, 120_000);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await client.schedule.getHandle(scheduleId).delete();
  await client.connection.close();
  await house.close();
});

test('workers that start together make the one daily Schedule; its run signs the heads and lays the file out, once a day', async () => {
  const bundle = await bundleWorkflows();
  const { config, logger, store } = house.api.deps;
  workers = await Promise.all([1, 2].map(() => startWorker(config, { taskQueue, bundle, logger })));
  const schedule = client.schedule.getHandle(scheduleId);
  const { spec, action } = await schedule.describe();
  expect([spec.timezone, action.workflowType]).toEqual(['Asia/Shanghai', 'daily']);
  const runs = async (): Promise<number> => (await schedule.describe()).info.recentActions.length;
  for (const n of [1, 2]) {
    await schedule.trigger(ScheduleOverlapPolicy.BUFFER_ALL);
    await expect.poll(runs, { timeout: 30_000 }).toBe(n);
  }
  await expect.poll(async () => (await schedule.describe()).info.runningActions, { timeout: 30_000 }).toEqual([]);
  expect(await dailyFiles(store)).toHaveLength(1);
  expect(await readdir(join(config.dataDir, 'heads'))).toHaveLength(1);
  const elsewhere = { ...config, agencyZone: 'Europe/Berlin' };
  workers = [...workers, await startWorker(elsewhere, { taskQueue, bundle, logger })];
  expect((await schedule.describe()).spec.timezone).toBe('Europe/Berlin');
});
