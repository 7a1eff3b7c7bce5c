import { beforeAll, describe, expect, it } from 'vitest';
import type { MinutesState } from '../../domain/minutes/state.ts';
import { caseRowOf, caseTable } from '../../store/cases.ts';
import { lastMinutes, latestBudget } from '../../store/pack.ts';
import { paperVersionId, paperVersionTable, type PaperVersionRow } from '../../store/papers.ts';
import { plainWrite } from '../../store/table.ts';
import { atClient, atReviewer } from '../domain/minutes/sent.ts';
import { ownStore } from './store.ts';

const store = ownStore();
const sent = atClient().state;
const reviewed = atReviewer().state;

/** Minutes in the store, told apart by their id. */
async function keep(id: string, state: MinutesState, more: Partial<MinutesState>, writtenAt: string): Promise<void> {
  const { origin: _origin, ...plain } = state;
  const paper = state.papers['F-15'];
  if (!paper) throw new Error('no minutes');
  const papers = { ...state.papers, 'F-15': { ...paper, at: writtenAt } };
  const row = caseRowOf({
    state: { ...plain, processId: id, ...more, papers },
    head: { seq: 1, hash: 'h' },
    at: writtenAt,
  });
  await caseTable(store()).collection.insertOne(row as never, plainWrite);
}

async function price(jobId: string, form: string, at: string, status: PaperVersionRow['status'] = 'passed') {
  const _id = paperVersionId(jobId, form, 1);
  const row = {
    _id,
    processId: jobId,
    key: form,
    form,
    version: 1,
    hash: `${form}-${at}`,
    by: 'ae-1',
    at,
    status,
    seq: 1,
  };
  await paperVersionTable(store()).collection.insertOne(row as never, plainWrite);
}

beforeAll(async () => {
  await keep('minutes-ofjobolder', sent, { jobId: 'job-1' }, '2026-03-01T00:00:00.000Z');
  await keep('minutes-ofjobnewer', sent, { jobId: 'job-1' }, '2026-03-05T00:00:00.000Z');
  await keep('minutes-ofbrandone', sent, {}, '2026-03-08T00:00:00.000Z');
  await keep('minutes-notsentyet', reviewed, { jobId: 'job-1' }, '2026-03-09T00:00:00.000Z');
  await keep(
    'case-heldtoday1/minutes',
    sent,
    { jobId: 'job-1', origin: 'case-heldtoday1' },
    '2026-03-09T00:00:00.000Z',
  );
  await keep('minutes-otherbrand', sent, { brandId: 'haisheng' }, '2026-03-10T00:00:00.000Z');
  await price('job-1', 'F-35', '2026-03-02T00:00:00.000Z');
  await price('job-1', 'F-36', '2026-03-04T00:00:00.000Z');
  await price('job-2', 'F-35', '2026-03-02T00:00:00.000Z', 'withdrawn');
});

describe('R-126, S-58: the pack of a meeting finds the last minutes and the latest budget itself', () => {
  const about = { brandId: sent.brandId, but: 'case-heldtoday1' };

  it('the newest that went out about the same job, never its own nor what is still being written', async () => {
    const found = await lastMinutes(store(), { ...about, jobId: 'job-1' });
    expect(found).toMatchObject({ row: { _id: 'minutes-ofjobnewer' }, version: 1, at: '2026-03-05T00:00:00.000Z' });
  });

  it('of the same brand where the job had none, or the meeting is about no job; of another brand never', async () => {
    expect((await lastMinutes(store(), { ...about, jobId: 'job-9' }))?.row._id).toBe('minutes-ofbrandone');
    expect((await lastMinutes(store(), { ...about, but: 'x', brandId: 'nobody' }))?.row._id).toBeUndefined();
    expect((await lastMinutes(store(), about))?.row._id).toBe('minutes-ofbrandone');
  });

  it('the newest estimate or quotation of the job that was not taken back', async () => {
    expect(await latestBudget(store(), 'job-1')).toMatchObject({ form: 'F-36' });
    expect(await latestBudget(store(), 'job-2')).toBeUndefined();
  });
});
