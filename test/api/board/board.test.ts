import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMs } from '../../../domain/instant.ts';
import type { Person } from '../../../domain/people/types.ts';
import { jobTable, type JobRow } from '../../../store/jobs.ts';
import { people } from '../../../store/people.ts';
import { rowInCreation } from '../../store/job-row.ts';
import { openHouse, type House } from '../support/house.ts';

/** More jobs than a column has cards, for one brand; a few for another. */
let house: House;
let management: Person;
let director: Person;
let outsider: Person;
let executive: Person;
let brand: Awaited<ReturnType<House['brand']>>;
let other: Awaited<ReturnType<House['brand']>>;

beforeAll(async () => {
  house = await openHouse();
  management = await house.person(['MANAGEMENT']);
  director = await house.person(['ACCOUNT_DIRECTOR']);
  outsider = await house.person(['COPYWRITER']);
  executive = await house.person(['ACCOUNT_EXECUTIVE'], { name: '赵一' });
  brand = await house.brand([director, executive]);
  other = await house.brand([]);
  const now = house.api.deps.clock();
  const row = (no: number, of: typeof brand): JobRow => {
    const dueAt = addMs(now, (no - 10) * 3_600_000 + 1_800_000);
    return rowInCreation(now, {
      _id: `job-${of.brandId}-${String(no).padStart(3, '0')}`,
      title: `海报 ${of.brandCode} ${String(no)}.`,
      clientId: of.clientId,
      brandId: of.brandId,
      lineId: of.lineId,
      ownerId: executive.id,
      holders: [executive.id],
      dueAt,
      dueSort: dueAt,
    });
  };
  await jobTable(house.api.deps.store).insertMany([
    ...Array.from({ length: 85 }, (_, no) => row(no, brand)),
    ...[0, 1].map((no) => row(no, other)),
  ]);
});
afterAll(() => house.close());

async function get(who: Person, path: string, more: Record<string, string> = {}) {
  const answer = await fetch(house.url + path, {
    headers: { authorization: `Bearer ${await house.token(who)}`, accept: 'text/html', ...more },
    redirect: 'manual',
  });
  return { status: answer.status, text: await answer.text(), etag: answer.headers.get('etag') ?? '' };
}
const cards = (text: string): string[] => [...text.matchAll(/海报 ([A-Z]+ \d+)\./g)].map(([, title = '']) => title);
const decided = (no: number) =>
  jobTable(house.api.deps.store).updateOne(
    { _id: `job-${brand.brandId}-${String(no).padStart(3, '0')}` },
    { $set: { open: false, column: 'done' } },
  );

describe('the board of many jobs', () => {
  test('a column carries the first by due date; the rest is a number that leads to the whole column with the same filter', async () => {
    const { text } = await get(director, '/?lang=en');
    expect(cards(text)).toEqual(Array.from({ length: 20 }, (_, no) => `${brand.brandCode} ${String(no)}`));
    expect(text).toContain('65 more');
    const [, href = ''] = /<a href="([^"]*column=creative[^"]*)">65 more/.exec(text) ?? [];
    const first = await get(director, href.replaceAll('&amp;', '&'));
    expect(cards(first.text)).toHaveLength(60);
    expect(first.text).toContain('Page 1 of 2');
    expect(first.text).toContain(`<span class="num muted">85</span>`);
    const second = await get(director, `${href.replaceAll('&amp;', '&')}&page=2`);
    expect(cards(second.text)).toEqual(Array.from({ length: 25 }, (_, no) => `${brand.brandCode} ${String(60 + no)}`));
    expect(cards((await get(director, '/?column=creative&page=77')).text)).toHaveLength(25);
  });

  test('S-39: what is late stands first, and late alone shows nothing else, on the board and in the column', async () => {
    const { text } = await get(director, '/?late=1&lang=en');
    expect(cards(text)).toHaveLength(10);
    expect(text).not.toContain('more</a>');
    expect(cards((await get(director, '/?late=1&column=creative')).text)).toHaveLength(10);
  });

  test('S-39: a director sees their brand only, whatever the address asks for; who has no brand sees nothing', async () => {
    for (const path of ['/', '/board/part', '/?column=creative', `/?brand=${other.brandId}`, '/?q=海报']) {
      expect((await get(director, path)).text, path).not.toContain(`海报 ${other.brandCode}`);
      expect(cards((await get(outsider, path)).text), path).toEqual([]);
    }
    expect(cards((await get(management, `/?brand=${other.brandId}`)).text)).toEqual([
      `${other.brandCode} 0`,
      `${other.brandCode} 1`,
    ]);
    const all = (await get(management, '/?lang=en')).text;
    expect(all).toContain('<dd class="num">87</dd>');
    expect((await get(director, '/?lang=en')).text).toContain('<dd class="num">85</dd>');
  });

  test('junk in the address is a board, not an error', async () => {
    for (const path of [
      '/?column=nothing',
      '/?column=creative&page=-1',
      '/?column=creative&page=x',
      '/?late=2&owner=%00',
    ])
      expect((await get(director, path)).status, path).toBeLessThan(500);
  });
});

describe('the board’s refresh', () => {
  test('an unchanged board answers 304 without a body; whatever a card shows makes a new version', async () => {
    const first = await get(director, '/board/part');
    expect([first.status, cards(first.text).length]).toEqual([200, 20]);
    const again = await get(director, '/board/part', { 'if-none-match': first.etag });
    // Remaining working time is shown by the minute; where one has just turned the board is another.
    if (again.status === 304) expect(again.text).toBe('');
    else expect(again.text).not.toBe(first.text);
    expect((await get(director, '/board/part?late=1', { 'if-none-match': first.etag })).status).toBe(200);
    expect((await get(director, '/board/part?lang=en', { 'if-none-match': first.etag })).status).toBe(200);
    const renamed = await people.get(house.api.deps.store, executive.id);
    if (!renamed) throw new Error('nobody');
    await people.save(
      house.api.deps.store,
      executive.id,
      renamed.revision,
      { ...renamed.value, name: '赵逸' },
      { by: 'test', at: house.api.deps.clock() },
    );
    const after = await get(director, '/board/part', { 'if-none-match': first.etag });
    expect(after.status).toBe(200);
    expect(after.text).toContain('赵逸');
  });

  test('a decision shows at the next reading: its card is gone and the next one has its place', async () => {
    const first = await get(director, '/board/part');
    await decided(0);
    const after = await get(director, '/board/part', { 'if-none-match': first.etag });
    expect(after.status).toBe(200);
    expect(cards(after.text)).toEqual(Array.from({ length: 20 }, (_, no) => `${brand.brandCode} ${String(no + 1)}`));
  });
});
