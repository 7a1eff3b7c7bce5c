import type { Connection } from 'mongoose';
import { makeToken } from '../../api/session/tokens.ts';
import type { House } from '../../ops/house/house.ts';
import { readBoard } from '../../store/board.ts';
import { searchJobs } from '../../store/find-jobs.ts';
import { wholeJob } from '../../store/jobs.ts';
import { decidedBy, deskOf } from '../../store/steps.ts';
import { overseer, personAt, brandNo } from './agency.ts';
import { loadNow, quantile, timed } from './measure.ts';

/** How long one reading takes, milliseconds. */
export interface ReadingFigures {
  readonly name: string;
  readonly p50: number;
  readonly p95: number;
  readonly load: number;
}

/** Measures what people look at, one reading after the other. `jobId` is a job with a whole life behind it. */
export async function measurePages(
  store: Connection,
  house: House,
  jobId: string,
  times: number,
  brands: number,
): Promise<ReadingFigures[]> {
  const tokens = new Map<string, string>();
  for (const personId of [overseer, personAt(0, 'director'), personAt(0, 'copywriter')]) {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    tokens.set(
      personId,
      (await makeToken(store, { personId, name: 'bench', madeBy: personId, at: new Date().toISOString(), expiresAt }))
        .token,
    );
  }
  const page = (who: string, path: string) => async (): Promise<void> => {
    const answer = await fetch(`${house.baseUrl}${path}`, {
      headers: { authorization: `Bearer ${tokens.get(who) ?? ''}`, accept: 'text/html' },
      redirect: 'manual',
    });
    await answer.text();
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
  };
  const part = (who: string) => {
    let etag = '';
    return async (): Promise<void> => {
      const answer = await fetch(`${house.baseUrl}/board/part`, {
        headers: {
          authorization: `Bearer ${tokens.get(who) ?? ''}`,
          ...(etag === '' ? {} : { 'if-none-match': etag }),
        },
      });
      await answer.text();
      etag = answer.headers.get('etag') ?? '';
      if (answer.status !== 200 && answer.status !== 304) throw new Error(`/board/part answers ${answer.status}`);
    };
  };
  const now = (): string => new Date().toISOString();
  // A process remembers by what it was asked; the same brands in another order are a question it has not heard yet.
  let turn = 0;
  const unheard = (): string[] => {
    turn += 1;
    const place = (no: number): number => ((no + 1) * 7919 * turn) % 104_729;
    return Array.from({ length: brands }, (_, no) => no)
      .sort((a, b) => place(a) - place(b))
      .map((no) => brandNo(no).brandId);
  };
  const readings: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['board query, everything', () => readBoard(store, { scope: 'all', now: now(), limit: 20 })],
    ['board query, one brand', () => readBoard(store, { scope: [brandNo(0).brandId], now: now(), limit: 20 })],
    [
      'board query, every brand by name, nothing remembered',
      () => readBoard(store, { scope: unheard(), now: now(), limit: 20 }),
    ],
    ['board page, everything', page(overseer, '/')],
    ['board page, one brand’s director', page(personAt(0, 'director'), '/')],
    ['board’s refresh', page(overseer, '/board/part')],
    ['board’s refresh, told what it showed', part(overseer)],
    ['board, one column', page(overseer, '/?column=creative')],
    [
      'desk query',
      () =>
        Promise.all([deskOf(store, personAt(0, 'copywriter'), 100), decidedBy(store, personAt(0, 'copywriter'), 8)]),
    ],
    ['desk page', page(personAt(0, 'copywriter'), '/desk')],
    ['search 春茶 (12,500 jobs fit)', () => searchJobs(store, { scope: 'all', words: '春茶', limit: 50 })],
    ['search 双十一 包装', () => searchJobs(store, { scope: 'all', words: '双十一 包装', limit: 50 })],
    ['search by job number', () => searchJobs(store, { scope: 'all', words: 'BALC2023000003', limit: 50 })],
    ['search page 春茶', page(overseer, `/?q=${encodeURIComponent('春茶')}`)],
    ['job with its state', () => wholeJob(store, jobId)],
    ['job page', page(overseer, `/jobs/${jobId}`)],
    ['what is late, everything', page(overseer, '/late')],
    ['what is late, one brand’s director', page(personAt(0, 'director'), '/late')],
    ['load, everything', page(overseer, '/load')],
    ['load, one brand’s director', page(personAt(0, 'director'), '/load')],
    ['where time goes, everything', page(overseer, '/spent')],
    ['job’s timeline', page(overseer, `/jobs/${jobId}/time`)],
  ];
  const figures: ReadingFigures[] = [];
  for (const [name, read] of readings) {
    for (let warm = 0; warm < 3; warm += 1) await read();
    const samples: number[] = [];
    for (let no = 0; no < times; no += 1) samples.push((await timed(read)).ms);
    figures.push({ name, p50: quantile(samples, 0.5), p95: quantile(samples, 0.95), load: loadNow() });
  }
  return figures;
}
