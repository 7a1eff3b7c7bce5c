import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendNotice } from '../../../activities/cases/notice.ts';
import { giveUpDigest, sendDigest } from '../../../activities/digest/send.ts';
import type { CaseMailEffect } from '../../../domain/cases/acts.ts';
import { addMs } from '../../../domain/instant.ts';
import { caseKey, caseTable } from '../../../store/cases.ts';
import { claimMail, findMail, mailIdOf, outboxTable } from '../../../store/outbox.ts';
import { putNoticeBy } from '../../../store/notices.ts';
import { findDigest, gatherReminders } from '../../../store/reminders.ts';
import { absences } from '../../../store/people.ts';
import { inShanghai } from '../../domain/calendar/calendars.ts';
import { person } from '../../domain/people/house.ts';
import { ownStore } from '../../store/store.ts';
import { fillHouse, staff } from '../house.ts';
import type { MailDesk } from '../mail/desk.ts';
import { openDesk } from '../mail/desk.ts';
import { digestDeps, mailsTo, StartedDigests, textsTo as textsIn } from './desk.ts';
import { keptMeeting, keptMinutes, keptPaper, objectedMinutes, toldIssue, unwrittenMinutes } from './kept-case.ts';

/** Reminders that cases and minutes send to the house, on the real store, with real mails. */
const store = ownStore();
let desk: MailDesk;
let digests: StartedDigests;
const readers = Array.from({ length: 24 }, (_, n) =>
  person(`holder${n}`, ['ACCOUNT_EXECUTIVE'], { name: `客户执行 ${n}` }),
);
let next = 0;
/** Somebody no other test writes to. */
const reader = (): string => readers[(next += 1)]?.id ?? '';

/** Tuesday. An objection then is to be corrected by Wednesday's close; with Thursday's the account manager hears of it. */
const tuesday = inShanghai('2026-03-10 10:00');
const wednesdayClose = inShanghai('2026-03-11 17:00');
const thursday = inShanghai('2026-03-12 09:00');

beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store(), [
    ...staff,
    ...readers,
    person('ae-1', ['ACCOUNT_EXECUTIVE'], { name: '王 芳' }),
    person('am-1', ['ACCOUNT_MANAGER'], { name: '何 琳' }),
    person('artist-1', ['ARTIST'], { name: 'Lena Roth', language: 'en' }),
    person('client-1', ['CLIENT_LEAD'], { name: '周 岚', clientId: 'yunfeng' }),
  ]);
});
afterAll(async () => desk.close());
beforeEach(async () => {
  // Cases of the tests before are nobody's concern: none of their marks is ahead.
  await caseTable(store()).updateMany({}, { $unset: { dueAt: 1 } });
  await outboxTable(store()).deleteMany({ personId: 'artist-1' });
  digests = new StartedDigests();
  desk.post.taken.length = 0;
  desk.post.moods.length = 0;
});

type Input = CaseMailEffect['input'];
const deps = () => digestDeps(desk, digests);
const put = (input: Input | undefined) => {
  if (input === undefined) throw new Error('no such mail');
  return sendNotice(deps(), input);
};
const stateOf = async (input: Input | undefined) => (await findMail(store(), mailIdOf(input?.name ?? '')))?.state;
const to = (id: string) => mailsTo(desk, id);
const textsTo = (id: string) => textsIn(desk, id);
const letLeave = () => digests.leave(deps());
/** Minutes whose correction was due at Wednesday's close, and the reminder of it. */
async function uncorrected(ownerId: string, title?: string) {
  const kept = await objectedMinutes(store(), tuesday, { ownerId, ...(title === undefined ? {} : { title }) });
  await kept.until(wednesdayClose);
  desk.now = wednesdayClose;
  const [input] = kept.told('correctionDue');
  return { kept, input };
}

describe('M-22: what only reminds whoever has a case is in their morning mail', () => {
  it('waits for the morning of its reader, alone it is the mail it always was, and only once', async () => {
    const owner = reader();
    const { kept, input } = await uncorrected(owner);
    expect(await put(input)).toBeNull();
    expect(await put(input)).toBeNull();
    expect(digests.started.map(({ at }) => at)).toEqual([thursday]);
    await letLeave();
    expect(desk.post.taken).toEqual([]);
    desk.now = thursday;
    await letLeave();
    expect(to(owner)).toHaveLength(1);
    expect(to(owner)[0]?.email.subject).toContain('会议记录待更正');
    expect(textsTo(owner)[0]).toContain(`https://jobbag.agency.example/meetings/${caseKey(kept.processId)}`);
    expect(to(owner)[0]?.email.messageId).toBe(`<${mailIdOf(`digest/${owner}/2026-03-12`)}@agency.example>`);
    expect(await stateOf(input)).toBe('sent');
    // Asked once more afterwards, as after a restart: it is settled.
    expect(await put(input)).toBeNull();
    expect(to(owner)).toHaveLength(1);
  });

  it('several are one mail: what, by when, since when, and the page of each', async () => {
    const owner = reader();
    const all = [await uncorrected(owner, '夏季提案'), await uncorrected(owner, '秋季提案')];
    const meeting = await keptMeeting(store(), inShanghai('2026-03-09 10:00'), { ownerId: owner, title: '月度例会' });
    await meeting.until(wednesdayClose);
    const [unplanned] = meeting.told('meetingUnplanned');
    for (const { input } of all) await put(input);
    await put(unplanned);
    desk.now = thursday;
    await letLeave();
    const [text = '', ...more] = textsTo(owner);
    expect(more).toEqual([]);
    expect(to(owner)[0]?.email.subject).toContain('3 件会议事项等您处理');
    for (const title of ['会议记录 · 夏季提案', '会议记录 · 秋季提案', '会议 · 月度例会'])
      expect(text).toContain(title);
    expect(text.match(/会议记录待更正/g)?.length).toBe(2);
    expect(text).toContain('会议还没有约定时间地点');
    expect(text).toMatch(/昨天 17:00 · 3月11日，/u);
    expect(text).toMatch(/自3月10日 10:00 起/u);
    for (const { kept } of all)
      expect(text).toContain(`打开查看 https://jobbag.agency.example/meetings/${kept.processId}`);
    expect(await Promise.all([...all.map(({ input }) => input), unplanned].map(stateOf))).toEqual([
      'sent',
      'sent',
      'sent',
    ]);
  });

  it('R-64: an issue to be settled stands before the meetings, under words of its own', async () => {
    const owner = reader();
    const issue = await toldIssue(store(), tuesday, { ownerId: owner, title: '打样色差' });
    const meeting = await keptMeeting(store(), tuesday, { ownerId: owner, title: '月度例会' });
    for (const kept of [issue, meeting]) await kept.until(inShanghai('2026-03-12 17:00'));
    desk.now = issue.now;
    await put(issue.told('issueUnsettled')[0]);
    await put(meeting.told('meetingUnplanned')[0]);
    desk.now = inShanghai('2026-03-13 09:00');
    await letLeave();
    expect(to(owner)).toHaveLength(1);
    expect(to(owner)[0]?.email.subject).toContain('1 件问题等您处理，1 件会议事项等您处理');
    const [text = ''] = textsTo(owner);
    expect(text).toContain('问题 · 打样色差');
    expect(text).toContain(`https://jobbag.agency.example/meetings/${issue.processId}`);
    expect(text.indexOf('打样色差')).toBeLessThan(text.indexOf('月度例会'));
  });

  it('what was done meanwhile is left out; with nothing left there is no mail', async () => {
    const owner = reader();
    const [done, left] = [await uncorrected(owner, '已更正'), await uncorrected(owner, '还在')];
    for (const { input } of [done, left]) await put(input);
    const correct = async ({ kept }: typeof done): Promise<void> => {
      const paper = await keptPaper(store(), 'F-15', { subject: '改正' });
      await kept.act('ae-1', { type: 'move', move: 'submit', paper });
    };
    await correct(done);
    desk.now = thursday;
    await letLeave();
    expect(textsTo(owner)).toHaveLength(1);
    expect(textsTo(owner)[0]).toContain('还在');
    expect(await Promise.all([done, left].map(({ input }) => stateOf(input)))).toEqual(['leftOut', 'sent']);

    const nobody = reader();
    const gone = await uncorrected(nobody);
    await put(gone.input);
    await correct(gone);
    desk.now = thursday;
    await letLeave();
    expect(textsTo(nobody)).toEqual([]);
    expect(await stateOf(gone.input)).toBe('leftOut');
  });

  it('R-227: while the owner is on leave whoever stands in reads it, and for whom', async () => {
    const [owner, standIn] = [reader(), reader()];
    const [from, until] = [tuesday, inShanghai('2026-03-20 09:00')];
    const leave = { personId: owner, from, to: until, standInId: standIn };
    await absences.save(store(), `leave-${owner}`, 0, leave, { by: 'admin', at: tuesday });
    const two = [await uncorrected(owner, '一'), await uncorrected(owner, '二')];
    for (const { input } of two) await put(input);
    desk.now = thursday;
    await letLeave();
    expect(textsTo(owner)).toEqual([]);
    expect(textsTo(standIn)).toHaveLength(1);
    expect(textsTo(standIn)[0]?.match(new RegExp(`代客户执行 ${owner.slice('holder'.length)}`, 'g'))?.length).toBe(2);
  });
});

describe('what waits for nothing', () => {
  it('R-122: a meeting two hours away, and whatever tells others or above, is a mail of its own at once', async () => {
    const owner = reader();
    const meeting = await keptMeeting(store(), tuesday, { ownerId: owner });
    const paper = await keptPaper(store(), 'F-13', { meetingTime: inShanghai('2026-03-12 14:00') });
    await meeting.act('am-1', { type: 'move', move: 'announce', paper });
    await meeting.until(inShanghai('2026-03-12 13:00'));
    desk.now = meeting.now;
    await put(meeting.told('agendaDue')[0]);
    await put(meeting.told('agendaLate')[0]);
    const { kept } = await uncorrected(owner);
    await kept.until(inShanghai('2026-03-12 17:00'));
    desk.now = kept.now;
    for (const input of kept.told('correctionDue').slice(1)) await put(input);
    expect(to(owner).map(({ email }) => /(两小时后|晚于会前|待更正)/u.exec(email.subject ?? '')?.[1])).toEqual([
      '两小时后',
      '晚于会前',
      '待更正',
    ]);
    expect(digests.asked).toEqual([]);
  });

  it('R-136: what asks the client for a signature proves its delivery by itself, and the client’s mails never wait', async () => {
    const kept = await keptMinutes(store(), tuesday, { ownerId: reader() });
    desk.now = tuesday;
    const [confirm] = kept.told('confirmMinutes');
    expect(await put(confirm)).toMatchObject({ type: 'mailed', outcome: 'accepted', personId: 'client-1' });
    const [review] = kept.told('reviewMinutes');
    expect(await put(review)).toMatchObject({ type: 'mailed', outcome: 'accepted', personId: 'am-1' });
    await kept.until(inShanghai('2026-03-12 09:00'));
    expect(kept.state.state).toBe('DEEMED_CONFIRMED');
    for (const input of kept.told('minutesDeemed')) await put(input);
    expect(to('client-1')).toHaveLength(2);
    expect(digests.asked).toEqual([]);
  });

  it('R-128: minutes that nobody wrote are overdue at the same moment: the reminder does not wait past it', async () => {
    const owner = reader();
    const kept = await unwrittenMinutes(store(), tuesday, { ownerId: owner });
    await kept.until(inShanghai('2026-03-11 10:00'));
    desk.now = kept.now;
    await put(kept.told('minutesDraftDue')[0]);
    expect(to(owner)).toHaveLength(1);
    expect(digests.asked).toEqual([]);
  });
});

describe('S-66: tasks of one morning', () => {
  const monday = inShanghai('2026-03-16 09:00');
  const steps = (action: string) => [{ action, executor: 'artist-1', keyDate: '2026-03-16' }];
  const dueToday = async (action: string, at = tuesday) => {
    const kept = await keptMinutes(store(), at, { ownerId: 'ae-1', steps: steps(action) });
    await kept.until(monday);
    return { kept, input: kept.told('taskDue')[0] };
  };

  it('are one mail within two minutes, each with its action; one that was answered meanwhile is left out', async () => {
    const all = [await dueToday('标题放大'), await dueToday('换底图'), await dueToday('补拍产品')];
    desk.now = monday;
    for (const { input } of all) await put(input);
    expect(new Set(digests.started.map(({ at }) => at))).toEqual(new Set([addMs(monday, 60_000)]));
    await all[2]?.kept.act('artist-1', { type: 'settleTask', task: 'v1.1', done: true });
    desk.now = addMs(monday, 61_000);
    await letLeave();
    const [text = '', ...more] = textsTo('artist-1');
    expect(more).toEqual([]);
    expect(to('artist-1')[0]?.email.subject).toContain('2 waiting from meetings');
    expect(text).toContain('A task from the minutes is due today · 标题放大');
    expect(text).toContain('A task from the minutes is due today · 换底图');
    expect(text).not.toContain('补拍产品');
    expect(text).toContain('today 17:00');
    expect(await Promise.all(all.map(({ input }) => stateOf(input)))).toEqual(['sent', 'sent', 'leftOut']);
  });

  it('at its close the owner hears of it too, so nobody waits', async () => {
    const { kept } = await dueToday('标题放大');
    await kept.until(inShanghai('2026-03-16 17:00'));
    desk.now = kept.now;
    const overdue = kept.told('taskOverdue');
    expect(overdue.map((one) => one.to)).toEqual([{ personId: 'artist-1' }, { personId: 'ae-1' }]);
    for (const input of overdue) await put(input);
    expect(textsTo('artist-1')).toHaveLength(1);
    expect(textsTo('ae-1')).toHaveLength(1);
    expect(digests.asked).toEqual([]);
  });

  it('the morning’s mail waits until the engine has reached every mark of its minute', async () => {
    const behind = await keptMinutes(store(), tuesday, { ownerId: 'ae-1', steps: steps('还没轮到') });
    await behind.until(addMs(monday, -1));
    const { input } = await dueToday('标题放大');
    desk.now = monday;
    await put(input);
    const [started] = digests.started;
    desk.now = addMs(monday, 60_000);
    const id = started?.digestId ?? '';
    await expect(sendDigest(deps(), id)).rejects.toMatchObject({ type: 'RungsUnderWay' });
    await behind.until(monday);
    await put(behind.told('taskDue')[0]);
    // What came in just now may have company.
    await expect(sendDigest(deps(), id)).rejects.toMatchObject({ type: 'RemindersComing' });
    desk.now = addMs(desk.now, digests.quietMs);
    await sendDigest(deps(), id);
    expect(textsTo('artist-1')).toHaveLength(1);
    expect(textsTo('artist-1')[0]).toContain('还没轮到');
  });
});

describe('whoever dies in between', () => {
  it('put by when its digest had just left: found again a day later it is told soon, and once', async () => {
    const owner = reader();
    const [first, second] = [(await uncorrected(owner, '一')).input, (await uncorrected(owner, '二')).input];
    if (second === undefined) throw new Error('no such mail');
    await put(first);
    desk.now = thursday;
    await letLeave();
    const { name, processId } = second;
    const times = { queuedAt: wednesdayClose, notBefore: thursday };
    await putNoticeBy(store(), { name, processId, personId: owner, addressRevision: 1, input: second, ...times });
    desk.now = inShanghai('2026-03-12 15:30');
    expect(await put(second)).toBeNull();
    desk.now = addMs(desk.now, 60_000);
    await letLeave();
    expect(textsTo(owner)).toHaveLength(2);
    expect(await stateOf(second)).toBe('sent');
    await put(second);
    await letLeave();
    expect(textsTo(owner)).toHaveLength(2);
  });

  it('one that was begun as a mail of its own is finished as that', async () => {
    const owner = reader();
    const { input } = await uncorrected(owner);
    if (input === undefined) throw new Error('no such mail');
    desk.post.moods.push({ at: 'rcpt', code: 451 });
    await expect(sendNotice(desk.deps(), input)).rejects.toMatchObject({ type: 'MailServer' });
    expect(await stateOf(input)).toBe('queued');
    desk.now = addMs(desk.now, 5_000);
    expect(await put(input)).toBeNull();
    expect(digests.asked).toEqual([]);
    expect(textsTo(owner)).toHaveLength(1);
  });

  it('with a digest in hand: after its lease somebody else sends all of it, once; given up it counts as not delivered', async () => {
    const owner = reader();
    const inputs = [(await uncorrected(owner, '一')).input, (await uncorrected(owner, '二')).input];
    for (const input of inputs) await put(input);
    const id = digests.started[0]?.digestId ?? '';
    desk.now = thursday;
    await claimMail(store(), id, { now: desk.now, leaseUntil: addMs(desk.now, 140_000) });
    const digest = await findDigest(store(), id);
    if (!digest) throw new Error('it is planned');
    expect(await gatherReminders(store(), digest, { now: desk.now, leaseUntil: desk.now })).toHaveLength(2);
    // The process asks again meanwhile: it is in a digest's hands.
    expect(await put(inputs[0])).toBeNull();
    await expect(sendDigest(deps(), id)).rejects.toMatchObject({ type: 'InOtherHands' });
    desk.now = addMs(desk.now, 140_001);
    await sendDigest(deps(), id);
    expect(textsTo(owner)).toHaveLength(1);
    expect(await Promise.all(inputs.map(stateOf))).toEqual(['sent', 'sent']);

    const other = reader();
    const { input } = await uncorrected(other);
    await put(input);
    const theirs = digests.started.find(({ digestId }) => digestId !== id)?.digestId ?? '';
    desk.now = thursday;
    desk.post.moods.push({ at: 'rcpt', code: 451 });
    await expect(sendDigest(deps(), theirs)).rejects.toMatchObject({ type: 'MailServer' });
    await claimMail(store(), theirs, { now: desk.now, leaseUntil: desk.now });
    await giveUpDigest(deps(), theirs);
    expect(await findMail(store(), mailIdOf(input?.name ?? ''))).toMatchObject({
      state: 'failed',
      why: 'NO_ANSWER_FROM_MAIL_SERVER',
    });
  });
});
