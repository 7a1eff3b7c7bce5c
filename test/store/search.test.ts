import { describe, expect, test } from 'vitest';
import { createRecordActivities } from '../../activities/record.ts';
import { genesis } from '../../domain/log/entry.ts';
import { readBoard, jobsOfClient } from '../../store/board.ts';
import { clients } from '../../store/clients.ts';
import { searchJobs } from '../../store/find-jobs.ts';
import { jobRow } from '../../store/jobs.ts';
import { askedGrams, grams } from '../../store/search.ts';
import { deskOf } from '../../store/steps.ts';
import { ownStore } from './store.ts';
import type { StoryWords } from './story.ts';
import { stamped, story } from './story.ts';

const store = ownStore();

async function job(id: string, words: StoryWords): Promise<void> {
  const recorder = createRecordActivities({ connection: store(), clock: () => '2026-03-12T09:00:00.000Z' });
  await recorder.recordEntries({ processId: id, after: genesis, entries: stamped(story(words)).flat() });
}

const found = async (words: string): Promise<string[]> =>
  (await searchJobs(store(), { words, scope: 'all' })).map((card) => card._id).sort();

describe('Chinese search', () => {
  test('a text gives its characters, pairs of neighbours, and all beginnings of Latin words', () => {
    expect(grams('绿茶AB 1')).toEqual(['绿', '绿茶', '茶', 'a', 'ab', '1']);
    expect(grams('ＹＦＬＣ')).toContain('yflc');
    expect(askedGrams('绿茶 海')).toEqual([['绿茶'], ['海']]);
    expect(askedGrams('绿茶海报 YF')).toEqual([['绿茶', '茶海', '海报'], ['yf']]);
    expect(grams('字'.repeat(5_000)).length).toBeLessThanOrEqual(400);
  });

  test('jobs are found by words in any order, one character, codes in any case, numbers, and names of client, brand and line', async () => {
    await job('job-green001', { title: '云峰绿茶春季海报', jobNumber: 'YFLC2026001', brandId: 'b1', clientId: 'cl1' });
    await job('job-oolong02', {
      title: '乌龙茶包装 Spring Edition',
      jobNumber: 'YFWLC2026001',
      brandId: 'b1',
      clientId: 'cl1',
    });
    await job('job-banana03', { title: '香蕉海报', jobNumber: 'XJXJ2026007', brandId: 'b2', clientId: 'cl2' });
    await clients.save(
      store(),
      'cl2',
      0,
      {
        id: 'cl2',
        name: '热带水果公司',
        kind: 'singleProject',
        contacts: [],
        brands: [{ id: 'b2', name: '小猴', code: 'XH', lines: [], active: true }],
        qcRoute: { route: 'qcSix', chosenBy: 'boss' },
        active: true,
      },
      { by: 'boss', at: '2026-03-12T09:00:00.000Z' },
    );
    expect(await found('绿茶 海报')).toEqual(['job-green001']);
    expect(await found('海报 绿茶')).toEqual(['job-green001']);
    expect(await found('茶')).toEqual(['job-green001', 'job-oolong02']);
    expect(await found('海报')).toEqual(['job-banana03', 'job-green001']);
    expect(await found('茶绿')).toEqual([]);
    expect(await found('yflc2026')).toEqual(['job-green001']);
    expect(await found('ＹＦＬＣ')).toEqual(['job-green001']);
    expect(await found('2026007')).toEqual(['job-banana03']);
    expect(await found('spring')).toEqual(['job-oolong02']);
    expect(await found('spr')).toEqual(['job-oolong02']);
    expect(await found('热带水果')).toEqual(['job-banana03']);
    expect(await found('小猴 海报')).toEqual(['job-banana03']);
    expect(await found('小猴 绿茶')).toEqual([]);
    expect(await found('')).toEqual([]);
    expect(await found('$where {"$gt":""} . *')).toEqual([]);
  });

  test('the scope of the reader is part of the query', async () => {
    expect(await searchJobs(store(), { words: '海报', scope: ['b2'] })).toHaveLength(1);
    expect(await searchJobs(store(), { words: '海报', scope: [] })).toEqual([]);
    expect(await searchJobs(store(), { words: '海报', scope: 'all', clientId: 'cl1', open: true })).toHaveLength(1);
    expect(await searchJobs(store(), { words: '海报', scope: 'all', phase: 'ARCHIVED' })).toEqual([]);
    expect(await searchJobs(store(), { words: '海报', scope: 'all', skip: 1 })).toHaveLength(1);
  });

  test('a job is found by id and by number; a number in small letters too', async () => {
    expect((await jobRow(store(), 'job-green001'))?.jobNumber).toBe('YFLC2026001');
    expect((await jobRow(store(), 'yflc2026001'))?._id).toBe('job-green001');
    expect(await jobRow(store(), 'nothing')).toBeNull();
  });
});

describe('board and desk', () => {
  test('columns by phase, due first on top, counts of open, late and with the client, within the scope', async () => {
    await job('job-late0001', {
      title: '一',
      brandId: 'b9',
      clientId: 'cl9',
      dueAt: '2026-03-10T09:00:00.000Z',
      jobNumber: 'B92026001',
    });
    await job('job-soon0002', {
      title: '二',
      brandId: 'b9',
      clientId: 'cl9',
      dueAt: '2026-03-20T09:00:00.000Z',
      jobNumber: 'B92026002',
    });
    const board = await readBoard(store(), { scope: ['b9'], now: '2026-03-12T09:00:00.000Z' });
    expect(board.counts).toEqual({ open: 2, late: 1, withClient: 2 });
    const order = board.columns.find(({ column }) => column === 'order');
    expect(order?.cards.map((card) => card._id)).toEqual(['job-late0001', 'job-soon0002']);
    expect(board.columns.map(({ column }) => column)).toEqual([
      'intake',
      'order',
      'creative',
      'client',
      'production',
      'closing',
    ]);
    const limited = await readBoard(store(), { scope: ['b9'], now: '2026-03-12T09:00:00.000Z', limit: 1 });
    expect(limited.columns.find(({ column }) => column === 'order')).toMatchObject({
      cards: [{ _id: 'job-late0001' }],
      counts: { open: 2 },
    });
    expect((await readBoard(store(), { scope: [], now: '2026-03-12T09:00:00.000Z' })).counts.open).toBe(0);
  });

  test('a desk shows what its person holds, due first', async () => {
    const desk = (await deskOf(store(), 'kunde')).filter((row) => row.brandId === 'b9');
    expect(desk.map((row) => row.processId)).toEqual(['job-late0001', 'job-soon0002']);
    expect(await deskOf(store(), 'cw')).toEqual([]);
  });

  test('a client sees their own jobs and nothing of their inside', async () => {
    const jobs = await jobsOfClient(store(), 'cl9');
    expect(jobs).toHaveLength(2);
    expect(Object.keys(jobs[0] ?? {}).sort()).toEqual([
      '_id',
      'jobNumber',
      'open',
      'openedAt',
      'phase',
      'since',
      'title',
      'withClient',
    ]);
  });
});
