import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MailDeps } from '../../../activities/mail/parts.ts';
import { sendMail } from '../../../activities/mail/send.ts';
import { addMs } from '../../../domain/instant.ts';
import type { MailInput } from '../../../domain/job/effects.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import { findMail, mailIdOf, mailsOfJob } from '../../../store/outbox.ts';
import { person } from '../../domain/people/house.ts';
import { ownStore } from '../../store/store.ts';
import { goOn } from '../digest/desk.ts';
import { fillHouse, staff } from '../house.ts';
import { openDesk } from './desk.ts';
import type { MailDesk } from './desk.ts';
import { tryJob, type TriedJob } from './job.ts';

/** Requests whose step was over, or lay with somebody else, before they left; and who is told that nothing is needed. */
const store = ownStore();
let desk: MailDesk;
const readers = Array.from({ length: 24 }, (_, n) => person(`late${n}`, ['COPYWRITER'], { name: `文案 ${n}` }));
let next = 0;
/** Somebody no other test writes to. */
const reader = (): string => readers[(next += 1)]?.id ?? '';

beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store(), [...staff, ...readers]);
});
afterAll(async () => desk.close());
beforeEach(() => {
  desk.now = '2026-03-12T03:06:10.000Z';
  desk.post.taken.length = 0;
  desk.post.moods.length = 0;
});

const gathering = (): MailDeps => desk.deps({ gatherMs: 1000 });
const sentTo = (id: string) => desk.post.taken.filter((one) => one.to[0] === `${id}@example.test`);
const rowOf = async (input: MailInput) => findMail(store(), mailIdOf(input.name));
const failureOf = async (running: Promise<unknown>): Promise<ApplicationFailure> => {
  const error = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApplicationFailure)) throw new Error('expected a failure that the engine retries');
  return error;
};
const linksIn = (text: string | undefined): number =>
  new Set(text?.match(/https:\/\/jobbag\.agency\.example\/a\/[\w.-]+/gu) ?? []).size;

/** The line is down: nothing reaches the server, and the sender knows it. */
const down = (): void => {
  desk.post.moods.push({ at: 'rcpt', code: 450 });
};

const whereOf = (job: TriedJob) => ({
  circulation: 'p1/artworkQc',
  round: 1,
  step: job.mail('ask', { personId: '' }).where?.step ?? '',
});
const happens = (job: TriedJob, ...events: readonly JobEvent[]): Promise<number> =>
  goOn(store(), job.processId, desk.now, ...events);
const over = (job: TriedJob): Promise<number> =>
  happens(job, {
    type: 'circulationEnded',
    circulation: 'p1/artworkQc',
    round: 1,
    verdict: 'withdrawn',
    by: 'designer',
  });
const signed = (job: TriedJob, personId: string): Promise<number> =>
  happens(job, {
    type: 'decided',
    ...whereOf(job),
    decision: { id: `by-${personId}`, verdict: 'sign', personId, proof: 'session', at: desk.now },
  });
const given = (job: TriedJob, to: string): Promise<number> =>
  happens(
    job,
    { type: 'handedOver', ...whereOf(job), by: 'director', how: 'reassign', to, words: '出差' },
    { type: 'stepOpening', ...whereOf(job), to, how: 'reassign', keep: [] },
  );

/** A request that has been put down to wait for others. */
async function waiting(holder: string): Promise<{ readonly job: TriedJob; readonly input: MailInput }> {
  const job = await tryJob(store(), desk.ring, { holder });
  const input = job.mail('ask', { personId: holder });
  expect(await failureOf(sendMail(gathering(), input))).toMatchObject({ type: 'GatheringRequests' });
  desk.now = addMs(desk.now, 1);
  return { job, input };
}

describe('a request that waits is left out when it is not needed any more', () => {
  it.each([
    ['the round is over', over, 'STEP_OVER'],
    ['its reader has signed already', (job: TriedJob, id: string) => signed(job, id), 'STEP_OVER'],
    ['the step lies with somebody else', (job: TriedJob) => given(job, 'writer'), 'WITH_SOMEBODY_ELSE'],
  ] as const)(
    '%s: nothing is sent, the process hears of no failure, the job page says why',
    async (_what, ends, why) => {
      const holder = reader();
      const { job, input } = await waiting(holder);
      await ends(job, holder);
      desk.now = addMs(desk.now, 1000);
      expect(await sendMail(gathering(), input)).toEqual({ type: 'told', outcome: 'failed' });
      expect(sentTo(holder)).toEqual([]);
      const [mail] = await mailsOfJob(store(), job.processId);
      expect(mail).toMatchObject({ kind: 'ask', state: 'leftOut', why });
      // Once more, by a retry whose answer was lost: the same.
      expect(await sendMail(gathering(), input)).toEqual({ type: 'told', outcome: 'failed' });
    },
  );

  it('the mail server was away for hours meanwhile: what was written is not sent', async () => {
    const holder = reader();
    const job = await tryJob(store(), desk.ring, { holder });
    const input = job.mail('ask', { personId: holder });
    down();
    expect(await failureOf(sendMail(desk.deps(), input))).toMatchObject({ type: 'MailServer' });
    await over(job);
    desk.now = addMs(desk.now, 4 * 3_600_000);
    expect(await sendMail(desk.deps(), input)).toMatchObject({ type: 'told' });
    expect([sentTo(holder), (await rowOf(input))?.state]).toEqual([[], 'leftOut']);
  });

  it('one whose effect is tried for the first time after the end is left out at once', async () => {
    const holder = reader();
    const job = await tryJob(store(), desk.ring, { holder });
    await over(job);
    for (const kind of ['ask', 'nudge', 'remind', 'spokenConfirm', 'dateSet'] as const) {
      await sendMail(desk.deps(), job.mail(kind, { personId: holder }));
      expect((await rowOf(job.mail(kind, { personId: holder })))?.state, kind).toBe('leftOut');
    }
    expect(sentTo(holder)).toEqual([]);
    // What tells of a decision is told all the same.
    await sendMail(desk.deps(), job.mail('passed', { personId: 'designer' }));
    expect(sentTo('designer')).toHaveLength(1);
  });

  it('one that may have arrived goes out no second time once nobody waits for it', async () => {
    const holder = reader();
    const job = await tryJob(store(), desk.ring, { holder });
    const input = job.mail('ask', { personId: holder });
    desk.post.moods.push({ at: 'dropAfterData' });
    await failureOf(sendMail(desk.deps(), input));
    await over(job);
    await sendMail(desk.deps(), input);
    expect(sentTo(holder)).toHaveLength(1);
    expect(await rowOf(input)).toMatchObject({ state: 'leftOut', unsure: true });
  });

  it('R-100: the desk comes back to its reader, who had answered before the mail left: the request goes out after all', async () => {
    const holder = reader();
    const { job, input } = await waiting(holder);
    await signed(job, holder);
    desk.now = addMs(desk.now, 1000);
    await sendMail(gathering(), input);
    expect((await rowOf(input))?.state).toBe('leftOut');
    await happens(
      job,
      { type: 'decisionWithdrawn', ...whereOf(job), by: holder, words: '按错了' },
      { type: 'stepOpening', ...whereOf(job), to: holder, how: 'reassign', keep: [] },
      {
        type: 'stepOpened',
        ...whereOf(job),
        holders: [{ personId: holder, grantId: input.grantId ?? '' }],
        provisional: false,
        rungs: [],
        unreachedAt: addMs(desk.now, 3_600_000),
      },
    );
    expect(await failureOf(sendMail(gathering(), input))).toMatchObject({ type: 'GatheringRequests' });
    desk.now = addMs(desk.now, 1000);
    expect(await sendMail(gathering(), input)).toMatchObject({ type: 'asked', outcome: 'accepted' });
    expect(sentTo(holder)).toHaveLength(1);
  });
});

describe('design §6: a pile loses those of its members that are not needed any more', () => {
  /** Three requests of one person, the first of which leads. */
  async function three(holder: string) {
    const all = [];
    for (let n = 0; n < 3; n += 1) all.push(await waiting(holder));
    const [first, second, third] = all;
    if (!first || !second || !third) throw new Error('three were asked for');
    return [first, second, third] as const;
  }
  const sendAll = async (all: readonly { readonly input: MailInput }[]): Promise<void> => {
    // As the engine does: again and again, until each has its end; whoever comes first finds another one leading.
    for (let round = 0; round < 6; round += 1) {
      for (const { input } of [...all].reverse()) await sendMail(gathering(), input).catch(() => undefined);
      desk.now = addMs(desk.now, 1000);
    }
  };
  const statesOf = async (all: readonly { readonly input: MailInput }[]) =>
    Promise.all(all.map(async ({ input }) => (await rowOf(input))?.state));

  it.each([
    [0, 'its leader'],
    [1, 'a member'],
  ] as const)('before it is written (%i: %s): one mail with the other two', async (n, _which) => {
    const holder = reader();
    const all = await three(holder);
    await over(all[n].job);
    desk.now = addMs(desk.now, 1000);
    await sendAll(all);
    expect(await statesOf(all)).toEqual(['sent', 'sent', 'sent'].map((state, at) => (at === n ? 'leftOut' : state)));
    expect(sentTo(holder)).toHaveLength(1);
    expect(linksIn(sentTo(holder)[0]?.email.text)).toBe(2);
  });

  it.each([
    [0, 'its leader'],
    [1, 'a member'],
  ] as const)('after it was written, while the server is away (%i: %s): written anew without it', async (n, _which) => {
    const holder = reader();
    const all = await three(holder);
    desk.now = addMs(desk.now, 1000);
    down();
    expect(await failureOf(sendMail(gathering(), all[0].input))).toMatchObject({ type: 'MailServer' });
    expect((await rowOf(all[0].input))?.members).toHaveLength(2);
    await over(all[n].job);
    desk.now = addMs(desk.now, 3_600_000);
    await sendAll(all);
    expect(await statesOf(all)).toEqual(['sent', 'sent', 'sent'].map((state, at) => (at === n ? 'leftOut' : state)));
    expect(sentTo(holder)).toHaveLength(1);
    expect(linksIn(sentTo(holder)[0]?.email.text)).toBe(2);
  });

  it('nobody of it is needed: no mail at all', async () => {
    const holder = reader();
    const all = await three(holder);
    for (const { job } of all) await over(job);
    desk.now = addMs(desk.now, 1000);
    await sendAll(all);
    expect(await statesOf(all)).toEqual(['leftOut', 'leftOut', 'leftOut']);
    expect(sentTo(holder)).toEqual([]);
  });

  it('it may have arrived: the same bytes go out once more, also with what is over', async () => {
    const holder = reader();
    const all = await three(holder);
    desk.now = addMs(desk.now, 1000);
    desk.post.moods.push({ at: 'dropAfterData' });
    await failureOf(sendMail(gathering(), all[0].input));
    await over(all[1].job);
    await sendAll(all);
    expect(await statesOf(all)).toEqual(['sent', 'sent', 'sent']);
    const [first, second] = sentTo(holder);
    expect(second?.bytes.equals(first?.bytes ?? Buffer.alloc(0))).toBe(true);
  });
});

describe('issue 4, 6: nothing is needed any more', () => {
  const notice = (job: TriedJob, personId: string, seq: number): MailInput =>
    job.mail('notNeeded', { personId }, { seq, desks: [whereOf(job)] });

  it('who was really asked is told once, who did it and that there is nothing to do, without a link', async () => {
    const holder = reader();
    const job = await tryJob(store(), desk.ring, { holder });
    await sendMail(desk.deps(), job.mail('ask', { personId: holder }));
    const told = notice(job, holder, await over(job));
    for (let n = 0; n < 3; n += 1) await sendMail(desk.deps(), told);
    const [, mail, ...more] = sentTo(holder);
    expect(more).toEqual([]);
    expect(mail?.email.subject).toBe('YFLC2026014 灯箱海报：不必再处理');
    for (const said of ['林 夏撤回了请您处理的这一版', '您不用做什么', '灯箱海报 · 文案'])
      expect(mail?.email.text).toContain(said);
    expect(linksIn(mail?.email.text)).toBe(0);
  });

  it('whose request had not left is told nothing, and the request is left out', async () => {
    const holder = reader();
    const { job, input } = await waiting(holder);
    await sendMail(gathering(), notice(job, holder, await over(job)));
    expect((await rowOf(input))?.state).toBe('leftOut');
    desk.now = addMs(desk.now, 1000);
    await sendMail(gathering(), input);
    const nobody = reader();
    const silent = await tryJob(store(), desk.ring, { holder: nobody });
    await sendMail(desk.deps(), notice(silent, nobody, await over(silent)));
    expect([sentTo(holder), sentTo(nobody)]).toEqual([[], []]);
    expect(await mailsOfJob(store(), silent.processId)).toEqual([]);
  });

  it('a request on its way is waited for: read, its reader is told; never accepted, nobody is', async () => {
    const [read, never] = [reader(), reader()];
    const first = await tryJob(store(), desk.ring, { holder: read });
    const input = first.mail('ask', { personId: read });
    const deps = desk.deps();
    let answer: (() => void) | undefined;
    const slow: MailDeps = {
      ...deps,
      mailer: {
        close: () => undefined,
        send: (parcel) =>
          new Promise((resolve, reject) => (answer = () => void deps.mailer.send(parcel).then(resolve, reject))),
      },
    };
    const sending = sendMail(slow, input);
    await expect.poll(() => answer).toBeDefined();
    const told = notice(first, read, await over(first));
    expect(await failureOf(sendMail(deps, told))).toMatchObject({ type: 'RequestUnderWay' });
    answer?.();
    await sending;
    await sendMail(deps, told);
    expect(sentTo(read)).toHaveLength(2);

    const second = await tryJob(store(), desk.ring, { holder: never });
    down();
    await failureOf(sendMail(deps, second.mail('ask', { personId: never })));
    await sendMail(deps, notice(second, never, await over(second)));
    expect(sentTo(never)).toEqual([]);
    expect((await rowOf(second.mail('ask', { personId: never })))?.state).toBe('leftOut');
  });

  it('a desk that has come back to its reader meanwhile is not said to be over', async () => {
    const holder = reader();
    const job = await tryJob(store(), desk.ring, { holder });
    await sendMail(desk.deps(), job.mail('ask', { personId: holder }));
    await sendMail(desk.deps(), notice(job, holder, job.seq));
    expect(sentTo(holder)).toHaveLength(1);
  });

  it('a cancelled job is what the mail is about, with everything it had asked; handed over, it says to whom', async () => {
    const holder = reader();
    const job = await tryJob(store(), desk.ring, { holder });
    await sendMail(desk.deps(), job.mail('ask', { personId: holder }));
    const seq = await happens(
      job,
      {
        type: 'circulationEnded',
        circulation: 'p1/artworkQc',
        round: 1,
        verdict: 'closed',
        by: 'director',
        withJob: true,
      },
      { type: 'cancelled', by: 'director', words: '客户撤回了预算' },
      { type: 'phaseChanged', from: 'REQUESTED', to: 'CANCELLED' },
    );
    await sendMail(desk.deps(), { ...notice(job, holder, seq - 1), words: '客户撤回了预算' });
    const mail = sentTo(holder)[1]?.email;
    expect(mail?.subject).toBe('YFLC2026014 云峰绿茶夏季主视觉：工作已取消，不必再处理');
    for (const said of ['取消了这项工作', '客户撤回了预算', '灯箱海报 · 文案']) expect(mail?.text).toContain(said);
    expect(mail?.text).not.toContain('第 1 轮');

    const other = reader();
    const moved = await tryJob(store(), desk.ring, { holder: other });
    await sendMail(desk.deps(), moved.mail('ask', { personId: other }));
    await sendMail(desk.deps(), notice(moved, other, (await given(moved, 'writer')) - 1));
    expect(sentTo(other)[1]?.email.text).toContain('把这一步移交给了陈 默');
  });
});
