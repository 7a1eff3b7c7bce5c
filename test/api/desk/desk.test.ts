import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMs } from '../../../domain/instant.ts';
import type { Person } from '../../../domain/people/types.ts';
import { saveDraft } from '../../../store/drafts.ts';
import { stepTable, type StepRow } from '../../../store/steps.ts';
import { artworkJob, cookieOf, type ArtworkJob } from '../approve/office.ts';
import { sitAt } from '../papers/browserless.ts';
import { openHouse, type House } from '../support/house.ts';

/** `/desk` with the real store: what recorded jobs leave on whose desk. */
let house: House;
let job: ArtworkJob;
beforeAll(async () => {
  house = await openHouse();
  job = await artworkJob(house, 'copywriter', { title: '夏季 <b>主视觉</b>' });
});
afterAll(() => house.close());

const person = (role: string): Person => {
  const found = job.people[role];
  if (!found) throw new Error(`nobody is ${role}`);
  return found;
};
const desk = async (who: Person, path = '/desk') => sitAt(house, await cookieOf(house, who)).open(path);
/** The part of the page that is one of its sections. */
const section = (text: string, id: string): string =>
  new RegExp(`<section[^>]*(?:id="${id}"|aria-labelledby="${id}")[\\s\\S]*?</section>`).exec(text)?.[0] ?? '';

/** Steps as the recorder leaves them, one an hour, on one person's desk. */
async function fill(holder: Person, count: number): Promise<void> {
  const [one] = await stepTable(house.api.deps.store).find({ processId: job.processId, open: true }).lean<StepRow[]>();
  if (!one) throw new Error('no open step');
  const now = house.api.deps.clock();
  await stepTable(house.api.deps.store).insertMany(
    Array.from({ length: count }, (_, no): StepRow => {
      const dueAt = addMs(now, (no - 1) * 3_600_000 + 1_800_000);
      return {
        ...one,
        _id: `${holder.id}:${String(no)}`,
        holders: [holder.id],
        title: `件 ${String(no)}.`,
        dueAt,
        dueSort: dueAt,
      };
    }),
  );
}
const items = (text: string): number[] => [...text.matchAll(/件 (\d+)\./g)].map(([, no]) => Number(no));

describe('my desk', () => {
  test('shows what waits for me with job, point, round and version, and leads to the page where it is signed', async () => {
    const { status, text } = await desk(person('COPYWRITER'));
    expect(status).toBe(200);
    const waits = section(text, 'waits');
    expect(waits).toContain('夏季 &lt;b>主视觉&lt;/b>');
    expect(waits).toContain('第 2 轮 · 第 2 版');
    const [, href = ''] = /<a href="(\/desk\/[^"]+)"/.exec(waits) ?? [];
    expect(href).toBe(`/desk/${job.processId}/${encodeURIComponent(job.circulation)}/copywriter`);
    expect((await desk(person('COPYWRITER'), href)).text).toContain('一杯山风');
    expect(text).toContain('<span class="count num">1</span>');
  });

  test('is empty for whom nothing waits, and says how they will hear', async () => {
    const { text } = await desk(person('ART_DIRECTOR'));
    expect(text).not.toContain('href="/desk/');
    expect(text).toContain('桌面是空的');
    expect(text).toContain('轮到您时会发邮件');
  });

  test('the owner sees what is out and with whom; what was decided lately stands with the one who did', async () => {
    const owner = (await desk(person('ACCOUNT_EXECUTIVE'))).text;
    expect(section(owner, 'sent-out')).toContain('在 陈默 处');
    expect(section((await desk(person('ARTIST'))).text, 'decided')).toContain('夏季');
    expect(section((await desk(person('COPYWRITER'))).text, 'decided')).not.toContain('夏季');
  });

  test('drafts are their writer’s and nobody else’s, and lead back to the form', async () => {
    const { store, clock } = house.api.deps;
    await saveDraft(store, {
      id: 'draft-1',
      ownerId: person('ACCOUNT_EXECUTIVE').id,
      form: 'F-03',
      processId: job.processId,
      revision: 0,
      content: {},
      updatedAt: clock(),
    });
    const mine = section((await desk(person('ACCOUNT_EXECUTIVE'))).text, 'drafts');
    expect(mine).toContain(`href="/jobs/${job.processId}/papers/F-03/edit"`);
    expect(section((await desk(person('ACCOUNT_DIRECTOR'))).text, 'drafts')).not.toContain('F-03');
  });

  test('whoever is not signed in is led to the sign-in page and back', async () => {
    const answer = await fetch(`${house.url}/desk`, { headers: { accept: 'text/html' }, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fdesk']);
  });
});

describe('a full desk', () => {
  test('stands due first, forty to a page, with how much there is; every thing on exactly one page', async () => {
    const busy = await house.person(['COPYWRITER'], { language: 'zh-CN' });
    await fill(busy, 45);
    const first = (await desk(busy)).text;
    expect(items(section(first, 'waits'))).toEqual(Array.from({ length: 40 }, (_, no) => no));
    expect(first).toContain('<span class="muted num">45</span>');
    expect(first).toContain('第 1 页，共 2 页');
    expect(section(first, 'waits').match(/card-late/g)).toHaveLength(1);
    const second = (await desk(busy, '/desk?page=2')).text;
    expect(items(section(second, 'waits'))).toEqual([40, 41, 42, 43, 44]);
    for (const path of ['/desk?page=9', '/desk?page=999'])
      expect(items(section((await desk(busy, path)).text, 'waits')), path).toEqual([40, 41, 42, 43, 44]);
    for (const path of ['/desk?page=0', '/desk?page=-1', '/desk?page=x', '/desk?page=1e9'])
      expect(items(section((await desk(busy, path)).text, 'waits')), path).toHaveLength(40);
  });

  test('what is decided is gone at the next reading, in the list and in the number of the menu', async () => {
    const one = await house.person(['COPYWRITER'], { language: 'zh-CN' });
    await fill(one, 2);
    expect((await desk(one)).text).toContain('<span class="count num">2</span>');
    await stepTable(house.api.deps.store).updateOne(
      { _id: `${one.id}:0` },
      { $set: { open: false, state: 'passed', decidedBy: [one.id], closedAt: house.api.deps.clock() } },
    );
    const after = (await desk(one)).text;
    expect(items(section(after, 'waits'))).toEqual([1]);
    expect(items(section(after, 'decided'))).toEqual([0]);
    expect(after).toContain('<span class="count num">1</span>');
  });
});
