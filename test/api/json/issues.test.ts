import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../../domain/people/roles.ts';
import type { Person } from '../../../domain/people/types.ts';
import { jobRow } from '../../../store/jobs.ts';
import { bundleWorkflows } from '../../../worker/bundle.ts';
import { startWorker, type RunningWorker } from '../../../worker/main.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
let worker: RunningWorker;
let place: Awaited<ReturnType<House['brand']>>;
let contact: Person;
const cast = new Map<Role, Person>();
const tokens = new Map<string, string>();
const taskQueue = `api-issues-${randomUUID()}`;

const as = (role: Role): Person => {
  const person = cast.get(role);
  if (person === undefined) throw new Error(`nobody is ${role}`);
  return person;
};

beforeAll(async () => {
  house = await openHouse({ DOOR_DEADLINE_MS: '10000' }, { taskQueue });
  for (const role of ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR', 'ARTIST'] as const)
    cast.set(role, await house.person([role], { language: role === 'ACCOUNT_MANAGER' ? 'zh-CN' : 'en' }));
  cast.set('COPYWRITER', await house.person(['COPYWRITER']));
  place = await house.brand([...cast].flatMap(([role, person]) => (role === 'COPYWRITER' ? [] : [person])));
  contact = await house.person(['CLIENT_LEAD'], { side: 'client', clientId: place.clientId });
  for (const person of cast.values()) tokens.set(person.id, await house.token(person));
  const { config, logger } = house.api.deps;
  worker = await startWorker(config, { taskQueue, bundle: await bundleWorkflows(), logger });
});
afterAll(async () => {
  await worker.stop();
  await house.close();
});

interface Said {
  readonly status: number;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

async function call(role: Role, method: string, path: string, body?: unknown): Promise<Said> {
  const answer = await fetch(`${house.url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${tokens.get(as(role).id) ?? ''}`,
      accept: path.startsWith('/api/') ? 'application/json' : 'text/html',
      'idempotency-key': randomUUID(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = (answer.headers.get('content-type') ?? '').includes('json');
  return { status: answer.status, text, body: json ? (JSON.parse(text) as Record<string, unknown>) : {} };
}

/** Asks again, bounded, until the answer is there. */
async function until<T>(what: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await what();
    if (found !== undefined) return found;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error('it never came');
}

async function newJob(): Promise<string> {
  const content = {
    clientId: place.clientId,
    brandId: place.brandId,
    lineId: place.lineId,
    need: '上市海报',
    deliverables: ['海报'],
    wantedDate: '2026-12-20',
    orderedBy: contact.id,
    orderedAt: '2026-11-20T02:00:00.000Z',
  };
  const made = await call('ACCOUNT_EXECUTIVE', 'POST', '/api/v1/jobs', {
    type: 'request',
    title: '春茶上市海报',
    ...place,
    ownerId: as('ACCOUNT_EXECUTIVE').id,
    workTypes: ['print'],
    important: false,
    qcRoute: 'qcSeven',
    paper: { form: 'F-01', content },
  });
  expect(made.status, made.text).toBe(201);
  return String(made.body['id']);
}

const hourAgo = (): string => new Date(Date.now() - 3_600_000).toISOString();
const found = { happened: '打样偏红，与正稿不符', jobStage: 'PROOF_QC' };
const raise = (role: Role, jobId: string, more: object = {}): Promise<Said> =>
  call(role, 'POST', `/api/v1/jobs/${jobId}/issues`, { title: '打样色差', since: hourAgo(), content: found, ...more });
const act = (role: Role, id: string, what: object): Promise<Said> =>
  call(role, 'POST', `/api/v1/cases/${id}/acts`, { act: { type: 'move', ...what } });
const issueOf = async (id: string): Promise<Readonly<Record<string, unknown>>> =>
  (await call('ACCOUNT_EXECUTIVE', 'GET', `/api/v1/cases/${id}`)).body;
const record = (content: object) => ({ move: 'record', paper: { form: 'F-63', content } });
const errorsOf = ({ body }: Said): string[] =>
  ((body['errors'] ?? []) as { field: string }[]).map(({ field }) => field);

describe('issues of a job (M-16)', () => {
  it('S-46, R-56, R-64: raised by the artist, told to the client by mail with proof, closed only with cause, solution and the telling', async () => {
    const jobId = await newJob();
    const begun = await raise('ARTIST', jobId);
    expect(begun.status, begun.text).toBe(201);
    const id = String(begun.body['id']);
    expect(await issueOf(id)).toMatchObject({
      kind: 'issue',
      state: 'FOUND',
      jobId,
      ownerId: as('ACCOUNT_EXECUTIVE').id,
      holders: [as('ACCOUNT_EXECUTIVE').id],
      parts: { finder: [as('ARTIST').id] },
    });
    // It lies on the desk of whoever answers for the job, on the job's page with its timeline, and in the job's list.
    expect((await call('ACCOUNT_EXECUTIVE', 'GET', '/desk?lang=en')).text).toContain(`/meetings/${id}`);
    const page = (await call('ACCOUNT_EXECUTIVE', 'GET', `/jobs/${jobId}?lang=en`)).text;
    expect(page).toContain(`/meetings/${id}`);
    expect(page).toContain('Issue · 打样色差');
    expect(page).toContain(`/issues/new?job=${jobId}`);
    expect((await call('ARTIST', 'GET', `/api/v1/jobs/${jobId}/issues`)).body).toMatchObject({ issues: [{ id }] });
    await until(async () =>
      house.mails.find(({ to, text }) => to === as('ACCOUNT_EXECUTIVE').mail.address && text.includes(found.happened)),
    );

    for (const [role, sentence] of [
      ['ACCOUNT_EXECUTIVE', 'Still missing: Cause, Solution, When the Client Was Told.'],
      ['ACCOUNT_MANAGER', '还缺：原因、解决方案、告知客户的时间。'],
    ] as const) {
      const no = await act(role, id, { move: 'close' });
      expect(no.status).toBe(422);
      expect(no.body).toMatchObject({ code: 'FIELD_MISSING', detail: sentence });
    }
    const cause = { ...found, cause: '印厂换了油墨' };
    expect((await act('ACCOUNT_EXECUTIVE', id, record(cause))).status).toBe(200);
    expect((await act('ACCOUNT_EXECUTIVE', id, { move: 'close' })).body).toMatchObject({
      detail: 'Still missing: Solution, When the Client Was Told.',
    });
    expect((await act('ACCOUNT_EXECUTIVE', id, record({ ...cause, solution: '换回原油墨' }))).status).toBe(200);
    const telling = { move: 'tellByMail', words: '打样偏红，原因已查明，正在重做。' };
    // The client is told by somebody of theirs; a colleague is nobody to tell.
    const stranger = await act('ACCOUNT_EXECUTIVE', id, { ...telling, parts: { told: [as('ARTIST').id] } });
    expect([stranger.status, ...errorsOf(stranger)]).toEqual([422, 'act.parts.told']);
    expect((await act('ACCOUNT_EXECUTIVE', id, telling)).body).toMatchObject({ code: 'FIELD_MISSING' });
    const told = await act('ACCOUNT_EXECUTIVE', id, { ...telling, parts: { told: [contact.id] } });
    expect(told.status, told.text).toBe(200);
    const mail = await until(async () => house.mails.find(({ to }) => to === contact.mail.address));
    expect(mail.text).toContain(telling.words);
    // What the house has found out for itself is not the client's.
    expect(mail.text).not.toContain('印厂换了油墨');
    const standing = await until(async () => {
      const one = await issueOf(id);
      return one['state'] === 'CLIENT_TOLD' ? one : undefined;
    });
    expect(standing['asked']).toMatchObject([
      { notice: 'issueToClient', personId: contact.id, acceptedAt: expect.any(String) as string },
    ]);
    const closed = await act('ACCOUNT_EXECUTIVE', id, { move: 'close' });
    expect(closed.status, closed.text).toBe(200);
    expect(await issueOf(id)).toMatchObject({ state: 'CLOSED', open: false, holders: [] });
    await until(async () => house.mails.find(({ to }) => to === as('ARTIST').mail.address));
  });

  it('S-46: red on the page of what is late once the four hours are over, for the account director too', async () => {
    const jobId = await newJob();
    const id = String((await raise('ACCOUNT_EXECUTIVE', jobId, { told: contact.id })).body['id']);
    await until(async () => {
      const { clocks } = (await issueOf(id)) as { clocks: { clock: string; marks: { at?: string }[] }[] };
      return clocks.every(({ marks }) => marks.every(({ at }) => at !== undefined)) ? clocks : undefined;
    });
    const late = async (): Promise<string> =>
      (await call('ACCOUNT_DIRECTOR', 'GET', '/late?lang=en')).text.split('id="issues-open"')[1] ?? '';
    expect(await late()).toContain(`/meetings/${id}`);
    house.moveClock(10 * 24 * 3_600_000);
    try {
      const lines = (await late()).split('<li ').filter((line) => line.includes(`/meetings/${id}`));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain('late-line-red');
    } finally {
      house.moveClock(-10 * 24 * 3_600_000);
    }
    // A call is told with its time; the one told is who was named when it was raised.
    const spoken = { move: 'tellByPhone', words: '已在电话里说明', happenedAt: new Date().toISOString() };
    expect((await act('ACCOUNT_EXECUTIVE', id, spoken)).status).toBe(200);
    expect(await issueOf(id)).toMatchObject({ state: 'CLIENT_CALLED' });
    const page = (await call('ACCOUNT_EXECUTIVE', 'GET', `/meetings/${id}?lang=en`)).text;
    expect(page).toContain('on the telephone');
    expect(page).toContain('Still missing: Cause, Solution.');
  });

  it('S-46: what is wrong is named by its field, in both languages, and begins nothing', async () => {
    const jobId = await newJob();
    const wrong = async (more: object): Promise<string[]> => {
      const said = await raise('ARTIST', jobId, more);
      expect(said.status, said.text).toBe(422);
      return errorsOf(said);
    };
    expect(await wrong({ since: undefined })).toEqual(['since']);
    expect(await wrong({ since: new Date(Date.now() + 3_600_000).toISOString() })).toEqual(['since']);
    expect(await wrong({ since: 'this morning' })).toEqual(['since']);
    expect(await wrong({ title: '' })).toEqual(['title']);
    expect(await wrong({ told: as('ARTIST').id })).toEqual(['told']);
    expect(await wrong({ content: { ...found, jobStage: 'LUNCH' } })).toEqual(['content.jobStage']);
    expect((await raise('ARTIST', jobId, { content: { jobStage: 'CREATING' } })).body).toMatchObject({
      code: 'FIELD_MISSING',
      detail: 'Still missing: What Happened.',
    });
    expect((await raise('COPYWRITER', jobId)).status).toBe(404);
    expect((await call('ARTIST', 'GET', `/api/v1/jobs/${jobId}/issues`)).body).toEqual({ issues: [] });
    const form = await call('ARTIST', 'GET', `/issues/new?job=${jobId}&lang=zh-CN`);
    expect(form.status).toBe(200);
    expect(form.text).toContain('四个工作小时内告知客户');
    expect((await call('COPYWRITER', 'GET', `/issues/new?job=${jobId}`)).status).toBe(404);
    const cancelled = await call('ACCOUNT_MANAGER', 'POST', `/api/v1/jobs/${jobId}/acts`, {
      act: { type: 'cancel', words: '客户取消' },
    });
    expect(cancelled.status, cancelled.text).toBe(200);
    // The list of jobs hears of it a moment behind the log.
    await until(async () => ((await jobRow(house.api.deps.store, jobId))?.open === false ? true : undefined));
    expect(await wrong({})).toEqual(['jobId']);
  });
});
