import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../domain/people/types.ts';
import { jobStateTable, readState, type JobStateRow } from '../../../store/jobs.ts';
import { stepsOf } from '../../../store/steps.ts';
import { bundleWorkflows } from '../../../worker/bundle.ts';
import { startWorker, type RunningWorker } from '../../../worker/main.ts';
import { samples } from '../../papers/samples.ts';
import { cookieFor } from '../papers/agency.ts';
import { sitAt } from '../papers/browserless.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
let worker: RunningWorker;
let executive: Person;
let director: Person;
let contact: Person;
let place: Awaited<ReturnType<House['brand']>>;
const tokens = new Map<string, string>();
const taskQueue = `api-ladders-${randomUUID()}`;

beforeAll(async () => {
  house = await openHouse({ DOOR_DEADLINE_MS: '20000' }, { taskQueue });
  executive = await house.person(['ACCOUNT_EXECUTIVE']);
  director = await house.person(['ACCOUNT_DIRECTOR']);
  place = await house.brand([executive, await house.person(['ACCOUNT_MANAGER']), director]);
  contact = await house.person(['CLIENT_CONTACT'], { side: 'client', clientId: place.clientId });
  for (const person of [executive, director]) tokens.set(person.id, await house.token(person));
  const { config, logger } = house.api.deps;
  worker = await startWorker(config, { taskQueue, bundle: await bundleWorkflows(), logger });
}, 180_000);
afterAll(async () => {
  await worker.stop();
  await house.close();
});

async function call(
  who: Person,
  method: string,
  path: string,
  sent: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  const answer = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens.get(who.id) ?? ''}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(sent),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** Asks again, bounded, until the answer is there. */
async function until<T>(what: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 2_400; tries += 1) {
    const found = await what();
    if (found !== undefined) return found;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error('it never came');
}

const scope = 'requirementBrief/client';
/** Told after so many working hours: first the holder, an hour later the executive, on the desk alone. */
const ladder = (hours: number) => ({
  limit: { workingMinutes: hours * 60 },
  warnPercents: [],
  rungs: [
    { after: { workingMinutes: hours * 60 }, whom: 'holder' },
    { after: { workingMinutes: (hours + 1) * 60 }, whom: 'ae', copy: ['accountManager'], by: 'desk' },
  ],
});

async function save(hours: number, seen: string): Promise<void> {
  const tag: Record<string, string> = seen === '*' ? { 'if-none-match': '*' } : { 'if-match': seen };
  const saved = await call(director, 'PUT', `/ladders/${scope}`, { ladder: ladder(hours), words: '先紧后松' }, tag);
  expect(saved.status, JSON.stringify(saved.body)).toBe(200);
}

async function newJob(): Promise<string> {
  const paper = {
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
  };
  const asked = {
    type: 'request',
    title: '春茶上市海报',
    ...place,
    ownerId: executive.id,
    workTypes: ['print'],
    important: false,
    qcRoute: 'qcSeven',
    paper,
  };
  const made = await call(executive, 'POST', '/jobs', asked, { 'idempotency-key': randomUUID() });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return String(made.body.id);
}

const pinnedBy = (id: string): Promise<unknown> =>
  until(async () => {
    const row = await jobStateTable(house.api.deps.store).findById(id).lean<JobStateRow>();
    return row === null ? undefined : (readState(row).ladders?.[scope]?.version ?? 'none');
  });

describe('a job takes the house’s own ladders with it when it starts', { timeout: 240_000 }, () => {
  it('M-22: a later version is for later jobs; the desk is counted by the job’s own, the page shows whom and how', async () => {
    const before = await newJob();
    await save(2, '*');
    const first = await newJob();
    await save(6, '"1"');
    const second = await newJob();
    expect([await pinnedBy(before), await pinnedBy(first), await pinnedBy(second)]).toEqual(['none', 1, 2]);

    const act = (what: object) => call(executive, 'POST', `/jobs/${first}/acts`, { act: what });
    const held = await act({
      type: 'holdBriefing',
      heldAt: new Date(Date.now() - 60_000).toISOString(),
      client: [contact.id],
      account: [executive.id],
      creative: ['cd'],
    });
    expect(held.status, JSON.stringify(held.body)).toBeLessThan(300);
    const paper = { form: 'F-03', content: samples['F-03'] };
    const sent = await act({ type: 'submit', point: 'requirementBrief', paper });
    expect(sent.status, JSON.stringify(sent.body)).toBeLessThan(300);
    const desk = await until(async () =>
      (await stepsOf(house.api.deps.store, first)).find(
        ({ step, askedAt }) => step === 'client' && askedAt !== undefined,
      ),
    );
    expect(desk.own).toMatchObject({ version: 1, limit: { workingMinutes: 120 } });
    expect(desk.rungs).toMatchObject([
      { n: 1, kind: 'remind', whom: 'holder' },
      { n: 2, kind: 'escalate', whom: 'ae', copy: ['accountManager'], by: 'desk' },
    ]);
    expect(desk.dueAt).toBe(desk.rungs[0]?.at);

    const page = await sitAt(house, await cookieFor(house.api.deps, executive.id)).open(`/jobs/${first}?lang=zh-CN`);
    const line = /<ol class="rung-line"[\s\S]*?<\/ol>/.exec(page.text)?.[0].replace(/<[^>]+>/g, ' ') ?? '';
    expect(line).toContain(`${executive.name}、客户经理`);
    expect(line).toContain('只在桌面和工作页上');
  });
});
