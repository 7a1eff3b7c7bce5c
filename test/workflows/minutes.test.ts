import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MinutesState } from '../../domain/minutes/state.ts';
import { rebuildReadModels } from '../../ops/rebuild.ts';
import { verifyExport } from '../../ops/verify.ts';
import { areMinutes, caseTable } from '../../store/cases.ts';
import { exportLog } from '../../store/export.ts';
import { about, who } from '../domain/cases/play.ts';
import { ownStore } from '../store/store.ts';
import { CaseHouse } from './case-house.ts';
import { wall } from './skipping.ts';

const store = ownStore();
let house: CaseHouse;
let keys: string;
beforeAll(async () => {
  keys = await mkdtemp(join(tmpdir(), 'jobbag-cases-'));
  house = await CaseHouse.open(store, keys);
});
afterAll(async () => {
  await house.close();
  await rm(keys, { recursive: true, force: true });
});

async function minutesOf(processId: string): Promise<MinutesState> {
  const state = await house.shown(processId);
  if (!areMinutes(state)) throw new Error('no minutes');
  return state;
}

/** Minutes of a telephone call that went to the client at a moment of the week. */
async function sent(weekday: string, time: string): Promise<{ id: string; copyHash: string }> {
  const id = `minutes-${randomUUID()}`;
  await house.sleepUntil(weekday, time);
  await house.start(id, 'minutes', 'ae-1', { type: 'begin', ...about });
  const paper = await house.paper('F-15');
  await house.act(id, 'ae-1', { type: 'move', move: 'submit', paper });
  await house.act(id, 'am-1', { type: 'move', move: 'approve', hash: paper.hash });
  expect((await minutesOf(id)).state).toBe('SENT');
  return { id, copyHash: String(paper.facts['copyHash']) };
}

/** What somebody got by mail, as it reads. */
const textsTo = (personId: string): readonly string[] =>
  house.post.taken.filter(({ to }) => to.includes(`${personId}@example.test`)).map(({ email }) => email.text ?? '');

const bounceOf = async (id: string, at: string) =>
  ({
    type: 'bounced',
    notice: 'confirmMinutes',
    sent: (await minutesOf(id)).asked['confirmMinutes']?.sent ?? 0,
    personId: 'client-1',
    at,
  }) as const;

describe('M-07 on the engine: minutes at the client', () => {
  test('R-136, P-20: silence from the accepted mail to the close of the next working day is deemed confirmation, not before', async () => {
    const { id } = await sent('Fri', '11:00');
    expect(house.mailsTo('client-1').at(-1)).toContain('请签复会议记录');
    await house.sleepUntil('Mon', '16:59');
    expect((await minutesOf(id)).state, 'a minute before close').toBe('SENT');
    await house.sleepUntil('Mon', '17:05');
    const state = await minutesOf(id);
    expect(state.state).toBe('DEEMED_CONFIRMED');
    const [verdict] = state.verdicts;
    expect(verdict?.kind).toBe('deemed');
    expect(wall(verdict?.window?.acceptedAt ?? '')).toBe('Fri 11:00');
    expect(wall(verdict?.window?.endsAt ?? '')).toBe('Mon 17:00');
    expect(house.mailsTo('ae-1').at(-1)).toContain('默认确认');
  });

  test('R-137: an objection clicked before the close wins although no worker ran when the window closed', async () => {
    const { id, copyHash } = await sent('Tue', '10:00');
    await house.sleepUntil('Wed', '16:55');
    const clicked = await house.moment();
    await house.away('Wed', '17:00', () =>
      house.leave(id, who('client-1'), { type: 'move', move: 'object', hash: copyHash, words: '日期不对' }, clicked),
    );
    const state = await minutesOf(id);
    expect(state.state).toBe('OBJECTED');
    expect(state.verdicts.at(-1)).toMatchObject({ kind: 'objected', at: clicked, by: 'client-1' });
  });

  test('R-136: a mail that came back annuls what silence had decided, also when the minutes were filed', async () => {
    const { id } = await sent('Mon', '10:00');
    await house.sleepUntil('Tue', '17:05');
    expect((await minutesOf(id)).state).toBe('DEEMED_CONFIRMED');
    for (const task of (await minutesOf(id)).tasks)
      await house.act(id, 'ae-1', { type: 'settleTask', task: task.id, done: true });
    await house.act(id, 'ae-1', { type: 'move', move: 'fileTacit' });
    expect((await minutesOf(id)).state).toBe('FILED_TACIT');
    const bounced = await bounceOf(id, await house.moment());
    await house.report(id, bounced, await house.final(id));
    const state = await minutesOf(id);
    expect(state.state).toBe('SENT');
    expect(state.verdicts.map(({ kind }) => kind)).toEqual(['deemed', 'annulled']);
    expect(house.mailsTo('ae-1').join()).toContain('默认确认作废');
  });
});

describe('M-07 on the engine: what comes late, and what comes back', () => {
  test('R-135: a late signature upgrades what silence had decided, before and after the minutes were filed', async () => {
    for (const filed of [false, true]) {
      const { id, copyHash } = await sent('Mon', '10:00');
      await house.sleepUntil('Tue', '17:05');
      for (const task of (await minutesOf(id)).tasks)
        await house.act(id, 'ae-1', { type: 'settleTask', task: task.id, done: true });
      if (filed) await house.act(id, 'ae-1', { type: 'move', move: 'fileTacit' });
      expect((await minutesOf(id)).state).toBe(filed ? 'FILED_TACIT' : 'DEEMED_CONFIRMED');
      const sign = { type: 'move', move: 'sign', hash: copyHash } as const;
      await (filed ? house.late(id, 'client-1', sign) : house.act(id, 'client-1', sign));
      const state = await minutesOf(id);
      expect(state.state).toBe('CONFIRMED');
      expect(state.verdicts.map(({ kind }) => kind)).toEqual(['deemed', 'signed']);
    }
  });

  test('R-136: a mail that comes back while the window runs ends it; silence then decides nothing, and the owner hears of it', async () => {
    const { id } = await sent('Wed', '10:00');
    expect(wall((await minutesOf(id)).window?.endsAt ?? '')).toBe('Thu 17:00');
    const bounced = await bounceOf(id, await house.moment());
    await house.leave(id, { kind: 'system', name: 'mail' }, bounced);
    await house.until(id, 'mailBounced');
    await house.settled(id);
    expect((await minutesOf(id)).window).toBeUndefined();
    await house.sleepUntil('Fri', '17:30');
    const state = await minutesOf(id);
    expect([state.state, state.verdicts]).toEqual(['SENT', []]);
    expect(house.mailsTo('ae-1').join()).toContain('邮件没有送达');
    expect(house.mailsTo('ae-1').join()).toContain('还没有客户的答复');
  });

  test('issue 4, 6: nobody answers and nobody can be reached: closed with a reason, and a late signature still upgrades', async () => {
    const { id, copyHash } = await sent('Tue', '10:00');
    await house.leave(id, { kind: 'system', name: 'mail' }, await bounceOf(id, await house.moment()));
    await house.until(id, 'mailBounced');
    for (const task of (await minutesOf(id)).tasks)
      await house.act(id, 'ae-1', { type: 'settleTask', task: task.id, done: true });
    await house.act(id, 'am-1', { type: 'move', move: 'closeUnanswered', words: '客户已离职' });
    expect((await minutesOf(id)).state).toBe('UNANSWERED');
    await house.late(id, 'client-1', { type: 'move', move: 'sign', hash: copyHash });
    expect((await minutesOf(id)).verdicts.map(({ kind }) => kind)).toEqual(['unanswered', 'signed']);
    // What the house says of its reasons stays in the house.
    expect(textsTo('ae-1').join()).toContain('客户已离职');
    expect(textsTo('client-1').join()).toContain('没有收到答复，这份记录已结束');
    expect(textsTo('client-1').join()).not.toContain('客户已离职');
  });

  test('R-59: somebody above reviews them: the reviewer who was asked hears once that nothing is needed any more', async () => {
    const id = `minutes-${randomUUID()}`;
    await house.sleepUntil('Wed', '10:00');
    await house.start(id, 'minutes', 'ae-1', { type: 'begin', ...about });
    const paper = await house.paper('F-15');
    await house.act(id, 'ae-1', { type: 'move', move: 'submit', paper });
    await house.until(id, 'mailReported');
    await house.settled(id);
    await house.act(id, 'adir-1', { type: 'move', move: 'return', hash: paper.hash, words: '漏了预算' });
    const told = textsTo('am-1').filter((text) => text.includes('不必再处理'));
    expect(told).toHaveLength(1);
    for (const said of ['已退回修改，这一版不必再由您审阅', '漏了预算', '结束：', '先前邮件里的链接只显示结果'])
      expect(told[0]).toContain(said);
  });
});

describe('design §7: the log of cases', () => {
  test('dropping the read models and folding the log again gives the same; an export of it verifies offline', async () => {
    const rows = () => caseTable(store()).find({}).sort({ _id: 1 }).lean();
    const before = await rows();
    expect(before.length).toBeGreaterThan(2);
    await rebuildReadModels(store());
    expect(await rows()).toEqual(before);
    const log = await exportLog(store(), before[0]?._id ?? '');
    expect(verifyExport(JSON.stringify(log)).ok).toBe(true);
    expect(log?.head).toEqual({ seq: before[0]?.seq, hash: before[0]?.headHash });
  });
});

describe('M-06 on the engine: a meeting begins its minutes', () => {
  test('R-128: what was held has minutes at once, counted from its end', async () => {
    const id = `case-${randomUUID()}`;
    await house.sleepUntil('Mon', '10:00');
    await house.start(id, 'meeting', 'ae-1', { type: 'begin', ...about });
    const meetingTime = new Date((await house.now()) - 3_600_000).toISOString();
    const notice = await house.paper('F-13', { meetingTime });
    await house.act(id, 'ae-1', { type: 'move', move: 'announce', paper: notice });
    await house.act(id, 'ae-1', { type: 'move', move: 'hold', happenedAt: await house.moment() });
    const minutes = `${id}/minutes`;
    await house.until(minutes, 'caseBegun');
    await house.settled(minutes);
    house.ends(minutes);
    expect((await house.shown(id)).state).toBe('HELD');
    const begun = await minutesOf(minutes);
    expect(begun.state).toBe('DUE');
    expect(begun.origin).toBe(id);
  });
});
