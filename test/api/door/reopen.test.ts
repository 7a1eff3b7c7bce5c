import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../../domain/people/types.ts';
import { verifyExport } from '../../../ops/verify.ts';
import { exportLog } from '../../../store/export.ts';
import { jobRow, wholeJob } from '../../../store/jobs.ts';
import { record } from '../../../store/recorder.ts';
import { bundleWorkflows } from '../../../worker/bundle.ts';
import { startWorker, type RunningWorker } from '../../../worker/main.ts';
import { jobWorkflowId } from '../../../workflows/ids.ts';
import { samples } from '../../papers/samples.ts';
import { artworkJob } from '../approve/office.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
let worker: RunningWorker;
let bundle: { readonly code: string };
const taskQueue = `reopen-${randomUUID()}`;
const work = (): Promise<RunningWorker> =>
  startWorker(house.api.deps.config, { taskQueue, bundle, logger: house.api.deps.logger });

beforeAll(async () => {
  bundle = await bundleWorkflows();
  house = await openHouse({ DOOR_DEADLINE_MS: '10000', MAIL_GATHER_SECONDS: '0' }, { taskQueue });
  worker = await work();
}, 180_000);
afterAll(async () => {
  await worker.stop();
  await house.close();
});

type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

async function act(person: Person, id: string, wish: Readonly<Record<string, unknown>>): Promise<Answer> {
  const answer = await fetch(`${house.url}/api/v1/jobs/${id}/acts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await house.token(person)}`, 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const phaseOf = async (id: string) => (await jobRow(house.api.deps.store, id))?.phase;
const comesTo = (id: string, phase: string) =>
  expect.poll(() => phaseOf(id), { timeout: 20_000, message: `${id} comes to ${phase}` }).toBe(phase);

/** One chain from the first entry to the last, across every run of the process. */
async function isWhole(id: string): Promise<void> {
  const log = await exportLog(house.api.deps.store, id);
  expect(verifyExport(JSON.stringify(log))).toMatchObject({ ok: true });
}

/** A job recorded whole, archived, of which the engine keeps nothing any more. */
async function archived() {
  const { store, clock } = house.api.deps;
  const job = await artworkJob(house, 'copywriter');
  const kept = await wholeJob(store, job.processId);
  if (kept === null) throw new Error('the job was not recorded');
  const { seq, headHash } = kept.row;
  const at = clock();
  await record(
    store,
    {
      processId: job.processId,
      after: { seq, hash: headHash },
      entries: [
        {
          stamp: { seq: seq + 1, at, receivedAt: at, commandId: 'end', actor: { kind: 'system', name: 'operator' } },
          event: { type: 'phaseChanged', from: 'ARTWORK_QC', to: 'ARCHIVED' },
        },
      ],
    },
    at,
  );
  const director = job.people.ACCOUNT_DIRECTOR;
  if (director === undefined) throw new Error('no account director');
  return { ...job, director };
}

describe('a closed job', { timeout: 90_000 }, () => {
  test('an old link of an archived job is answered from the store, and decides nothing', async () => {
    const { processId, link, director } = await archived();
    const page = await fetch(house.url + link, { headers: { accept: 'text/html' } });
    expect(page.status).toBeLessThan(500);
    expect(await page.text()).not.toContain('name="verdict"');
    const late = await act(director, processId, { act: { type: 'track' } });
    expect([late.status, late.body.code]).toEqual([409, 'CLOSED_PROCESS']);
    expect(await phaseOf(processId)).toBe('ARCHIVED');
  });

  test('an archived job that the engine forgot is reopened from the store: its log goes on where it ended', async () => {
    const { processId, director } = await archived();
    const before = (await jobRow(house.api.deps.store, processId))?.seq ?? 0;
    const wish = { act: { type: 'reopen', words: '客户要补一份文件' }, id: randomUUID() };
    const done = await act(director, processId, wish);
    expect([done.status, done.body.outcome]).toEqual([200, 'accepted']);
    await comesTo(processId, 'CLOSING');
    const again = await act(director, processId, wish);
    expect(again.body).toMatchObject({ outcome: 'accepted', seq: done.body.seq });
    expect((await jobRow(house.api.deps.store, processId))?.seq).toBe(before + 2);
    await isWhole(processId);
  });

  test('only a manager reopens, and only with a reason; a refused wish leaves the job closed', async () => {
    const { processId, director, people } = await archived();
    const executive = people.ACCOUNT_EXECUTIVE;
    if (executive === undefined) throw new Error('no account executive');
    const foreign = await act(executive, processId, { act: { type: 'reopen', words: '再来' } });
    expect([foreign.status, foreign.body.code]).toEqual([403, 'NOT_ALLOWED']);
    const silent = await act(director, processId, { act: { type: 'reopen', words: ' ' } });
    expect(silent.status).toBe(422);
    expect(await phaseOf(processId)).toBe('ARCHIVED');
    await isWhole(processId);
  });

  test('a reopening with no worker there is received and happens once when one is back', async () => {
    const { processId, director } = await archived();
    await worker.stop();
    const wish = { act: { type: 'reopen', words: '客户要补一份文件' }, id: randomUUID() };
    const received = await act(director, processId, wish);
    expect([received.status, received.body.outcome]).toEqual([202, 'received']);
    worker = await work();
    await comesTo(processId, 'CLOSING');
    await isWhole(processId);
  });

  test('R-08: a job cancelled and reopened on the engine stands where it stood, and goes on', async () => {
    const executive = await house.person(['ACCOUNT_EXECUTIVE']);
    const manager = await house.person(['ACCOUNT_MANAGER']);
    const place = await house.brand([executive, manager, await house.person(['CREATIVE_DIRECTOR'])]);
    const contact = await house.person(['CLIENT_CONTACT'], { side: 'client', clientId: place.clientId });
    const content = { ...samples['F-01'], clientId: place.clientId, brandId: place.brandId, lineId: place.lineId };
    const made = await fetch(`${house.url}/api/v1/jobs`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await house.token(executive)}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({
        type: 'request',
        title: '春季海报',
        ...place,
        ownerId: executive.id,
        workTypes: ['print'],
        important: false,
        qcRoute: 'qcSeven',
        paper: { form: 'F-01', content: { ...content, orderedBy: contact.id } },
      }),
    });
    const { id } = (await made.json()) as { id: string };
    expect(id.startsWith(jobWorkflowId(''))).toBe(true);
    const briefing = {
      type: 'holdBriefing',
      heldAt: new Date(Date.now() - 60_000).toISOString(),
      client: [contact.id],
      account: [executive.id],
      creative: ['cd'],
    };
    const submit = { type: 'submit', point: 'requirementBrief', paper: { form: 'F-03', content: samples['F-03'] } };
    for (const one of [briefing, submit]) expect((await act(executive, id, { act: one })).status).toBe(200);
    expect((await act(manager, id, { act: { type: 'cancel', words: '客户暂停' } })).status).toBe(200);
    await comesTo(id, 'CANCELLED');
    await expect
      .poll(async () => (await act(executive, id, { act: { type: 'track' } })).body.code, { timeout: 20_000 })
      .toBe('CLOSED_PROCESS');
    const back = await act(manager, id, { act: { type: 'reopen', words: '客户恢复' } });
    expect(back.body).toMatchObject({ outcome: 'accepted' });
    await comesTo(id, 'BRIEFED');
    expect((await act(executive, id, { act: submit })).body).toMatchObject({ outcome: 'accepted' });
    await expect
      .poll(async () => (await wholeJob(house.api.deps.store, id))?.state.circulations.requirementBrief?.status, {
        timeout: 20_000,
      })
      .toBe('running');
    await isWhole(id);
  });
});
