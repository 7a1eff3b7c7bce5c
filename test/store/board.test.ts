import { describe, expect, test } from 'vitest';
import { addMs } from '../../domain/instant.ts';
import { readBoard, readColumn, type BoardQuery } from '../../store/board.ts';
import { jobTable, type BoardColumn, type JobRow } from '../../store/jobs.ts';
import { rowInCreation } from './job-row.ts';
import { ownStore } from './store.ts';

const store = ownStore();
const now = '2026-03-12T09:00:00.000Z';

function row(no: number, more: Partial<JobRow> & Pick<JobRow, 'brandId'>): JobRow {
  const dueAt = addMs(now, no * 60_000);
  return rowInCreation(now, {
    _id: `${more.brandId}-${String(no)}`,
    title: `第 ${String(no)} 项`,
    clientId: 'cl',
    lineId: 'l',
    ownerId: 'o1',
    dueAt,
    dueSort: dueAt,
    ...more,
  });
}

const put = (rows: readonly JobRow[]) => jobTable(store()).insertMany([...rows]);
const away = (_id: string) => jobTable(store()).updateOne({ _id }, { $set: { open: false, column: 'done' } });
const read = async (query: Partial<BoardQuery> & Pick<BoardQuery, 'scope'>, column: BoardColumn = 'creative') => {
  const board = await readBoard(store(), { now, limit: 3, ...query });
  const one = board.columns.find((each) => each.column === column);
  return { ids: one?.cards.map(({ _id }) => _id), counts: one?.counts, all: board.counts };
};

describe('the top of a column', () => {
  test('is what is due first, again and again, whatever came, went or moved since the last reading', async () => {
    const scope = ['top'];
    await put(Array.from({ length: 60 }, (_, no) => row(no, { brandId: 'top' })));
    for (let time = 0; time < 2; time += 1) expect((await read({ scope })).ids).toEqual(['top-0', 'top-1', 'top-2']);
    await away('top-1');
    expect((await read({ scope })).ids).toEqual(['top-0', 'top-2', 'top-3']);
    await put([row(-5, { brandId: 'top' })]);
    expect((await read({ scope })).ids).toEqual(['top--5', 'top-0', 'top-2']);
    // More leave than the remembered bound has room for: then everything is asked again.
    for (let no = 0; no < 50; no += 1) await away(`top-${String(no)}`);
    expect((await read({ scope })).ids).toEqual(['top--5', 'top-50', 'top-51']);
    for (let no = 52; no < 60; no += 1) await away(`top-${String(no)}`);
    expect(await read({ scope })).toMatchObject({
      ids: ['top--5', 'top-50', 'top-51'],
      counts: { open: 3, late: 1, withClient: 0 },
    });
  });

  test('holds jobs without a date behind all others', async () => {
    const { dueAt: _none, ...undated } = row(1, { brandId: 'undated', dueSort: '9999-12-31T23:59:59.999Z' });
    await put([undated, row(2, { brandId: 'undated' })]);
    expect((await read({ scope: ['undated'] })).ids).toEqual(['undated-2', 'undated-1']);
  });
});

describe('counts', () => {
  test('of a column that is shown whole follow every decision at once', async () => {
    const scope = ['short'];
    await put([0, 1, 2].map((no) => row(no - 1, { brandId: 'short', withClient: no === 2 })));
    expect((await read({ scope })).counts).toEqual({ open: 3, late: 1, withClient: 1 });
    await away('short--1');
    expect(await read({ scope })).toMatchObject({
      counts: { open: 2, late: 0, withClient: 1 },
      all: { open: 2, late: 0, withClient: 1 },
    });
  });

  test('of a longer column are true when they are read, are at most a minute old, and never fewer than can be seen', async () => {
    const scope = ['long'];
    await put(Array.from({ length: 10 }, (_, no) => row(no - 4, { brandId: 'long', withClient: no % 2 === 0 })));
    expect((await read({ scope })).counts).toEqual({ open: 10, late: 4, withClient: 5 });
    await put([row(99, { brandId: 'long', withClient: true })]);
    // The house's clock a minute and a second on: what was counted before is no longer shown.
    expect((await read({ scope, now: addMs(now, 61_000) })).counts).toEqual({ open: 11, late: 6, withClient: 6 });
    for (let no = -4; no < 3; no += 1) await away(`long-${String(no)}`);
    expect((await read({ scope, now: addMs(now, 61_000) })).counts?.open).toBeGreaterThanOrEqual(4);
  });

  test('never mix scopes: a brand’s director counts their brand, nobody counts nothing', async () => {
    await put(Array.from({ length: 5 }, (_, no) => row(no, { brandId: 'mine' })));
    await put(Array.from({ length: 7 }, (_, no) => row(no, { brandId: 'theirs', ownerId: 'o2' })));
    expect((await read({ scope: ['mine'] })).counts?.open).toBe(5);
    expect((await read({ scope: ['theirs'] })).counts?.open).toBe(7);
    expect((await read({ scope: ['mine', 'theirs'] })).counts?.open).toBe(12);
    expect((await read({ scope: ['mine', 'theirs'], ownerId: 'o2' })).counts?.open).toBe(7);
    expect((await read({ scope: ['mine'], ownerId: 'o2' })).counts?.open).toBe(0);
    expect(await read({ scope: [] })).toEqual({
      ids: [],
      counts: { open: 0, late: 0, withClient: 0 },
      all: { open: 0, late: 0, withClient: 0 },
    });
  });
});

test('one column page by page: every job once, late ones alone when asked for, within the scope', async () => {
  await put(Array.from({ length: 7 }, (_, no) => row(no - 3, { brandId: 'paged', column: 'client' })));
  await put([row(0, { brandId: 'other', column: 'client' })]);
  const page = (skip: number, late = false) =>
    readColumn(store(), { scope: ['paged'], now, column: 'client', skip, limit: 4, late });
  const [first, second] = [await page(0), await page(4)];
  expect([first.count, second.count]).toEqual([7, 7]);
  expect([...first.cards, ...second.cards].map(({ _id }) => _id)).toEqual(
    [-3, -2, -1, 0, 1, 2, 3].map((no) => `paged-${String(no)}`),
  );
  const late = await page(0, true);
  expect([late.count, late.cards.map(({ _id }) => _id)]).toEqual([3, ['paged--3', 'paged--2', 'paged--1']]);
});
