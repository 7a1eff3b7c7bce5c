import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../../domain/calendar/dates.ts';
import type { Person } from '../../../domain/people/types.ts';
import { statusGrant } from '../../../api/staff/status-link.ts';
import { mintGrant } from '../../../store/grants.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { linkFor, tokenFor } from '../../../store/links.ts';
import { openHouse, type House } from '../support/house.ts';
import { openStudio, tell } from './studio.ts';
import { inSummer, offeredTale, timetableTale } from './timetables.ts';

let house: House;
let people: Readonly<Record<string, Person>>;

beforeAll(async () => {
  house = await openHouse();
  inSummer(house);
  people = await openStudio(house);
  await timetableTale(house, 'time-table');
  await timetableTale(house, 'time-extended', 'extended');
  await tell(house, { id: 'time-plain', title: '没有进度表', until: 'OPENED', hoursAgo: 40 });
  await tell(house, { id: 'time-away', title: '别家的工作', brandId: 'elsewhere', until: 'OPENED', hoursAgo: 40 });
  await timetableTale(house, 'time-passed', 'passed');
  await tell(house, {
    id: 'time-held',
    title: '暂停的工作',
    until: 'OPENED',
    hoursAgo: 40,
    then: (job) => job.does('manager', { type: 'hold', words: '等客户预算' }),
  });
  await offeredTale(house, 'time-offered');
});
afterAll(() => house.close());

const who = (id: string): Person => {
  const person = people[id];
  if (!person) throw new Error(`no ${id}`);
  return person;
};
async function get(id: string, path: string): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(house.url + path, {
    headers: { authorization: `Bearer ${await house.token(who(id))}`, accept: 'text/html' },
    redirect: 'manual',
  });
  return { status: answer.status, text: await answer.text() };
}
interface Told {
  readonly version: string;
  readonly baseline?: { readonly deliveryDate: string; readonly version: number };
  readonly pending?: { readonly version: number; readonly deliveryDate: string };
  readonly content?: { readonly rows: readonly { readonly stage: string }[]; readonly floatDays?: number };
  readonly reached?: readonly { readonly name: string }[];
  readonly forecast?: Readonly<Record<'delayMs' | 'clientMs' | 'agencyMs' | 'holdMs' | 'floatLeftMs', number>> & {
    readonly floatUsedUp: boolean;
    readonly lateDesks: readonly { readonly point: string; readonly side: string }[];
    readonly nodes: readonly { readonly key: string; readonly state: string }[];
    readonly delivery: { readonly forecastDate: string };
  };
  readonly extension?: {
    readonly oldDate: string;
    readonly newDate: string;
    readonly draft: {
      readonly deliveryDate: string;
      readonly changes: readonly { readonly reason: string; readonly agreedBy: string }[];
    };
  };
}
async function json(id: string, path: string): Promise<Told> {
  const { status, text } = await get(id, `/api/v1${path}`);
  expect(status, text).toBe(200);
  return JSON.parse(text) as Told;
}
async function asClient(path: string): Promise<string> {
  const answer = await fetch(house.url + path, { headers: { accept: 'text/html', 'accept-language': 'zh-CN' } });
  const text = await answer.text();
  expect(answer.status, text.slice(0, 400)).toBe(200);
  return text;
}
const status = () => {
  const { store, keys, clock } = house.api.deps;
  return statusGrant(store, who('contact'), 'yunfeng', keys.links, clock());
};
const today = (): string => house.api.deps.clock().slice(0, 10);

describe('a job’s timetable', () => {
  test('R-50, R-51: baseline, forecast by whose delay it is, float and the extension that is drafted', async () => {
    const told = await json('director', '/jobs/time-table/timetable');
    expect(told).toMatchObject({ version: 'internal', baseline: { deliveryDate: addDays(today(), 21), version: 1 } });
    const { forecast, extension } = told;
    if (!forecast || !extension) throw new Error('nothing is foretold');
    expect(forecast.clientMs + forecast.agencyMs + forecast.holdMs).toBe(forecast.delayMs);
    expect(forecast).toMatchObject({ floatUsedUp: true, floatLeftMs: 0 });
    expect(forecast.lateDesks[0]).toMatchObject({ point: 'proposalComment', side: 'client' });
    expect(forecast.nodes.map(({ state }) => state)).toEqual(['reached', 'ahead', 'ahead', 'ahead']);
    expect(told.reached?.map(({ name }) => name)).toEqual(['提案']);
    expect(extension.oldDate).toBe(told.baseline?.deliveryDate);
    expect(extension.newDate > extension.oldDate).toBe(true);
    expect(extension.newDate <= forecast.delivery.forecastDate).toBe(true);
    expect(extension.draft).toMatchObject({ deliveryDate: extension.newDate, changes: [{ agreedBy: '高先生' }] });
    expect(extension.draft.changes[0]?.reason).toMatch(/客户答复超出约定时间：.+。其中 .+影响交付。/);
  });

  test('R-51: the old date stands while a newer version goes round, everywhere', async () => {
    const told = await json('director', '/jobs/time-extended/timetable');
    expect(told.baseline?.deliveryDate).toBe(addDays(today(), 21));
    expect(told.pending).toMatchObject({ version: 2, deliveryDate: addDays(today(), 35) });
    const page = (await get('director', '/jobs/time-extended/timetable?lang=en')).text;
    expect(page).toContain('waits for the client');
    expect(page).not.toContain('/papers/F-10/edit');
  });

  test('the page draws it, with a table beside, in both languages; the draft opens in the form, ready to be checked', async () => {
    const zh = (await get('director', '/jobs/time-table/timetable')).text;
    expect(zh).toContain('class="tt-chart"');
    for (const said of ['客户延误影响交付', '创意确认', '内部审核', '弹性', '核对延期并送客户'])
      expect(zh).toContain(said);
    const en = (await get('director', '/jobs/time-table/timetable?lang=en')).text;
    for (const said of ['Whose delay', 'Forecast', 'client approves', 'Check it and send it'])
      expect(en).toContain(said);
    const form = (await get('executive', '/jobs/time-table/papers/F-10/edit')).text;
    expect(form).toContain('延期已按用时记录拟好');
    expect(form).toContain('客户答复超出约定时间');
    expect(form).toContain('高先生');
    expect((await get('director', '/jobs/time-table')).text).toContain('/jobs/YFLC2026041/timetable');
  });

  test('S-32: weekly and monthly timetables list what touches them, inside and outside, on the page and in the answer', async () => {
    const rows = async (asked: string): Promise<readonly string[]> =>
      ((await json('director', `/jobs/time-table/timetable?${asked}`)).content?.rows ?? []).map(({ stage }) => stage);
    expect(await rows('period=week')).toEqual(['提案与意见']);
    expect(await rows('period=month')).toEqual(['创意发展', '内部审核', '提案与意见', '制作']);
    expect(await rows('period=month&version=external')).toEqual(['创意发展', '提案与意见', '制作']);
    const listed = (text: string): string => text.slice(text.indexOf('id="nodes"'));
    const week = listed((await get('director', '/jobs/time-table/timetable?period=week')).text);
    for (const said of ['创意确认', '提案与意见']) expect(week).toContain(said);
    for (const other of ['主视觉看样', '创意发展', '投放开始']) expect(week).not.toContain(other);
    const month = listed((await get('director', '/jobs/time-table/timetable?period=month&version=outside')).text);
    expect(month).toContain('创意发展');
    for (const other of ['内部审核', '主视觉看样']) expect(month).not.toContain(other);
    expect((await get('director', '/api/v1/jobs/time-table/timetable?period=day')).status).toBe(422);
    expect((await get('director', '/jobs/time-table/timetable?period=day')).status).toBe(200);
  });

  test('R-46, S-32: the outside version shows neither float nor forecast nor internal stages, and has no internal column', async () => {
    const page = (await get('director', '/jobs/time-table/timetable?version=outside&lang=en')).text;
    for (const hidden of ['内部审核', 'Float', 'Forecast', 'Whose delay', 'tt-stage" x="0"'])
      expect(page).not.toContain(hidden);
    expect(page).toContain('创意确认');
    const told = await json('director', '/jobs/time-table/timetable?version=external');
    expect(told).toMatchObject({ version: 'external', baseline: { version: 1 } });
    expect(told.forecast ?? told.extension ?? told.content?.floatDays ?? told.pending).toBeUndefined();
    expect(told.content?.rows.map(({ stage }) => stage)).toEqual(['创意发展', '提案与意见', '制作']);
    expect(JSON.stringify(told)).not.toContain('internalOnly');
    const columns = (text: string): string[] => [...text.matchAll(/<th [^>]*>([^<]*)/g)].map(([, head = '']) => head);
    expect(columns(page)).not.toContain('Forecast');
    expect(columns(page)).not.toContain('Float');
  });

  test('R-46, S-41: the client’s status link shows the agreed dates and what is reached, and nothing from inside', async () => {
    const text = await asClient(`/c/a/${tokenFor(await status(), house.api.deps.keys.links)}`);
    for (const said of ['秋季战役', '约定的日期', '创意确认', '提案与意见', '已完成']) expect(text).toContain(said);
    for (const hidden of ['内部审核', '弹性', '预计', '延误', '落后']) expect(text).not.toContain(hidden);
    const date = addDays(today(), 21);
    const promised = `${String(Number(date.slice(0, 4)))}年${String(Number(date.slice(5, 7)))}月${String(Number(date.slice(8)))}日`;
    // both jobs, also the one with a later date that goes round.
    expect(text.split(promised).length - 1).toBeGreaterThanOrEqual(2);
  });

  test('R-46: the client who accepts a timetable is shown its outside version', async () => {
    const { store, keys, clock } = house.api.deps;
    const job = await wholeJob(store, 'time-extended');
    const round = Object.values(job?.state.circulations ?? {}).find(
      ({ point, status: at }) => point === 'timetable' && at === 'running',
    );
    if (!round) throw new Error('nothing goes round');
    const scope = { processId: 'time-extended', circulation: round.id, round: round.round, step: 'client' };
    const grant = await mintGrant(
      store,
      { ...scope, personId: 'contact', hash: round.about.hash, purpose: 'decide' },
      keys.links,
      clock(),
    );
    const text = await asClient(linkFor(grant, keys.links));
    for (const said of ['提案与意见', '客户意见晚到', '2026']) expect(text).toContain(said);
    for (const hidden of ['内部审核', '弹性', '仅内部']) expect(text).not.toContain(hidden);
  });

  test('a job without one says so and offers to write it', async () => {
    expect(await json('director', '/jobs/time-plain/timetable')).toEqual({ version: 'internal' });
    const { status, text } = await get('director', '/jobs/time-plain/timetable?lang=en');
    expect(status).toBe(200);
    expect(text).toContain('accepted no timetable yet');
    expect(text).toContain('/papers/F-10/edit');
  });
});

describe('what can be done about a timetable is offered to whoever may do it now, and the rest see how it stands', () => {
  const form = '/papers/F-10/edit';
  const mark = '/acts/reachNode';

  test('R-06, R-51: the extension and the marks are offered to account service; others read both and find no button', async () => {
    for (const id of ['executive', 'manager', 'director']) {
      const { text } = await get(id, '/jobs/time-table/timetable');
      expect([text.includes(form), text.includes(mark)], id).toEqual([true, true]);
    }
    for (const id of ['designer', 'copywriter', 'creativeDirector']) {
      const { status, text } = await get(id, '/jobs/time-table/timetable');
      expect([status, text.includes(form), text.includes(mark)], id).toEqual([200, false, false]);
      expect(text, id).toContain('延期已拟好');
    }
  });

  test('R-45: a node whose day is over asks whoever may mark it, and tells everybody else that nobody did', async () => {
    const passed = async (id: string) => (await get(id, '/jobs/time-passed/timetable')).text;
    expect(await passed('executive')).toContain('日期已过，请标记是否完成');
    const read = await passed('designer');
    expect(read).toContain('日期已过，还没有标记完成');
    expect(read).not.toContain('请标记');
    // The client is told neither.
    expect((await get('executive', '/jobs/time-passed/timetable?version=outside')).text).not.toContain('日期已过');
  });

  test('a first timetable is written by account service, never on hold, and not while one lies with the client', async () => {
    const offers = async (id: string, job: string) => (await get(id, `/jobs/${job}/timetable`)).text.includes(form);
    expect(await offers('executive', 'time-plain')).toBe(true);
    expect(await offers('designer', 'time-plain')).toBe(false);
    expect(await offers('executive', 'time-held')).toBe(false);
    expect(await offers('executive', 'time-offered')).toBe(false);
    const { text } = await get('designer', '/jobs/time-offered/timetable?lang=en');
    expect(text).toMatch(/Version 1 \(delivery [^)]+\) waits for the client’s acceptance\./);
  });
});

describe('what cannot be asked for', () => {
  test('bad input: a version nobody knows, a job out of reach, one that is not there, another method', async () => {
    const wrong = await get('director', '/api/v1/jobs/time-table/timetable?version=secret');
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('version');
    expect((await get('director', '/jobs/time-table/timetable?version=%24ne')).status).toBe(200);
    for (const path of ['/jobs/time-away/timetable', '/jobs/nothing/timetable', '/api/v1/jobs/time-away/timetable'])
      expect((await get('director', path)).status, path).toBe(404);
    expect((await get('lead', '/api/v1/jobs/time-table/timetable')).status).toBe(401);
    const post = await fetch(`${house.url}/api/v1/jobs/time-table/timetable`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await house.token(who('director'))}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(post.status).toBe(405);
  });
});
