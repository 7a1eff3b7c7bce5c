import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendMail } from '../../../activities/mail/send.ts';
import { addMs } from '../../../domain/instant.ts';
import { checkLink } from '../../../store/links.ts';
import { findMail, mailIdOf, mailsOfJob, outboxTable, sendAgain } from '../../../store/outbox.ts';
import { people } from '../../../store/people.ts';
import { person } from '../../domain/people/house.ts';
import { ownStore } from '../../store/store.ts';
import { fillHouse, staff } from '../house.ts';
import { openDesk } from './desk.ts';
import type { MailDesk } from './desk.ts';
import { tryJob } from './job.ts';

const store = ownStore();
let desk: MailDesk;
const links = (text: string | undefined): string[] =>
  text?.match(/https:\/\/jobbag\.agency\.example\/a\/[\w.-]+/gu) ?? [];
const failureOf = async (running: Promise<unknown>): Promise<ApplicationFailure> => {
  const error = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApplicationFailure))
    throw new Error('expected a failure that the engine retries', { cause: error });
  return error;
};

beforeAll(async () => {
  desk = await openDesk(store);
  const gatherers = Array.from({ length: 8 }, (_, n) => person(`writer${n}`, ['COPYWRITER'], { name: `文案 ${n}` }));
  await fillHouse(store(), [...staff, ...gatherers]);
});
afterAll(async () => desk.close());
beforeEach(() => {
  desk.now = '2026-03-12T03:06:10.000Z';
  desk.post.taken.length = 0;
  desk.post.moods.length = 0;
});

describe('asking', () => {
  it('§7.3: limits are counted from the accepted mail; the link in it opens the grant', async () => {
    const job = await tryJob(store(), desk.ring);
    const asked = await sendMail(desk.deps(), job.mail('ask', { personId: 'writer' }));
    expect(asked).toMatchObject({
      type: 'asked',
      outcome: 'accepted',
      personId: 'writer',
      askedAt: desk.now,
      dueAt: '2026-03-12T07:06:10.000Z',
      provisional: false,
    });
    const [mail] = desk.post.taken;
    expect(mail?.to).toEqual(['writer@example.test']);
    expect(mail?.from).toBe('jobbag@agency.example');
    expect(mail?.email.messageId).toBe(`<${mailIdOf(`${job.processId}/ask/writer`)}@agency.example>`);
    expect(mail?.email.replyTo).toEqual([{ name: '王 芳', address: 'executive@example.test' }]);
    expect(mail?.email.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
    const [link] = links(mail?.email.text);
    expect(links(mail?.email.html)).toEqual([link]);
    const verdict = await checkLink(store(), new URL(link ?? '').pathname, desk.ring);
    expect(verdict).toMatchObject({ ok: true, grant: { personId: 'writer', processId: job.processId } });
  });

  it('a mail that was sent is not sent again; the recorded outcome is the answer', async () => {
    const job = await tryJob(store(), desk.ring);
    const input = job.mail('ask', { personId: 'writer' });
    const first = await sendMail(desk.deps(), input);
    desk.now = addMs(desk.now, 3_600_000);
    expect(await sendMail(desk.deps(), input)).toEqual(first);
    expect(desk.post.taken).toHaveLength(1);
  });

  it('M-22: whoever took a signature back was asked long before: limits count from when the desk opened to them again', async () => {
    const job = await tryJob(store(), desk.ring);
    const input = job.mail('ask', { personId: 'writer' });
    await sendMail(desk.deps(), input);
    desk.now = '2026-03-16T02:00:05.000Z';
    const openedAt = '2026-03-16T02:00:00.000Z';
    const again = await sendMail(desk.deps(), { ...input, openedAt });
    expect(again).toMatchObject({ askedAt: openedAt, dueAt: '2026-03-16T06:00:00.000Z' });
    expect(desk.post.taken).toHaveLength(1);
  });

  it('ten workers with the same mail send it once', async () => {
    const job = await tryJob(store(), desk.ring);
    desk.post.moods.push({ at: 'slow', ms: 300 });
    const input = job.mail('ask', { personId: 'writer' });
    const done = await Promise.allSettled(Array.from({ length: 10 }, () => sendMail(desk.deps(), input)));
    expect(desk.post.taken).toHaveLength(1);
    for (const one of done) if (one.status === 'rejected') expect(one.reason).toMatchObject({ type: 'InOtherHands' });
    expect(await sendMail(desk.deps(), input)).toMatchObject({ outcome: 'accepted' });
  });

  it('nothing is written before its entry is recorded', async () => {
    const job = await tryJob(store(), desk.ring);
    const early = await failureOf(sendMail(desk.deps(), job.mail('ask', { personId: 'writer' }, { seq: job.seq + 1 })));
    expect(early).toMatchObject({ type: 'NotRecordedYet', nonRetryable: false });
    expect(early.nextRetryDelay).toBeLessThan(1000);
    expect(await outboxTable(store()).countDocuments({ processId: job.processId })).toBe(0);
  });

  it('no link and no token of one in the store', async () => {
    const job = await tryJob(store(), desk.ring);
    await sendMail(desk.deps(), job.mail('ask', { personId: 'writer' }));
    const sent = desk.post.taken.flatMap(({ email }) => links(email.text));
    expect(sent).not.toHaveLength(0);
    for (const name of (await store().listCollections()).map((one) => one.name)) {
      const kept = JSON.stringify(await store().collection(name).find({}).toArray());
      for (const link of sent) expect(kept).not.toContain(link.split('.').at(-1));
      expect(kept).not.toContain('/a/');
    }
  });
});

describe('design §6: what opened for one person within ten minutes is one mail and one pile', () => {
  it('three requests, one mail with three links, all accepted at the same time', async () => {
    const jobs = await Promise.all(
      ['写真', '灯箱', '门头'].map((pieceName) => tryJob(store(), desk.ring, { pieceName, holder: 'writer1' })),
    );
    const inputs = jobs.map((job) => job.mail('ask', { personId: 'writer1' }));
    const deps = desk.deps({ gatherMs: 5000, pileWindowMs: 600_000 });
    for (const input of inputs)
      expect(await failureOf(sendMail(deps, input))).toMatchObject({ type: 'GatheringRequests', nextRetryDelay: 5000 });
    expect(desk.post.taken).toHaveLength(0);
    desk.now = addMs(desk.now, 5000);
    const asked = await Promise.all(
      inputs.map(async (input) => sendMail(deps, input).catch((error: unknown) => error)),
    );
    const again = await Promise.all(inputs.map((input) => sendMail(deps, input)));
    expect(asked.some((one) => JSON.stringify(one) === JSON.stringify(again[0]))).toBe(true);
    expect(desk.post.taken).toHaveLength(1);
    const [mail] = desk.post.taken;
    expect(new Set(links(mail?.email.text)).size).toBe(3);
    expect(new Set(links(mail?.email.html)).size).toBe(3);
    expect(mail?.email.subject).toContain('3 件待您签字');
    for (const [n, one] of again.entries()) {
      expect(one).toMatchObject({
        type: 'asked',
        outcome: 'accepted',
        askedAt: desk.now,
        circulation: inputs[n]?.where?.circulation,
      });
    }
    expect(
      (await mailsOfJob(store(), jobs[1]?.processId ?? '')).map(({ state, together }) => ({ state, together })),
    ).toEqual([{ state: 'sent', together: true }]);
  });

  it('after a request the next ones wait until ten minutes have passed', async () => {
    const deps = desk.deps({ pileWindowMs: 600_000 });
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => tryJob(store(), desk.ring, { holder: 'writer2' })));
    await sendMail(deps, one!.mail('ask', { personId: 'writer2' }));
    desk.now = addMs(desk.now, 120_000);
    expect((await failureOf(sendMail(deps, two!.mail('ask', { personId: 'writer2' })))).nextRetryDelay).toBe(480_000);
    desk.now = addMs(desk.now, 300_000);
    expect((await failureOf(sendMail(deps, three!.mail('ask', { personId: 'writer2' })))).nextRetryDelay).toBe(180_000);
    desk.now = addMs(desk.now, 180_000);
    await sendMail(deps, three!.mail('ask', { personId: 'writer2' }));
    expect(await sendMail(deps, two!.mail('ask', { personId: 'writer2' }))).toMatchObject({
      outcome: 'accepted',
      askedAt: desk.now,
    });
    expect(desk.post.taken).toHaveLength(2);
  });

  it('other kinds of mail wait for nobody', async () => {
    const job = await tryJob(store(), desk.ring, { holder: 'writer3' });
    expect(
      await sendMail(
        desk.deps({ gatherMs: 60_000, pileWindowMs: 600_000 }),
        job.mail('remind', { personId: 'writer3' }),
      ),
    ).toEqual({ type: 'told', outcome: 'accepted' });
  });
});

describe('when the mail server has a bad day', () => {
  it.each([
    [{ at: 'rcpt', code: 450 }, 'later'],
    [{ at: 'data', code: 452 }, 'later'],
    [{ at: 'data', code: 421 }, 'later'],
    [{ at: 'rcpt', code: 550 }, 'never'],
    [{ at: 'data', code: 554 }, 'never'],
  ] as const)('%o: %s', async (mood, what) => {
    const job = await tryJob(store(), desk.ring);
    const input = job.mail('ask', { personId: 'writer' });
    desk.post.moods.push(mood);
    if (what === 'never') {
      const asked = await sendMail(desk.deps(), input);
      expect(asked).toMatchObject({
        type: 'asked',
        outcome: 'failed',
        why: expect.stringContaining(String(mood.code)) as string,
      });
      expect(await sendMail(desk.deps(), input)).toEqual(asked);
      expect(desk.post.taken).toHaveLength(0);
    } else {
      expect(await failureOf(sendMail(desk.deps(), input))).toMatchObject({ type: 'MailServer', nonRetryable: false });
      expect(await sendMail(desk.deps(), input)).toMatchObject({ outcome: 'accepted' });
      expect(desk.post.taken).toHaveLength(1);
    }
  });

  it('the line breaks after DATA: one more copy, byte for byte the same, also a day later', async () => {
    const job = await tryJob(store(), desk.ring);
    const input = job.mail('ask', { personId: 'writer' });
    desk.post.moods.push({ at: 'dropAfterData' });
    await failureOf(sendMail(desk.deps(), input));
    expect(await findMail(store(), mailIdOf(input.name))).toMatchObject({ state: 'claimed', unsure: true });
    desk.now = addMs(desk.now, 86_400_000);
    expect(await sendMail(desk.deps(), input)).toMatchObject({ outcome: 'accepted' });
    await sendMail(desk.deps(), input);
    expect(desk.post.taken).toHaveLength(2);
    expect(desk.post.taken[1]?.bytes.equals(desk.post.taken[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it('a mere notice that may have arrived is not told again half an hour later', async () => {
    const job = await tryJob(store(), desk.ring);
    const input = job.mail('passed', { personId: 'designer' });
    desk.post.moods.push({ at: 'dropAfterData' });
    await failureOf(sendMail(desk.deps(), input));
    desk.now = addMs(desk.now, 1_900_000);
    expect(await sendMail(desk.deps(), input)).toEqual({ type: 'told', outcome: 'failed' });
    expect(desk.post.taken).toHaveLength(1);
    expect((await mailsOfJob(store(), job.processId))[0]).toMatchObject({
      state: 'failed',
      why: 'OUTCOME_UNKNOWN',
      address: 'de…@example.test',
    });
  });

  it('a worker that dies between claim and send loses nothing: the lease runs out and the pile goes out whole', async () => {
    const jobs = await Promise.all([1, 2].map(() => tryJob(store(), desk.ring, { holder: 'writer4' })));
    const inputs = jobs.map((job) => job.mail('ask', { personId: 'writer4' }));
    const deps = desk.deps({ gatherMs: 1000 });
    for (const input of inputs) {
      await failureOf(sendMail(deps, input));
      desk.now = addMs(desk.now, 1);
    }
    desk.now = addMs(desk.now, 1000);
    const dying = { ...deps, mailer: { ...deps.mailer, send: () => new Promise<never>(() => undefined) } };
    void sendMail(dying, inputs[0]!);
    await expect.poll(async () => (await findMail(store(), mailIdOf(inputs[0]!.name)))?.members?.length).toBe(1);
    expect(await failureOf(sendMail(deps, inputs[1]!))).toMatchObject({ type: 'InOtherHands' });
    desk.now = addMs(desk.now, 150_000);
    expect(await sendMail(deps, inputs[1]!)).toMatchObject({ outcome: 'accepted' });
    expect(await sendMail(deps, inputs[0]!)).toMatchObject({ outcome: 'accepted' });
    expect(desk.post.taken).toHaveLength(1);
    expect(new Set(links(desk.post.taken[0]?.email.text)).size).toBe(2);
  });
});

describe('whom a mail reaches', () => {
  it.each([
    ['owner', ['executive']],
    ['author', ['designer']],
    ['accountDirector', ['director']],
    ['accountManager', ['director']],
    ['creativeDirector', ['creativeDirector']],
    ['standInOrHead', ['creativeDirector']],
  ] as const)('%s', async (position, expected) => {
    const job = await tryJob(store(), desk.ring);
    await sendMail(desk.deps(), job.mail('escalate', { position }));
    expect(desk.post.taken.map(({ to }) => to.join())).toEqual(expected.map((id) => `${id}@example.test`));
  });

  it('R-43: an accepted order goes to everybody who carries it out, one mail each', async () => {
    const job = await tryJob(store(), desk.ring);
    await sendMail(desk.deps(), job.mail('distributed', { position: 'executors' }));
    expect(desk.post.taken.every(({ to }) => to.length === 1)).toBe(true);
    expect(new Set(desk.post.taken.map(({ to }) => to[0])).size).toBe(desk.post.taken.length);
    expect(desk.post.taken.map(({ to }) => to[0])).toEqual(
      expect.arrayContaining(['designer@example.test', 'writer@example.test', 'artDirector@example.test']),
    );
  });

  it('a bad address is an outcome, not an error; the corrected one gets a mail of its own', async () => {
    const job = await tryJob(store(), desk.ring, { holder: 'writer5' });
    const input = job.mail('ask', { personId: 'writer5' });
    const entry = await people.get(store(), 'writer5');
    const change = { by: 'admin', at: desk.now };
    const value = entry!.value;
    await people.save(
      store(),
      'writer5',
      1,
      { ...value, mail: { address: 'writer5 at example', revision: 2 } },
      change,
    );
    expect(await sendMail(desk.deps(), input)).toMatchObject({ outcome: 'failed', why: 'BAD_ADDRESS' });
    await people.save(
      store(),
      'writer5',
      2,
      { ...value, mail: { address: 'right@example.test', revision: 3 } },
      change,
    );
    expect(await sendMail(desk.deps(), input)).toMatchObject({ outcome: 'accepted' });
    expect(desk.post.taken.map(({ to }) => to[0])).toEqual(['right@example.test']);
  });

  it('sent again on request it is a mail of its own, once a request', async () => {
    const job = await tryJob(store(), desk.ring);
    const input = job.mail('ask', { personId: 'writer' });
    await sendMail(desk.deps(), input);
    const again = await sendAgain(store(), mailIdOf(input.name), 'wish1');
    await sendMail(desk.deps(), again!);
    await sendMail(desk.deps(), (await sendAgain(store(), mailIdOf(input.name), 'wish1'))!);
    expect(desk.post.taken).toHaveLength(2);
    expect(new Set(desk.post.taken.map(({ email }) => email.messageId)).size).toBe(2);
  });
});
