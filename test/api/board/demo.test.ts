import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { initialJobState } from '../../../domain/job/process.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import type { Person } from '../../../domain/people/types.ts';
import { registerDemo } from '../../../ops/demo/register.ts';
import { run as makePerson } from '../../../ops/person.ts';
import { demoSize, removeDemo } from '../../../store/demo.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { logTable } from '../../../store/log.ts';
import { counters, issueNumber } from '../../../store/numbers.ts';
import { people, personByAddress } from '../../../store/people.ts';
import { record } from '../../../store/recorder.ts';
import { openHouse, type House } from '../support/house.ts';
import { artworkJob, cookieOf, type ArtworkJob } from '../approve/office.ts';

let house: House;
let own: ArtworkJob;
const demoJob = 'job-demonstration';

beforeAll(async () => {
  house = await openHouse();
  const { store, clock } = house.api.deps;
  own = await artworkJob(house, 'copywriter');
  await registerDemo(store, clock());
  const at = clock();
  const issued = await issueNumber(store, { requestId: demoJob, brandCode: 'YF', lineCode: 'LC', year: 2026 });
  const events: JobEvent[] = [
    {
      type: 'requested',
      by: 'demo-zhao',
      title: '演示海报',
      clientId: 'demo-yunfeng',
      brandId: 'demo-yunfeng',
      lineId: 'demo-yunfeng-lucha',
      brandCode: 'YF',
      lineCode: 'LC',
      ownerId: 'demo-zhao',
      workTypes: ['print'],
      important: false,
      qcRoute: 'qcSeven',
    },
    { type: 'numberIssued', jobNumber: issued.number },
  ];
  await record(
    store,
    {
      processId: demoJob,
      after: initialJobState(demoJob).head,
      entries: events.map((event, index) => ({
        stamp: {
          seq: index + 1,
          at,
          receivedAt: at,
          commandId: `d${index}`,
          actor: { kind: 'system', name: 'operator' },
        },
        event,
      })),
    },
    at,
  );
});
afterAll(() => house.close());

const who = async (person: Person | null | undefined): Promise<Record<string, string>> => {
  if (!person) throw new Error('nobody');
  const { name, value } = await cookieOf(house, person);
  return { Cookie: `${name}=${value}`, Accept: 'text/html', 'Accept-Language': 'zh-CN' };
};
const demoDirector = async (): Promise<Record<string, string>> =>
  who((await people.get(house.api.deps.store, 'demo-zhou'))?.value);
const press = async (headers: Record<string, string>, formValue: string): Promise<Response> =>
  fetch(`${house.url}/demo`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...headers, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ formValue }).toString(),
  });

describe('removing the demonstration', () => {
  test('only who answers for the house is offered it; nobody else may', async () => {
    const maker = await who(own.people.COPYWRITER);
    expect(await (await fetch(house.url, { headers: maker })).text()).not.toContain('href="/demo"');
    expect((await fetch(`${house.url}/demo`, { headers: maker })).status).toBe(403);
    expect((await press(maker, 'x')).status).toBe(403);
    expect(await (await fetch(house.url, { headers: await demoDirector() })).text()).toContain('href="/demo"');
  });

  test('the page asks once more and says how the house is entered afterwards; looking removes nothing', async () => {
    const director = await demoDirector();
    const html = await (await fetch(`${house.url}/demo`, { headers: director })).text();
    for (const said of ['将清除 1 项工作', '无法恢复', 'npm run jobbag -- person']) expect(html).toContain(said);
    expect((await press(director, 'forged')).status).toBe(409);
    expect((await demoSize(house.api.deps.store)).jobs).toBe(1);
  });

  test('one press removes all of it and nothing else; twice is harmless; the first person is made on the command line', async () => {
    const { store, config } = house.api.deps;
    const director = await demoDirector();
    const html = await (await fetch(`${house.url}/demo`, { headers: director })).text();
    const gone = await press(
      director,
      /action="\/demo"[^>]*>\s*<input type="hidden" name="formValue" value="([^"]*)"/.exec(html)?.[1] ?? '',
    );
    expect(gone.status).toBe(200);
    expect(await gone.text()).toContain('演示数据已清除');
    expect(await demoSize(store)).toEqual({ jobs: 0, people: 0, clients: 0 });
    expect(await wholeJob(store, demoJob)).toBeNull();
    expect(await logTable(store).countDocuments({ processId: demoJob })).toBe(0);
    expect(await counters(store).countDocuments({ _id: 'YFLC2026' })).toBe(0);
    for (const { name } of await store.listCollections()) {
      if (['papers', 'manifests', 'daily'].includes(name)) continue;
      const left = await store.collection(name).find({}).toArray();
      expect(JSON.stringify(left.filter((row) => /"demo-|job-demonstration/.test(JSON.stringify(row)))), name).toBe(
        '[]',
      );
    }
    expect((await wholeJob(store, own.processId))?.state.title).toBe('夏季主视觉');
    expect((await fetch(house.url, { headers: director, redirect: 'manual' })).status).toBe(303);
    expect(await removeDemo(store, () => Promise.reject(new Error('there is nothing to end')))).toEqual({
      jobs: 0,
      people: 0,
      clients: 0,
    });

    vi.stubEnv('MONGODB_URI', config.mongodbUri);
    for (const [name, value] of Object.entries({
      TEMPORAL_ADDRESS: config.temporalAddress,
      SMTP_URL: config.smtpUrl ?? '',
      PUBLIC_BASE_URL: config.publicBaseUrl,
      MAIL_FROM: 'jobbag@agency.example',
    }))
      vi.stubEnv(name, value);
    const said: string[] = [];
    expect(await makePerson(['王冉', 'wang.ran@agency.example', 'ACCOUNT_DIRECTOR'], (line) => said.push(line))).toBe(
      0,
    );
    expect(said.join()).toContain('can sign in');
    expect(await makePerson(['王冉', 'Wang.Ran@agency.example', 'ACCOUNT_DIRECTOR'])).toBe(1);
    expect(await makePerson(['王冉', 'no address', 'ACCOUNT_DIRECTOR'])).toBe(2);
    expect(await makePerson(['王冉', 'w@agency.example', 'CLIENT_LEAD'])).toBe(2);
    vi.unstubAllEnvs();
    const made = await personByAddress(store, 'wang.ran@agency.example');
    expect((await fetch(house.url, { headers: await who(made), redirect: 'manual' })).status).toBe(200);
  });
});
