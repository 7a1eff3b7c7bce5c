import { expect, test } from 'vitest';
import type { JobActivities } from '../../activities/contract.ts';
import { paper, requestAct } from '../domain/job/agency.ts';
import { Hands, liveJob } from './house.ts';

/** Hands that open steps and send mails along with the append, as the real recorder does; some they leave out. */
class RidingHands extends Hands {
  /** Names of mails that rode along, with the newest entry the log had then. */
  readonly rode: { readonly kind: string; readonly seq: number; readonly newest: number }[] = [];
  readonly alone: string[] = [];
  /** Kinds of mail that are not done in time. */
  late: readonly string[] = [];

  override activities(): JobActivities {
    const plain = super.activities();
    return {
      ...plain,
      recordEntries: async (input) => {
        const { opens = [], mails = [] } = input;
        const head = await plain.recordEntries(input);
        const opened = Object.fromEntries(
          await Promise.all(opens.map(async (one) => [one.name, await plain.openStep(one.input)] as const)),
        );
        const timely = mails.filter(({ input: mail }) => !this.late.includes(mail.kind));
        for (const { input: mail } of timely) this.rode.push({ kind: mail.kind, seq: mail.seq, newest: head.seq });
        const mailed = Object.fromEntries(
          await Promise.all(timely.map(async (one) => [one.name, await plain.sendMail(one.input)] as const)),
        );
        return { ...head, opened, mailed };
      },
      openStep: (input) => {
        this.alone.push(`open ${input.step}`);
        return plain.openStep(input);
      },
      sendMail: (input) => {
        this.alone.push(`mail ${input.kind}`);
        return plain.sendMail(input);
      },
    };
  }
}

async function signedByClient(hands: RidingHands): Promise<Awaited<ReturnType<typeof liveJob>>> {
  const job = await liveJob('along', hands);
  await job.working(async () => {
    await job.act('executive', requestAct());
    const heldAt = new Date(Date.now() - 60_000).toISOString();
    const there = { client: ['contact'], account: ['executive'], creative: ['creativeDirector'] };
    await job.act('executive', { type: 'holdBriefing', heldAt, ...there });
    await job.act('executive', { type: 'submit', point: 'requirementBrief', paper: paper('F-03', {}, 'hash-1') });
    await job.until((state) =>
      Object.values(state.circulations).some(({ stays }) =>
        stays.some(({ step, holders }) => step === 'client' && holders[0]?.askedAt),
      ),
    );
    const where = { circulation: 'requirementBrief', round: 1, step: 'client', hash: 'hash-1' } as const;
    await job.act('contact', { type: 'sign', ...where });
    await job.until((state) => state.phase === 'ASSESSING');
    await expect.poll(() => hands.mails.filter(({ kind }) => kind === 'receipt')).toHaveLength(1);
  });
  return job;
}

test('design §2: steps and mails ride along with the append they belong to: nothing is asked for twice', async () => {
  const hands = new RidingHands();
  await signedByClient(hands);
  expect(hands.alone).toEqual([]);
  expect(hands.rode.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['ask', 'receipt']));
  for (const { seq, newest } of hands.rode) expect(seq, 'a mail goes out behind its entry').toBeLessThanOrEqual(newest);
  expect(new Set(hands.mails.map(({ name }) => name)).size).toBe(hands.mails.length);
});

test('what could not ride along is asked for on its own, once', async () => {
  const hands = new RidingHands();
  hands.late = ['ask', 'receipt'];
  await signedByClient(hands);
  expect(hands.alone.filter((one) => one === 'mail ask')).toHaveLength(1);
  expect(hands.alone.filter((one) => one === 'mail receipt')).toHaveLength(1);
  expect(hands.alone.filter((one) => one.startsWith('open'))).toEqual([]);
});
