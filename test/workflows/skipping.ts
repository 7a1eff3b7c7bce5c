import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import { timesOf } from '../../activities/house.ts';
import { zoneNamed } from '../../activities/calendar/zone.ts';
import { mondayToFriday } from '../../activities/calendar/holidays.ts';
import type { JobActivities } from '../../activities/contract.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import type { AnyJobAct } from '../../domain/job/acts.ts';
import type { JobPhase } from '../../domain/job/state.ts';
import type { TimetablePlannedAct } from '../../domain/job/timetable.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { createWorker, searchAttributes } from '../../worker/worker.ts';
import { jobWorkflowId } from '../../workflows/ids.ts';
import { actSignal, jobWorkflowType, type SentCommand } from '../../workflows/messages.ts';
import { bookUntil, person } from '../domain/job/agency.ts';
import { skippingEnvironment } from './environment.ts';
import { Hands } from './house.ts';
import { allOf, closingMs, isSettled, patienceMs, soonSo, standstill } from './standstill.ts';

/** An office without holidays: the tests run on whatever date the server's clock starts with. */
export const office: Calendar = {
  id: 'office',
  name: { zh: '总部', en: 'Head office' },
  zone: 'Asia/Shanghai',
  weekly: mondayToFriday([{ from: '09:00', to: '17:00' }]),
  days: {},
  publishedThrough: '2999-12-31',
};

const dayMs = 86_400_000;
const weekdayOf = (at: string | number): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'Asia/Shanghai' }).format(new Date(at));

/** A moment as the office's wall clock shows it: `Fri 16:30`. */
export function wall(at: string | number): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'Asia/Shanghai',
  }).format(new Date(at));
  return `${weekdayOf(at)} ${time}`;
}

/** Hands that count limits on the working calendar, as the real activities do, on the server's own clock. */
class ClockedHands extends Hands {
  readonly #env: TestWorkflowEnvironment;
  /** While set, the mail server takes no asking mail; the activity is tried again as its policy says. */
  mailDown = false;
  /** What a look at the timetable finds out; absent: nothing. */
  lookAtTimetable: (() => Promise<TimetablePlannedAct>) | undefined;
  override readonly calendar = office;
  constructor(env: TestWorkflowEnvironment) {
    super();
    this.#env = env;
  }

  override activities(): JobActivities {
    const plain = super.activities();
    return {
      ...plain,
      openStep: async (input) => {
        const opened = await plain.openStep(input);
        const from = input.judgedAt ?? input.openingAt;
        const unreachedAt = new Date(Date.parse(from) + 3_600_000).toISOString();
        return { ...opened, ...timesOf(input, office, from), unreachedAt };
      },
      planTimetable: (input) => this.lookAtTimetable?.() ?? plain.planTimetable(input),
      sendMail: async (input) => {
        if (this.mailDown && input.kind === 'ask') throw new Error('421 come back later');
        const found = await plain.sendMail(input);
        if (found.type === 'told' || found.outcome === 'failed' || !input.route) return found;
        const askedAt = new Date(await this.#env.currentTimeMs()).toISOString();
        return { ...found, askedAt, ...timesOf({ route: input.route, ladder: input.ladder }, office, askedAt) };
      },
    };
  }
}

/** One rung as it was climbed: which, and when on the office's clock. */
export interface Climbed {
  readonly rung: string;
  readonly at: string;
}

/** A job on the time-skipping server. */
export class SkippingJob {
  readonly hands: ClockedHands;
  readonly processId = jobWorkflowId(randomUUID());
  readonly #env: TestWorkflowEnvironment;
  readonly #bundle: { code: string };
  readonly #taskQueue = `stall-${randomUUID()}`;
  /** Set before `start`: workers keep no run in memory. */
  forgetful = false;
  /** Set before `start`: where the book has brought the job. */
  from: JobPhase = 'OPENED';
  #worker: { worker: Worker; ended: Promise<void> } | undefined;

  constructor(env: TestWorkflowEnvironment, bundle: { code: string }) {
    this.#env = env;
    this.#bundle = bundle;
    this.hands = new ClockedHands(env);
  }

  /** A job that stands at OPENED, or where it was said, taken up from its state as after any rest. */
  async start(): Promise<void> {
    const agency = bookUntil(this.from);
    const state = { ...agency.state, processId: this.processId, head: { seq: agency.state.seq, hash: 'h' } };
    await this.startWorker();
    const { workflow } = this.#env.client;
    await workflow.start(jobWorkflowType, {
      workflowId: this.processId,
      taskQueue: this.#taskQueue,
      args: [{ processId: this.processId, state }],
    });
  }

  async startWorker(): Promise<void> {
    const worker = await createWorker({
      connection: this.#env.nativeConnection,
      namespace: this.#env.namespace ?? 'default',
      activities: this.hands.activities(),
      dataConverter: {},
      bundle: this.#bundle,
      taskQueue: this.#taskQueue,
      shutdownGraceMs: 0,
      // Nothing is kept between tasks: each is answered from the history, by whatever worker is there.
      maxCachedWorkflows: this.forgetful ? 0 : 10,
    });
    this.#worker = { worker, ended: worker.run() };
  }

  /** Ends the worker; what it had in memory is gone. */
  async stopWorker(): Promise<void> {
    this.#worker?.worker.shutdown();
    await this.#worker?.ended;
    this.#worker = undefined;
  }

  /**
   * Ends process and worker; harmless where that happened before. This server keeps its clock still for a task that was
   * handed out and never answered, even after its process is gone: so nothing is cut short here.
   */
  async end(withinMs = patienceMs): Promise<void> {
    if (!this.#worker) return;
    await allOf(
      () => this.settled(undefined, withinMs),
      () => this.#env.client.workflow.getHandle(this.processId).terminate(),
      () => this.stopWorker(),
    );
  }

  async now(): Promise<number> {
    return this.#env.currentTimeMs();
  }

  /**
   * Somebody does something, by the Signal road: this server hangs on an Update that meets the very task in which the
   * process comes to rest, the real one does not (shell.test.ts). Throws when it was refused.
   */
  async act(who: string, act: AnyJobAct): Promise<void> {
    const id = randomUUID();
    const receivedAt = new Date(await this.now()).toISOString();
    const command: SentCommand<AnyJobAct> = { id, actor: person(who), receivedAt, act };
    await this.settled();
    await this.#env.client.workflow.getHandle(this.processId).signal(actSignal, command);
    await this.until(() => this.events().some(({ stamp }) => stamp.commandId === id));
    const refused = this.events().find(({ event }) => event.type === 'commandRefused' && event.commandId === id);
    if (refused) throw new Error(`${who} ${act.type}: ${JSON.stringify(refused.event)}`);
  }

  /** Waits, bounded, until the newest run has nothing under way; `but` names an activity that need not be done. */
  async settled(but?: keyof JobActivities, withinMs = patienceMs): Promise<void> {
    if (!(await soonSo(() => this.#isSettled(but), withinMs))) await this.#stuck('the process never came to rest');
  }

  async #isSettled(but?: keyof JobActivities): Promise<boolean> {
    try {
      const { events } = await this.#env.client.workflow.getHandle(this.processId).fetchHistory();
      return isSettled(events ?? [], but);
    } catch (error) {
      // Between two runs this server knows no workflow for a moment.
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  /** What the process waits for, for whoever finds it standing still. */
  standstill(): Promise<string> {
    return standstill(this.#env, this.processId);
  }

  async #stuck(what: string): Promise<never> {
    throw new Error(`${what}\n  ${await this.standstill()}`);
  }

  /** Moves the clock by so many milliseconds; what falls due on the way happens. */
  async sleep(ms: number): Promise<void> {
    // A mail that no server takes is tried again and again: just for that the clock has to move.
    await this.settled('sendMail');
    if (ms > 0) await this.#env.sleep(ms);
  }

  /** Moves the clock to the next `Fri 16:30` on the office's wall. */
  async sleepUntil(weekday: string, time: string): Promise<void> {
    const from = await this.now();
    const zone = zoneNamed('Asia/Shanghai');
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    for (let day = 0; day < 8; day += 1) {
      const at = from + day * dayMs;
      if (weekdayOf(at) !== weekday) continue;
      const { date } = zone.toLocal(new Date(at).toISOString());
      const target = Date.parse(zone.toInstant(date, hours * 60 + minutes));
      if (target <= from) continue;
      return this.sleep(target - from);
    }
    throw new Error(`no ${weekday} ${time} ahead`);
  }

  /** Waits, bounded, until the process has got so far; the clock stands meanwhile. */
  async until(what: () => boolean): Promise<void> {
    if (!(await soonSo(what))) await this.#stuck('the log never said so');
  }

  /** Waits until somebody was asked at a step; answers when, on the office's clock. */
  async asked(step: string): Promise<string> {
    const asked = () => this.events().find(({ event }) => event.type === 'asked' && event.step === step);
    await this.until(() => asked() !== undefined);
    return asked()?.stamp.at ?? '';
  }

  /** Who was written to about the rungs of a step, in order: `remind copywriter`. */
  told(step: string): readonly string[] {
    return this.hands.mails
      .filter((mail) => mail.name.includes('/rung/') && mail.where?.step === step)
      .map((mail) => `${mail.kind} ${'personId' in mail.to ? mail.to.personId : mail.to.position}`);
  }

  /** Rungs of a step in the order they were climbed, as the log tells. */
  climbed(step: string): readonly Climbed[] {
    return this.events().flatMap(({ event, stamp }) =>
      event.type === 'rungClimbed' && event.step === step
        ? [{ rung: `${event.kind}${event.n}`, at: wall(stamp.at) }]
        : [],
    );
  }

  /** Everything the log holds of this run of the test. */
  events(): Hands['entries'] {
    return this.hands.entries.filter((entry) => entry !== undefined);
  }
}

/** Makes a fresh server ready and bundles the workflows; where that fails no server is left behind. */
export async function prepared(env: TestWorkflowEnvironment): Promise<{ code: string }> {
  try {
    // This server cannot list what it knows, so it is told without asking; 2 is a keyword.
    await env.nativeConnection.operatorService.addSearchAttributes({
      namespace: env.namespace ?? 'default',
      searchAttributes: Object.fromEntries(Object.keys(searchAttributes).map((name) => [name, 2])),
    });
    return await bundleWorkflows();
  } catch (error) {
    await env.teardown();
    throw error;
  }
}

/** The time-skipping server with the workflows of today; closed by `close`. */
export async function skippingHouse(): Promise<{
  job: (more?: { readonly forgetful?: boolean; readonly from?: JobPhase }) => Promise<SkippingJob>;
  /** Where the server listens, `host:port`. */
  address: string;
  /** Ends jobs and server. What stands still gets `withinMs` in all, is told and thrown; the server goes all the same. */
  close: (withinMs?: number) => Promise<void>;
}> {
  const env = await skippingEnvironment();
  const bundle = await prepared(env);
  const jobs: SkippingJob[] = [];
  return {
    async job(more = {}) {
      const job = Object.assign(new SkippingJob(env, bundle), more);
      jobs.push(job);
      await job.start();
      return job;
    },
    address: env.address,
    async close(withinMs = closingMs) {
      const until = performance.now() + withinMs;
      const ends = jobs.map((job) => () => job.end(Math.max(0, until - performance.now())));
      await allOf(...ends, () => env.teardown());
    },
  };
}
