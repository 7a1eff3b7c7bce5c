import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../domain/people/types.ts';
import { bundleWorkflows } from '../../../worker/bundle.ts';
import { startWorker, type RunningWorker } from '../../../worker/main.ts';
import { samples } from '../../papers/samples.ts';
import { openHouse, type House } from '../support/house.ts';
import { unsaidMoments } from './moments.ts';

let house: House;
let worker: RunningWorker;
let executive: Person;
let manager: Person;
let contact: Person;
let place: Awaited<ReturnType<House['brand']>>;
const tokens = new Map<string, string>();
const taskQueue = `api-cases-${randomUUID()}`;
const secret = '客户明年预算未公开';

beforeAll(async () => {
  house = await openHouse({ DOOR_DEADLINE_MS: '10000' }, { taskQueue });
  executive = await house.person(['ACCOUNT_EXECUTIVE']);
  manager = await house.person(['ACCOUNT_MANAGER']);
  place = await house.brand([executive, manager, await house.person(['ACCOUNT_DIRECTOR'])]);
  contact = await house.person(['CLIENT_LEAD'], { side: 'client', clientId: place.clientId });
  for (const person of [executive, manager]) tokens.set(person.id, await house.token(person));
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
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

async function call(who: Person | undefined, method: string, path: string, body?: unknown): Promise<Said> {
  const form = typeof body === 'string';
  const answer = await fetch(`${house.url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(who === undefined ? {} : { authorization: `Bearer ${tokens.get(who.id) ?? ''}` }),
      ...(form ? { origin: 'http://jobbag.test' } : {}),
      'accept-language': 'en',
      accept: path.startsWith('/api/') ? 'application/json' : 'text/html',
      ...(body === undefined
        ? {}
        : { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
    },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = (answer.headers.get('content-type') ?? '').includes('json');
  return {
    status: answer.status,
    text,
    headers: answer.headers,
    body: json ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

const about = () => ({
  title: '春茶海报提案会',
  clientId: place.clientId,
  brandId: place.brandId,
  ownerId: executive.id,
  parts: { confirmer: [contact.id], reviewer: [manager.id], team: [executive.id] },
});

const act = (who: Person, id: string, what: object): Promise<Said> =>
  call(who, 'POST', `/api/v1/cases/${id}/acts`, { act: what });
const caseOf = async (id: string): Promise<Readonly<Record<string, unknown>>> =>
  (await call(executive, 'GET', `/api/v1/cases/${id}`)).body;

/** Asks again, bounded, until the answer is there. */
async function until<T>(what: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await what();
    if (found !== undefined) return found;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error('it never came');
}

const minutesPaper = (keyDate: string) => ({
  form: 'F-15',
  content: {
    ...samples['F-15'],
    client: place.clientId,
    participants: [contact.id, executive.id],
    copiesTo: [manager.id],
    nextSteps: [{ action: '标题放大', executor: executive.id, keyDate }],
    reporter: executive.id,
    restrictedNotes: secret,
  },
});

/** Minutes without a meeting, at the client; answers their key and the client's link. */
async function sentMinutes(keyDate = '2026-12-16'): Promise<{ readonly id: string; readonly link: string }> {
  const title = `记录 ${randomUUID().slice(0, 8)}`;
  const begun = await call(executive, 'POST', '/api/v1/minutes', { ...about(), title });
  expect(begun.status, begun.text).toBe(201);
  const id = String(begun.body['id']);
  const submitted = await act(executive, id, { type: 'move', move: 'submit', paper: minutesPaper(keyDate) });
  expect(submitted.status, submitted.text).toBe(200);
  const [paper] = (await caseOf(id))['papers'] as { hash: string }[];
  const approved = await act(manager, id, { type: 'move', move: 'approve', hash: paper?.hash });
  expect(approved.status, approved.text).toBe(200);
  const mail = await until(async () =>
    house.mails.find(
      ({ to, subject, text }) => to === contact.mail.address && subject.includes(title) && /\/m\/a\//.test(text),
    ),
  );
  const link = /http:\/\/jobbag\.test(\/m\/a\/[A-Za-z0-9_.-]+)/.exec(mail.text)?.[1] ?? '';
  return { id, link };
}

/** The form value that stands before the button of a move. */
function valueBefore(html: string, move: string): string {
  const form = html.split('<form').find((part) => part.includes(`value="${move}"`)) ?? '';
  return /name="formValue" value="([^"]+)"/.exec(form)?.[1] ?? '';
}

const encoded = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();

describe('meetings by the API', () => {
  it('M-06, R-120, R-128: a meeting is planned, announced, held, and begins its minutes', async () => {
    const begun = await call(executive, 'POST', '/api/v1/meetings', {
      id: `req-${randomUUID().slice(0, 18)}`,
      ...about(),
    });
    expect(begun.status, begun.text).toBe(201);
    const id = String(begun.body['id']);
    const early = await act(executive, id, { type: 'move', move: 'hold', happenedAt: new Date().toISOString() });
    expect(early.status).toBe(409);
    const content = {
      ...samples['F-13'],
      meetingTime: new Date(Date.now() + 86_400_000).toISOString(),
      clientParticipants: [contact.id],
      internalParticipants: [{ person: executive.id, task: '主持' }],
    };
    const announced = await act(executive, id, { type: 'move', move: 'announce', paper: { form: 'F-13', content } });
    expect(announced.status, announced.text).toBe(200);
    expect((await act(executive, id, { type: 'tick', list: 'pack', item: 'C-64', answer: 'pass' })).status).toBe(200);
    // R-126, S-58: the minutes of the last meeting are in the pack without anybody's doing.
    const before = await sentMinutes();
    expect((await caseOf(id))['pack']).toEqual({
      minutes: expect.objectContaining({ caseId: before.id, version: 1 }) as object,
    });
    const ahead = await call(executive, 'GET', `/meetings/${id}`);
    expect(ahead.text).toContain(`href="/meetings/${before.id}#paper-F-15"`);
    const happenedAt = new Date(Date.now() - 1000).toISOString();
    expect((await act(executive, id, { type: 'move', move: 'hold', happenedAt })).status).toBe(200);
    const minutes = await until(async () => {
      const said = await call(executive, 'GET', `/api/v1/cases/${id}.minutes`);
      return said.status === 200 ? said.body : undefined;
    });
    expect(minutes).toMatchObject({ kind: 'minutes', state: 'DUE', origin: id });
    const page = await call(executive, 'GET', `/meetings/${id}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain(`/meetings/${id}.minutes`);
    // It was held before the time that its notice calls it for: nothing held lies ahead.
    expect(page.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toMatch(/(Meeting|会议时间) (today|今天)/);
    const writing = await call(executive, 'GET', `/meetings/${id}.minutes/write/submit`);
    expect(writing.status).toBe(200);
    expect(writing.text).toContain('客户会议室');
    expect((await call(executive, 'GET', '/meetings')).text).toContain('春茶海报提案会');
  });

  it('issue 4, 1: whatever a case says of “when” it says in words too: clocks, their marks, mails, the window, papers', async () => {
    const { id } = await sentMinutes();
    const minutes = await until(async () => {
      const said = await caseOf(id);
      return said['window'] === undefined ? undefined : said;
    });
    expect(unsaidMoments(minutes)).toEqual([]);
    expect(minutes).toMatchObject({
      window: { endsInWords: expect.stringMatching(/left$/) as string },
      asked: expect.arrayContaining([
        expect.objectContaining({ personId: contact.id, acceptedInWords: expect.any(String) as string }),
      ]) as object,
    });
    const clocks = minutes['clocks'] as { marks: { inWords?: string }[] }[];
    expect(clocks.flatMap(({ marks }) => marks).some(({ inWords }) => inWords?.endsWith('left'))).toBe(true);
  });

  it('issue 4, 1: a task beyond the published calendar is provisional, in the case and on the desk', async () => {
    const [near, far] = [await sentMinutes(), await sentMinutes('2099-12-16')];
    const tasks = async (id: string) =>
      until(async () => {
        const [task] = (await caseOf(id))['tasks'] as { dueAt?: string; provisional?: boolean }[];
        return task?.dueAt === undefined ? undefined : task;
      });
    expect(await tasks(near.id)).not.toHaveProperty('provisional');
    expect(await tasks(far.id)).toMatchObject({ provisional: true });
    const answer = await call(executive, 'GET', '/api/v1/desk');
    expect(answer.status, answer.text).toBe(200);
    const desk = answer.body;
    const mine = (desk['tasks'] as { caseId: string; provisional?: boolean }[]).filter(({ caseId }) =>
      [near.id, far.id].includes(caseId),
    );
    expect(new Map(mine.map(({ caseId, provisional }) => [caseId, provisional]))).toEqual(
      new Map([
        [near.id, undefined],
        [far.id, true],
      ]),
    );
  });

  it('what is wrong is named field by field, and nothing is begun', async () => {
    const parts = { ...about().parts, confirmer: [executive.id], strangers: [executive.id] };
    const said = await call(executive, 'POST', '/api/v1/meetings', { ...about(), parts });
    expect(said.status).toBe(422);
    const fields = (said.body['errors'] as { field: string }[]).map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['parts.confirmer', 'parts.strangers']));
    const { id } = await sentMinutes();
    for (const bad of [
      { type: 'move', move: 'object', words: 'x'.repeat(4001) },
      { type: 'move', move: '../../etc' },
      { type: 'deem' },
      { type: 'settleTask', task: 'one', done: true },
      { type: 'begin', ...about(), parts: Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`p${n}`, []])) },
    ])
      expect((await act(executive, id, bad)).status, JSON.stringify(bad).slice(0, 60)).toBe(422);
    expect((await call(executive, 'GET', '/api/v1/cases/case-nobody00')).status).toBe(404);
  });

  it('whoever has no part in it and does not serve the brand finds nothing', async () => {
    const stranger = await house.person(['ACCOUNT_EXECUTIVE']);
    tokens.set(stranger.id, await house.token(stranger));
    const { id } = await sentMinutes();
    for (const path of [`/api/v1/cases/${id}`, `/api/v1/cases/${id}/log`, `/meetings/${id}`])
      expect((await call(stranger, 'GET', path)).status, path).toBe(404);
    expect((await call(stranger, 'GET', '/api/v1/cases')).body).toEqual({ cases: [] });
  });
});

describe('minutes at the client by the link', () => {
  it('R-135, R-139: the client sees the copy alone and signs it; GET changes nothing', async () => {
    const { id, link } = await sentMinutes();
    const page = await call(undefined, 'GET', link);
    expect(page.status).toBe(200);
    expect(page.text).toContain('采用第二稿');
    expect(page.text).not.toContain(secret);
    expect((await caseOf(id))['state']).toBe('SENT');
    const formValue = valueBefore(page.text, 'sign');
    const signed = await call(undefined, 'POST', link, encoded({ formValue, do: 'sign' }));
    expect(signed.status, signed.text).toBe(303);
    const after = await caseOf(id);
    expect(after['state']).toBe('CONFIRMED');
    expect(after['verdicts']).toMatchObject([{ kind: 'signed', by: contact.id, version: 1 }]);
    const again = await call(undefined, 'POST', link, encoded({ formValue, do: 'sign' }));
    expect(again.status, 'a second click is the same decision').toBe(303);
    expect((await call(undefined, 'GET', link)).text).not.toContain('value="sign"');
  });

  it('R-137: an objection needs words, and then stands with them; the account person sees it and is written to', async () => {
    const { id, link } = await sentMinutes();
    const page = await call(undefined, 'GET', link);
    const without = await call(
      undefined,
      'POST',
      link,
      encoded({ formValue: valueBefore(page.text, 'object'), do: 'object' }),
    );
    expect(without.status).toBe(422);
    const formValue = valueBefore(without.text, 'object');
    const objected = await call(undefined, 'POST', link, encoded({ formValue, do: 'object', words: '日期不对' }));
    expect(objected.status, objected.text).toBe(303);
    expect((await caseOf(id))['state']).toBe('OBJECTED');
    expect((await call(executive, 'GET', `/meetings/${id}`)).text).toContain('日期不对');
    await until(async () =>
      house.mails.find(({ to, text }) => to === executive.mail.address && text.includes('日期不对')),
    );
  });

  it('a link of another making, or for another purpose, opens nothing; a forged form decides nothing', async () => {
    const { id, link } = await sentMinutes();
    expect((await call(undefined, 'GET', `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404);
    expect((await call(undefined, 'GET', link.replace('/m/a/', '/a/'))).status).toBe(404);
    const forged = await call(undefined, 'POST', link, encoded({ formValue: 'x', do: 'sign' }));
    expect(forged.status).toBe(409);
    expect((await caseOf(id))['state']).toBe('SENT');
    expect(house.logged.join('')).not.toContain(link.slice(5));
  });

  it('R-141: a task of the minutes is settled on the page, and filed minutes still take the late signature', async () => {
    const { id, link } = await sentMinutes();
    const open = await call(executive, 'GET', `/meetings/${id}`);
    const formValue = valueBefore(open.text, 'task:done');
    const done = await call(
      executive,
      'POST',
      `/meetings/${id}`,
      encoded({ formValue, do: 'task:done', task: 'v1.1' }),
    );
    expect(done.status, done.text).toBe(303);
    expect((await caseOf(id))['tasks']).toMatchObject([{ id: 'v1.1', state: 'done' }]);
    const page = await call(undefined, 'GET', link);
    await call(undefined, 'POST', link, encoded({ formValue: valueBefore(page.text, 'sign'), do: 'sign' }));
    expect((await act(executive, id, { type: 'move', move: 'file' })).status).toBe(200);
    expect(await caseOf(id)).toMatchObject({ state: 'FILED', open: false });
    const late = await call(undefined, 'GET', link);
    expect(late.status).toBe(200);
    const said = await act(executive, id, { type: 'move', move: 'file' });
    expect(said.status).toBe(409);
  });
});
