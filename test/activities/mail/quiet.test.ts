import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendMail } from '../../../activities/mail/send.ts';
import type { MailInput } from '../../../domain/job/effects.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import { findMail, mailIdOf } from '../../../store/outbox.ts';
import { digestName } from '../../../store/reminders.ts';
import { person } from '../../domain/people/house.ts';
import { ownStore } from '../../store/store.ts';
import { digestDeps, goOn, StartedDigests } from '../digest/desk.ts';
import { fillHouse, staff } from '../house.ts';
import type { MailDesk } from './desk.ts';
import { openDesk } from './desk.ts';
import { tryJob, type TriedJob } from './job.ts';

const store = ownStore();
let desk: MailDesk;
const readers = Array.from({ length: 12 }, (_, n) => person(`quiet${n}`, ['COPYWRITER'], { name: `文案 ${n}` }));
let next = 0;
/** Somebody no other test writes to. */
const reader = (): string => readers[(next += 1)]?.id ?? '';

/** Friday 16:55 in Shanghai, inside quiet hours that end on Monday. */
const friday = '2026-03-13T08:55:00.000Z';
const monday = '2026-03-16T01:30:00.000Z';
const quiet = { from: '16:30', to: '09:30' };

beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store(), [...staff, ...readers]);
});
afterAll(async () => desk.close());
beforeEach(() => {
  desk.now = friday;
  desk.post.taken.length = 0;
});

const whereOf = (job: TriedJob) => ({
  circulation: 'p1/artworkQc',
  round: 1,
  step: job.mail('ask', { personId: '' }).where?.step ?? '',
});

/** A job whose step has just climbed a rung, and the mail that tells of it. */
async function climbed(holder: string, more: Partial<Extract<JobEvent, { type: 'rungClimbed' }>> = {}) {
  const job = await tryJob(store(), desk.ring, { holder });
  const event = { type: 'rungClimbed', ...whereOf(job), n: 1, kind: 'remind', whom: 'holder', ...more } as const;
  const seq = await goOn(store(), job.processId, desk.now, event);
  const kind = event.kind === 'remind' ? 'remind' : 'escalate';
  const input = job.mail(kind, { personId: holder }, { seq, name: `${job.processId}/rung/1/${holder}` });
  return { job, input };
}
const ended = (job: TriedJob): Promise<number> =>
  goOn(store(), job.processId, desk.now, {
    type: 'circulationEnded',
    circulation: 'p1/artworkQc',
    round: 1,
    verdict: 'withdrawn',
  });
const send = (input: MailInput) => sendMail(desk.deps(), input);
const sentTo = (id: string) => desk.post.taken.filter((one) => one.to[0] === `${id}@example.test`);

describe('the mail of a rung in quiet hours', () => {
  it('M-22: waits for the first working minute after them and leaves once, however often it is asked for', async () => {
    const holder = reader();
    const { input } = await climbed(holder);
    const mail = { ...input, quiet };
    for (const now of [friday, '2026-03-14T03:00:00.000Z', '2026-03-16T01:29:00.000Z']) {
      desk.now = now;
      await expect(send(mail)).rejects.toMatchObject({ type: 'QuietHours' });
    }
    expect(sentTo(holder)).toEqual([]);
    expect(await findMail(store(), mailIdOf(mail.name))).toBeUndefined();
    desk.now = monday;
    await Promise.allSettled([send(mail), send(mail)]);
    await send(mail);
    expect(sentTo(holder)).toHaveLength(1);
    expect((await findMail(store(), mailIdOf(mail.name)))?.state).toBe('sent');
  });

  it('outside them, and without any, it leaves at once', async () => {
    const [first, second] = [reader(), reader()];
    await send({ ...(await climbed(first)).input, quiet: { from: '18:00', to: '09:30' } });
    await send((await climbed(second)).input);
    expect([sentTo(first).length, sentTo(second).length]).toEqual([1, 1]);
  });

  it('M-22: due on a Friday while no worker ran, climbed on a loud Saturday: it waits for Monday and leaves once', async () => {
    const holder = reader();
    // The second rung of the tale was due on Friday at 11:06.
    desk.now = '2026-03-14T04:00:00.000Z';
    const { input } = await climbed(holder, { n: 2, kind: 'escalate', whom: 'holder' });
    const mail = { ...input, quiet: { from: '20:00', to: '08:00' } };
    for (const now of [desk.now, '2026-03-15T04:00:00.000Z', '2026-03-16T00:59:00.000Z']) {
      desk.now = now;
      await expect(send(mail)).rejects.toMatchObject({ type: 'QuietHours' });
    }
    expect(sentTo(holder)).toEqual([]);
    desk.now = '2026-03-16T01:00:00.000Z';
    await send(mail);
    await send(mail);
    expect(sentTo(holder)).toHaveLength(1);
  });

  it('is not sent any more when the step was done with, or went to somebody else, while it waited', async () => {
    const holder = reader();
    const { job, input } = await climbed(holder);
    const mail = { ...input, quiet };
    await expect(send(mail)).rejects.toMatchObject({ type: 'QuietHours' });
    await ended(job);
    desk.now = monday;
    await expect(send(mail)).resolves.toMatchObject({ type: 'told' });
    expect(sentTo(holder)).toEqual([]);
    const other = reader();
    const theirs = await climbed(other);
    await expect(send({ ...theirs.input, to: { personId: 'writer' }, quiet })).resolves.toMatchObject({ type: 'told' });
    expect(desk.post.taken.filter(({ to }) => to[0] === 'writer@example.test')).toEqual([]);
  });
});

describe('a rung for the digest', () => {
  it('M-22: waits for its reader’s next morning although it escalates, because the ladder says so', async () => {
    const holder = reader();
    const { input } = await climbed(holder, { kind: 'escalate', whom: 'ae', by: 'digest' });
    const digests = new StartedDigests();
    await sendMail(digestDeps(desk, digests), input);
    expect(sentTo(holder)).toEqual([]);
    const digestId = mailIdOf(digestName(holder, { at: '2026-03-16T01:00:00.000Z', day: '2026-03-16' }));
    expect(digests.started).toContainEqual({ digestId, at: '2026-03-16T01:00:00.000Z' });
    const atOnce = await climbed(reader(), { kind: 'escalate', whom: 'ae' });
    const soon = new StartedDigests();
    await sendMail(digestDeps(desk, soon), atOnce.input);
    expect(soon.started[0]?.at).toBe('2026-03-13T08:56:00.000Z');
  });
});
