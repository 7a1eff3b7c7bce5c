import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMs } from '../../../domain/instant.ts';
import type { Person } from '../../../domain/people/types.ts';
import { jobTable, type JobRow } from '../../../store/jobs.ts';
import { stepTable, type StepRow } from '../../../store/steps.ts';
import { openHouse, type House } from '../support/house.ts';
import { openStudio, tell } from './studio.ts';

/** Pages about time in a house with more people than a page, and with somebody who said that they are on it. */
let house: House;
let director: Person;
const many = 45;
beforeAll(async () => {
  house = await openHouse();
  const found = (await openStudio(house))['director'];
  if (!found) throw new Error('no director');
  director = found;
  await tell(house, { id: 'crowd-first', title: '门店海报', until: 'ARTWORK_QC', hoursAgo: 50 });
  await tell(house, {
    id: 'crowd-on-it',
    title: '会员卡面',
    until: 'ARTWORK_QC',
    hoursAgo: 60,
    then: (job) => {
      const { id: circulation, round } = job.running('artworkQc');
      const until = addMs(house.api.deps.clock(), 2 * 24 * 3_600_000);
      const note = { kind: 'onIt', until } as const;
      job.does('copywriter', { type: 'note', circulation, round, step: 'copywriter', note, words: '' });
    },
  });
});
afterAll(() => house.close());

const page = async (path: string): Promise<string> => {
  const authorization = `Bearer ${await house.token(director)}`;
  const answer = await fetch(house.url + path, { headers: { authorization, accept: 'text/html' } });
  expect(answer.status, path).toBe(200);
  return answer.text();
};
/** The part of a page about one job, without its tags. */
const partOf = (text: string, title: string): string =>
  (text.split('<li class="late-line').find((part) => part.includes(title)) ?? '').replace(/<[^>]+>/g, ' ');

describe('somebody who is on it', () => {
  test('R-58: what is late says who said that they are on it, and until when, and not that nobody answered', async () => {
    const row = await stepTable(house.api.deps.store).findOne({ processId: 'crowd-on-it', open: true }).lean<StepRow>();
    expect(row?.onItUntil).toBeDefined();
    const text = await page('/late?lang=en');
    expect(partOf(text, '会员卡面')).toMatch(/says they are on it until .+ \d\d:\d\d/);
    expect(partOf(text, '会员卡面')).not.toContain('no answer yet');
    expect(partOf(text, '门店海报')).toContain('asked, no answer yet');
    expect(await page('/jobs/crowd-on-it?lang=en')).toContain('On it until then');
  });
});

describe('more people than a page', () => {
  test('the load comes in pages, each with its picture and its table, and nobody is left out', async () => {
    const { store } = house.api.deps;
    const row = await jobTable(store).findById('crowd-first').lean<JobRow>();
    const [desk] = row?.waiting ?? [];
    if (!desk) throw new Error('nothing waits');
    const waiting = Array.from({ length: many }, (_, n) => ({ ...desk, holders: [`crowd-person-${String(n)}`] }));
    await jobTable(store).updateOne({ _id: 'crowd-first' }, { $set: { waiting } });
    const pages = [await page('/load?lang=en'), await page('/load?page=2&lang=en'), await page('/load?page=9')];
    const [first = '', second = '', behind = ''] = pages;
    const named = pages.map((text) => new Set(text.match(/crowd-person-\d+/g)));
    expect((first.match(/<td class="time-who">/g) ?? []).length).toBe(40);
    expect(first).toContain('href="/load?page=2"');
    expect(second).toContain('href="/load"');
    expect(behind).toContain('第 2 页，共 2 页');
    const all = new Set([...(named[0] ?? []), ...(named[1] ?? [])]);
    expect(all.size).toBe(many);
    expect([...(named[0] ?? [])].filter((one) => named[1]?.has(one))).toEqual([]);
  });
});
