import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { actUpdate } from '../../workflows/messages.ts';
import { paper, person, requestAct } from '../domain/job/agency.ts';
import { liveJob } from './house.ts';

test('a command that comes by both roads, and another beside it, in one task: one effect, and its history replays', async () => {
  const job = await liveJob('both-roads');
  const handle = job.client.workflow.getHandle(job.processId);
  // A run that rested has begun anew. A worker that stops before may take a task with it, which comes back only minutes later.
  const rested = (): Promise<void> =>
    expect.poll(async () => (await handle.describe()).historyLength, { timeout: 40_000 }).toBeLessThan(12);
  await job.working(async () => {
    await job.act('executive', requestAct());
    await job.act('executive', {
      type: 'holdBriefing',
      heldAt: new Date(Date.now() - 60_000).toISOString(),
      client: ['contact'],
      account: ['executive'],
      creative: ['creativeDirector'],
    });
    await job.act('executive', { type: 'submit', point: 'requirementBrief', paper: paper('F-03', {}, 'hash-1') });
    await job.until(
      (state) => state.circulations.requirementBrief?.stays.some((stay) => stay.state === 'open') === true,
    );
    await expect
      .poll(() => job.hands.entries.some(({ event }) => event.type === 'asked'), { timeout: 40_000 })
      .toBe(true);
    await rested();
  });
  const where = { circulation: 'requirementBrief', round: 1, step: 'client', hash: 'hash-1' } as const;
  const sign = { type: 'sign', ...where } as const;
  const back = { type: 'return', kind: 'return', ...where, reason: 'NOT_CLEAR', words: '目标不清楚' } as const;
  const receivedAt = new Date().toISOString();
  // As the door does it while no worker answers: the update is asked, its time runs out, the same command is left.
  const asked = async (id: string, act: typeof sign | typeof back): Promise<void> => {
    const command = { id, actor: person('contact'), receivedAt, act };
    const update = handle.executeUpdate(actUpdate, { args: [command], updateId: id });
    await expect(job.client.withDeadline(Date.now() + 1_500, () => update)).rejects.toThrow();
  };
  const unanswered = Promise.allSettled([asked('by-both', sign), asked('by-update', back)]);
  await new Promise<void>((wake) => setTimeout(wake, 300));
  await job.signal('contact', sign, 'by-both');
  await job.signal('contact', back, randomUUID());
  const { runId } = await handle.describe();
  await job.working(async () => {
    await unanswered;
    await job.until((state) => state.circulations.requirementBrief?.status !== 'running');
    await rested();
  });
  const decided = job.hands.entries.filter(({ event }) => event.type === 'decided' && event.step === 'client');
  expect(decided).toHaveLength(1);
  const { code } = await bundleWorkflows();
  const history = await job.client.workflow.getHandle(job.processId, runId).fetchHistory();
  await Worker.runReplayHistory({ workflowBundle: { code } }, history, job.processId);
});
