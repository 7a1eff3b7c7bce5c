import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { tellJobs } from '../../../api/admin/refresh.ts';
import { addDays } from '../../../domain/calendar/dates.ts';
import type { JobAct } from '../../../domain/job/acts.ts';
import type { Verb } from '../../../domain/circulation/acts.ts';
import type { Person, TeamMember } from '../../../domain/people/types.ts';
import { draftsOf, paperDraftId, saveDraft } from '../../../store/drafts.ts';
import { handOvers } from '../../../store/hand-overs.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { logTable } from '../../../store/log.ts';
import { absences, brandTeams, people } from '../../../store/people.ts';
import { tellingTable, type Telling } from '../../../store/tellings.ts';
import { cookieFor } from '../papers/agency.ts';
import { saidBy, sitAt, type Page } from '../papers/browserless.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';

let there: ClientHouse;
let manager: Person;
/** Who takes over: another executive, another director. */
let newcomer: Person;
let other: Person;
let members: readonly TeamMember[];
beforeAll(async () => {
  there = await openClientHouse('hand-over');
  const known = (await people.all(there.house.api.deps.store)).map(({ value }) => value);
  const found = known.find(({ roles }) => roles.includes('ACCOUNT_MANAGER'));
  if (!found) throw new Error('no account manager');
  manager = found;
  newcomer = await there.house.person(['ACCOUNT_EXECUTIVE'], { name: '新主任' });
  other = await there.house.person(['ACCOUNT_DIRECTOR'], { name: '第二总监' });
  members = (await team())?.members ?? [];
}, 120_000);
afterAll(() => there.close());
/** Every test finds the team and the people as the house began with them; jobs keep whom they were handed to. */
afterEach(async () => {
  const { store } = deps();
  const change = { by: 'test', at: deps().clock() };
  for (const { id, revision, value } of await handOvers.all(store)) {
    if (value.state === 'asked') await handOvers.save(store, id, revision, { ...value, state: 'withdrawn' }, change);
  }
  const [entry] = await brandTeams.by(store, `brand:${there.place.brandId}`);
  if (entry) await brandTeams.save(store, entry.id, entry.revision, { ...entry.value, members }, change);
  for (const person of [there.executive, manager]) {
    const kept = await people.get(store, person.id);
    if (kept) await people.save(store, person.id, kept.revision, person, change);
  }
});

const deps = () => there.house.api.deps;
const at = async (person: Person) => sitAt(there.house, await cookieFor(deps(), person.id));
const plain = (page: Page): string => page.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const today = (days = 0): string => addDays(zoneNamed('Asia/Shanghai').toLocal(deps().clock()).date, days);
const state = async (id: string) => {
  const job = await wholeJob(deps().store, id);
  if (!job) throw new Error('no job');
  return job.state;
};
const sent = async (id: string, { id: personId, roles, side }: Person, act: JobAct | Verb): Promise<void> => {
  const answer = await deps().door.send(id, {
    actor: { kind: 'person', personId, roles, side, proof: 'session' },
    act,
  });
  if (answer.kind !== 'accepted') throw new Error(`${act.type}: ${JSON.stringify(answer)}`);
};
const team = async () => (await brandTeams.by(deps().store, `brand:${there.place.brandId}`))[0]?.value;
const titles = async (person: Person) =>
  (await team())?.members.find(({ personId }) => personId === person.id)?.roles ?? [];
const typed = (from: Person, to: Person, more: Record<string, string> = {}) => ({
  brandId: there.place.brandId,
  from: from.id,
  to: to.id,
  factBookOn: today(-3),
  words: '换人服务',
  ...more,
});
/** Starts a hand-over as this person; returns its id. */
async function started(as: Person, from: Person, to: Person): Promise<string> {
  const sits = await at(as);
  const seen = await sits.fill('/admin/hand-overs', typed(from, to), '/hand-overs');
  expect(seen.status, saidBy(seen) + plain(seen)).toBe(200);
  const asked = await sits.send(seen, { do: 'ask' }, '/hand-overs');
  expect(asked.status, saidBy(asked)).toBe(303);
  return asked.location?.split('/').at(-1) ?? '';
}
const linkTo = async (person: Person, seen: number): Promise<string> =>
  until(
    () =>
      there.house.mails
        .slice(seen)
        .flatMap((mail) =>
          mail.to === person.mail.address ? (/\/h\/a\/[A-Za-z0-9_.-]+/.exec(mail.text)?.[0] ?? []) : [],
        )[0],
  );
const signs = async (person: Person, id: string): Promise<Page> => {
  const sits = await at(person);
  const page = await sits.open(`/admin/hand-overs/${id}`);
  return sits.send(page, { do: 'sign' }, `/${id}`);
};
const handed = (processId: string): Promise<number> =>
  logTable(deps().store).countDocuments({ processId, type: 'brandHandedOver' });
const doneOf = (id: string) =>
  until(async () => {
    const entry = await handOvers.get(deps().store, id);
    return entry?.value.state === 'done' ? entry.value : undefined;
  });

/** A job whose creative brief waits for the account director. */
async function guided(): Promise<{ readonly id: string; readonly link: string }> {
  const { id } = await there.asked();
  const brief = (await state(id)).circulations.requirementBrief;
  if (!brief) throw new Error('no brief');
  const { round, about } = brief;
  await sent(id, there.contact, { type: 'sign', circulation: brief.id, round, step: 'client', hash: about.hash });
  const words = { evaluation: 'a', discussion: 'b', study: 'c', recommendation: 'd' };
  await sent(id, there.executive, { type: 'assess', ...words, differs: false });
  await sent(id, there.executive, { type: 'openNumber' });
  await until(async () => ((await state(id)).phase === 'OPENED' ? true : undefined));
  const seen = there.house.mails.length;
  const facts = { complete: true, missing: [], strategyParticipants: 1, creativeParticipants: 2, level: 'normal' };
  await sent(id, manager, { type: 'submit', point: 'creativeBrief', paper: { form: 'F-05', hash: 'brief', facts } });
  const link = await until(
    () =>
      there.house.mails
        .slice(seen)
        .flatMap((mail) =>
          mail.to === there.director.mail.address ? (/\/a\/[A-Za-z0-9_.-]+/.exec(mail.text)?.[0] ?? []) : [],
        )[0],
  );
  return { id, link };
}
const guidance = async (id: string) =>
  (await state(id)).circulations.creativeBrief?.stays.find(({ step }) => step === 'guidance');

/** The whole way through engine, mail and worker on a machine that has much else to do; milliseconds. */
const wholeWayMs = 240_000;

describe('hand-over of a brand', () => {
  it(
    'S-133: nothing moves before both have signed, and a director who is one of the two signs once; then everything does at once, both names in every log, and the old link says who has it',
    async () => {
      const { id, link } = await guided();
      const second = (await guided()).id;
      const sits = await at(there.director);
      const seen = await sits.fill('/admin/hand-overs', typed(there.director, other), '/hand-overs');
      expect(plain(seen)).toContain('Jobs: 2 · open steps: 2');
      expect(plain(seen)).toContain('Nothing is started yet');
      expect(await handOvers.all(deps().store)).toEqual([]);
      const mails = there.house.mails.length;
      const handOver = await started(manager, there.director, other);
      const [mine, theirs] = [await linkTo(there.director, mails), await linkTo(other, mails)];

      // The giver signs by the link in the mail, without signing in; reading it changes nothing.
      const guest = sitAt(there.house);
      const page = await guest.open(mine);
      expect(page.status).toBe(200);
      expect(plain(page)).toContain(`${there.director.name}, one of the two; no further signature`);
      expect(plain(page)).toContain('I have checked the list and give all of this to 第二总监');
      expect((await guest.send(page, { do: 'sign' })).status).toBe(303);
      expect(plain(await guest.open(mine))).toContain('waits for 第二总监');
      expect(await titles(other)).toEqual([]);
      expect((await guidance(id))?.holders).toMatchObject([{ personId: there.director.id }]);
      // A second press of the same form is told kindly, and signs nothing for the taker.
      expect((await guest.send(page, { do: 'sign' })).status).toBe(409);

      const before = there.house.mails.length;
      expect((await signs(other, handOver)).status).toBe(303);
      for (const job of [id, second]) {
        const stay = await until(async () => {
          const desk = await guidance(job);
          return desk?.state === 'open' && desk.holders[0]?.personId === other.id ? desk : undefined;
        });
        expect(stay.holders).toHaveLength(1);
        expect(stay.holders[0]?.standInFor).toBeUndefined();
        expect(await handed(job)).toBe(1);
      }
      expect([await titles(other), await titles(there.director)]).toEqual([['ACCOUNT_DIRECTOR'], []]);
      const asked = await until(() =>
        there.house.mails.slice(before).find((mail) => mail.to === other.mail.address && /\/a\//.test(mail.text)),
      );
      expect(asked.text).toContain('/a/');
      await until(() =>
        there.house.mails
          .slice(before)
          .find(
            (mail) => mail.to === there.director.mail.address && mail.subject.includes('the brand was handed over'),
          ),
      );
      const old = await there.page(link);
      expect(old.html).toContain('这一步已转给 第二总监');
      const value = await doneOf(handOver);
      expect(value).toMatchObject({
        state: 'done',
        moved: { jobs: 2 },
        giver: { proof: 'link' },
        taker: { proof: 'session' },
      });
      const log = await (await at(manager)).open(`/jobs/${id}`);
      expect(plain(log)).toMatch(/Brand handed over: 周岚.{0,40} to 第二总监/);
      expect(plain(await guest.open(theirs))).toContain('handed over');
      const list = await (await at(manager)).open('/admin/hand-overs');
      expect(plain(list)).toContain('History');
      expect(plain(list)).toContain(`${there.director.name} → 第二总监`);
    },
    wholeWayMs,
  );

  it(
    'S-133: whoever answers for jobs gives those too, with drafts; who has left is signed for by a manager, and it is written so',
    async () => {
      const { id } = await there.asked();
      const draft = {
        form: 'F-05',
        processId: id,
        revision: 0,
        content: { typed: { a: 'b' } },
        updatedAt: deps().clock(),
      };
      await saveDraft(deps().store, {
        ...draft,
        id: paperDraftId(id, 'F-05', there.executive.id),
        ownerId: there.executive.id,
      });
      const kept = await people.get(deps().store, there.executive.id);
      if (!kept) throw new Error('no executive');
      const change = { by: 'test', at: deps().clock() };
      await people.save(deps().store, kept.id, kept.revision, { ...kept.value, active: false }, change);

      const sits = await at(newcomer);
      // Whoever serves no brand yet sees nobody's hand-overs, and those that ask for them.
      expect(plain(await sits.open('/admin/hand-overs'))).toContain('No hand-over yet');
      const handOver = await started(manager, there.executive, newcomer);
      const entry = await handOvers.get(deps().store, handOver);
      expect(entry?.value).toMatchObject({ giverSigns: manager.id, from: there.executive.id, owns: true });
      await signs(manager, handOver);
      expect((await state(id)).ownerId).toBe(there.executive.id);
      await signs(newcomer, handOver);
      expect((await state(id)).ownerId).toBe(there.executive.id);
      expect((await handOvers.get(deps().store, handOver))?.value).toMatchObject({
        state: 'asked',
        directorAsked: { personId: there.director.id },
      });
      expect((await signs(there.director, handOver)).status).toBe(303);
      const value = await doneOf(handOver);
      expect(value.director).toMatchObject({ by: there.director.id, proof: 'session' });
      expect(value.giver).toMatchObject({ by: manager.id, inPlaceOf: there.executive.id });
      await until(async () => ((await state(id)).ownerId === newcomer.id ? true : undefined));
      expect(await draftsOf(deps().store, newcomer.id)).toMatchObject([{ form: 'F-05', processId: id }]);
      expect(await draftsOf(deps().store, there.executive.id)).toEqual([]);
      const page = plain(await (await at(manager)).open(`/admin/hand-overs/${handOver}`));
      expect(page).toContain(`in place of ${there.executive.name}, who has left`);
      const log = plain(await (await at(manager)).open(`/jobs/${id}`));
      expect(log).toMatch(/signed for 赵一.{0,40}, who has left; 周岚.{0,40} signed as account director/);
    },
    wholeWayMs,
  );

  it(
    'S-133: the worker stops half-way and whoever tells dies; started again, each job is moved once and nobody is asked twice',
    async () => {
      const jobs = [(await guided()).id, (await guided()).id, (await guided()).id];
      const handOver = await started(there.director, there.director, other);
      await signs(there.director, handOver);
      await there.rest();
      // With no worker the engine keeps what jobs are told; whoever tells dies after the first of them.
      const noted = await handOvers.get(deps().store, handOver);
      if (!noted) throw new Error('no hand-over');
      const signature = { by: other.id, at: deps().clock(), proof: 'session' } as const;
      const revision = noted.revision + 1;
      const { from, to, brandId, roles, owns } = noted.value;
      const cause = {
        kind: 'handOver',
        handOverId: handOver,
        revision,
        brandId,
        from,
        to,
        roles,
        owns,
        signed: { giver: from, taker: to },
      } as const;
      const id = `handOver/${handOver}/${String(revision)}`;
      const at = deps().clock();
      await tellingTable(deps().store).create([{ _id: id, cause, notedAt: at, state: 'waiting', jobs: 0 }]);
      // Noted, and not signed by both yet: nothing moves.
      await tellJobs(deps());
      expect(await titles(other)).toEqual([]);
      await handOvers.save(
        deps().store,
        handOver,
        noted.revision,
        { ...noted.value, state: 'signed', taker: signature },
        { by: other.id, at },
      );
      let looks = 0;
      await tellJobs(deps(), () => (looks += 1) <= 2);
      expect(await titles(other)).toEqual(['ACCOUNT_DIRECTOR']);
      const half = await tellingTable(deps().store).findById(id).lean<Telling>();
      expect(half?.state).toBe('waiting');
      await there.work();
      // The lease of the one that died runs out; two go on at the same time.
      there.house.moveClock(120_000);
      await Promise.all([tellJobs(deps()), tellJobs(deps())]);
      const value = await doneOf(handOver);
      expect(value.moved?.jobs).toBeGreaterThanOrEqual(jobs.length);
      for (const job of jobs) {
        await until(async () => ((await guidance(job))?.holders[0]?.personId === other.id ? true : undefined));
        expect(await handed(job)).toBe(1);
        const opened = await logTable(deps().store).countDocuments({
          processId: job,
          type: 'stepOpened',
          body: new RegExp(other.id),
        });
        expect(opened).toBe(1);
      }
    },
    wholeWayMs,
  );

  it(
    'S-133: one of the two does not sign: the others hear why, nothing moves, and the signature is not waited for any more',
    async () => {
      const before = there.house.mails.length;
      const handOver = await started(manager, there.director, other);
      const sits = await at(other);
      const page = await sits.open(`/admin/hand-overs/${handOver}`);
      const silent = await sits.send(page, { do: 'end', words: '' }, `/${handOver}`);
      expect([silent.status, saidBy(silent)]).toEqual([422, expect.stringContaining('Say why')]);
      expect((await sits.send(page, { do: 'end', words: '手上太满' }, `/${handOver}`)).status).toBe(303);
      const told = await until(() =>
        there.house.mails
          .slice(before)
          .find((mail) => mail.to === manager.mail.address && mail.subject.includes('declined')),
      );
      expect(told.text).toContain('手上太满');
      const late = await at(there.director);
      expect(plain(await late.open(`/admin/hand-overs/${handOver}`))).toContain('declined');
      expect(await titles(other)).toEqual([]);
    },
    wholeWayMs,
  );

  it.each<[string, () => Record<string, string>, string]>([
    ['the same person', () => ({ to: there.director.id }), 'Giver and taker are the same person'],
    ['somebody without the title', () => ({ to: newcomer.id }), '新主任 lacks the title: Account Director'],
    ['a client’s signature', () => ({ from: there.contact.id }), 'A client’s signature is not handed over here'],
    ['an old fact book', () => ({ factBookOn: today(-60) }), 'more than a month old'],
    ['a day that does not exist', () => ({ factBookOn: '2026-02-30' }), 'Write a date that exists'],
    ['no brand', () => ({ brandId: 'b-nothing' }), 'Choose a brand'],
  ])('S-133, R-69: %s is refused with the sentence that says what to change', async (_what, more, sentence) => {
    const count = (await handOvers.all(deps().store)).length;
    const sits = await at(manager);
    const refused = await sits.fill(
      '/admin/hand-overs',
      typed(there.director, other, { ...more(), do: 'ask' }),
      '/hand-overs',
    );
    expect(refused.status).toBe(422);
    expect(plain(refused)).toContain(sentence);
    expect(await handOvers.all(deps().store)).toHaveLength(count);
  });

  it('R-99: a taker who signed a step of the round is named with job and step, and a taker on leave by the days', async () => {
    const { id } = await guided();
    const sits = await at(manager);
    const job = await state(id);
    const brief = job.circulations.creativeBrief;
    if (!brief) throw new Error('no brief');
    // The manager wrote the brief and takes the director's title in the house: nobody signs their own work.
    const kept = await people.get(deps().store, manager.id);
    if (!kept) throw new Error('no manager');
    const change = { by: 'test', at: deps().clock() };
    const both: Person = { ...kept.value, roles: ['ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'] };
    await people.save(deps().store, kept.id, kept.revision, both, change);
    const refused = await sits.fill('/admin/hand-overs', typed(there.director, both), '/hand-overs');
    expect(refused.status).toBe(422);
    expect(plain(refused)).toContain(`${job.jobNumber ?? ''} 春季海报: ${manager.name} wrote it and cannot review it`);
    await people.save(deps().store, kept.id, kept.revision + 1, kept.value, change);
    const away = { personId: other.id, from: `${today(-1)}T00:00:00.000Z`, to: `${today(5)}T00:00:00.000Z` };
    await absences.save(deps().store, 'leave-other', 0, away, change);
    const absent = await sits.fill('/admin/hand-overs', typed(there.director, other), '/hand-overs');
    expect(plain(absent)).toMatch(/第二总监 is away from .+ to .+\. Choose somebody who is there now/);
  });
});
