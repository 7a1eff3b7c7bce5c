import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import type { Connection } from 'mongoose';
import type { AnyJobAct } from '../../domain/job/acts.ts';
import type { House } from '../../ops/house/house.ts';
import type { JobRow } from '../../store/jobs.ts';
import { outboxTable } from '../../store/outbox.ts';
import { jobWorkflowId, taskQueue } from '../../workflows/ids.ts';
import type { job } from '../../workflows/job.ts';
import { actUpdate, jobWorkflowType } from '../../workflows/messages.ts';
import { orderPaper, paper, requestAct } from '../domain/job/agency.ts';
import { actor, brandNo, personAt } from './agency.ts';
import { inLanes, timed } from './measure.ts';
import type { RunFigures, Side } from './sides.ts';
import { Watch } from './watch.ts';

/** Desks of the work order after the account executive's own step, which is the submission. */
const desks = ['accountDirector', 'creativeDirector', 'artDirector', 'copywriter', 'designer'] as const;

/** How Jobbag is run. */
export interface JobbagShape {
  readonly name: string;
  /** Events a run may have before rest starts a fresh one; absent as the house does it. */
  readonly restAfterEvents?: number;
}

/** A process and those it has started: a worker is two. */
const withHalves = (pid: number): readonly number[] => [
  pid,
  ...readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
];

const freshHash = (): string => randomBytes(32).toString('hex');
const onDesk = (step: string) => (row: JobRow) =>
  row.waiting.some((desk) => desk.step === step && desk.holders.length > 0);

/** Jobbag whole: the six stages of the work order with store, log, links and mail. */
export function jobbagSide(client: Client, store: Connection, house: House, brands: number, shape: JobbagShape): Side {
  const brandOf = new Map<string, number>();
  let watch = new Watch(store, 20);
  const pidsOf = (...names: string[]): number[] =>
    house.processes.filter(({ name }) => names.includes(name)).map(({ pid }) => pid);

  const act = async (processId: string, who: string, what: AnyJobAct): Promise<void> => {
    const id = randomUUID();
    const command = { id, actor: actor(who), receivedAt: new Date().toISOString(), act: what };
    await client.workflow.getHandle(processId).executeUpdate(actUpdate, { args: [command], updateId: id });
  };
  const sign = async (processId: string, row: JobRow, step: string, hash: string): Promise<void> => {
    const desk = row.waiting.find((one) => one.step === step);
    if (!desk) throw new Error(`${step} is not open`);
    await act(processId, desk.holders[0] ?? '', {
      type: 'sign',
      circulation: desk.circulation,
      round: desk.round,
      step,
      hash,
      checklist: [],
    });
  };

  /** From nothing to a job whose work order can be sent round. */
  const toOrder = async (processId: string, brand: number): Promise<void> => {
    const [executive, lead] = [personAt(brand, 'executive'), personAt(brand, 'lead')];
    const argument = {
      processId,
      ...(shape.restAfterEvents === undefined ? {} : { restAfterEvents: shape.restAfterEvents }),
    };
    await client.workflow.start<typeof job>(jobWorkflowType, { workflowId: processId, taskQueue, args: [argument] });
    await act(
      processId,
      executive,
      requestAct({ ...brandNo(brand), ownerId: executive, qcRoute: 'qcSix', paper: paper('F-01', {}, freshHash()) }),
    );
    await act(processId, executive, {
      type: 'holdBriefing',
      heldAt: new Date().toISOString(),
      client: [lead],
      account: [executive],
      creative: [personAt(brand, 'creativeDirector')],
    });
    const [brief, plan] = [freshHash(), freshHash()];
    await act(processId, executive, { type: 'submit', point: 'requirementBrief', paper: paper('F-03', {}, brief) });
    await sign(processId, await watch.until(processId, onDesk('client')), 'client', brief);
    await act(processId, executive, {
      type: 'assess',
      evaluation: 'clear',
      discussion: 'held',
      study: 'done',
      recommendation: 'as asked',
      differs: false,
    });
    await act(processId, executive, { type: 'openNumber' });
    await watch.until(processId, (row) => row.jobNumber !== undefined);
    await act(processId, executive, { type: 'submit', point: 'timetable', paper: paper('F-10', {}, plan) });
    await sign(processId, await watch.until(processId, onDesk('client')), 'client', plan);
    const people = [personAt(brand, 'creativeDirector'), personAt(brand, 'designer')];
    await act(processId, executive, { type: 'huddle', heldAt: new Date().toISOString(), people, objections: [] });
    brandOf.set(processId, brand);
  };

  return {
    name: shape.name,
    async prepare(jobs) {
      const ids = Array.from({ length: jobs }, () => jobWorkflowId(randomUUID()));
      await inLanes(20, jobs, (job) => toOrder(ids[job] ?? '', job % brands));
      return ids;
    },
    async run(workflowIds, atOnce): Promise<RunFigures> {
      // Alone, the look may be quick; with twenty, one query in 10 ms is what the board of a busy agency costs.
      watch = new Watch(store, atOnce === 1 ? 3 : 10);
      const answerMs: number[] = [];
      const nextDeskMs: number[] = [];
      const decide = async (
        processId: string,
        work: () => Promise<void>,
        opened: (row: JobRow) => boolean,
      ): Promise<JobRow> => {
        const whole = await timed(async () => {
          const answer = await timed(work);
          answerMs.push(answer.ms);
          return watch.until(processId, opened);
        });
        nextDeskMs.push(whole.ms);
        return whole.value;
      };
      const startedAtMs = Date.now();
      const { ms } = await timed(() =>
        inLanes(atOnce, workflowIds.length, async (job) => {
          const processId = workflowIds[job] ?? '';
          const hash = freshHash();
          const executive = personAt(brandOf.get(processId) ?? 0, 'executive');
          const order: AnyJobAct = { type: 'submit', point: 'workOrder', paper: { ...orderPaper(), hash } };
          let row = await decide(processId, () => act(processId, executive, order), onDesk(desks[0]));
          for (const [place, step] of desks.entries()) {
            const next = desks[place + 1];
            row = await decide(
              processId,
              () => sign(processId, row, step, hash),
              next === undefined ? (found) => found.phase === 'CREATING' : onDesk(next),
            );
          }
        }),
      );
      const seconds = ms / 1000;
      return {
        decisions: answerMs.length,
        decisionsPerSecond: answerMs.length / seconds,
        jobsPerSecond: workflowIds.length / seconds,
        answerMs,
        nextDeskMs,
        workflowIds,
        startedAtMs,
      };
    },
    async settled() {
      for (let tries = 0; tries < 300; tries += 1) {
        const under = await outboxTable(store).countDocuments({ $or: [{ state: 'queued' }, { state: 'claimed' }] });
        if (under === 0) break;
        await new Promise((wake) => setTimeout(wake, 100));
      }
      // The last answers of the mail server are recorded, and the jobs come to rest.
      await new Promise((wake) => setTimeout(wake, 1_000));
    },
    pids: () => ({
      engine: pidsOf('temporal'),
      worker: pidsOf('worker').flatMap(withHalves),
      documents: pidsOf('ferretdb', 'postgres', 'mongod'),
    }),
  };
}
