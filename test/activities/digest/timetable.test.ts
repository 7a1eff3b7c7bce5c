import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobAt } from '../../../activities/mail/job-at.ts';
import { sendMail } from '../../../activities/mail/send.ts';
import { addMs } from '../../../domain/instant.ts';
import type { MailInput } from '../../../domain/job/effects.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import type { TimetableEvent } from '../../../domain/job/timetable.ts';
import { timetableEffects } from '../../../domain/job/timetable-outward.ts';
import { findMail, mailIdOf } from '../../../store/outbox.ts';
import { absences } from '../../../store/people.ts';
import { stepTable } from '../../../store/steps.ts';
import { person } from '../../domain/people/house.ts';
import { ownStore } from '../../store/store.ts';
import { fillHouse, staff } from '../house.ts';
import type { MailDesk } from '../mail/desk.ts';
import { openDesk } from '../mail/desk.ts';
import { tryJob } from '../mail/job.ts';
import { digestDeps, goOn, mailsTo, StartedDigests, textsTo as textsIn } from './desk.ts';

/** What timetables tell the house, on the real store, with real mails. */
const store = ownStore();
let desk: MailDesk;
let digests: StartedDigests;
const readers = Array.from({ length: 16 }, (_, n) =>
  person(`owner${n}`, ['ACCOUNT_EXECUTIVE'], { name: `客户执行 ${n}` }),
);
let next = 0;
/** Somebody no other test writes to. */
const reader = (): string => readers[(next += 1)]?.id ?? '';

/** Thursday 15:06 in Shanghai. */
const thursday = '2026-03-12T07:06:00.000Z';
const friday = '2026-03-13T01:00:00.000Z';
const acceptedAt = '2026-03-12T03:30:00.000Z';

beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store(), [
    ...staff,
    ...readers,
    person('board', ['ACCOUNT_EXECUTIVE'], { name: 'Ann Board', language: 'en' }),
    person('contact', ['CLIENT_CONTACT'], { name: '周 岚' }),
  ]);
});
afterAll(async () => desk.close());
beforeEach(() => {
  digests = new StartedDigests();
  desk.now = thursday;
  desk.post.taken.length = 0;
  desk.post.moods.length = 0;
});

const deps = () => digestDeps(desk, digests);
const put = (input: MailInput) => sendMail(deps(), input);
const stateOf = async (input: MailInput) => (await findMail(store(), mailIdOf(input.name)))?.state;
const to = (id: string) => mailsTo(desk, id);
const textsTo = (id: string) => textsIn(desk, id);
/** Everything that was planned up to now leaves. The desks of these jobs are no concern: none of their rungs is ahead. */
async function letLeave(): Promise<void> {
  await stepTable(store()).updateMany({}, { $unset: { nextRungAt: 1, standsSince: 1 } });
  await digests.leave(deps());
}

const baseline = { version: 1, hash: 't1', acceptedAt, deliveryDate: '2026-04-24', acceptedBy: 'contact' };
const node = {
  name: '创意确认',
  date: '2026-03-27',
  at: '2026-03-27T09:00:00.000Z',
  announceAt: '2026-03-24T01:00:00.000Z',
};
const stage = (end: string, name = '创意发展') => ({ stage: name, end, warnings: [] });
const warned = (percent: number, end = '2026-03-27'): TimetableEvent => ({
  type: 'stageWarned',
  stage: '创意发展',
  end,
  percent,
});
const used: TimetableEvent = {
  type: 'floatUsedUp',
  clientMs: 8 * 3_600_000,
  agencyMs: 0,
  holdMs: 0,
  floatDays: 1,
  forecastDate: '2026-04-28',
};
const drafted: TimetableEvent = {
  type: 'extensionDrafted',
  oldDate: '2026-04-24',
  newDate: '2026-04-28',
  clientMs: 16 * 3_600_000,
};

/** A job whose timetable the client accepted. */
async function timed(title?: string): Promise<string> {
  const { processId } = await tryJob(store(), desk.ring, title === undefined ? {} : { title });
  await goOn(
    store(),
    processId,
    acceptedAt,
    { type: 'baselineAccepted', baseline },
    { type: 'timetableCounted', hash: 't1', nodes: [node], stages: [stage('2026-03-27')] },
  );
  return processId;
}

/** Something happens to the timetable of a job; the mail that tells of it, to whoever answers for it. */
async function happens(processId: string, event: TimetableEvent, ownerId: string): Promise<MailInput> {
  const seq = await goOn(store(), processId, desk.now, event);
  const { state } = await jobAt(store(), processId, seq);
  const actor = { kind: 'system', name: 'clock' } as const;
  const stamp = { seq, at: desk.now, receivedAt: desk.now, commandId: `${processId}-${String(seq)}`, actor };
  const [effect] = timetableEffects(state, event, stamp);
  if (effect?.kind !== 'mail') throw new Error('no mail');
  return { ...effect.input, ownerId };
}

describe('M-22, R-57: what a timetable tells the house is in the morning mail of whoever answers for the job', () => {
  it('waits for the morning of its reader, alone it is the mail it always was, and only once', async () => {
    const owner = reader();
    const input = await happens(await timed(), warned(50), owner);
    expect(await put(input)).toEqual({ type: 'told', outcome: 'accepted' });
    expect(await put(input)).toEqual({ type: 'told', outcome: 'accepted' });
    expect(digests.started.map(({ at }) => at)).toEqual([friday]);
    await letLeave();
    expect(desk.post.taken).toEqual([]);
    desk.now = friday;
    await letLeave();
    expect(to(owner)).toHaveLength(1);
    expect(to(owner)[0]?.email.subject).toContain('阶段时间已过大半');
    expect(textsTo(owner)[0]).toContain('时间已过 50%');
    expect(textsTo(owner)[0]).toContain(`/jobs/${input.processId}`);
    expect(to(owner)[0]?.email.messageId).toBe(`<${mailIdOf(`digest/${owner}/2026-03-13`)}@agency.example>`);
    expect(await stateOf(input)).toBe('sent');
    await put(input);
    await letLeave();
    expect(to(owner)).toHaveLength(1);
  });

  it('several jobs are one mail with a part of its own; of two warnings of one stage the later speaks', async () => {
    const [one, two, three] = [await timed('Spring'), await timed('Summer'), await timed('Autumn')];
    const inputs = [
      await happens(one, warned(50), 'board'),
      await happens(one, warned(80), 'board'),
      await happens(two, used, 'board'),
      await happens(two, drafted, 'board'),
      await happens(three, warned(50), 'board'),
    ];
    for (const input of inputs) await put(input);
    desk.now = friday;
    await letLeave();
    const [text = '', ...more] = textsTo('board');
    expect(more).toEqual([]);
    expect(to('board')[0]?.email.subject).toMatch(/^4 on timetables · /);
    expect(text).toContain('Of the jobs you answer for, the nearest day first.');
    expect(text.match(/Time of a stage is running/g)?.length).toBe(2);
    expect(text).toContain('80% of its time has passed');
    expect(text.match(/50% of its time has passed/g)?.length).toBe(1);
    expect(text).toContain('Kept free: 1 working day.');
    expect(text).toContain('Fri 24 Apr 2026 → Tue 28 Apr 2026');
    expect(text).toMatch(/27 Mar 17:00 · /);
    for (const id of [one, two, three]) expect(text).toContain(`https://jobbag.agency.example/jobs/${id}`);
    // A draft opens where it is checked and sent.
    expect(text).toContain(`Open the filled form https://jobbag.agency.example/jobs/${two}/papers/F-10/edit`);
    // Stages end in March, the delivery is in April: what is nearer is read first.
    expect(text.lastIndexOf('of its time has passed')).toBeLessThan(text.indexOf('The float is used up'));
    expect(await Promise.all(inputs.map(stateOf))).toEqual(inputs.map(() => 'sent'));
  });

  it('stands beside the steps that wait for the same reader: one mail, their steps first', async () => {
    const owner = reader();
    const warning = await happens(await timed(), warned(50), owner);
    const job = await tryJob(store(), desk.ring, { holder: owner, pieceName: '海报' });
    const where = {
      circulation: 'p1/artworkQc',
      round: 1,
      step: job.mail('ask', { personId: owner }).where?.step ?? '',
    };
    const rung: JobEvent = { type: 'rungClimbed', ...where, n: 1, kind: 'remind', whom: 'holder' };
    const seq = await goOn(store(), job.processId, desk.now, rung);
    await put(warning);
    await put(job.mail('remind', { personId: owner }, { seq, name: `${job.processId}/rung/1` }));
    desk.now = friday;
    await letLeave();
    const [text = '', ...more] = textsTo(owner);
    expect(more).toEqual([]);
    expect(to(owner)[0]?.email.subject).toContain('1 件等您处理，1 项进度提醒');
    expect(text.indexOf('1 件等您处理')).toBeLessThan(text.indexOf('1 项进度提醒'));
  });

  it('what the job has behind it meanwhile is left out; with nothing left there is no mail', async () => {
    const owner = reader();
    const ends: readonly (readonly [TimetableEvent, JobEvent])[] = [
      [warned(50), { type: 'nodeReached', name: node.name, date: node.date, by: owner }],
      [warned(80), { type: 'held', by: 'director', words: '等客户' }],
      [used, { type: 'phaseChanged', from: 'PROOF_QC', to: 'DELIVERED' }],
      [drafted, { type: 'baselineAccepted', baseline: { ...baseline, hash: 't2', acceptedAt: addMs(thursday, 1) } }],
      [used, { type: 'phaseChanged', from: 'CREATING', to: 'CANCELLED' }],
    ];
    const inputs: MailInput[] = [];
    for (const [event, end] of ends) {
      const processId = await timed();
      const input = await happens(processId, event, owner);
      await put(input);
      await goOn(store(), processId, addMs(thursday, 60_000), end);
      inputs.push(input);
    }
    desk.now = friday;
    await letLeave();
    expect(textsTo(owner)).toEqual([]);
    expect(await Promise.all(inputs.map(stateOf))).toEqual(inputs.map(() => 'leftOut'));
  });

  it('while the owner is on leave whoever stands in reads it, and why', async () => {
    const [owner, standIn] = [reader(), reader()];
    const leave = { personId: owner, from: acceptedAt, to: '2026-03-20T01:00:00.000Z', standInId: standIn };
    await absences.save(store(), `leave-${owner}`, 0, leave, { by: 'admin', at: acceptedAt });
    for (const event of [used, drafted]) await put(await happens(await timed(), event, owner));
    desk.now = friday;
    await letLeave();
    expect(textsTo(owner)).toEqual([]);
    expect(textsTo(standIn)).toHaveLength(1);
    expect(textsTo(standIn)[0]).toContain('请假，2026-03-20 回来');
  });
});

describe('R-227: a leave that comes between the warning and its morning', () => {
  const upTo = '2026-03-20T01:00:00.000Z';
  const away = async (owner: string, from: string, standInId: string): Promise<void> => {
    await absences.save(
      store(),
      `leave-${owner}`,
      0,
      { personId: owner, from, to: upTo, standInId },
      { by: 'admin', at: desk.now },
    );
  };

  it('announced that morning, whoever answers meanwhile reads it the same morning, and why', async () => {
    const [owner, standIn] = [reader(), reader()];
    const input = await happens(await timed(), used, owner);
    await put(input);
    desk.now = friday;
    await away(owner, friday, standIn);
    await letLeave();
    desk.now = addMs(friday, 61_000);
    await letLeave();
    expect(textsTo(standIn)).toHaveLength(1);
    expect(textsTo(standIn)[0]).toContain('请假，2026-03-20 回来');
    desk.now = upTo;
    await letLeave();
    expect(textsTo(owner)).toEqual([]);
    expect(textsTo(standIn)).toHaveLength(1);
    expect(await stateOf(input)).toBe('sent');
  });

  it('known before, the owner reads it before going: no morning behind the leave is waited for', async () => {
    const [owner, standIn] = [reader(), reader()];
    await away(owner, friday, standIn);
    await put(await happens(await timed(), used, owner));
    expect(digests.started.map(({ at }) => at)).toEqual([addMs(thursday, 60_000)]);
  });
});

describe('what waits for no morning', () => {
  it('R-57: a stage that ends today, and a delivery that is due, are told within two minutes, all as one mail', async () => {
    const owner = reader();
    const today = await happens(await timed(), warned(80, '2026-03-12'), owner);
    const late = await timed();
    const due = { ...baseline, hash: 't2', acceptedAt: addMs(acceptedAt, 60_000), deliveryDate: '2026-03-12' };
    await goOn(store(), late, due.acceptedAt, { type: 'baselineAccepted', baseline: due });
    const inputs = [today, await happens(late, used, owner)];
    for (const input of inputs) await put(input);
    expect(digests.started.map(({ at }) => at)).toEqual([addMs(thursday, 60_000)]);
    desk.now = addMs(thursday, 61_000);
    await letLeave();
    expect(textsTo(owner)).toHaveLength(1);
    expect(to(owner)[0]?.email.subject).toContain('2 项进度提醒');
    expect(await Promise.all(inputs.map(stateOf))).toEqual(['sent', 'sent']);
  });

  it('R-54: the announcement of a key node to the client is a mail of its own, at once', async () => {
    const input = await happens(await timed(), { type: 'nodeAnnounced', node, told: true }, reader());
    expect(await put(input)).toEqual({ type: 'told', outcome: 'accepted' });
    expect(desk.post.taken).toHaveLength(1);
    expect(desk.post.taken[0]?.email.subject).toContain('关键节点将至');
    expect(digests.asked).toEqual([]);
  });

  it('one that was begun as a mail of its own, by a release that sent it so, is finished as that', async () => {
    const owner = reader();
    const input = await happens(await timed(), warned(50), owner);
    desk.post.moods.push({ at: 'rcpt', code: 451 });
    await expect(sendMail(desk.deps(), input)).rejects.toMatchObject({ type: 'MailServer' });
    expect(await stateOf(input)).toBe('queued');
    desk.now = addMs(desk.now, 5_000);
    expect(await put(input)).toEqual({ type: 'told', outcome: 'accepted' });
    expect(digests.asked).toEqual([]);
    expect(to(owner)).toHaveLength(1);
  });
});
