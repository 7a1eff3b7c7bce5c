import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { inject } from 'vitest';
import { shanghaiOffice } from '../../activities/calendar/holidays.ts';
import { zoneNamed } from '../../activities/calendar/zone.ts';
import type { JobActivities } from '../../activities/contract.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import { recountedAct } from '../../domain/circulation/counting.ts';
import type { AnyJobAct } from '../../domain/job/acts.ts';
import type { LogDraft, MailInput } from '../../domain/job/effects.ts';
import { initialJobState, jobProcess } from '../../domain/job/process.ts';
import type { JobPhase, JobState } from '../../domain/job/state.ts';
import { titlesOf } from '../../domain/circulation/check.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { createWorker, registerSearchAttributes } from '../../worker/worker.ts';
import { jobWorkflowId } from '../../workflows/ids.ts';
import { actSignal, actUpdate, jobWorkflowType, type Outcome, type SentCommand } from '../../workflows/messages.ts';
import { bookUntil, people, person } from '../domain/job/agency.ts';

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF', forward: {} } } });

let bundled: Promise<{ code: string }> | undefined;

/** Hands of a job that answer from memory, so a test can hold one of them and look. */
export class Hands {
  readonly entries: LogDraft[] = [];
  readonly mails: MailInput[] = [];
  readonly opened: string[] = [];
  /** When set, mails wait for it. */
  mailGate: Promise<void> | undefined;
  mailOutcome: 'accepted' | 'failed' = 'accepted';
  /** Where the job stood when its first run here began; entries are folded onto it. */
  base: JobState | undefined;
  /** Length of one working hour in the rungs' clock, milliseconds. */
  rungMs = 3_600_000;
  /** How much later than its moment the job's turn comes, milliseconds: as in a very crowded minute. */
  turnLateMs = 0;
  /** What shifted rungs are counted on. */
  readonly calendar: Calendar = shanghaiOffice();

  activities(): JobActivities {
    return {
      recordEntries: async (input) => {
        for (const entry of input.entries) {
          const known = this.entries[entry.stamp.seq - 1];
          if (known && JSON.stringify(known) !== JSON.stringify(entry))
            throw new Error('an entry was written twice, differently');
          this.entries[entry.stamp.seq - 1] = entry;
        }
        const seq = input.entries.at(-1)?.stamp.seq ?? 0;
        const turnAt = input.dueAt && new Date(Date.parse(input.dueAt) + this.turnLateMs).toISOString();
        return { seq, hash: `h${seq}`, ...(turnAt === undefined ? {} : { turnAt }) };
      },
      openStep: async (input) => {
        this.opened.push(`${input.circulation}/${input.round}/${input.step}`);
        const titles = titlesOf(input.route);
        const able = (id: string): boolean =>
          id !== input.authorId && (input.route.act === 'receipt' || !input.signedBy.includes(id));
        const owner = input.route.role === 'ACCOUNT_EXECUTIVE' ? [input.ownerId] : [];
        const found =
          input.to ??
          [
            ...owner,
            ...titles.flatMap((title) => Object.keys(people).filter((id) => people[id]?.includes(title))),
          ].find(able) ??
          'management';
        const { circulation, round, step } = input;
        const at = (n: number): string => new Date(Date.now() + n * this.rungMs).toISOString();
        const rungs = [1, 2, 3, 4].map((n) => ({
          n,
          kind: n === 1 ? ('remind' as const) : ('escalate' as const),
          whom:
            (['holder', 'standInOrHead', 'accountManager', 'accountDirector'] as const)[n - 1] ?? ('holder' as const),
          at: at(n * 4),
        }));
        return {
          type: 'stepOpened',
          circulation,
          round,
          step,
          holders: [{ personId: found, grantId: `g-${found}` }],
          provisional: false,
          dueAt: at(4),
          rungs,
          unreachedAt: at(1),
        };
      },
      sendMail: async (input) => {
        await this.mailGate;
        this.mails.push(input);
        if (input.kind === 'ask' && input.where && 'personId' in input.to) {
          return {
            type: 'asked',
            ...input.where,
            personId: input.to.personId,
            outcome: this.mailOutcome,
            ...(this.mailOutcome === 'accepted' ? { askedAt: new Date().toISOString() } : { why: '550' }),
          };
        }
        return { type: 'told', outcome: 'accepted' };
      },
      recountStep: async (input) => recountedAct(this.calendar, zoneNamed, input),
      planTimetable: async () => ({ type: 'timetablePlanned', hash: '', nodes: [], stages: [] }),
      issueNumber: async () => ({ jobNumber: 'YFLC2026001' }),
      sealDossier: async () => ({ hash: 'sealed-hash' }),
    };
  }

  /** The state as the log tells it: the workflow's own, folded again. */
  state(processId: string): JobState {
    return this.entries.reduce(
      (state, entry) => jobProcess.evolve(state, entry.event, entry.stamp),
      this.base ?? initialJobState(processId),
    );
  }
}

/** A job on the real engine with such hands. */
export interface LiveJob {
  readonly processId: string;
  readonly hands: Hands;
  readonly client: Client;
  act(who: string, act: AnyJobAct, id?: string): Promise<Outcome>;
  signal(who: string, act: AnyJobAct, id?: string): Promise<string>;
  /** Runs a worker while `work` goes on; killed work goes on with the next. `other` is code of another release. */
  working<T>(work: () => Promise<T>, other?: { readonly code: string }): Promise<T>;
  /** Waits until the log says so; polls, bounded. */
  until(what: (state: JobState) => boolean): Promise<JobState>;
}

/** How a job on the real engine is to begin, where it is not one that nobody has asked for yet. */
export interface LiveChoices {
  /** The book is played until here, and the job starts from that state as after any rest. */
  readonly from?: JobPhase;
}

/** Starts a job that nobody has asked for yet, or one that the book has brought somewhere. */
export async function liveJob(title: string, hands = new Hands(), choices: LiveChoices = {}): Promise<LiveJob> {
  const address = inject('temporalAddress');
  const namespace = inject('temporalNamespace');
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  await registerSearchAttributes(native, namespace);
  const client = new Client({ connection, namespace });
  const taskQueue = `${title}-${randomUUID()}`;
  const processId = jobWorkflowId(randomUUID());
  if (choices.from) {
    const { state } = bookUntil(choices.from);
    hands.base = { ...state, processId, head: { seq: state.seq, hash: `h${state.seq}` } };
  }
  const args = [{ processId, ...(hands.base ? { state: hands.base } : {}) }];
  await client.workflow.start(jobWorkflowType, { workflowId: processId, taskQueue, args });
  bundled ??= bundleWorkflows();
  const bundle = await bundled;
  const handle = client.workflow.getHandle(processId);
  const command = (who: string, act: AnyJobAct, id: string): SentCommand<AnyJobAct> => ({
    id,
    actor: person(who),
    receivedAt: new Date().toISOString(),
    act,
  });
  return {
    processId,
    hands,
    client,
    act: (who, act, id = randomUUID()) =>
      handle.executeUpdate(actUpdate, { args: [command(who, act, id)], updateId: id }),
    async signal(who, act, id = randomUUID()) {
      await handle.signal(actSignal, command(who, act, id));
      return id;
    },
    async working(work, other) {
      const worker = await createWorker({
        connection: native,
        namespace,
        activities: hands.activities(),
        dataConverter: {},
        bundle: other ?? bundle,
        taskQueue,
        shutdownGraceMs: 1000,
      });
      return worker.runUntil(work());
    },
    async until(what) {
      // Longer than an append that a stopping worker took with it needs to be tried again.
      for (let tries = 0; tries < 2400; tries += 1) {
        const state = hands.entries.length > 0 ? hands.state(processId) : undefined;
        if (state && what(state)) return state;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error('the log never said so');
    },
  };
}
