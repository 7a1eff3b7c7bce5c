import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tellJobs } from '../../../api/admin/refresh.ts';
import { addMs } from '../../../domain/instant.ts';
import type { HandOver } from '../../../domain/people/hand-over.ts';
import type { Person } from '../../../domain/people/types.ts';
import { draftsOf } from '../../../store/drafts.ts';
import { grantTable } from '../../../store/grants.ts';
import { handOvers } from '../../../store/hand-overs.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { idleAfterMs } from '../../../store/link-uses.ts';
import { absences, brandTeams, people } from '../../../store/people.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';
import { cookieFor } from '../papers/agency.ts';
import { sitAt, type Page } from '../papers/browserless.ts';

/** The third signature of a hand-over and its links: the whole way, with engine, worker and real mail. */
let there: ClientHouse;
let newcomer: Person;
let boss: Person;
let manager: Person;
const tokens = new Map<string, string>();
beforeAll(async () => {
  there = await openClientHouse('hand-over-third');
  newcomer = await there.house.person(['ACCOUNT_EXECUTIVE'], { name: '新主任' });
  boss = await there.house.person(['MANAGEMENT'], { name: '总经理' });
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

async function call(as: Person, method: string, path: string, body?: unknown, more: Record<string, string> = {}) {
  const token = tokens.get(as.id) ?? (await there.house.token(as));
  tokens.set(as.id, token);
  const answer = await fetch(`${there.house.url}/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      'Accept-Language': 'en',
      'Content-Type': 'application/json',
      ...more,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, unknown>> };
}
const wanted = () => ({
  brandId: there.place.brandId,
  from: there.executive.id,
  to: newcomer.id,
  factBookOn: deps().clock().slice(0, 10),
});
const signs = (as: Person, id: string) => call(as, 'POST', `/hand-overs/${id}/sign`);
async function started(): Promise<string> {
  const made = await call(manager, 'POST', '/hand-overs', wanted());
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return String(made.body.id);
}
async function signedByBoth(): Promise<string> {
  const id = await started();
  expect((await signs(there.executive, id)).status).toBe(200);
  expect((await signs(newcomer, id)).status).toBe(200);
  return id;
}
const linkTo = (person: Person, seen: number): Promise<string> =>
  until(
    () =>
      there.house.mails
        .slice(seen)
        .flatMap((mail) =>
          mail.to === person.mail.address ? (/\/h\/a\/[A-Za-z0-9_.-]+/.exec(mail.text)?.[0] ?? []) : [],
        )[0],
  );
const inTeam = async (person: Person): Promise<boolean> => {
  const [team] = await brandTeams.by(store(), `brand:${there.place.brandId}`);
  return team?.value.members.some(({ personId }) => personId === person.id) === true;
};
/** Through engine, mail and worker on a machine that has much else to do; milliseconds. */
const wholeWayMs = 240_000;

describe('the account director’s signature under a hand-over', () => {
  it(
    'F-57: is asked for by mail while somebody else may not give it, and one who says no ends it with nothing moved',
    async () => {
      const before = there.house.mails.length;
      const id = await signedByBoth();
      expect(await valueOf(id)).toMatchObject({ state: 'asked', directorAsked: { personId: there.director.id } });
      expect((await signs(boss, id)).status).toBe(403);
      const link = await linkTo(there.director, before);
      const mail = there.house.mails.slice(before).find(({ text }) => text.includes(link));
      expect(mail?.subject).toContain('please sign as account director');
      expect(plain(await (await at(there.director)).open('/desk'))).toContain('Hand-over of');
      const guest = sitAt(there.house);
      const page = await guest.open(link);
      expect(plain(page)).toContain('as account director I agree that 赵一 gives all of this to 新主任');
      expect((await guest.send(page, { do: 'end', words: '先等年审' })).status).toBe(303);
      expect(await valueOf(id)).toMatchObject({ state: 'declined', ended: { by: there.director.id } });
      for (const person of [there.executive, newcomer, manager])
        await until(() =>
          there.house.mails
            .slice(before)
            .find(({ to, text }) => to === person.mail.address && text.includes('先等年审')),
        );
      expect([await inTeam(there.executive), await inTeam(newcomer)]).toEqual([true, false]);
    },
    wholeWayMs,
  );

  it(
    'F-57, §1.4: with the director away management is asked and both names are shown; on return it is the director’s again',
    async () => {
      const leave = {
        personId: there.director.id,
        from: addMs(deps().clock(), -3_600_000),
        to: addMs(deps().clock(), 3_600_000),
      };
      const change = { by: 'test', at: deps().clock() };
      await absences.save(store(), 'leave-third', 0, leave, change);
      const before = there.house.mails.length;
      const seen = await call(manager, 'POST', '/hand-overs/preview', wanted());
      expect(seen.body.director).toEqual({ personId: boss.id, inPlaceOf: there.director.id });
      const id = await signedByBoth();
      const link = await linkTo(boss, before);
      const guest = sitAt(there.house);
      expect(plain(await guest.open(link))).toContain('waits for 总经理 (in place of 周岚)');
      expect((await signs(there.director, id)).status).toBe(403);

      await absences.save(store(), 'leave-third', 1, { ...leave, to: deps().clock() }, change);
      await tellJobs(deps());
      expect((await valueOf(id)).directorAsked).toEqual({ personId: there.director.id });
      await linkTo(there.director, before);
      const old = plain(await guest.open(link));
      expect(old).toContain('waits for 周岚');
      expect(old).not.toContain('Signing says');
      // Told once more nobody is asked again.
      const { revision } = (await handOvers.get(store(), id)) ?? { revision: 0 };
      await tellJobs(deps());
      expect((await handOvers.get(store(), id))?.revision).toBe(revision);
    },
    wholeWayMs,
  );

  it(
    'design §6: a link that lay unused for 30 days asks for the mailed code, and with it signs; drafts of no job yet go over with the brand',
    async () => {
      const { id: job } = await there.asked();
      const sheet = { brandId: there.place.brandId, clientId: there.place.clientId, lineId: there.place.lineId };
      const content = { ...sheet, need: '秋季新品预热' };
      for (const [draft, of] of [
        ['draft-autumn', content],
        ['draft-elsewhere', { need: '别的品牌' }],
      ] as const) {
        const kept = await call(
          there.executive,
          'PUT',
          `/drafts/${draft}`,
          { form: 'F-01', content: of },
          {
            'If-None-Match': '*',
          },
        );
        expect(kept.status, JSON.stringify(kept.body)).toBe(200);
      }
      const seen = await call(manager, 'POST', '/hand-overs/preview', wanted());
      expect(seen.body.list).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ kind: 'draft', processId: 'draft-autumn', standing: 'F-01', title: '果汁' }),
        ]),
      );
      const before = there.house.mails.length;
      const id = await signedByBoth();
      const link = await linkTo(there.director, before);
      await grantTable(store()).updateOne(
        { _id: link.slice('/h/a/'.length).split('.')[0] ?? '' },
        { $set: { mintedAt: addMs(deps().clock(), -idleAfterMs - 1_000) } },
      );
      const guest = sitAt(there.house);
      const page = await guest.open(link);
      expect(plain(page)).toContain('drafts of jobs not requested yet: 1');
      expect(plain(page)).toContain('This link has not been used for 30 days');
      const asking = await guest.send(page, { do: 'sign' });
      expect([asking.status, plain(asking).includes('Nothing has been decided yet')]).toEqual([200, true]);
      expect((await valueOf(id)).director).toBeUndefined();
      const code = await until(() =>
        there.house.mails
          .filter(({ to, subject }) => to === there.director.mail.address && subject.includes('Approval code'))
          .map(({ text }) => (/(\d{4}) (\d{4})/.exec(text) ?? []).slice(1).join(''))
          .at(-1),
      );
      const wrong = await guest.send(asking, { linkCode: code === '00000000' ? '00000001' : '00000000' });
      expect([wrong.status, (await valueOf(id)).director]).toEqual([422, undefined]);
      expect((await guest.send(wrong, { linkCode: code })).status).toBe(303);
      const done = await until(async () => {
        const value = await valueOf(id);
        return value.state === 'done' ? value : undefined;
      });
      expect(done).toMatchObject({ director: { by: there.director.id, proof: 'link' }, moved: { drafts: 1 } });
      await until(async () => ((await wholeJob(store(), job))?.state.ownerId === newcomer.id ? true : undefined));
      const log = plain(await (await at(there.director)).open(`/jobs/${job}`));
      expect(log).toMatch(/Brand handed over: 赵一.+ 周岚.{0,40} signed as account director/);

      // The taker opens the draft from the desk; of another brand the giver keeps it.
      expect((await draftsOf(store(), newcomer.id)).map((draft) => draft.id)).toEqual(['draft-autumn']);
      expect((await draftsOf(store(), there.executive.id)).map((draft) => draft.id)).toEqual(['draft-elsewhere']);
      const desk = await (await at(newcomer)).open('/desk');
      expect(desk.text).toContain('/jobs/new?draft=draft-autumn');
      expect((await (await at(newcomer)).open('/jobs/new?draft=draft-autumn')).text).toContain('秋季新品预热');
      expect((await (await at(there.executive)).open('/jobs/new?draft=draft-autumn')).text).not.toContain('秋季');
    },
    wholeWayMs,
  );
});
