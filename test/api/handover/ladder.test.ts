import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { standingByDirector } from '../../../activities/digest/standing.ts';
import { houseNow } from '../../../activities/house.ts';
import { tellJobs } from '../../../api/admin/refresh.ts';
import { internalSignatureLadder, type Ladder } from '../../../domain/calendar/ladders.ts';
import { addMs, diffMs } from '../../../domain/instant.ts';
import type { HandOver } from '../../../domain/people/hand-over.ts';
import type { Person } from '../../../domain/people/types.ts';
import { calendars } from '../../../store/calendars.ts';
import { handOvers } from '../../../store/hand-overs.ts';
import { ladderRegister } from '../../../store/ladders.ts';
import { people } from '../../../store/people.ts';
import { tellingTable, type Telling } from '../../../store/tellings.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';
import { unsaidMoments } from '../json/moments.ts';
import { cookieFor } from '../papers/agency.ts';
import { sitAt, type Page } from '../papers/browserless.ts';

/** The ladder of a hand-over's signatures: the whole way, with engine, worker and real mail. */
let there: ClientHouse;
let newcomer: Person;
let creative: Person;
let manager: Person;
beforeAll(async () => {
  there = await openClientHouse('hand-over-ladder');
  newcomer = await there.house.person(['ACCOUNT_EXECUTIVE'], { name: '新主任' });
  creative = await there.house.person(['CREATIVE_DIRECTOR'], { name: '新创意' });
  const found = (await people.all(store())).find(({ value }) => value.roles.includes('ACCOUNT_MANAGER'));
  if (!found) throw new Error('no account manager');
  manager = found.value;
}, 180_000);
afterAll(() => there.close());
afterEach(async () => {
  const change = { by: 'test', at: deps().clock() };
  for (const { id, revision, value } of await handOvers.all(store()))
    if (value.state === 'asked') await handOvers.save(store(), id, revision, { ...value, state: 'withdrawn' }, change);
});

const deps = () => there.house.api.deps;
const store = () => deps().store;
const plain = (page: Page): string => page.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const at = async (person: Person) => sitAt(there.house, await cookieFor(deps(), person.id));
const valueOf = async (id: string): Promise<HandOver> => {
  const entry = await handOvers.get(store(), id);
  if (!entry) throw new Error('no hand-over');
  return entry.value;
};

async function call(as: Person, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${there.house.url}/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${await there.house.token(as)}`,
      'Accept-Language': 'en',
      'Content-Type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, unknown>> };
}
async function started(from: Person, to: Person): Promise<string> {
  const factBookOn = deps().clock().slice(0, 10);
  const wanted = { brandId: there.place.brandId, from: from.id, to: to.id, factBookOn };
  const made = await call(manager, 'POST', '/hand-overs', wanted);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return String(made.body.id);
}
const signs = (as: Person, id: string) => call(as, 'POST', `/hand-overs/${id}/sign`);
/** The moments at which something is told, in order. */
const moments = async (id: string): Promise<readonly string[]> => {
  const { waits = [] } = await valueOf(id);
  return [...new Set(waits.flatMap(({ rungs }) => rungs.map((rung) => rung.at)))].sort();
};
/** Mails of the ladder so far, by who got them. */
const told = (seen: number, person: Person): readonly string[] =>
  there.house.mails
    .slice(seen)
    .filter(({ to, subject }) => to === person.mail.address && /signature/.test(subject))
    .map(({ text }) => text);
/** Letters of a hand-over's rungs, and how many of them are on their way. */
async function letters(id: string): Promise<{ readonly all: number; readonly waiting: number }> {
  const rows = await tellingTable(store()).find({}).lean<Telling[]>();
  const found = rows.filter(({ _id }) => new RegExp(`^letter/handOvers/${id}/1/handOver(Reminder|Late)/`).test(_id));
  return { all: found.length, waiting: found.filter(({ state }) => state === 'waiting').length };
}
/** Moves the house to a moment and has three look at once, one of which stops in the middle. */
async function lookAt(id: string, moment: string): Promise<void> {
  there.house.moveClock(Math.max(0, diffMs(deps().clock(), addMs(moment, 1_000))));
  let looks = 0;
  await Promise.all([tellJobs(deps(), () => (looks += 1) <= 1), tellJobs(deps()), tellJobs(deps())]);
  await until(async () => {
    await tellJobs(deps());
    const { waits = [] } = await valueOf(id);
    const due = waits.flatMap(({ rungs }) => rungs).filter((rung) => rung.at <= moment);
    return due.every(({ firedAt }) => firedAt !== undefined) && (await letters(id)).waiting === 0 ? true : undefined;
  });
}
/** Through engine, mail and worker on a machine that has much else to do; milliseconds. */
const wholeWayMs = 240_000;

describe('signatures under a hand-over that nobody gives', () => {
  it(
    'S-133, M-22: every rung is one mail, whoever looks and whoever dies; the page, the desk and what is late show it, and the director’s digest has it after the last',
    async () => {
      const seen = there.house.mails.length;
      const id = await started(there.executive, newcomer);
      const all = await moments(id);
      expect(all).toHaveLength(6);
      const [first = '', , limit = ''] = all;
      await lookAt(id, first);
      expect((await letters(id)).all).toBe(2);
      for (const moment of all.slice(1, 3)) await lookAt(id, moment);
      await until(() =>
        told(seen, there.executive).length === 3 && told(seen, newcomer).length === 3 ? true : undefined,
      );
      expect(told(seen, there.executive).at(-1)).toMatch(/\/h\/a\//);
      expect(told(seen, manager)).toEqual([]);

      const sits = await at(there.executive);
      const page = plain(await sits.open(`/admin/hand-overs/${id}`));
      for (const words of ['Gives · 赵一', 'Takes · 新主任', 'Waiting since', 'happened', 'still to come'])
        expect(page).toContain(words);
      const desk = await sits.open('/desk');
      for (const words of ['Hand-over of', 'card-late', 'due-late']) expect(desk.text).toContain(words);
      const late = plain(await (await at(there.director)).open('/late'));
      expect(late).toContain('Hand-over of');
      expect(late).toContain('Signs as giver');
      expect(late).toContain('赵一 → 新主任');
      expect(late).toContain('3× reminded, no answer');
      const json = (await call(manager, 'GET', `/hand-overs/${id}`)).body;
      expect(json).toMatchObject({
        waits: [
          { part: 'giver', dueAt: limit, dueInWords: expect.any(String) as string },
          { part: 'taker', personId: newcomer.id },
        ],
      });
      expect(json).not.toHaveProperty('ladder');
      expect(unsaidMoments(json)).toEqual([]);
      expect((await call(there.director, 'GET', '/late')).body).toMatchObject({ handOvers: [{ id }] });
      expect((await call(newcomer, 'GET', '/desk')).body).toMatchObject({ handOvers: [{ id }] });
      expect((await call(there.director, 'GET', '/desk')).body).toMatchObject({ handOvers: [] });

      for (const moment of all.slice(3)) await lookAt(id, moment);
      // Stand-in or head with whoever started it, the account manager, the account director: one letter of both signatures.
      await until(() =>
        told(seen, manager).length === 2 && told(seen, there.director).length === 2 ? true : undefined,
      );
      expect(told(seen, manager)[0]).toContain('赵一, 新主任');
      expect((await letters(id)).all).toBe(10);
      expect([told(seen, there.executive).length, told(seen, newcomer).length]).toEqual([3, 3]);
      expect(await valueOf(id)).toMatchObject({ state: 'asked' });
      const standing = async () =>
        (await standingByDirector(await houseNow(store()), deps().clock())).get(there.director.id)?.handOvers ?? [];
      expect((await standing()).map((one) => [one.id, one.waits.length])).toEqual([[id, 2]]);

      // Who signs is reminded no more; the director's clock begins with the second signature.
      expect((await signs(there.executive, id)).status).toBe(200);
      expect((await valueOf(id)).waits?.map(({ part }) => part)).toEqual(['taker']);
      const before = deps().clock();
      expect((await signs(newcomer, id)).status).toBe(200);
      expect(await standing()).toEqual([]);
      const { waits = [] } = await valueOf(id);
      expect(waits).toMatchObject([{ part: 'director', personId: there.director.id }]);
      expect((waits[0]?.since ?? '') >= before).toBe(true);
      expect(waits[0]?.rungs.every(({ firedAt }) => firedAt === undefined)).toBe(true);
    },
    wholeWayMs,
  );

  it(
    'issue 4, 2: the house’s own ladder is pinned at the start; a rung for the desk mails nobody, one for the digest waits for its reader’s morning',
    async () => {
      const change = { by: 'test', at: deps().clock() };
      const scope = 'internalSignature';
      const own: Ladder = {
        ...internalSignatureLadder,
        limit: { workingMinutes: 60 },
        warnPercents: [],
        rungs: [
          { n: 1, after: { workingMinutes: 60 }, whom: 'holder', kind: 'remind', by: 'desk' },
          { n: 2, after: { workingMinutes: 120 }, whom: 'accountManager', kind: 'escalate', by: 'digest' },
        ],
      };
      await ladderRegister.save(store(), scope, 0, { scope, ladder: own }, change);
      const id = await started(there.executive, newcomer);
      await ladderRegister.save(store(), scope, 1, { scope, ladder: null }, change);
      expect((await valueOf(id)).ladder).toMatchObject({ version: 1, limit: own.limit });
      const [desk = '', digest = ''] = await moments(id);
      expect(await moments(id)).toHaveLength(2);
      await lookAt(id, desk);
      expect((await letters(id)).all).toBe(0);
      there.house.moveClock(diffMs(deps().clock(), addMs(digest, 1_000)));
      await until(async () => {
        await tellJobs(deps());
        return (await letters(id)).all === 1 ? true : undefined;
      });
      const row = (await tellingTable(store()).find({}).lean<Telling[]>()).find(
        ({ _id, notBefore }) => _id.includes(`${id}/1/handOverLate/${manager.id}`) && notBefore !== undefined,
      );
      expect(row?.state).toBe('waiting');
      expect((row?.notBefore ?? '') > digest).toBe(true);
      const seen = there.house.mails.length;
      there.house.moveClock(diffMs(deps().clock(), addMs(row?.notBefore ?? '', 1_000)));
      await tellJobs(deps());
      expect(await until(() => told(seen, manager)[0])).toContain('赵一, 新主任');
    },
    wholeWayMs,
  );

  it(
    'design §5: days declared closed move the rungs ahead at the next look',
    async () => {
      const id = await started(there.executive, newcomer);
      const before = await moments(id);
      const kept = await calendars.get(store(), 'office');
      if (!kept) throw new Error('no office');
      const name = { zh: '台风', en: 'Typhoon' };
      const days = Object.fromEntries(
        before.map((moment) => [zoneNamed(kept.value.zone).toLocal(moment).date, { kind: 'closed' as const, name }]),
      );
      const change = { by: 'test', at: deps().clock() };
      await calendars.save(
        store(),
        'office',
        kept.revision,
        { ...kept.value, days: { ...kept.value.days, ...days } },
        change,
      );
      await tellJobs(deps());
      const after = await moments(id);
      expect(after).toHaveLength(before.length);
      expect(after.every((moment, n) => moment > (before[n] ?? ''))).toBe(true);
    },
    wholeWayMs,
  );

  it(
    'F-57: what is done says what went over then: a job in which nothing lay with the giver is not counted, and the list is what moved',
    async () => {
      const { id: job } = await there.asked();
      const id = await started(there.creative, creative);
      expect((await valueOf(id)).list).toEqual([]);
      for (const person of [there.creative, creative, there.director])
        expect((await signs(person, id)).status).toBe(200);
      const done = await until(async () => {
        const value = await valueOf(id);
        return value.state === 'done' ? value : undefined;
      });
      expect(done).toMatchObject({ list: [], moved: { jobs: 0, cases: 0 } });
      const empty = plain(await (await at(there.director)).open(`/admin/hand-overs/${id}`));
      expect(empty).toContain('Nothing open lay with 王冉 then');

      const next = await started(there.executive, newcomer);
      for (const person of [there.executive, newcomer, there.director])
        expect((await signs(person, next)).status).toBe(200);
      const whole = await until(async () => {
        const value = await valueOf(next);
        return value.state === 'done' ? value : undefined;
      });
      expect(whole.list.map(({ processId }) => processId)).toContain(job);
      expect(whole.moved?.jobs).toBe(whole.list.filter(({ kind }) => kind === 'job').length);
      const page = plain(await (await at(there.director)).open(`/admin/hand-overs/${next}`));
      expect(page).toContain('春季海报');
      expect(page).not.toContain('Nothing open');
    },
    wholeWayMs,
  );
});
