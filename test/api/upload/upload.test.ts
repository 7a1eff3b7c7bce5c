import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../../config/logging.ts';
import { fileName, isFileName } from '../../../papers/filename.ts';
import { jobStateTable, jobTable } from '../../../store/jobs.ts';
import { manifestTable } from '../../../store/manifests.ts';
import { startWorker, type RunningWorker } from '../../../worker/main.ts';
import { cookieFor, fillAgency } from '../papers/agency.ts';
import { saidBy, sitAt } from '../papers/browserless.ts';
import { openHouse, type House } from '../support/house.ts';

const taskQueue = 'upload';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let house: House;
let worker: RunningWorker;
let base = '';

const at = async (personId: string) => sitAt(house, await cookieFor(house.api.deps, personId));

beforeAll(async () => {
  house = await openHouse({ DOOR_DEADLINE_MS: '20000', UPLOAD_MAX_MB: '1', UPLOAD_MAX_FILES: '3' }, { taskQueue });
  await fillAgency(house.api.deps.store);
  worker = await startWorker(house.api.deps.config, {
    logger: createLogger({ name: 'worker', level: 'silent' }),
    taskQueue,
  });
  const wang = await at('wangfang');
  const made = await wang.fill('/jobs/new', {
    do: 'begin',
    lineId: 'lvcha',
    title: '春季海报',
    need: '海报',
    deliverables: '海报',
    wantedDate: '2027-01-15',
    orderedBy: 'zhoulan',
    workTypes: ['print'],
    owner: 'wangfang',
  });
  base = (made.location ?? '').split('?')[0] ?? '';
  // The page asks the core about the folded state; a piece in a job whose order was accepted is put there as the fold would.
  const id = base.slice('/jobs/'.length);
  const row = await jobStateTable(house.api.deps.store).findById(id).lean<{ state: string }>();
  const state = JSON.parse(row?.state ?? '{}') as Record<string, unknown>;
  const piece = {
    id: 'P1',
    name: '主海报',
    workType: 'print',
    specification: 'A1',
    final: 'FINISHED_ARTWORK',
    needsProof: true,
    versions: [],
    state: 'creating',
  };
  const order = {
    key: 'F-04',
    form: 'F-04',
    version: 1,
    hash: '0'.repeat(64),
    facts: { complete: true, missing: [] },
    by: 'wangfang',
    at: '2026-03-12T01:00:00.000Z',
    status: 'passed',
  };
  const text = JSON.stringify({
    ...state,
    phase: 'CREATING',
    pieces: { P1: piece },
    papers: { ...(state.papers as object), 'F-04': order },
  });
  await jobStateTable(house.api.deps.store).updateOne({ _id: id }, { $set: { state: text } });
  await jobTable(house.api.deps.store).updateOne({ _id: id }, { $set: { phase: 'CREATING' } });
}, 120_000);
afterAll(async () => {
  await worker.stop();
  await house.close();
});

const manifests = () => manifestTable(house.api.deps.store).countDocuments({});

describe('uploading a version', () => {
  it('R-204: files get the house’s names, and a name that says nothing is refused with the pattern', async () => {
    const lin = await at('linxia');
    const kept = await lin.fill(`${base}/pieces/P1/upload`, {
      do: 'keep',
      stage: 'DRAFT',
      view: new File([png], 'final final.png'),
      master: new File(['native'], 'poster.ai'),
    });
    expect(kept.status, saidBy(kept)).toBe(200);
    expect(kept.text).toMatch(/value="\d{8}_春季海报_过程稿_V1\.png"/);
    expect(kept.text).toMatch(/value="\d{8}_春季海报_过程稿_V1\.ai"/);
    const before = await manifests();
    const refused = await lin.send(kept, { do: 'submit', 'file[0][name]': 'draft.png' });
    expect(refused.status).toBe(422);
    expect(saidBy(refused)).toContain('要写成');
    expect(refused.text).toContain('value="draft.png"');
    expect(await manifests()).toBe(before);
    const renamed = await lin.send(refused, { do: 'rename' });
    expect(renamed.text).not.toContain('value="draft.png"');
    expect(
      isFileName(fileName({ date: '2026-03-12', project: '春季海报', type: '过程稿', version: 1, ext: 'png' })),
    ).toBe(true);
  });

  it('a page that calls itself a picture, an empty file and a file above the limit are named and not kept', async () => {
    const lin = await at('linxia');
    const lying = await lin.fill(`${base}/pieces/P1/upload`, {
      do: 'keep',
      view: [new File(['<html>'], 'a.png'), new File([], 'b.png')],
    });
    expect(lying.status).toBe(422);
    expect(saidBy(lying)).toContain('b.png');
    const large = await lin.fill(`${base}/pieces/P1/upload`, {
      do: 'keep',
      view: new File([Buffer.concat([png, Buffer.alloc(1_200_000)])], 'c.png'),
    });
    expect(large.status).toBe(422);
    expect(saidBy(large)).toContain('1 MB');
  });

  it('R-81: wording the law may forbid is shown before anything is submitted', async () => {
    const lin = await at('linxia');
    const page = await lin.fill(`${base}/pieces/P1/upload`, {
      do: 'submit',
      stage: 'DRAFT',
      view: new File([png], 'a.png'),
      copyText: '全国第一的绿茶',
    });
    expect(page.status).toBe(422);
    expect(page.text).toContain('全国第一');
    expect(saidBy(page)).toContain('请先看过这些用语');
  });

  it('S-85, R-99: who does not make pieces is told so and sees no form', async () => {
    const page = await (await at('wangfang')).open(`${base}/pieces/P1/upload`);
    expect(page.text).toContain('现在还不能上传');
    expect(page.text).not.toContain('type="file"');
    expect((await (await at('linxia')).open(`${base}/pieces/P9/upload`)).status).toBe(404);
  });
});
