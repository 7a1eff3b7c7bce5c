import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../domain/people/types.ts';
import { bundleWorkflows } from '../../../worker/bundle.ts';
import { startWorker, type RunningWorker } from '../../../worker/main.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
let worker: RunningWorker | undefined;
let bundle: { readonly code: string };
let executive: Person;
let manager: Person;
let token: string;
let place: Awaited<ReturnType<House['brand']>>;
const taskQueue = `api-jobs-${randomUUID()}`;

beforeAll(async () => {
  bundle = await bundleWorkflows();
  house = await openHouse({ DOOR_DEADLINE_MS: '10000' }, { taskQueue });
  executive = await house.person(['ACCOUNT_EXECUTIVE']);
  token = await house.token(executive);
  manager = await house.person(['ACCOUNT_MANAGER']);
  place = await house.brand([executive, manager, await house.person(['ACCOUNT_DIRECTOR'])]);
  await work();
});
afterAll(async () => {
  await worker?.stop();
  await house.close();
});

async function work(): Promise<void> {
  worker = await startWorker(house.api.deps.config, { taskQueue, bundle, logger: house.api.deps.logger });
}
async function rest(): Promise<void> {
  await worker?.stop();
  worker = undefined;
}

interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const answer = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'accept-language': 'en',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

const request = (more: Readonly<Record<string, unknown>> = {}) => ({
  type: 'request',
  title: '春茶上市海报 🍵',
  ...place,
  ownerId: executive.id,
  workTypes: ['print'],
  important: false,
  qcRoute: 'qcSeven',
  paper: {
    form: 'F-01',
    content: {
      clientId: place.clientId,
      brandId: place.brandId,
      lineId: place.lineId,
      need: '上市海报',
      deliverables: ['海报'],
      wantedDate: '2026-12-20',
      orderedBy: executive.id,
      orderedAt: '2026-11-20T02:00:00.000Z',
    },
  },
  ...more,
});

async function newJob(): Promise<{ readonly id: string; readonly seq: number }> {
  const made = await call('POST', '/jobs', request(), { 'idempotency-key': randomUUID() });
  expect(made.body).toMatchObject({ id: expect.any(String) as string });
  expect(made.status).toBe(201);
  return made.body as { id: string; seq: number };
}

const briefing = () => ({
  type: 'holdBriefing',
  heldAt: new Date(Date.now() - 60_000).toISOString(),
  client: ['contact'],
  account: [executive.id],
  creative: ['cd'],
});

describe('POST /jobs', () => {
  it('creates a job once: the same key and body give the same answer, another body under the same key is refused', async () => {
    const key = randomUUID();
    const first = await call('POST', '/jobs', request(), { 'idempotency-key': key });
    expect(first.status).toBe(201);
    expect(first.headers.get('location')).toBe(`/api/v1/jobs/${String(first.body.id)}`);
    expect(first.headers.get('etag')).toMatch(/^"\d+"$/);
    const again = await call('POST', '/jobs', request(), { 'idempotency-key': key });
    expect([again.status, again.body, again.headers.get('location')]).toEqual([
      201,
      first.body,
      first.headers.get('location'),
    ]);
    const other = await call('POST', '/jobs', request({ title: 'another' }), { 'idempotency-key': key });
    expect([other.status, other.body.code]).toEqual([422, 'KEY_REUSED']);
  });

  it('ten at once under one key are one job', async () => {
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => call('POST', '/jobs', request(), { 'idempotency-key': key })),
    );
    expect(new Set(answers.map((one) => one.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((one) => one.body.id)).size).toBe(1);
  });

  it('names what is wrong and starts nothing: no key, unknown brand, wrong code, foreign brand', async () => {
    expect((await call('POST', '/jobs', request())).status).toBe(428);
    const wrong = await call('POST', '/jobs', request({ brandCode: 'WRONG' }), { 'idempotency-key': randomUUID() });
    expect([wrong.status, wrong.body.errors]).toMatchObject([422, [{ field: 'brandCode' }]]);
    const elsewhere = await house.brand([]);
    const foreign = await call('POST', '/jobs', request(elsewhere), { 'idempotency-key': randomUUID() });
    expect(foreign.status).toBe(403);
  });
});

describe('a job', () => {
  it('is read at least at the entry that was just written, with an ETag, and 304 when nothing moved', async () => {
    const { id, seq } = await newJob();
    const read = await call('GET', `/jobs/${id}?atLeast=${seq}`);
    expect(read.status).toBe(200);
    expect(read.body.job).toMatchObject({ id, title: '春茶上市海报 🍵', phase: 'REQUESTED' });
    const etag = read.headers.get('etag') ?? '';
    expect((await call('GET', `/jobs/${id}`, undefined, { 'if-none-match': etag })).status).toBe(304);
    expect(JSON.stringify(read.body)).not.toContain('grantId');
  });

  it('R-58: state and possible are answered by the process, and by the store when no worker is there', async () => {
    const { id, seq } = await newJob();
    await call('GET', `/jobs/${id}?atLeast=${seq}`);
    const state = await call('GET', `/jobs/${id}/state`);
    expect(state.body).toMatchObject({ source: 'process', phase: 'REQUESTED' });
    const possible = await call('GET', `/jobs/${id}/possible`);
    expect(possible.body.source).toBe('process');
    await rest();
    try {
      expect((await call('GET', `/jobs/${id}/state`)).body).toMatchObject({ source: 'store', phase: 'REQUESTED' });
    } finally {
      await work();
    }
  });

  it('S-47, R-65: no call leaves a job without somebody of account service who answers for it', async () => {
    const unfit = [
      'nobody-of-this-name',
      (await house.person(['ARTIST'])).id,
      (await house.person(['CLIENT_LEAD'], { side: 'client', clientId: place.clientId })).id,
      (await house.person(['ACCOUNT_EXECUTIVE'], { active: false })).id,
      '',
    ];
    const { id, seq } = await newJob();
    await call('GET', `/jobs/${id}?atLeast=${seq}`);
    const bearer = { authorization: `Bearer ${await house.token(manager)}` };
    const fields = ({ body }: Said): string[] => (body['errors'] as { field: string }[]).map(({ field }) => field);
    for (const to of unfit) {
      const asked = await call('POST', '/jobs', request({ ownerId: to }), { 'idempotency-key': randomUUID() });
      expect([asked.status, ...fields(asked)], to).toEqual([422, 'ownerId']);
      const act = { type: 'changeOwner', to, words: '换人' };
      const moved = await call('POST', `/jobs/${id}/acts`, { act }, bearer);
      expect([moved.status, ...fields(moved)], to).toEqual([422, 'act.to']);
    }
    const { ownerId: _left, ...ownerless } = request() as { ownerId?: string };
    expect((await call('POST', '/jobs', ownerless, { 'idempotency-key': randomUUID() })).status).toBe(422);
    const { body } = await call('GET', `/jobs/${id}`);
    expect(body.job).toMatchObject({ ownerId: executive.id });
    const fit = { type: 'changeOwner', to: manager.id, words: '换人' };
    expect((await call('POST', `/jobs/${id}/acts`, { act: fit }, bearer)).status).toBe(200);
  });

  it('an act counts once under its id, a refusal says its code, and its outcome can be asked', async () => {
    const { id, seq } = await newJob();
    await call('GET', `/jobs/${id}?atLeast=${seq}`);
    const commandId = randomUUID();
    const done = await call('POST', `/jobs/${id}/acts`, { act: briefing(), id: commandId });
    expect([done.status, done.body.outcome]).toEqual([200, 'accepted']);
    const again = await call('POST', `/jobs/${id}/acts`, { act: briefing(), id: commandId });
    expect(again.body).toMatchObject({ outcome: 'accepted', seq: done.body.seq });
    const early = await call('POST', `/jobs/${id}/acts`, { act: { type: 'archive' } });
    expect(early.status).toBe(409);
    expect(early.headers.get('content-type')).toContain('application/problem+json');
    expect(early.body).toMatchObject({ type: `/problems/${String(early.body.code)}`, status: 409 });
    await call('GET', `/jobs/${id}?atLeast=${String(done.body.seq)}`);
    expect((await call('GET', `/jobs/${id}/commands/${commandId}`)).body).toMatchObject({
      outcome: 'accepted',
      seq: done.body.seq,
    });
    expect((await call('GET', `/jobs/${id}/commands/${randomUUID()}`)).body).toMatchObject({ outcome: 'pending' });
  });

  it('no worker running: an act is received, kept by the engine, and recorded once when a worker is back', async () => {
    const { id, seq } = await newJob();
    await call('GET', `/jobs/${id}?atLeast=${seq}`);
    await rest();
    const commandId = randomUUID();
    try {
      const received = await call('POST', `/jobs/${id}/acts`, { act: briefing(), id: commandId });
      expect([received.status, received.body.outcome]).toEqual([202, 'received']);
      const pending = await call('GET', received.headers.get('location')?.replace('/api/v1', '') ?? '');
      expect(pending.body.outcome).toBe('pending');
    } finally {
      await work();
    }
    await expect
      .poll(async () => (await call('GET', `/jobs/${id}/commands/${commandId}`)).body.outcome, { timeout: 20_000 })
      .toBe('accepted');
    const log = await call('GET', `/jobs/${id}/log`);
    const entries = log.body.entries as { body: string }[];
    expect(entries.filter((entry) => entry.body.includes('"briefingHeld"'))).toHaveLength(1);
  });

  it('out of reach is the same 404 as never was', async () => {
    const { id, seq } = await newJob();
    await call('GET', `/jobs/${id}?atLeast=${seq}`);
    const stranger = await house.token(await house.person(['COPYWRITER']));
    for (const path of ['', '/state', '/steps', '/log', '/mails', '/papers']) {
      const foreign = await call('GET', `/jobs/${id}${path}`, undefined, { authorization: `Bearer ${stranger}` });
      const never = await call('GET', `/jobs/job-neverwas123${path}`, undefined, {
        authorization: `Bearer ${stranger}`,
      });
      const { requestId: _a, ...first } = foreign.body;
      const { requestId: _b, ...second } = never.body;
      expect([foreign.status, first]).toEqual([404, second]);
      expect(never.status).toBe(404);
    }
  });

  it('the list and the search keep to the reader’s brands', async () => {
    const { id, seq } = await newJob();
    await call('GET', `/jobs/${id}?atLeast=${seq}`);
    const found = await call('GET', '/jobs?q=上市&open=true');
    expect(JSON.stringify(found.body)).toContain(id);
    const stranger = await house.token(await house.person(['COPYWRITER']));
    expect((await call('GET', '/jobs?q=上市', undefined, { authorization: `Bearer ${stranger}` })).body).toEqual({
      jobs: [],
    });
    expect((await call('GET', '/board')).status).toBe(200);
    expect((await call('GET', '/desk')).status).toBe(200);
  });
});

describe('files', () => {
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(600, 1)]);

  async function upload(id: string, name: string, bytes: Uint8Array): Promise<Said> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    const answer = await fetch(`${house.url}/api/v1/jobs/${id}/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
  }

  it('are kept under their hash, put together to a manifest, and a PNG that is HTML is refused by its field', async () => {
    const { id, seq } = await newJob();
    await call('GET', `/jobs/${id}?atLeast=${seq}`);
    const kept = await upload(id, '20260312_夏季_完稿.png', png);
    expect([kept.status, kept.body.mime, kept.body.name]).toEqual([201, 'image/png', '20260312_夏季_完稿.png']);
    const lie = await upload(id, 'picture.png', Buffer.from('<html><script>alert(1)</script>'));
    expect([lie.status, lie.body.errors]).toMatchObject([422, [{ field: 'file' }]]);
    for (const name of ['../../x.png', 'CON.png', `${'长'.repeat(300)}.png`, 'gpj\u202e.exe']) {
      expect((await upload(id, name, png)).status, name).toBe(422);
    }
    const manifest = await call('POST', `/jobs/${id}/manifests`, {
      files: [{ name: '20260312_夏季_完稿.png', sha256: kept.body.sha256, use: 'view' }],
    });
    expect(manifest.status).toBe(201);
    const renamed = await call('POST', `/jobs/${id}/manifests`, {
      files: [{ name: 'x.pdf', sha256: kept.body.sha256, use: 'view' }],
    });
    expect([renamed.status, renamed.body.errors]).toMatchObject([422, [{ field: 'files.0.name' }]]);
  });
});
