import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import type { AnyJobAct } from '../../domain/job/acts.ts';
import { stateQuery } from '../../workflows/messages.ts';
import { paper, requestAct } from '../domain/job/agency.ts';
import { bundleVariant } from '../replay/variant.ts';
import { Hands, liveJob, type LiveJob } from './house.ts';

const handleOf = (job: LiveJob) => job.client.workflow.getHandle(job.processId);
const openStep = (job: LiveJob, step: string) =>
  job.until((state) =>
    Object.values(state.circulations).some((one) =>
      one.stays.some((stay) => stay.step === step && stay.state === 'open'),
    ),
  );

/** Brings a job to the requirement brief on the client's desk. */
async function briefAtClient(job: LiveJob): Promise<void> {
  await job.act('executive', requestAct());
  await job.act('executive', {
    type: 'holdBriefing',
    heldAt: new Date(Date.now() - 60_000).toISOString(),
    client: ['contact'],
    account: ['executive'],
    creative: ['creativeDirector'],
  });
  await job.act('executive', { type: 'submit', point: 'requirementBrief', paper: paper('F-03', {}, 'hash-1') });
  await openStep(job, 'client');
}

const comment = (words: string): AnyJobAct => ({
  type: 'note',
  circulation: 'requirementBrief',
  round: 1,
  step: 'client',
  note: { kind: 'comment' },
  words,
});

describe('commands that come at the wrong moment or are none', () => {
  test('R-77: a decision for a later desk sent early is refused and does not count when that desk opens', async () => {
    const job = await liveJob('early', new Hands(), { from: 'ORDER_SIGNOFF' });
    const hash = Object.values(job.hands.base?.circulations ?? {}).find((one) => one.point === 'workOrder')?.about.hash;
    const sign = (step: string): AnyJobAct => ({
      type: 'sign',
      circulation: 'workOrder',
      round: 1,
      step,
      hash: hash ?? '',
    });
    await job.working(async () => {
      await job.signal('creativeDirector', sign('creativeDirector'), 'early');
      await job.until((state) => state.seen['early'] !== undefined);
      const refused = job.hands.entries.find((entry) => entry?.event.type === 'commandRefused');
      expect(refused?.event).toMatchObject({ commandId: 'early', refusal: { code: 'NOT_YET_YOUR_TURN' } });
      await job.act('director', sign('accountDirector'));
      const state = await openStep(job, 'creativeDirector');
      const stay = state.circulations['workOrder']?.stays.find((one) => one.step === 'creativeDirector');
      expect(stay).toMatchObject({ state: 'open', decisions: [] });
      // The same command again is the refusal it was; a new one counts.
      await job.signal('creativeDirector', sign('creativeDirector'), 'early');
      await job.act('creativeDirector', sign('creativeDirector'), 'in-time');
      await openStep(job, 'artDirector');
    });
    const decided = job.hands.entries.filter(
      (entry) => entry?.event.type === 'decided' && entry.event.step === 'creativeDirector',
    );
    expect(decided.map((entry) => entry.stamp.commandId)).toEqual(['in-time']);
  });

  test('a signal that is no command changes nothing and stops nothing; an update that is none is refused', async () => {
    const job = await liveJob('no-command');
    await job.working(async () => {
      await briefAtClient(job);
      const entries = job.hands.entries.length;
      const strays: readonly unknown[] = [
        undefined,
        null,
        'sign',
        {},
        { id: 7, act: {} },
        { id: 'x', actor: null, receivedAt: '', act: { type: 'sign' } },
        { id: 'x', actor: { kind: 'person' }, receivedAt: '', act: {} },
      ];
      for (const stray of strays) await handleOf(job).signal('act', stray);
      for (const stray of strays)
        await expect(handleOf(job).executeUpdate('act', { args: [stray] })).rejects.toThrow(WorkflowUpdateFailedError);
      await job.act('executive', comment('still here'));
      const written = () => job.hands.entries.slice(entries).map((entry) => entry.event.type);
      await expect.poll(written, { timeout: 10_000 }).toContain('noted');
      // The asking mail of the open step may have been accepted meanwhile.
      expect(written().filter((type) => type !== 'asked')).toEqual(['noted']);
      expect((await handleOf(job).describe()).status.name).toBe('RUNNING');
    });
  });

  test('an ApplicationFailure in a signal handler never ends the job: the command waits for a release without the fault', async () => {
    const faulty = await bundleVariant('../domain/job/process.ts', 'failing-process.ts');
    const job = await liveJob('fault', new Hands(), { from: 'ASSESSING' });
    const assess: AnyJobAct = {
      type: 'assess',
      evaluation: 'e',
      discussion: 'd',
      study: 's',
      recommendation: 'r',
      differs: false,
    };
    await job.signal('executive', assess, 'kept');
    await job.working(async () => {
      const failed = async (): Promise<boolean> =>
        ((await handleOf(job).fetchHistory()).events ?? []).some((event) => event.workflowTaskFailedEventAttributes);
      await expect.poll(failed, { timeout: 10_000 }).toBe(true);
    }, faulty);
    expect((await handleOf(job).describe()).status.name).toBe('RUNNING');
    await job.working(async () => {
      await job.until((state) => state.seen['kept'] !== undefined);
      expect(await handleOf(job).query(stateQuery)).toMatchObject({ phase: 'ASSESSING' });
    });
    expect(job.hands.entries.filter((entry) => entry?.event.type === 'assessed')).toHaveLength(1);
  });
});

describe('many commands at once', () => {
  test('eleven parallel updates, one more than the engine lets in at a time, are all taken once', async () => {
    const job = await liveJob('eleven');
    await job.working(async () => {
      await briefAtClient(job);
      const ids = Array.from({ length: 11 }, (_, n) => `note-${n}`);
      const outcomes = await Promise.all(ids.map((id) => job.act('executive', comment(id), id)));
      expect(outcomes.every((one) => one.accepted)).toBe(true);
      await job.until((state) => ids.every((id) => state.seen[id] !== undefined));
      const noted = job.hands.entries.filter((entry) => entry.event.type === 'noted').map((one) => one.stamp.commandId);
      expect(noted.sort()).toEqual([...ids].sort());
    });
  });

  test('200 signals while the process comes to rest again and again: none lost, none doubled', async () => {
    const job = await liveJob('resting');
    await job.working(async () => {
      await briefAtClient(job);
      const before = new Set<string>();
      const ids = Array.from({ length: 200 }, () => randomUUID());
      for (const [n, id] of ids.entries()) {
        await job.signal('executive', comment(`word ${n}`), id);
        // Every fifth is sent twice, on the far side of a rest or on this one.
        if (n % 5 === 0) void job.signal('executive', comment(`word ${n}`), id);
        // Gaps of every length up to a whole round, so that signals meet each moment of it.
        if (n % 4 === 0) await new Promise((resolve) => setTimeout(resolve, (n * 7) % 90));
        if (n % 20 === 0) before.add((await handleOf(job).describe()).runId);
      }
      await job.until((state) => ids.every((id) => state.seen[id] !== undefined));
      const noted = job.hands.entries.filter((entry) => entry.event.type === 'noted').map((one) => one.stamp.commandId);
      expect(noted).toHaveLength(200);
      expect(new Set(noted)).toEqual(new Set(ids));
      expect(before.size, 'it rested meanwhile').toBeGreaterThan(2);
    });
  });
});
