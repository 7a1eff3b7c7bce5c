import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MailDeps } from '../../../activities/mail/parts.ts';
import { sendMail } from '../../../activities/mail/send.ts';
import { addMs } from '../../../domain/instant.ts';
import type { MailKind } from '../../../domain/job/effects.ts';
import { findMail, mailIdOf, mailsOfJob, outboxTable } from '../../../store/outbox.ts';
import { people } from '../../../store/people.ts';
import { person } from '../../domain/people/house.ts';
import { ownStore } from '../../store/store.ts';
import { fillHouse, staff } from '../house.ts';
import { openDesk } from './desk.ts';
import type { MailDesk } from './desk.ts';
import { tryJob } from './job.ts';

/** Mails that wait for nobody are put into the outbox written and claimed; whoever dies around that loses and doubles nothing. */
const store = ownStore();
let desk: MailDesk;
const gatherers = Array.from({ length: 6 }, (_, n) => person(`alone${n}`, ['COPYWRITER'], { name: `文案 ${n}` }));

beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store(), [...staff, ...gatherers]);
});
afterAll(async () => desk.close());
beforeEach(() => {
  desk.now = '2026-03-12T03:06:10.000Z';
  desk.post.taken.length = 0;
  desk.post.moods.length = 0;
});

/** A worker that dies before the mail server hears of the mail, or right after it said yes. */
function dying(when: 'before' | 'after'): MailDeps {
  const deps = desk.deps();
  const never = new Promise<never>(() => undefined);
  return {
    ...deps,
    mailer: {
      close: () => undefined,
      async send(parcel) {
        if (when === 'after') await deps.mailer.send(parcel);
        return never;
      },
    },
  };
}

const stateOf = async (name: string) => (await findMail(store(), mailIdOf(name)))?.state;

describe.each(['ask', 'receipt', 'remind'] as const)('%s', (kind: MailKind) => {
  it('dies between outbox and mail server: nobody else takes it while the lease runs, then it is sent once', async () => {
    const job = await tryJob(store(), desk.ring);
    const input = job.mail(kind, { personId: 'writer' });
    void sendMail(dying('before'), input);
    await expect.poll(() => stateOf(input.name)).toBe('claimed');
    await expect(sendMail(desk.deps(), input)).rejects.toMatchObject({ type: 'InOtherHands' });
    expect(desk.post.taken).toHaveLength(0);
    desk.now = addMs(desk.now, 150_000);
    expect(await sendMail(desk.deps(), input)).toMatchObject({ outcome: 'accepted' });
    await sendMail(desk.deps(), input);
    expect(desk.post.taken).toHaveLength(1);
  });

  it('dies between the server’s yes and the note: one more copy, byte for byte the same', async () => {
    const job = await tryJob(store(), desk.ring);
    const input = job.mail(kind, { personId: 'writer' });
    void sendMail(dying('after'), input);
    await expect.poll(() => desk.post.taken.length).toBe(1);
    desk.now = addMs(desk.now, 150_000);
    expect(await sendMail(desk.deps(), input)).toMatchObject({ outcome: 'accepted' });
    await sendMail(desk.deps(), input);
    expect(desk.post.taken).toHaveLength(2);
    expect(desk.post.taken[1]?.bytes.equals(desk.post.taken[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it('a store that goes away between the server’s yes and the note is waited for: no second copy', async () => {
    const job = await tryJob(store(), desk.ring);
    const input = job.mail(kind, { personId: 'writer' });
    const deps = desk.deps();
    const gone = new Error('connection refused');
    const away = vi.spyOn(outboxTable(store()).collection, 'updateOne');
    const told = await sendMail(
      {
        ...deps,
        mailer: {
          close: () => undefined,
          async send(parcel) {
            const answer = await deps.mailer.send(parcel);
            away.mockRejectedValueOnce(gone).mockRejectedValueOnce(gone).mockRejectedValueOnce(gone);
            return answer;
          },
        },
      },
      input,
    ).finally(() => away.mockRestore());
    expect(told).toMatchObject({ outcome: 'accepted' });
    expect(await stateOf(input.name)).toBe('sent');
    await sendMail(desk.deps(), input);
    expect(desk.post.taken).toHaveLength(1);
  });

  it('whose lease another took over while the server was slow notes nothing over the other’s note', async () => {
    const job = await tryJob(store(), desk.ring);
    const input = job.mail(kind, { personId: 'writer' });
    const deps = desk.deps();
    let answer = (): void => undefined;
    const slow: MailDeps = {
      ...deps,
      mailer: {
        close: () => undefined,
        send: () => new Promise((resolve) => (answer = () => resolve({ answer: '250 late' }))),
      },
    };
    const first = sendMail(slow, input);
    await expect.poll(() => stateOf(input.name)).toBe('claimed');
    desk.now = addMs(desk.now, 150_000);
    const second = await sendMail(deps, input);
    const noted = await findMail(store(), mailIdOf(input.name));
    desk.now = addMs(desk.now, 1000);
    answer();
    expect(await first).toEqual(second);
    expect(await findMail(store(), mailIdOf(input.name))).toEqual(noted);
  });

  it('ten workers send it once', async () => {
    const job = await tryJob(store(), desk.ring);
    desk.post.moods.push({ at: 'slow', ms: 300 });
    const input = job.mail(kind, { personId: 'writer' });
    const done = await Promise.allSettled(Array.from({ length: 10 }, () => sendMail(desk.deps(), input)));
    for (const one of done) if (one.status === 'rejected') expect(one.reason).toMatchObject({ type: 'InOtherHands' });
    expect(await sendMail(desk.deps(), input)).toMatchObject({ outcome: 'accepted' });
    expect(desk.post.taken).toHaveLength(1);
    expect(await outboxTable(store()).countDocuments({ processId: job.processId })).toBe(1);
  });

  it('nobody by that id, or nobody any more: an outcome in the outbox, nothing sent', async () => {
    const left = `left-${kind}`;
    await people.save(
      store(),
      left,
      0,
      { ...person(left, ['COPYWRITER']), active: false },
      { by: 'admin', at: desk.now },
    );
    const job = await tryJob(store(), desk.ring);
    for (const personId of ['stranger', left])
      expect(await sendMail(desk.deps(), job.mail(kind, { personId }))).toMatchObject({ outcome: 'failed' });
    expect((await mailsOfJob(store(), job.processId)).map(({ state, why }) => [state, why]).sort()).toEqual([
      ['failed', 'NO_SUCH_PERSON'],
      ['failed', 'PERSON_LEFT'],
    ]);
    expect(desk.post.taken).toHaveLength(0);
  });
});

describe('a request that waited and is alone', () => {
  const deps = () => desk.deps({ gatherMs: 1000 });

  it('is claimed as it is written: a worker that dies then leaves bytes that go out once the lease is over', async () => {
    const job = await tryJob(store(), desk.ring, { holder: 'alone0' });
    const input = job.mail('ask', { personId: 'alone0' });
    await expect(sendMail(deps(), input)).rejects.toMatchObject({ type: 'GatheringRequests' });
    desk.now = addMs(desk.now, 1000);
    void sendMail({ ...deps(), mailer: dying('before').mailer }, input);
    await expect.poll(() => stateOf(input.name)).toBe('claimed');
    expect(await findMail(store(), mailIdOf(input.name))).toMatchObject({ attempts: 1, members: [] });
    desk.now = addMs(desk.now, 150_000);
    expect(await sendMail(deps(), input)).toMatchObject({ outcome: 'accepted' });
    expect(desk.post.taken).toHaveLength(1);
  });

  it('ten workers that wake at once send it once', async () => {
    const job = await tryJob(store(), desk.ring, { holder: 'alone1' });
    const input = job.mail('ask', { personId: 'alone1' });
    await expect(sendMail(deps(), input)).rejects.toMatchObject({ type: 'GatheringRequests' });
    desk.now = addMs(desk.now, 1000);
    await Promise.allSettled(Array.from({ length: 10 }, () => sendMail(deps(), input)));
    expect(await sendMail(deps(), input)).toMatchObject({ outcome: 'accepted' });
    expect(desk.post.taken).toHaveLength(1);
  });

  it('design §6: two that wake at the same instant, ten times each, are one mail', async () => {
    const jobs = await Promise.all([1, 2].map(() => tryJob(store(), desk.ring, { holder: 'alone2' })));
    const inputs = jobs.map((job) => job.mail('ask', { personId: 'alone2' }));
    for (const input of inputs) await expect(sendMail(deps(), input)).rejects.toThrow();
    desk.now = addMs(desk.now, 1000);
    await Promise.allSettled(Array.from({ length: 20 }, (_, n) => sendMail(deps(), inputs[n % 2] ?? inputs[0]!)));
    for (const input of inputs) expect(await sendMail(deps(), input)).toMatchObject({ outcome: 'accepted' });
    expect(desk.post.taken).toHaveLength(1);
    expect(desk.post.taken[0]?.email.subject).toContain('2 件待您签字');
  });

  it('an address corrected while it waited takes it to the new one, once', async () => {
    const job = await tryJob(store(), desk.ring, { holder: 'alone3' });
    const input = job.mail('ask', { personId: 'alone3' });
    await expect(sendMail(deps(), input)).rejects.toMatchObject({ type: 'GatheringRequests' });
    const value = (await people.get(store(), 'alone3'))!.value;
    const corrected = { ...value, mail: { address: 'corrected3@example.test', revision: 2 } };
    await people.save(store(), 'alone3', 1, corrected, { by: 'admin', at: desk.now });
    desk.now = addMs(desk.now, 1000);
    await expect(sendMail(deps(), input)).rejects.toMatchObject({ type: 'GatheringRequests' });
    desk.now = addMs(desk.now, 1000);
    expect(await sendMail(deps(), input)).toMatchObject({ outcome: 'accepted' });
    expect(desk.post.taken.map(({ to }) => to[0])).toEqual(['corrected3@example.test']);
  });
});
