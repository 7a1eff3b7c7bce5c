import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendNotice } from '../../../activities/cases/notice.ts';
import type { CaseMailEffect } from '../../../domain/cases/acts.ts';
import { scheduleProcess } from '../../../domain/schedule/process.ts';
import type { ScheduleAct, ScheduleEvent, ScheduleState } from '../../../domain/schedule/state.ts';
import { initialSchedule } from '../../../domain/schedule/state.ts';
import { freeze } from '../../../papers/form.ts';
import { executionSchedule } from '../../../papers/timing/schedule.ts';
import { caseKey, caseTable } from '../../../store/cases.ts';
import { jobTable } from '../../../store/jobs.ts';
import { findMail, mailIdOf } from '../../../store/outbox.ts';
import { freezePaper } from '../../../store/papers.ts';
import { inShanghai } from '../../domain/calendar/calendars.ts';
import { about } from '../../domain/cases/play.ts';
import { person } from '../../domain/people/house.ts';
import { ownStore } from '../../store/store.ts';
import { fillHouse, staff } from '../house.ts';
import type { MailDesk } from '../mail/desk.ts';
import { openDesk } from '../mail/desk.ts';
import { digestDeps, mailsTo, StartedDigests, textsTo as textsIn } from './desk.ts';
import { KeptCase } from './kept-case.ts';

/** What executors are asked and reminded of, on the real store, with real mails. */
const store = ownStore();
let desk: MailDesk;
let digests: StartedDigests;
const executors = Array.from({ length: 16 }, (_, n) => person(`maker${n}`, ['ARTIST'], { name: `执行 ${n}` }));
let next = 0;
/** Somebody no other test writes to. */
const executor = (): string => executors[(next += 1)]?.id ?? '';

const tuesday = inShanghai('2026-03-10 10:00');
/** The working day before a Monday's node. */
const friday = inShanghai('2026-03-13 09:00');

beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store(), [...staff, ...executors, person('ae-1', ['ACCOUNT_EXECUTIVE'], { name: '王 芳' })]);
});
afterAll(async () => desk.close());
beforeEach(async () => {
  // Schedules of the tests before are nobody's concern: none of their rungs is ahead.
  await caseTable(store()).updateMany({}, { $unset: { dueAt: 1 } });
  digests = new StartedDigests();
  desk.post.taken.length = 0;
  desk.post.moods.length = 0;
});

type Input = CaseMailEffect['input'];
type Kept = KeptCase<ScheduleState, ScheduleAct, ScheduleEvent>;
const deps = () => digestDeps(desk, digests);
const put = (input: Input | undefined) => {
  if (input === undefined) throw new Error('no such mail');
  return sendNotice(deps(), input);
};
const stateOf = async (input: Input | undefined) => (await findMail(store(), mailIdOf(input?.name ?? '')))?.state;

/** A schedule with these tasks of one person, laid down on Tuesday; their dates are on a wall clock in Shanghai. */
async function laid(owner: string, tasks: Readonly<Record<string, string>>, jobId?: string): Promise<Kept> {
  const processId = `schedule-${randomBytes(8).toString('hex')}`;
  const kept: Kept = new KeptCase(store(), scheduleProcess, initialSchedule(processId), tuesday);
  await kept.act('ae-1', { type: 'begin', ...about, parts: {}, jobId: jobId ?? `job-${processId}` });
  const entries = Object.entries(tasks).map(([task, node]) => ({
    stage: '执行',
    task,
    owner,
    timeNode: inShanghai(node),
    standard: `${task}到位`,
  }));
  const { hash, facts, content } = freeze(executionSchedule, { entries });
  await freezePaper(store(), 'F-11', content, facts);
  await kept.act('ae-1', { type: 'move', move: 'layDown', paper: { form: 'F-11', hash, facts } });
  desk.now = tuesday;
  return kept;
}

describe('R-53: an executor is asked by one mail', () => {
  it('with each task, its date and its standard, and a link of their own', async () => {
    const owner = executor();
    const kept = await laid(owner, { 现场搭建: '2026-03-16 16:00', 拆除: '2026-03-18 22:00' });
    const [asking] = kept.told('confirmEntries');
    expect(await put(asking)).toMatchObject({ type: 'mailed', outcome: 'accepted', personId: owner });
    const [text = ''] = textsIn(desk, owner);
    for (const said of ['1. 现场搭建 · ', '交付标准：现场搭建到位', '2. 拆除 · ', '打开，逐项确认'])
      expect(text).toContain(said);
    expect(text).toMatch(/https:\/\/jobbag\.agency\.example\/e\/a\/[A-Za-z0-9_.-]+/);
    expect(mailsTo(desk, owner)[0]?.email.subject).toContain('请确认您在执行排期中的任务');
    expect(await put(asking)).toMatchObject({ type: 'mailed', outcome: 'accepted' });
    expect(mailsTo(desk, owner)).toHaveLength(1);
  });
});

describe('R-57, S-42: the reminder before a date rides in the morning mail', () => {
  const reminded = async (owner: string, task: string, jobId?: string) => {
    const kept = await laid(owner, { [task]: '2026-03-16 16:00' }, jobId);
    const [entry] = kept.state.entries;
    await kept.act(owner, { type: 'confirmEntry', entry: 'e1', mark: entry?.mark ?? '' });
    await kept.until(friday);
    desk.now = friday;
    return { kept, input: kept.told('entryAhead')[0] };
  };

  it('several are one mail, each with task and date; what was done meanwhile is left out', async () => {
    const owner = executor();
    const all = [await reminded(owner, '现场搭建'), await reminded(owner, '灯光调试'), await reminded(owner, '彩排')];
    for (const { input } of all) expect(await put(input)).toBeNull();
    expect(mailsTo(desk, owner)).toEqual([]);
    const done = all[2]?.kept;
    await done?.act(owner, {
      type: 'reportEntry',
      entry: 'e1',
      mark: done.state.entries[0]?.mark ?? '',
      evidence: '照片',
    });
    desk.now = inShanghai('2026-03-13 09:02');
    await digests.leave(deps());
    const [text = '', ...more] = textsIn(desk, owner);
    expect(more).toEqual([]);
    expect(mailsTo(desk, owner)[0]?.email.subject).toContain('2 项排期任务等您处理');
    for (const said of ['快到时间节点 · 现场搭建', '快到时间节点 · 灯光调试']) expect(text).toContain(said);
    expect(text).not.toContain('彩排');
    expect(text).toContain(`https://jobbag.agency.example/schedules/${caseKey(all[0]?.kept.processId ?? '')}`);
    expect(await Promise.all(all.map(({ input }) => stateOf(input)))).toEqual(['sent', 'sent', 'leftOut']);
  });

  it('R-53: what is not confirmed and near its date is two lines of one mail, however many tasks there are', async () => {
    const owner = executor();
    const kept = await laid(owner, { 现场搭建: '2026-03-12 16:00', 灯光调试: '2026-03-12 16:00' });
    const wednesday = inShanghai('2026-03-11 09:00');
    await kept.until(wednesday);
    desk.now = wednesday;
    const inputs = [...kept.told('entryUnconfirmed'), ...kept.told('entryAhead')];
    expect(inputs).toHaveLength(4);
    for (const input of inputs) expect(await put(input)).toBeNull();
    desk.now = inShanghai('2026-03-11 09:02');
    await digests.leave(deps());
    const [text = '', ...more] = textsIn(desk, owner);
    expect(more).toEqual([]);
    expect(mailsTo(desk, owner)[0]?.email.subject).toContain('4 项排期任务等您处理');
    for (const task of ['现场搭建', '灯光调试'])
      for (const title of ['还没有确认', '快到时间节点']) expect(text).toMatch(new RegExp(`${title}[^\\n]* · ${task}`));
    expect(await Promise.all(inputs.map(stateOf))).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  it('a job that was put on hold, or has ended, while the reminder waited leaves it out', async () => {
    for (const change of [{ onHold: true }, { open: false }]) {
      const owner = executor();
      const jobId = `job-${randomBytes(6).toString('hex')}`;
      await jobTable(store()).collection.insertOne({ _id: jobId, open: true, onHold: false } as never);
      const { input } = await reminded(owner, '现场搭建', jobId);
      expect(await put(input)).toBeNull();
      expect(await stateOf(input)).toBe('queued');
      await jobTable(store()).updateOne({ _id: jobId }, { $set: change });
      desk.now = inShanghai('2026-03-13 09:02');
      await digests.leave(deps());
      expect(textsIn(desk, owner)).toEqual([]);
      expect(await stateOf(input)).toBe('leftOut');
    }
  });

  it('past its date the owner of the schedule hears of it too, so nobody waits', async () => {
    const owner = executor();
    const { kept } = await reminded(owner, '现场搭建');
    await kept.until(inShanghai('2026-03-16 16:00'));
    desk.now = kept.now;
    for (const input of kept.told('entryOverdue')) await put(input);
    expect(textsIn(desk, owner)[0]).toContain('现场搭建');
    expect(textsIn(desk, 'ae-1')[0]).toContain('现场搭建');
    expect(digests.asked).toEqual([]);
  });

  it('on hold nobody is reminded; a job that has ended takes its schedule along', async () => {
    for (const [row, answer] of [
      [{ open: true, onHold: true }, null],
      [
        { open: false, onHold: false },
        { type: 'told', move: 'endWithJob' },
      ],
    ] as const) {
      const owner = executor();
      const jobId = `job-${randomBytes(6).toString('hex')}`;
      await jobTable(store()).collection.insertOne({ _id: jobId, ...row } as never);
      const { input } = await reminded(owner, '现场搭建', jobId);
      expect(await put(input)).toEqual(answer);
      expect(await stateOf(input)).toBeUndefined();
    }
  });
});
