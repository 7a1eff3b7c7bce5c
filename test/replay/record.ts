import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { AnyJobAct } from '../../domain/job/acts.ts';
import type { JobPhase } from '../../domain/job/state.ts';
import { createWorker } from '../../worker/worker.ts';
import { jobWorkflowId } from '../../workflows/ids.ts';
import { actSignal, actUpdate, jobWorkflowType, type SentCommand } from '../../workflows/messages.ts';
import { bookUntil, orderPaper, paper, person, requestAct } from '../domain/job/agency.ts';
import { Hands } from '../workflows/house.ts';
import type { Recorded } from './histories.ts';
import { historiesOf, record, type Left, type Recording } from './recording.ts';

/*
 * Records histories of jobs on a real engine, one file a behaviour: `tsx test/replay/record.ts 0.1.0 [behaviour…]`.
 * Run it once for a release and commit what it wrote; later releases must replay these files as they are. Payloads are
 * recorded plain, so no key is needed to replay them; the codec lies below the workflow code and changes no command.
 */

/** One job being played for the record. */
class Played {
  readonly hands = new Hands();
  readonly processId = jobWorkflowId(randomUUID());
  /** What to keep, where a job must be recorded in the middle of something. */
  kept: Recorded['runs'] | undefined;
  readonly #taskQueue = `record-${randomUUID()}`;
  readonly #client: Client;
  readonly #connection: NativeConnection;
  readonly #bundle: { readonly code: string };

  constructor(client: Client, connection: NativeConnection, bundle: { readonly code: string }) {
    this.#client = client;
    this.#connection = connection;
    this.#bundle = bundle;
  }

  get #handle() {
    return this.#client.workflow.getHandle(this.processId);
  }

  /** Starts the job as new, or from where the book has brought it. */
  async start(from?: JobPhase): Promise<void> {
    const carried = from && { ...bookUntil(from).state, processId: this.processId };
    const args = [
      {
        processId: this.processId,
        ...(carried ? { state: { ...carried, head: { seq: carried.seq, hash: 'h' } } } : {}),
      },
    ];
    await this.#client.workflow.start(jobWorkflowType, {
      workflowId: this.processId,
      taskQueue: this.#taskQueue,
      args,
    });
  }

  async working(work: () => Promise<void>): Promise<void> {
    const worker = await createWorker({
      connection: this.#connection,
      namespace: this.#client.options.namespace,
      activities: this.hands.activities(),
      dataConverter: {},
      bundle: this.#bundle,
      taskQueue: this.#taskQueue,
      shutdownGraceMs: 100,
    });
    await worker.runUntil(work());
  }

  #command(who: string, act: AnyJobAct): SentCommand<AnyJobAct> {
    return { id: randomUUID(), actor: person(who), receivedAt: new Date().toISOString(), act };
  }

  async act(who: string, act: AnyJobAct): Promise<void> {
    await this.#handle.executeUpdate(actUpdate, { args: [this.#command(who, act)] });
  }

  async signal(who: string, act: AnyJobAct): Promise<void> {
    await this.#handle.signal(actSignal, this.#command(who, act));
  }

  /** Waits until the log holds such an entry. */
  async logged(what: (event: { type: string; step?: string; to?: unknown }) => boolean): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      if (this.hands.entries.some((entry) => entry !== undefined && what(entry.event))) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('the log never said so');
  }

  /** Waits until the process has come to rest in a fresh run. */
  async rested(): Promise<void> {
    for (let tries = 0; tries < 400; tries += 1) {
      const { historyLength, status } = await this.#handle.describe();
      if (historyLength < 8 || status.name !== 'RUNNING') return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('it never came to rest');
  }

  /** Histories of all runs, oldest first. */
  histories(): Promise<Recorded['runs']> {
    return historiesOf(this.#client, this.processId);
  }
}

const atClient = { circulation: 'requirementBrief', round: 1, step: 'client', hash: 'hash-1' } as const;
const signed: AnyJobAct = { type: 'sign', ...atClient };
const back: AnyJobAct = {
  type: 'return',
  kind: 'return',
  ...atClient,
  reason: 'NOT_CLEAR',
  words: 'which audience?',
};

/** From the first word to the requirement brief on the client's desk. */
async function briefAtClient(job: Played): Promise<void> {
  await job.act('executive', requestAct());
  const heldAt = new Date(Date.now() - 60_000).toISOString();
  await job.act('executive', {
    type: 'holdBriefing',
    heldAt,
    client: ['contact'],
    account: ['executive'],
    creative: ['creativeDirector'],
  });
  await job.act('executive', { type: 'submit', point: 'requirementBrief', paper: paper('F-03', {}, 'hash-1') });
  await job.logged((event) => event.type === 'asked' && event.step === 'client');
}

/** What is recorded: each a thing that a job does for people. */
const behaviours: Readonly<Record<string, (job: Played) => Promise<void>>> = {
  'order-round': async (job) => {
    await job.start('OPENED');
    await job.working(async () => {
      await job.act('executive', { type: 'submit', point: 'timetable', paper: paper('F-10', {}, 't-1') });
      await job.logged((event) => event.type === 'asked' && event.step === 'client');
      await job.act('contact', { type: 'sign', circulation: 'timetable', round: 1, step: 'client', hash: 't-1' });
      const heldAt = new Date().toISOString();
      await job.act('executive', { type: 'huddle', heldAt, people: ['creativeDirector', 'designer'], objections: [] });
      await job.act('executive', { type: 'submit', point: 'workOrder', paper: { ...orderPaper(), hash: 'o-1' } });
      const chain = [
        ['accountDirector', 'director'],
        ['creativeDirector', 'creativeDirector'],
        ['artDirector', 'artDirector'],
        ['copywriter', 'copywriter'],
        ['designer', 'designer'],
      ] as const;
      for (const [step, who] of chain) {
        await job.logged((event) => event.type === 'asked' && event.step === step);
        await job.act(who, { type: 'sign', circulation: 'workOrder', round: 1, step, hash: 'o-1' });
      }
      await job.rested();
    });
  },
  'rest-then-decision': async (job) => {
    await job.start();
    await job.working(async () => {
      await briefAtClient(job);
      await job.rested();
      await job.act('contact', signed);
      await job.rested();
      await job.act('executive', {
        type: 'assess',
        evaluation: 'e',
        discussion: 'd',
        study: 's',
        recommendation: 'r',
        differs: false,
      });
      await job.rested();
    });
  },
  'late-refusal': async (job) => {
    await job.start();
    await job.working(() => briefAtClient(job));
    await job.signal('contact', back);
    await job.signal('contact', signed);
    await job.working(async () => {
      await job.logged((event) => event.type === 'commandRefused');
      await job.rested();
    });
  },
  'hundred-clicks': async (job) => {
    await job.start();
    await job.working(async () => {
      await briefAtClient(job);
      const clicks = Array.from({ length: 100 }, (_, n) => job.act('contact', n % 2 === 0 ? signed : back));
      await Promise.allSettled(clicks);
      await job.rested();
    });
  },
  'rungs-climbed': async (job) => {
    job.hands.rungMs = 200;
    await job.start();
    await job.working(async () => {
      await briefAtClient(job);
      await job.logged((event) => event.type === 'rungClimbed');
      await job.rested();
    });
  },
  archived: async (job) => {
    await job.start('CLOSING');
    await job.working(async () => {
      await job.act('executive', { type: 'archive' });
      await job.logged((event) => event.type === 'phaseChanged' && event.to === 'ARCHIVED');
      await job.rested();
    });
  },
  'mail-still-open': async (job) => {
    let release = (): void => undefined;
    job.hands.mailGate = new Promise((resolve) => (release = resolve));
    await job.start();
    await job.working(async () => {
      const heldAt = new Date(Date.now() - 60_000).toISOString();
      await job.act('executive', requestAct());
      await job.act('executive', {
        type: 'holdBriefing',
        heldAt,
        client: ['contact'],
        account: ['executive'],
        creative: ['creativeDirector'],
      });
      await job.act('executive', { type: 'submit', point: 'requirementBrief', paper: paper('F-03', {}, 'hash-1') });
      await job.logged((event) => event.type === 'stepOpened');
      await job.act('contact', signed);
      job.kept = await job.histories();
      release();
    });
  },
};

const [release, ...wanted] = process.argv.slice(2);
const played = Object.entries(behaviours).map(
  ([behaviour, play]) =>
    [
      behaviour,
      async ({ client, native, bundle }: Recording): Promise<Left> => {
        const job = new Played(client, native, bundle);
        await play(job);
        return { workflowId: job.processId, runs: job.kept ?? (await job.histories()) };
      },
    ] as const,
);
await record(release, wanted, Object.fromEntries(played));
