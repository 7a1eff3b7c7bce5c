import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDailyActivities } from '../../activities/daily.ts';
import { createRecordActivities } from '../../activities/record.ts';
import { genesis } from '../../domain/log/entry.ts';
import { verifyExport } from '../../ops/verify.ts';
import { checkDaily, dailyBody, dailyFiles, type DailyHeads } from '../../store/daily.ts';
import { exportLog } from '../../store/export.ts';
import { openKeyrings } from '../../store/keyring.ts';
import { ownStore } from '../store/store.ts';
import { stamped, story } from '../store/story.ts';

const store = ownStore();
let folder: string;
let now = '2026-03-12T16:10:00.000Z';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobbag-heads-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const activities = () =>
  createDailyActivities({
    connection: store(),
    clock: () => now,
    daily: openKeyrings(join(folder, 'keys'), () => now).daily,
    agencyZone: 'Asia/Shanghai',
    headsDir: join(folder, 'heads'),
  });
const fileOf = async (day: string): Promise<DailyHeads> =>
  JSON.parse(await readFile(join(folder, 'heads', `${day}.json`), 'utf8')) as DailyHeads;

test('one signed file a day of the agency’s zone: doing it twice, or twice at once, gives the same file', async () => {
  const entries = stamped(story()).flat();
  const processId = 'job-daily001';
  await createRecordActivities({ connection: store(), clock: () => now }).recordEntries({
    processId,
    after: genesis,
    entries,
  });
  const both = await Promise.all([activities().signHeads(), activities().signHeads()]);
  expect(both).toEqual([
    { day: '2026-03-13', no: 1 },
    { day: '2026-03-13', no: 1 },
  ]);
  const first = await fileOf('2026-03-13');
  expect(checkDaily(first)).toBe(true);
  expect(dailyBody(first).heads[processId]).toMatchObject({ seq: entries.length });
  // Half a day later it is still the same day in Shanghai, though another one by the clock of the machine.
  now = '2026-03-13T15:59:00.000Z';
  expect(await activities().signHeads()).toEqual({ day: '2026-03-13', no: 1 });
  expect(await fileOf('2026-03-13')).toEqual(first);
  now = '2026-03-13T16:10:00.000Z';
  expect(await activities().signHeads()).toEqual({ day: '2026-03-14', no: 2 });
  expect(dailyBody(await fileOf('2026-03-14')).prev).toBe(first.hash);
  expect(await dailyFiles(store())).toHaveLength(2);
  expect((await readdir(join(folder, 'heads'))).sort()).toEqual(['2026-03-13.json', '2026-03-14.json']);
  const verdict = verifyExport(JSON.stringify(await exportLog(store(), processId)));
  expect(verdict.ok).toBe(true);
  expect(verdict.sentences.some((sentence) => sentence.startsWith('signed head of 2026-03-12T16:10'))).toBe(true);
});

test('a file that was lost from the folder comes back from the store', async () => {
  await rm(join(folder, 'heads'), { recursive: true });
  expect(await activities().signHeads()).toEqual({ day: '2026-03-14', no: 2 });
  expect(checkDaily(await fileOf('2026-03-14'))).toBe(true);
});
