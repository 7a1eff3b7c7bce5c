import { beforeAll, describe, expect, inject, test } from 'vitest';
import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { NativeConnection, Worker, type ReplayResult } from '@temporalio/worker';
import type { HistoryAndWorkflowId } from '@temporalio/client';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { createWorker } from '../../worker/worker.ts';
import { jobWorkflowType, stateQuery, actUpdate } from '../../workflows/messages.ts';
import type { JobState } from '../../domain/job/state.ts';
import { paper, person } from '../domain/job/agency.ts';
import { Hands } from '../workflows/house.ts';
import { recordedBehaviour, recordedBehaviours, runsOf } from './histories.ts';
import { bundleVariant } from './variant.ts';

let today: { code: string };
let guarded: { code: string };
let reordered: { code: string } | undefined;
beforeAll(async () => {
  today = await bundleWorkflows();
  guarded = await bundleVariant('../domain/job/process.ts', 'guarded-process.ts');
});

async function replay(bundle: { code: string }, runs: readonly HistoryAndWorkflowId[]): Promise<ReplayResult[]> {
  const results: ReplayResult[] = [];
  for await (const result of Worker.runReplayHistories({ workflowBundle: bundle }, runs)) results.push(result);
  return results;
}

const restedThenDecided = () => runsOf(recordedBehaviour('rest-then-decision', '0.1.0'));

describe('recorded histories', () => {
  test('design §2: every history of every release replays on today’s code', async () => {
    const all = recordedBehaviours();
    expect(all.map((one) => one.behaviour)).toEqual(
      expect.arrayContaining(['hundred-clicks', 'case-meeting-held', 'minutes-signed', 'minutes-refreshed']),
    );
    const results = await replay(today, all.flatMap(runsOf));
    expect(results.length).toBeGreaterThan(15);
    expect(results.filter((one) => one.error).map((one) => `${one.workflowId}: ${one.error?.message ?? ''}`)).toEqual(
      [],
    );
  });

  test.each(['rest-then-decision', 'case-meeting-held', 'minutes-signed'])(
    'replay can fail: a deliberate change of command order is caught in %s',
    async (behaviour) => {
      reordered ??= await bundleVariant('./shell.ts', 'eager-shell.ts');
      const results = await replay(reordered, runsOf(recordedBehaviour(behaviour, '0.1.0')).slice(0, 1));
      expect(results[0]?.error).toBeInstanceOf(DeterminismViolationError);
    },
  );
});

describe('a new guard in the core', () => {
  /*
   * A run at rest ends, and the next one starts with the state alone. What was decided before is not judged again from
   * the old events: it is a fact in the state. So a new rule binds new commands and nothing else. Only a run that has
   * not come to rest yet still replays its own last commands; replaying recorded histories shows that before a release.
   */
  const carriedInto = (run: HistoryAndWorkflowId | undefined): JobState => {
    const history = run?.history as {
      events?: { workflowExecutionStartedEventAttributes?: { input?: { payloads?: Payload[] } } }[];
    };
    const payload = history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
    if (!payload) throw new Error('the run was not started with a state');
    return defaultPayloadConverter.fromPayload<{ state: JobState }>(payload).state;
  };
  const signedRun = (): number =>
    restedThenDecided().findIndex((run, n) => n > 0 && carriedInto(run).phase === 'ASSESSING');

  test('changes no decision already taken: the run after rest replays with the decision it carries', async () => {
    const runs = restedThenDecided();
    const after = signedRun();
    expect(after).toBeGreaterThan(0);
    expect(carriedInto(runs[after]).papers['F-03']?.status).toBe('passed');
    for (const { error } of await replay(guarded, runs.slice(after))) expect(error).toBeUndefined();
    // The run in which it was taken had not rested: there, replay tells that the guard would undo it.
    const [undone] = await replay(guarded, runs.slice(after - 1, after));
    expect(undone?.error).toBeInstanceOf(DeterminismViolationError);
  });

  test('on the real engine, the job goes on with the decision taken before, and new ones meet the guard', async () => {
    const address = inject('temporalAddress');
    const namespace = inject('temporalNamespace');
    const native = await NativeConnection.connect({ address });
    const client = new Client({ connection: await Connection.connect({ address }), namespace });
    const state = carriedInto(restedThenDecided()[signedRun()]);
    const taskQueue = `guard-${state.processId}`;
    const hands = new Hands();
    const activities = hands.activities();
    const worker = await createWorker({
      connection: native,
      namespace,
      activities,
      dataConverter: {},
      bundle: guarded,
      taskQueue,
      shutdownGraceMs: 100,
    });
    await worker.runUntil(async () => {
      const handle = await client.workflow.start(jobWorkflowType, {
        workflowId: state.processId,
        taskQueue,
        args: [{ processId: state.processId, state }],
      });
      const send = (who: string, id: string, command: object) =>
        handle.executeUpdate(actUpdate, {
          args: [{ id, actor: person(who), receivedAt: new Date().toISOString(), act: command as never }],
        });
      const answers = await handle.query(stateQuery);
      expect(answers).toMatchObject({ phase: 'ASSESSING', lastDecision: { personId: 'contact', verdict: 'sign' } });
      const assessed = {
        type: 'assess',
        evaluation: 'e',
        discussion: 'd',
        study: 's',
        recommendation: 'r',
        differs: false,
      };
      expect((await send('executive', 'assess', assessed)).accepted).toBe(true);
      expect((await send('executive', 'number', { type: 'openNumber' })).accepted).toBe(true);
      await expect.poll(async () => (await handle.query(stateQuery)).phase, { timeout: 10_000 }).toBe('OPENED');
      const timetable = { type: 'submit', point: 'timetable', paper: paper('F-10', {}, 't-1') };
      expect((await send('executive', 'timetable', timetable)).accepted).toBe(true);
      const sign = { type: 'sign', circulation: 'timetable', round: 1, step: 'client', hash: 't-1' };
      await expect(send('contact', 'sign', sign)).rejects.toThrow();
    });
    await native.close();
  });
});
