import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shanghaiOffice } from '../../../activities/calendar/holidays.ts';
import { sendNotice } from '../../../activities/cases/notice.ts';
import { plan } from '../../../activities/digest/parts.ts';
import { sendDigest } from '../../../activities/digest/send.ts';
import { planMornings } from '../../../activities/digest/standing.ts';
import { houseNow } from '../../../activities/house.ts';
import { sendMail } from '../../../activities/mail/send.ts';
import type { CaseMailEffect } from '../../../domain/cases/acts.ts';
import { addMs } from '../../../domain/instant.ts';
import { calendars } from '../../../store/calendars.ts';
import { caseTable } from '../../../store/cases.ts';
import { putNoticeBy } from '../../../store/notices.ts';
import { claimMail, findMail, mailIdOf, outboxTable } from '../../../store/outbox.ts';
import { absences } from '../../../store/people.ts';
import { digestName, findDigest, gatherReminders, passReminder, remindersToPass } from '../../../store/reminders.ts';
import { stepTable } from '../../../store/steps.ts';
import { inShanghai } from '../../domain/calendar/calendars.ts';
import { person } from '../../domain/people/house.ts';
import { ownStore } from '../../store/store.ts';
import { fillHouse, staff } from '../house.ts';
import type { MailDesk } from '../mail/desk.ts';
import { openDesk } from '../mail/desk.ts';
import { tryJob, type TriedJob } from '../mail/job.ts';
import { digestDeps, goOn, StartedDigests, textsTo as textsIn, whereOf } from './desk.ts';
import { keptMeeting } from './kept-case.ts';

/** Mornings that do not come as they were planned, and people who are not there on them; on the real store, with real mails. */
const store = ownStore();
let desk: MailDesk;
let digests: StartedDigests;
const readers = Array.from({ length: 20 }, (_, n) =>
  person(`planner${n}`, ['ACCOUNT_EXECUTIVE'], { name: `客户执行 ${n}` }),
);
let next = 0;
/** Somebody no other test writes to. */
const reader = (): string => readers[(next += 1)]?.id ?? '';

/** Thursday 15:06 in Shanghai; the Friday is closed for the director, so that its morning comes on Monday. */
const thursday = inShanghai('2026-03-12 15:06');
const friday = inShanghai('2026-03-13 09:00');
const monday = inShanghai('2026-03-16 09:00');

beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store(), [...staff, ...readers]);
  const own = { ...shanghaiOffice(), id: 'person:director' };
  const days = { ...own.days, '2026-03-13': { kind: 'closed', name: { zh: '台风', en: 'Typhoon' } } } as const;
  await calendars.save(store(), own.id, 0, { ...own, days }, { by: 'admin', at: thursday, words: '' });
});
afterAll(async () => desk.close());
beforeEach(async () => {
  // What the tests before left behind is nobody's concern.
  await stepTable(store()).updateMany({}, { $unset: { nextRungAt: 1, standsSince: 1 } });
  await caseTable(store()).updateMany({}, { $unset: { dueAt: 1 } });
  await outboxTable(store()).deleteMany({ personId: 'director' });
  digests = new StartedDigests();
  desk.now = thursday;
  desk.post.taken.length = 0;
  desk.post.moods.length = 0;
});

const deps = () => digestDeps(desk, digests);
const planning = () => ({ connection: store(), office: shanghaiOffice(), digests });
const textsTo = (id: string) => textsIn(desk, id);
const letLeave = () => digests.leave(deps());
const stateOf = async (input: CaseMailEffect['input']) => (await findMail(store(), mailIdOf(input.name)))?.state;
const morningOf = (personId: string, day: string) => mailIdOf(digestName(personId, { at: '', day }));
const times = (text: string, said: string): number => text.split(said).length - 1;

/** A step that still stands after the last rung of its ladder. */
async function standing(title: string, holder = 'writer'): Promise<TriedJob> {
  const job = await tryJob(store(), desk.ring, { title, holder });
  const rung = { type: 'rungClimbed', ...whereOf(job) } as const;
  await goOn(
    store(),
    job.processId,
    desk.now,
    { ...rung, n: 1, kind: 'remind', whom: 'holder' },
    { ...rung, n: 2, kind: 'escalate', whom: 'accountDirector' },
  );
  return job;
}

/** A meeting that its owner forgot to arrange, and the reminder of it that comes at Thursday's close. */
async function unplanned(ownerId: string, title = '月度例会'): Promise<CaseMailEffect['input']> {
  const kept = await keptMeeting(store(), inShanghai('2026-03-10 10:00'), { ownerId, title });
  desk.now = inShanghai('2026-03-12 17:00');
  await kept.until(desk.now);
  const [input] = kept.told('meetingUnplanned');
  if (input === undefined) throw new Error('no such mail');
  return input;
}

/** Puts a reminder by for a morning that is planned for Friday. */
async function putByForFriday(personId: string, input: CaseMailEffect['input']): Promise<void> {
  await plan(planning(), personId, { at: friday, day: '2026-03-13' }, thursday);
  const { name, processId } = input;
  const row = { name, processId, personId, addressRevision: 1, input };
  await putNoticeBy(store(), { ...row, queuedAt: thursday, notBefore: friday });
}

/** A meeting that nobody arranged, put by for Friday morning. */
async function waitingForFriday(personId: string, title: string): Promise<CaseMailEffect['input']> {
  const input = await unplanned(personId, title);
  await putByForFriday(personId, input);
  return input;
}

describe('M-22: one digest a person and morning, however it was put off', () => {
  it('a closed day: its morning goes into that of the next day, and what stands is a line once', async () => {
    await standing('久停的工作');
    const input = await waitingForFriday('director', '没约的会');
    desk.now = friday;
    await letLeave();
    expect(textsTo('director')).toEqual([]);
    // The day's own work plans the morning that the closed day's will meet; both leave at the same instant.
    await planMornings(planning(), await houseNow(store()), desk.now);
    desk.now = monday;
    const both = ['2026-03-13', '2026-03-16'].map((day) => morningOf('director', day));
    await Promise.allSettled([...both, ...both].map((id) => sendDigest(deps(), id)));
    for (const id of both) await sendDigest(deps(), id);
    const [text = '', ...more] = textsTo('director');
    expect(more).toEqual([]);
    expect(times(text, '久停的工作')).toBe(1);
    expect(times(text, '没约的会')).toBe(1);
    expect(await stateOf(input)).toBe('sent');
    const states = await Promise.all(both.map(async (id) => (await findDigest(store(), id))?.state));
    expect(states).toEqual(['leftOut', 'sent']);
  });

  it('while the newer one is in other hands the older waits, whoever dies with which of them', async () => {
    await standing('久停的工作');
    const input = await waitingForFriday('director', '没约的会');
    await planMornings(planning(), await houseNow(store()), friday);
    desk.now = monday;
    const [older, newer] = [morningOf('director', '2026-03-13'), morningOf('director', '2026-03-16')];
    await claimMail(store(), newer, { now: desk.now, leaseUntil: addMs(desk.now, 140_000) });
    for (let twice = 0; twice < 2; twice += 1)
      await expect(sendDigest(deps(), older)).rejects.toMatchObject({ type: 'NewerInHand' });
    expect(textsTo('director')).toEqual([]);
    await claimMail(store(), older, { now: desk.now, leaseUntil: addMs(desk.now, 140_000) });
    desk.now = addMs(desk.now, 140_001);
    await sendDigest(deps(), newer);
    await sendDigest(deps(), older);
    const [text = '', ...more] = textsTo('director');
    expect(more).toEqual([]);
    expect(times(text, '久停的工作')).toBe(1);
    expect(times(text, '没约的会')).toBe(1);
    expect(await stateOf(input)).toBe('sent');
    expect((await findDigest(store(), older))?.state).toBe('leftOut');
  });

  it('what came into the older one when the newer had left is told, without what that one told', async () => {
    await standing('久停的工作');
    const late = await unplanned('director', '没约的会');
    await plan(planning(), 'director', { at: friday, day: '2026-03-13' }, desk.now);
    await planMornings(planning(), await houseNow(store()), friday);
    desk.now = monday;
    await sendDigest(deps(), morningOf('director', '2026-03-16'));
    await putByForFriday('director', late);
    await sendDigest(deps(), morningOf('director', '2026-03-13'));
    expect(textsTo('director')).toHaveLength(2);
    expect(textsTo('director')[0]).toContain('久停的工作');
    expect(textsTo('director')[1]).toContain('没约的会');
    expect(textsTo('director')[1]).not.toContain('久停的工作');
    expect(await stateOf(late)).toBe('sent');
  });

  it('with no newer one it waits like any morning for what comes in with the day it is read on', async () => {
    const owner = reader();
    const input = await waitingForFriday(owner, '没约的会');
    const behind = await keptMeeting(store(), thursday, { ownerId: owner, title: '还没轮到' });
    await caseTable(store()).updateOne({ _id: behind.processId }, { $set: { dueAt: monday } });
    const older = morningOf(owner, '2026-03-13');
    desk.now = monday;
    await expect(sendDigest(deps(), older)).rejects.toMatchObject({ type: 'RungsUnderWay' });
    await caseTable(store()).updateOne({ _id: behind.processId }, { $unset: { dueAt: 1 } });
    await sendDigest(deps(), older);
    expect(textsTo(owner)).toHaveLength(1);
    expect(await stateOf(input)).toBe('sent');
  });

  it('a worker that died over the weekend with a morning in hand: what that carried is in Monday’s, once', async () => {
    const owner = reader();
    const input = await waitingForFriday(owner, '没约的会');
    const older = morningOf(owner, '2026-03-13');
    desk.now = friday;
    await claimMail(store(), older, { now: desk.now, leaseUntil: addMs(desk.now, 140_000) });
    const digest = await findDigest(store(), older);
    if (digest === undefined) throw new Error('it is planned');
    expect(await gatherReminders(store(), digest, { now: desk.now, leaseUntil: desk.now })).toHaveLength(1);
    await plan(planning(), owner, { at: monday, day: '2026-03-16' }, desk.now);
    desk.now = monday;
    await letLeave();
    expect(textsTo(owner)).toHaveLength(1);
    expect(times(textsTo(owner)[0] ?? '', '没约的会')).toBeGreaterThan(0);
    expect(await stateOf(input)).toBe('sent');
    expect((await findDigest(store(), older))?.state).toBe('leftOut');
    expect((await findDigest(store(), morningOf(owner, '2026-03-16')))?.state).toBe('sent');
  });
});

describe('a thing is one line', () => {
  it('M-22: a director who is to sign what stands behind its last rung reads it as their own, with the link', async () => {
    const job = await standing('自己的一步', 'director');
    const seq = job.seq + 1;
    await sendMail(deps(), job.mail('remind', { personId: 'director' }, { seq, name: `${job.processId}/rung/1` }));
    await standing('别人的一步');
    await planMornings(planning(), await houseNow(store()), friday);
    desk.now = monday;
    await sendDigest(deps(), morningOf('director', '2026-03-16'));
    await letLeave();
    const [text = '', ...more] = textsTo('director');
    expect(more).toEqual([]);
    expect(times(text, '自己的一步')).toBe(1);
    expect(text).toContain('1 件等您处理');
    expect(text).toContain('1 步各级都已告知，仍未处理');
    expect(text).toMatch(/https:\/\/jobbag\.agency\.example\/a\/[\w.-]+/u);
  });
});

describe('R-227: a reader who is not there on the morning', () => {
  const upTo = inShanghai('2026-03-25 09:00');
  const away = async (personId: string, from: string, standInId?: string): Promise<void> => {
    const leave = { personId, from, to: upTo, ...(standInId === undefined ? {} : { standInId }) };
    await absences.save(store(), `leave-${personId}`, 0, leave, { by: 'admin', at: desk.now });
  };

  it('reported ill that morning: whoever stands in reads it the same morning, for whom, and nobody twice', async () => {
    const [owner, standIn] = [reader(), reader()];
    const input = await unplanned(owner, '没约的会');
    await sendNotice(deps(), input);
    desk.now = inShanghai('2026-03-13 08:30');
    await away(owner, desk.now, standIn);
    desk.now = friday;
    await letLeave();
    expect(textsTo(standIn)).toEqual([]);
    desk.now = addMs(friday, 61_000);
    await letLeave();
    expect(textsTo(standIn)).toHaveLength(1);
    expect(textsTo(standIn)[0]).toContain('没约的会');
    expect(textsTo(standIn)[0]).toContain(`客户执行 ${owner.slice('planner'.length)}`);
    expect(await stateOf(input)).toBe('sent');
    // The process asks again, as after a restart, and the owner comes back.
    expect(await sendNotice(deps(), input)).toBeNull();
    desk.now = upTo;
    await letLeave();
    expect(textsTo(owner)).toEqual([]);
    expect(textsTo(standIn)).toHaveLength(1);
  });

  it('whoever died when it was given and planned in no digest is made up for', async () => {
    const [owner, standIn] = [reader(), reader()];
    const input = await unplanned(owner, '没约的会');
    await sendNotice(deps(), input);
    desk.now = friday;
    await away(owner, friday, standIn);
    const digest = await findDigest(store(), morningOf(owner, '2026-03-13'));
    if (digest === undefined) throw new Error('it is planned');
    expect(await remindersToPass(store(), digest)).toHaveLength(1);
    const given = { personId: standIn, addressRevision: 1, queuedAt: friday, notBefore: friday };
    await passReminder(store(), mailIdOf(input.name), owner, given);
    await letLeave();
    desk.now = addMs(friday, 61_000);
    await letLeave();
    expect(textsTo(standIn)).toHaveLength(1);
    expect(textsTo(owner)).toEqual([]);
    expect(await stateOf(input)).toBe('sent');
  });

  it('a rung that its ladder keeps for the digest goes to whoever has the position by then', async () => {
    const [owner, standIn] = [reader(), reader()];
    const job = await tryJob(store(), desk.ring, { title: '停着的工作' });
    const rung = { type: 'rungClimbed', ...whereOf(job), n: 1, kind: 'escalate', whom: 'ae', by: 'digest' } as const;
    const seq = await goOn(store(), job.processId, desk.now, rung);
    const name = `${job.processId}/rung/1`;
    await sendMail(deps(), job.mail('escalate', { position: 'owner' }, { seq, name, ownerId: owner }));
    desk.now = inShanghai('2026-03-13 08:30');
    await away(owner, desk.now, standIn);
    desk.now = friday;
    await letLeave();
    desk.now = addMs(friday, 61_000);
    await letLeave();
    expect(textsTo(owner)).toEqual([]);
    expect(textsTo(standIn)).toHaveLength(1);
    expect(textsTo(standIn)[0]).toContain('停着的工作');
  });

  it('with nobody to stand in it waits for the return', async () => {
    const owner = reader();
    const input = await unplanned(owner);
    await sendNotice(deps(), input);
    desk.now = friday;
    await away(owner, friday);
    await letLeave();
    expect(await stateOf(input)).toBe('queued');
    desk.now = upTo;
    await letLeave();
    expect(textsTo(owner)).toHaveLength(1);
  });

  it('a leave known before: told within the minute while its reader is there, not on the morning behind it', async () => {
    const [owner, standIn] = [reader(), reader()];
    await away(owner, friday, standIn);
    const input = await unplanned(owner);
    await sendNotice(deps(), input);
    expect(digests.started.map(({ at }) => at)).toEqual([addMs(desk.now, 60_000)]);
    desk.now = addMs(desk.now, 61_000);
    await letLeave();
    expect(textsTo(owner)).toHaveLength(1);
    expect(await stateOf(input)).toBe('sent');
  });

  it('in another zone the morning is the reader’s own', async () => {
    const owner = reader();
    const own = { ...shanghaiOffice(), id: `person:${owner}`, zone: 'Asia/Urumqi' };
    await calendars.save(store(), own.id, 0, own, { by: 'admin', at: thursday, words: '' });
    await sendNotice(deps(), await unplanned(owner));
    expect(digests.started.map(({ at }) => at)).toEqual([inShanghai('2026-03-13 11:00')]);
  });
});
