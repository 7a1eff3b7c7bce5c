import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { tellJobs } from '../../../api/admin/refresh.ts';
import { addDays } from '../../../domain/calendar/dates.ts';
import { addMs } from '../../../domain/instant.ts';
import type { JobAct } from '../../../domain/job/acts.ts';
import type { Verb } from '../../../domain/circulation/acts.ts';
import type { Stay } from '../../../domain/circulation/types.ts';
import type { Person } from '../../../domain/people/types.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { absences, people } from '../../../store/people.ts';
import { desksOpening } from '../../../store/affected.ts';
import { stepTable, type StepRow } from '../../../store/steps.ts';
import { noteTelling, tellingOf, tellingTable, type Telling } from '../../../store/tellings.ts';
import { cookieFor } from '../papers/agency.ts';
import { saidBy, sitAt, type Page } from '../papers/browserless.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';

let there: ClientHouse;
let manager: Person;
let other: Person;
beforeAll(async () => {
  there = await openClientHouse('leave');
  const known = (await people.all(there.house.api.deps.store)).map(({ value }) => value);
  const found = known.find(({ roles }) => roles.includes('ACCOUNT_MANAGER'));
  if (!found) throw new Error('no account manager');
  manager = found;
  other = await there.house.person(['ACCOUNT_DIRECTOR'], { name: '第二总监' });
}, 120_000);
afterAll(() => there.close());

const deps = () => there.house.api.deps;
const at = async (person: Person) => sitAt(there.house, await cookieFor(deps(), person.id));
const plain = (page: Page): string => page.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const today = (days = 0): string => addDays(zoneNamed('Asia/Shanghai').toLocal(deps().clock()).date, days);
const sent = async (id: string, { id: personId, roles, side }: Person, act: JobAct | Verb): Promise<void> => {
  const answer = await deps().door.send(id, {
    actor: { kind: 'person', personId, roles, side, proof: 'session' },
    act,
  });
  if (answer.kind !== 'accepted') throw new Error(`${act.type}: ${JSON.stringify(answer)}`);
};
const state = async (id: string) => {
  const job = await wholeJob(deps().store, id);
  if (!job) throw new Error('no job');
  return job.state;
};
const guidance = async (id: string): Promise<Stay | undefined> =>
  (await state(id)).circulations.creativeBrief?.stays.find(({ step }) => step === 'guidance');
/** The desk once it lies with this person. */
const liesWith = (id: string, person: Person): Promise<Stay> =>
  until(async () => {
    const stay = await guidance(id);
    return stay?.state === 'open' && stay.holders.some(({ personId }) => personId === person.id) ? stay : undefined;
  });

/** A job whose creative brief waits for the account director. */
async function guided(): Promise<string> {
  const { id } = await there.asked();
  const brief = (await state(id)).circulations.requirementBrief;
  if (!brief) throw new Error('no brief');
  const { round, about } = brief;
  await sent(id, there.contact, { type: 'sign', circulation: brief.id, round, step: 'client', hash: about.hash });
  const words = { evaluation: 'a', discussion: 'b', study: 'c', recommendation: 'd' };
  await sent(id, there.executive, { type: 'assess', ...words, differs: false });
  await sent(id, there.executive, { type: 'openNumber' });
  await until(async () => ((await state(id)).phase === 'OPENED' ? true : undefined));
  const facts = { complete: true, missing: [], strategyParticipants: 1, creativeParticipants: 2, level: 'normal' };
  await sent(id, manager, { type: 'submit', point: 'creativeBrief', paper: { form: 'F-05', hash: 'brief', facts } });
  await liesWith(id, there.director);
  return id;
}

describe('leave and stand-in', () => {
  it('S-148, R-229: sick leave that a manager announces shows what moves, moves it at once with both names, and return brings it back', async () => {
    const [id, second] = [await guided(), await guided()];
    const sits = await at(manager);
    const typed = {
      personId: there.director.id,
      kind: 'sick',
      from: today(),
      to: today(2),
      standInId: other.id,
    };
    const seen = await sits.fill('/admin/absences', typed, '/absences');
    expect(seen.status, saidBy(seen)).toBe(200);
    expect(plain(seen)).toContain(`第二总监 (for ${there.director.name})`);
    expect((await guidance(id))?.holders).toMatchObject([{ personId: there.director.id }]);
    expect(await absences.all(deps().store)).toEqual([]);

    const before = there.house.mails.length;
    expect((await sits.send(seen, { do: 'save' }, '/absences')).status).toBe(303);
    const moved = await liesWith(id, other);
    expect(moved.holders).toMatchObject([{ personId: other.id, standInFor: there.director.id }]);
    await liesWith(second, other);
    // The stand-in signs one of the two by the link in the mail; the page and the log show both names.
    const link = await until(
      () =>
        there.house.mails
          .slice(before)
          .flatMap(({ to, text }) => (to === other.mail.address && text.includes('/a/') ? [text] : []))
          .flatMap((text) => /\/a\/[A-Za-z0-9_.-]+/.exec(text)?.[0] ?? [])[0],
    );
    const asked = await there.page(link);
    expect(asked.html.replace(/<[^>]+>/g, ' ')).toContain(there.director.name);
    expect((await there.press(link, asked.html, { verdict: 'sign' })).status).toBe(303);
    const signed = await until(async () => {
      const stays = await Promise.all([guidance(id), guidance(second)]);
      const decided = stays.findIndex((stay) => stay?.decisions.length === 1);
      return decided < 0 ? undefined : { job: decided === 0 ? id : second, stay: stays[decided] };
    });
    expect(signed.stay?.decisions).toMatchObject([{ personId: other.id, standInFor: there.director.id }]);
    expect(plain(await sits.open(`/jobs/${signed.job}`))).toMatch(
      new RegExp(`${other.name}.{0,60}(for|in place of) ${there.director.name}`),
    );
    const waits = signed.job === id ? second : id;
    // The same form once more announces nothing more.
    expect((await sits.send(seen, { do: 'save' }, '/absences')).status).toBe(303);
    expect(await absences.all(deps().store)).toHaveLength(1);

    const page = await sits.open('/admin/absences');
    expect(plain(page)).toContain('Away now');
    const [entry] = await absences.all(deps().store);
    const back = await sits.send(page, { do: 'end' }, `/${entry?.id ?? ''}`);
    expect(back.status, saidBy(back)).toBe(303);
    const returned = await liesWith(waits, there.director);
    expect(returned.holders[0]?.standInFor).toBeUndefined();
    // What was noted for the day it would have ended is not told any more: it was changed since.
    await tellJobs(deps());
    const noted = await tellingTable(deps().store).find({}).lean<Telling[]>();
    const told = noted.filter(({ cause }) => cause.kind === 'absence');
    expect(told.filter(({ state: so }) => so === 'done').map(({ _id }) => _id.split('/').slice(2).join())).toEqual([
      '1,begins',
      '2,ends',
    ]);
  });

  it('M-21: what somebody announces for themselves waits for agreement, which is not theirs to give; nobody is away before', async () => {
    const sits = await at(there.creative);
    const second = await there.house.person(['CREATIVE_DIRECTOR'], { name: '另一位' });
    const typed = { kind: 'annual', from: today(7), to: today(9), standInId: second.id };
    const seen = await sits.fill('/admin/absences', typed, '/absences');
    expect(plain(seen)).toContain('waits for an account manager or above to agree');
    expect((await sits.send(seen, { do: 'save' }, '/absences')).status).toBe(303);
    const entry = (await absences.all(deps().store)).find(({ value }) => value.personId === there.creative.id);
    expect(entry?.value).toMatchObject({ asked: true, kind: 'annual' });
    const own = await sits.open('/admin/absences');
    expect(plain(own)).toContain('Waiting for agreement');
    expect((await sits.send(own, { do: 'agree' }, `/${entry?.id ?? ''}`)).status).toBe(403);
    // Leave of others is not theirs to announce, unless a colleague of the brand is ill.
    const others = await sits.send(own, { ...typed, personId: manager.id }, '/absences');
    expect([others.status, saidBy(others)]).toEqual([422, expect.stringContaining('choose sick leave')]);
    expect((await sits.send(own, { ...typed, personId: second.id }, '/absences')).status).toBe(403);

    const keeper = await at(manager);
    const page = await keeper.open('/admin/absences');
    expect((await keeper.send(page, { do: 'agree' }, `/${entry?.id ?? ''}`)).status).toBe(303);
    const agreed = await absences.get(deps().store, entry?.id ?? '');
    expect(agreed?.value).toMatchObject({ agreedBy: manager.id });
    expect(agreed?.value.asked).toBeUndefined();
    const late = await keeper.send(page, { do: 'withdraw' }, `/${entry?.id ?? ''}`);
    expect(late.status).toBe(409);
  });

  it('M-21: a colleague of the brand announces sick leave of whoever is ill; it waits for agreement, then counts', async () => {
    const sits = await at(there.executive);
    const typed = { personId: there.creative.id, kind: 'sick', from: today(50), to: today(51) };
    const stands = await there.house.person(['CREATIVE_DIRECTOR'], { name: '代班' });
    const seen = await sits.fill('/admin/absences', { ...typed, standInId: stands.id }, '/absences');
    expect(plain(seen)).toContain('waits for an account manager or above to agree');
    expect((await sits.send(seen, { do: 'save' }, '/absences')).status).toBe(303);
    const mine = (await absences.all(deps().store)).find(({ value }) => value.standInId === stands.id);
    expect(mine?.value).toMatchObject({ asked: true, announcedBy: there.executive.id });
    const keeper = await at(manager);
    const page = await keeper.open('/admin/absences');
    expect((await keeper.send(page, { do: 'agree' }, `/${mine?.id ?? ''}`)).status).toBe(303);
    for (const person of [there.executive, there.creative])
      await until(() =>
        there.house.mails.find(({ to, subject }) => to === person.mail.address && subject.includes('leave is agreed')),
      );
    // Agreed, it is not the colleague's to end.
    const late = await sits.open('/admin/absences');
    const end = { do: 'withdraw', revision: '2' };
    expect(late.text).not.toContain(`/admin/absences/${mine?.id ?? ''}"`);
    const again = await sits.fill('/admin/absences', { ...typed, standInId: stands.id }, '/absences');
    expect(saidBy(again)).toContain('is announced already; withdraw that first');
    const kept = await keeper.open('/admin/absences');
    expect((await keeper.send(kept, end, `/${mine?.id ?? ''}`)).status).toBe(303);
  });

  it.each([
    ['ends before it starts', { from: dayFrom(3), to: dayFrom(2) }, 'The last day is before the first'],
    ['is over', { from: dayFrom(-9), to: dayFrom(-8) }, 'That time is over'],
    ['has no stand-in', { standInId: '' }, 'leave without one is not accepted'],
    ['names oneself', { standInId: 'self' }, 'Nobody stands in for themselves'],
    ['names a lower title', { standInId: 'executive' }, 'may not stand in'],
    ['has a day that does not exist', { from: '2026-02-30' }, 'Write a date that exists'],
  ])(
    'R-227, R-228: leave that %s is refused with the sentence that says what to change',
    async (_what, more, sentence) => {
      const named = { self: there.director.id, executive: there.executive.id } as Record<string, string>;
      const typed = {
        personId: there.director.id,
        kind: 'sick',
        from: today(20),
        to: today(22),
        standInId: other.id,
        ...more,
      };
      const count = (await absences.all(deps().store)).length;
      const sits = await at(manager);
      const refused = await sits.fill(
        '/admin/absences',
        { ...typed, standInId: named[typed.standInId] ?? typed.standInId, do: 'save' },
        '/absences',
      );
      expect(refused.status).toBe(422);
      expect(`${saidBy(refused)} ${plain(refused)}`).toContain(sentence);
      expect(await absences.all(deps().store)).toHaveLength(count);
    },
  );

  it('M-21: a stand-in who is away at the time is refused by name and days', async () => {
    const sits = await at(manager);
    const third = await there.house.person(['ACCOUNT_DIRECTOR'], { name: '第三总监' });
    const now = deps().clock();
    await absences.save(
      deps().store,
      'leave-third',
      0,
      { personId: third.id, from: `${today(29)}T00:00:00.000Z`, to: `${today(33)}T00:00:00.000Z`, standInId: other.id },
      { by: 'test', at: now },
    );
    const typed = { personId: there.director.id, kind: 'sick', from: today(30), to: today(31), standInId: third.id };
    const refused = await sits.fill('/admin/absences', typed, '/absences');
    expect(refused.status).toBe(422);
    expect(`${saidBy(refused)} ${plain(refused)}`).toContain('第三总监 is away from');
  });

  it('M-21: leave that begins while a desk is being opened is told once more, so that nothing lies with who is away', async () => {
    const id = await guided();
    const { store } = deps();
    const row = await stepTable(store).findOne({ processId: id, open: true }).lean<StepRow>();
    if (!row) throw new Error('no desk');
    // The records of a moment before: the holder was found, and that is not written yet.
    await stepTable(store).updateOne({ _id: row._id }, { $set: { state: 'opening', holders: [] } });
    const at = deps().clock();
    const leave = { personId: there.director.id, from: at, to: addMs(at, 86_400_000), standInId: other.id };
    const cause = {
      kind: 'absence',
      absenceId: 'race',
      revision: 1,
      personId: leave.personId,
      what: 'begins',
    } as const;
    await noteTelling(store, cause, at, at);
    await absences.save(store, 'race', 0, leave, { by: manager.id, at });
    await tellJobs(deps());
    expect((await guidance(id))?.holders).toMatchObject([{ personId: there.director.id }]);
    expect(await tellingOf(store, cause)).toMatchObject({ state: 'waiting' });
    await stepTable(store).updateOne({ _id: row._id }, { $set: { state: row.state, holders: row.holders } });
    there.house.moveClock(61_000);
    await until(async () => ((await desksOpening(store, leave.personId)) ? undefined : true));
    await tellJobs(deps());
    expect((await liesWith(id, other)).holders).toMatchObject([{ standInFor: there.director.id }]);
    expect(await tellingOf(store, cause)).toMatchObject({ state: 'done' });
    await absences.save(store, 'race', 1, { ...leave, to: leave.from }, { by: manager.id, at: deps().clock() });
  });

  it('a colleague who announces somebody sick learns nothing of brands they do not serve', async () => {
    const id = await guided();
    const copywriter = await there.house.person(['COPYWRITER'], { name: '苏文' });
    await there.house.brand([there.director, copywriter]);
    const typed = { personId: there.director.id, kind: 'sick', from: today(), to: today(1), standInId: other.id };
    const seen = await (await at(copywriter)).fill('/admin/absences', typed, '/absences');
    expect(seen.status, saidBy(seen)).toBe(200);
    // What is about to be saved is read once more before it is.
    expect(plain(seen)).toMatch(new RegExp(`${there.director.name} .* Sick leave · Stand-in: ${other.name}`));
    expect(seen.text).not.toContain(`/jobs/${id}`);
    expect(plain(seen)).not.toContain((await state(id)).title);
    expect(plain(seen)).toMatch(/Steps of brands that you do not serve: \d+\. They move as well\./);
    const sees = await (await at(manager)).fill('/admin/absences', typed, '/absences');
    expect(sees.text).toContain(`/jobs/${id}`);
    expect(plain(sees)).not.toContain('do not serve');
  });

  it('before a long holiday the list comes in pages: what waits for agreement first, and nobody is left out', async () => {
    const { store } = deps();
    const by = { by: manager.id, at: deps().clock() };
    for (let n = 0; n < 60; n += 1) {
      const person = await there.house.person(['ARTIST'], { name: `长假${String(n).padStart(2, '0')}` });
      const from = zoneNamed('Asia/Shanghai').toInstant(today(30 + n), 0);
      const to = zoneNamed('Asia/Shanghai').toInstant(today(31 + n), 0);
      const asked = n === 59 ? { asked: true as const } : {};
      const leave = { personId: person.id, from, to, standInId: other.id, kind: 'annual' as const, ...asked };
      await absences.save(store, `holiday-${String(n)}`, 0, leave, by);
    }
    const sits = await at(manager);
    const [first, second] = [await sits.open('/admin/absences'), await sits.open('/admin/absences?page=2')];
    const list = (page: Page): string => page.text.slice(0, page.text.indexOf('id="announce"'));
    expect((list(first).match(/class="entry"/g) ?? []).length).toBe(50);
    expect(list(first).indexOf('长假59')).toBeLessThan(list(first).indexOf('长假00'));
    expect(list(first)).not.toContain('长假58');
    expect(list(second)).toContain('长假58');
  });
});

/** A day so far from today, where no house stands yet. */
function dayFrom(days: number): string {
  return addDays(zoneNamed('Asia/Shanghai').toLocal(new Date().toISOString()).date, days);
}
