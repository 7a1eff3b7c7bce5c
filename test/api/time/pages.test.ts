import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../../domain/people/types.ts';
import { openHouse, type House } from '../support/house.ts';
import { openStudio, tell } from './studio.ts';
import { timeTales } from './tales.ts';

let house: House;
let director: Person;
let stranger: Person;
let keeper: Person;
let lead: Person;

beforeAll(async () => {
  house = await openHouse();
  const people = await openStudio(house);
  await timeTales(house);
  const find = (id: string): Person => {
    const person = people[id];
    if (!person) throw new Error(`no ${id}`);
    return person;
  };
  director = find('director');
  keeper = find('management');
  lead = find('lead');
  stranger = await house.person(['COPYWRITER']);
});
afterAll(() => house.close());

async function get(who: Person, path: string): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(house.url + path, {
    headers: { authorization: `Bearer ${await house.token(who)}`, accept: 'text/html' },
    redirect: 'manual',
  });
  return { status: answer.status, text: await answer.text() };
}
async function json(who: Person, path: string): Promise<Record<string, unknown>> {
  const { status, text } = await get(who, `/api/v1${path}`);
  expect(status, text).toBe(200);
  return JSON.parse(text) as Record<string, unknown>;
}
/** The jobs of the page, but for the list beside them of those that have to meet. */
const lateTitles = (text: string): string[] =>
  [
    ...text
      .replace(/<section aria-labelledby="meetings-due">[^]*?<\/section>/, '')
      .matchAll(/<h3><a href="[^"]*">([^<]*)<\/a><\/h3>/g),
  ].map(([, title = '']) => title);

describe('whose time a job was', () => {
  test('M-22: the parts add up to the whole, by the log, on the page and in the answer', async () => {
    const time = await json(director, '/jobs/time-archived/time');
    const number = (key: string): number => Number(time[key]);
    expect(number('agencyMs') + number('clientMs') + number('betweenMs') + number('holdMs')).toBe(number('wholeMs'));
    const desks = time['desks'] as { shareMs: number; side: string }[];
    expect(desks.reduce((sum, { shareMs }) => sum + shareMs, 0)).toBe(number('agencyMs') + number('clientMs'));
    const { status, text } = await get(director, '/jobs/time-archived/time?lang=en');
    expect(status).toBe(200);
    expect(text).toContain('Client Project Lead');
    expect(text).toContain('<svg');
  });

  test('what was decided since the last look is counted: the walk goes on where it was kept', async () => {
    const before = await json(director, '/jobs/time-late4/time');
    const job = await tell(house, { id: 'time-again', until: 'ORDER_SIGNOFF', hoursAgo: 40 });
    expect(job.entries.length).toBeGreaterThan(10);
    const first = await json(director, '/jobs/time-again/time');
    house.moveClock(30 * 24 * 3_600_000);
    const later = await json(director, '/jobs/time-again/time');
    house.moveClock(-30 * 24 * 3_600_000);
    expect(Number(later['wholeMs'])).toBeGreaterThan(Number(first['wholeMs']));
    expect(Number((await json(director, '/jobs/time-late4/time'))['wholeMs'])).toBeGreaterThanOrEqual(
      Number(before['wholeMs']),
    );
  });

  test('a job out of reach is no job', async () => {
    for (const path of ['/jobs/time-foreign/time', '/jobs/nothing/time', '/api/v1/jobs/time-foreign/time'])
      expect((await get(director, path)).status, path).toBe(404);
    expect((await get(keeper, '/jobs/time-foreign/time')).status).toBe(200);
  });
});

describe('what is late and why', () => {
  test('R-58: red first, with holder, since, why and the next rung; the longest late on top', async () => {
    const { text } = await get(director, '/late?lang=en');
    expect(lateTitles(text).slice(0, 3)).toEqual(['灯箱海报', '秋季礼盒', '门店海报']);
    expect(text).toContain('陈默');
    expect(text).toContain('1× reminded, no answer; 3× escalated');
    expect(text).toContain('The ladder is climbed');
    // The third rung of the second one goes to the account manager, by name.
    expect(text).toContain('Escalation · 郑航');
    const first = ((await json(director, '/late'))['jobs'] as { job: { id: string; late: boolean } }[])[0];
    expect(first?.job).toMatchObject({ id: 'time-qc', late: true });
  });

  test('a director sees their brands; who serves none sees nothing; a client nothing at all', async () => {
    for (const path of ['/late', '/late?brand=elsewhere', '/load', '/spent?days=365']) {
      expect((await get(director, path)).text, path).not.toContain('别家的工作');
      expect((await get(stranger, path)).status, path).toBe(200);
    }
    expect(lateTitles((await get(stranger, '/late')).text)).toEqual([]);
    expect(lateTitles((await get(keeper, '/late')).text)).toContain('别家的工作');
    expect(lateTitles((await get(keeper, '/late?brand=elsewhere')).text)).toEqual(['别家的工作']);
    expect((await json(stranger, '/load'))['desks']).toEqual([]);
    expect((await json(stranger, '/spent?days=365'))['steps']).toEqual([]);
    expect(lateTitles((await get(lead, '/late')).text)).toEqual([]);
  });

  test('junk in the address is the page, not an error', async () => {
    for (const path of ['/late?brand=%24ne', '/spent?days=-1', '/spent?days=abc&brand=x', '/load?brand[]=1'])
      expect((await get(director, path)).status, path).toBe(200);
    expect((await get(director, '/api/v1/spent?days=0')).status).toBe(422);
  });
});

describe('an answer says its dates in words too', () => {
  interface Dated {
    readonly dueAt?: string;
    readonly dueInWords?: string;
    readonly provisional?: boolean;
  }
  const inWords = /^.+ \d\d:\d\d，(已超|还有) .+$/;
  /** Every thing in an answer that is due at some time. */
  function* dated(value: unknown): Generator<Dated & { readonly open?: boolean }> {
    if (typeof value !== 'object' || value === null) return;
    if ('dueAt' in value) yield value as Dated;
    for (const one of Object.values(value)) yield* dated(one);
  }

  test.each(['/late', '/jobs?limit=50', '/board', '/jobs/time-late2', '/jobs/time-late2/state'])(
    'R-58: %s: the day, the time, and the working time left or over, in the reader’s language',
    async (path) => {
      const found = [...dated(await json(director, path))];
      expect(found.length, path).toBeGreaterThan(0);
      for (const one of found) expect(one.dueInWords, JSON.stringify(one)).toMatch(inWords);
    },
  );

  test('a step that is over is not due any more; every step says whether its date is provisional', async () => {
    const steps = (await json(director, '/jobs/time-late2/steps'))['steps'] as (Dated & { open: boolean })[];
    expect(steps.some(({ open }) => open) && steps.some(({ open }) => !open)).toBe(true);
    for (const one of steps) {
      if (one.open) expect(one.dueInWords).toMatch(inWords);
      else expect(one.dueInWords).toBeUndefined();
      expect(one.provisional).toBe(false);
    }
  });

  test('a rung that lies ahead says when; one whose moment has passed says nothing it cannot know', async () => {
    interface Told {
      readonly at: string;
      readonly firedAt?: string;
      readonly inWords?: string;
    }
    const jobs = (await json(director, '/late'))['jobs'] as { desks: { rungs: Told[] }[] }[];
    const rungs = jobs.flatMap(({ desks }) => desks.flatMap((one) => one.rungs));
    const now = house.api.deps.clock();
    expect(rungs.length).toBeGreaterThan(10);
    for (const { at, firedAt, inWords: said } of rungs)
      if (firedAt === undefined && at > now) expect(said).toMatch(inWords);
      else expect(said).toBeUndefined();
  });
});

describe('the load of desks and where time goes', () => {
  test('who has late things stands first; the two weeks know what comes along the routes', async () => {
    const load = await json(director, '/load');
    const desks = load['desks'] as { personId: string; now: number; late: number; days: { coming: number }[] }[];
    expect(desks.map(({ late }) => late)).toEqual(desks.map(({ late }) => late).sort((a, b) => b - a));
    expect(desks.reduce((sum, { late }) => sum + late, 0)).toBeGreaterThanOrEqual(7);
    expect(desks.find(({ personId }) => personId === 'artDirector')).toMatchObject({ now: 1, late: 1 });
    expect((load['dates'] as string[]).length).toBe(10);
    const coming = desks.flatMap(({ days }) => days).reduce((sum, day) => sum + day.coming, 0);
    expect(coming).toBeGreaterThan(10);
    expect((await get(director, '/load?lang=en')).text).toContain('陈默');
  });

  test('per step and per client both add up to the same', async () => {
    const found = await json(director, '/spent?days=365');
    const steps = found['steps'] as { sumMs: number }[];
    const clients = found['clients'] as { agencyMs: number; clientMs: number; clientId: string }[];
    expect(steps.length).toBeGreaterThan(10);
    expect(clients.map(({ clientId }) => clientId)).toEqual(['yunfeng']);
    expect(steps.reduce((sum, { sumMs }) => sum + sumMs, 0)).toBe(
      clients.reduce((sum, { agencyMs, clientMs }) => sum + agencyMs + clientMs, 0),
    );
    expect((await get(director, '/spent?days=365&lang=en')).text).toContain('云峰茶业');
  });

  test('the job page shows the ladder of an open desk: what has happened and what comes', async () => {
    const { text } = await get(director, '/jobs/time-late2?lang=en');
    expect(text).toContain('class="rung-line"');
    expect([...text.matchAll(/class="rung-done"/g)].length).toBeGreaterThanOrEqual(3);
    expect([...text.matchAll(/class="rung-next"/g)].length).toBe(1);
  });
});
