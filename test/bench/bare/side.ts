import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import type { House } from '../../../ops/house/house.ts';
import { inLanes, timed } from '../measure.ts';
import type { RunFigures, Side } from '../sides.ts';
import { workerMemory, workerThreads } from '../../../worker/memory.ts';
import { bareQueue } from './queue.ts';

/** How the bare workflow behaves beside taking decisions. */
export interface BareShape {
  readonly name: string;
  readonly activities: number;
}

const stages = 6;

/** Starts the bare engine's worker in a process of its own. */
export async function bareWorker(house: House): Promise<{ readonly pid: number; stop(): Promise<void> }> {
  const file = fileURLToPath(new URL('worker.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    [
      ...[...workerMemory, '--import', import.meta.resolve('tsx')],
      ...['--require', fileURLToPath(new URL(`../../../${workerThreads}`, import.meta.url))],
      ...[file, house.stack.engineAddress, house.stack.namespace],
    ],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  const first = await Promise.race([once(child.stdout, 'data'), ended.then(() => undefined)]);
  if (first === undefined || child.pid === undefined) throw new Error('the worker of the bare engine did not start');
  return {
    pid: child.pid,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

/** The bare engine: six stages, an Update each, no store, no mail, no codec. */
export function bareSide(client: Client, house: House, workerPid: number, shape: BareShape): Side {
  const engine = (): number[] => house.processes.filter(({ name }) => name === 'temporal').map(({ pid }) => pid);
  return {
    name: shape.name,
    async prepare(jobs) {
      const ids = Array.from({ length: jobs }, () => `bare-${randomUUID()}`);
      await inLanes(20, jobs, async (job) => {
        const argument = { stage: 0, activities: shape.activities };
        await client.workflow.start('bare', { workflowId: ids[job] ?? '', taskQueue: bareQueue, args: [argument] });
      });
      return ids;
    },
    async run(workflowIds, atOnce): Promise<RunFigures> {
      const answerMs: number[] = [];
      const startedAtMs = Date.now();
      const { ms } = await timed(() =>
        inLanes(atOnce, workflowIds.length, async (job) => {
          const handle = client.workflow.getHandle(workflowIds[job] ?? '');
          for (let stage = 0; stage < stages; stage += 1) {
            const answer = await timed(() =>
              handle.executeUpdate('sign', { args: [stage], updateId: `stage-${stage}` }),
            );
            answerMs.push(answer.ms);
          }
        }),
      );
      const seconds = ms / 1000;
      return {
        decisions: answerMs.length,
        decisionsPerSecond: answerMs.length / seconds,
        jobsPerSecond: workflowIds.length / seconds,
        answerMs,
        nextDeskMs: answerMs,
        workflowIds,
        startedAtMs,
      };
    },
    settled: async () => undefined,
    pids: () => ({ engine: engine(), worker: [workerPid] }),
  };
}
