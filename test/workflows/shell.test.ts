import { WorkflowUpdateFailedError } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import type { Verb } from '../../domain/circulation/acts.ts';
import type { JobState } from '../../domain/job/state.ts';
import { possibleQuery, stateQuery } from '../../workflows/messages.ts';
import { paper, requestAct } from '../domain/job/agency.ts';
import { Hands, liveJob, type LiveJob } from './house.ts';

const open = (state: JobState, step: string): boolean =>
  Object.values(state.circulations).some((one) =>
    one.stays.some((stay) => stay.step === step && stay.state === 'open'),
  );

/** Brings a job to the requirement brief on the client's desk. */
async function atClient(job: LiveJob): Promise<Extract<Verb, { type: 'sign' }>> {
  await job.act('executive', requestAct());
  await job.act('executive', {
    type: 'holdBriefing',
    heldAt: new Date(Date.now() - 60_000).toISOString(),
    client: ['contact'],
    account: ['executive'],
    creative: ['creativeDirector'],
  });
  await job.act('executive', { type: 'submit', point: 'requirementBrief', paper: paper('F-03', {}, 'hash-1') });
  await job.until((state) => open(state, 'client'));
  return { type: 'sign', circulation: 'requirementBrief', round: 1, step: 'client', hash: 'hash-1' };
}

const codeOf = async (promise: Promise<unknown>): Promise<string | undefined> => {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return error instanceof WorkflowUpdateFailedError
      ? ((error.cause as { type?: string } | undefined)?.type ?? 'other')
      : String(error);
  }
};

describe('the durable shell on the real engine', () => {
  test('a decision is taken, logged once and moves the job; a second click is the same decision', async () => {
    const job = await liveJob('decision');
    await job.working(async () => {
      const sign = await atClient(job);
      const first = await job.act('contact', sign, 'click-1');
      expect(first.accepted).toBe(true);
      const state = await job.until((one) => one.phase === 'ASSESSING');
      expect(state.papers['F-03']?.status).toBe('passed');
      const again = await job.act('contact', sign, 'click-1');
      expect(again.accepted).toBe(true);
      expect(await codeOf(job.act('contact', sign, 'click-2'))).toBe('ALREADY_DECIDED');
      const decided = job.hands.entries.filter(
        (entry) => entry.event.type === 'decided' && entry.event.step === 'client',
      );
      expect(decided).toHaveLength(1);
    });
  });

  test('a decision while its own asking mail is still being sent is not lost', async () => {
    const hands = new Hands();
    let release = (): void => undefined;
    hands.mailGate = new Promise((resolve) => (release = resolve));
    const job = await liveJob('mail-in-flight', hands);
    await job.working(async () => {
      const sign = await atClient(job);
      expect((await job.act('contact', sign)).accepted).toBe(true);
      release();
      const state = await job.until((one) => one.phase === 'ASSESSING');
      expect(state.circulations['requirementBrief']?.status).toBe('passed');
    });
  });

  test('with no worker the engine keeps the command; it counts once when the worker is back, on its receivedAt', async () => {
    const job = await liveJob('no-worker');
    const sign = await job.working(() => atClient(job));
    await job.signal('contact', sign, 'kept-1');
    await job.signal('contact', sign, 'kept-1');
    const receivedAt = Date.now();
    await job.working(async () => {
      const state = await job.until((one) => one.phase === 'ASSESSING');
      const decision = state.circulations['requirementBrief']?.stays.find((stay) => stay.step === 'client')
        ?.decisions[0];
      expect(decision?.id).toBe('kept-1');
      expect(Math.abs(Date.parse(decision?.at ?? '') - receivedAt)).toBeLessThan(5_000);
      expect(job.hands.entries.filter((entry) => entry.event.type === 'commandRefused')).toHaveLength(0);
    });
  });

  test('a command that became impossible meanwhile ends in a recorded, mailed refusal and fails nothing', async () => {
    const job = await liveJob('late-refusal');
    const sign = await job.working(() => atClient(job));
    await job.signal('contact', {
      type: 'return',
      kind: 'return',
      circulation: 'requirementBrief',
      round: 1,
      step: 'client',
      hash: 'hash-1',
      reason: 'NOT_CLEAR',
      words: 'which audience?',
    });
    await job.signal('contact', sign, 'too-late');
    await job.working(async () => {
      const state = await job.until((one) => one.seen['too-late'] !== undefined);
      expect(state.circulations['requirementBrief']?.status).toBe('returned');
      const refused = job.hands.entries.find((entry) => entry.event.type === 'commandRefused');
      expect(refused?.event).toMatchObject({ commandId: 'too-late', refusal: { code: 'ALREADY_DECIDED' } });
      await expect.poll(() => job.hands.mails.some((mail) => mail.kind === 'commandRefused')).toBe(true);
    });
  });

  test('rest is a fresh run with the complete state, seen ids included', async () => {
    const job = await liveJob('rest');
    await job.working(async () => {
      const sign = await atClient(job);
      await job.act('contact', sign, 'once');
      await job.until((one) => one.phase === 'ASSESSING');
      const describe = () => job.client.workflow.getHandle(job.processId).describe();
      await expect.poll(async () => (await describe()).historyLength, { timeout: 10_000 }).toBeLessThan(8);
      const entries = job.hands.entries.length;
      // The Signal road has no memory of the engine behind it: only the carried state knows this id.
      await job.signal('contact', sign, 'once');
      await job.act('executive', {
        type: 'assess',
        evaluation: 'e',
        discussion: 'd',
        study: 's',
        recommendation: 'r',
        differs: false,
      });
      await job.until((one) => one.assessment !== undefined);
      expect(job.hands.entries.slice(entries).map((entry) => entry.event.type)).toEqual(['assessed']);
    });
  });

  test('a refused update writes no history; validators answer with the code and the field', async () => {
    const job = await liveJob('refusal');
    await job.working(async () => {
      const sign = await atClient(job);
      const length = async (): Promise<number> =>
        (await job.client.workflow.getHandle(job.processId).describe()).historyLength;
      await expect.poll(length, { timeout: 10_000 }).toBeLessThan(8);
      const before = await length();
      expect(await codeOf(job.act('lead', sign))).toBe('NOT_ALLOWED');
      expect(await codeOf(job.act('contact', { ...sign, hash: 'older' }))).toBe('STALE_VERSION');
      expect(await codeOf(job.act('contact', { ...sign, round: 7 }))).toBe('STALE_ROUND');
      // A rejected update leaves at most the workflow tasks that carried it.
      expect(await length()).toBeLessThanOrEqual(before + 9);
      expect(job.hands.entries.some((entry) => entry.event.type === 'decided' && entry.event.step === 'client')).toBe(
        false,
      );
    });
  });

  test('100 parallel clicks of mixed verdicts: one effect, the others told', async () => {
    const job = await liveJob('hundred');
    await job.working(async () => {
      const sign = await atClient(job);
      const back: Verb = {
        type: 'return',
        kind: 'return',
        circulation: 'requirementBrief',
        round: 1,
        step: 'client',
        hash: 'hash-1',
        reason: 'NOT_CLEAR',
        words: 'which audience?',
      };
      const clicks = Array.from({ length: 100 }, (_, n) =>
        codeOf(job.act('contact', n % 2 === 0 ? sign : back, `click-${n}`)),
      );
      const answers = await Promise.all(clicks);
      expect(answers.filter((one) => one === undefined)).toHaveLength(1);
      expect(new Set(answers.filter((one) => one !== undefined))).toEqual(new Set(['ALREADY_DECIDED']));
      await job.until((one) => one.circulations['requirementBrief']?.status !== 'running');
      expect(
        job.hands.entries.filter((entry) => entry.event.type === 'decided' && entry.event.step === 'client'),
      ).toHaveLength(1);
    });
  });

  test('queries answer the five questions and what may happen now', async () => {
    const job = await liveJob('queries');
    await job.working(async () => {
      await atClient(job);
      const handle = job.client.workflow.getHandle(job.processId);
      const answers = await handle.query(stateQuery);
      expect(answers).toMatchObject({
        phase: 'BRIEFED',
        holders: [{ personId: 'contact' }],
        next: ['requirementBrief.client'],
      });
      const possible = await handle.query(possibleQuery);
      expect(possible.find((one) => one.act === 'openNumber')?.refusal?.code).toBe('WRONG_PHASE');
    });
  });

  test('an asking mail that cannot be sent fails nothing: the account executive hears of it', async () => {
    const hands = new Hands();
    hands.mailOutcome = 'failed';
    const job = await liveJob('undeliverable', hands);
    await job.working(async () => {
      await atClient(job);
      await expect.poll(() => hands.mails.some((mail) => mail.kind === 'unreached'), { timeout: 10_000 }).toBe(true);
      expect(
        (
          await job.act('contact', {
            type: 'sign',
            circulation: 'requirementBrief',
            round: 1,
            step: 'client',
            hash: 'hash-1',
          })
        ).accepted,
      ).toBe(true);
    });
  });
});
