import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import type { Connection } from 'mongoose';
import { createCaseActivities } from '../../activities/cases/index.ts';
import { createMailer } from '../../activities/mail/mailer.ts';
import { zoneNamed } from '../../activities/calendar/zone.ts';
import type { MinutesAct } from '../../domain/minutes/state.ts';
import type { ScheduleAct } from '../../domain/schedule/state.ts';
import type { Actor } from '../../domain/process.ts';
import type { FormId } from '../../domain/wording/papers.ts';
import { freeze } from '../../papers/form.ts';
import { forms } from '../../papers/index.ts';
import { caseRow, pointOf, type FoldedCase } from '../../store/cases.ts';
import { entriesOf } from '../../store/log.ts';
import { openKeyrings } from '../../store/keyring.ts';
import { freezePaper } from '../../store/papers.ts';
import { people } from '../../store/people.ts';
import { createWorker } from '../../worker/worker.ts';
import type { CaseArgument } from '../../workflows/cases.ts';
import { actSignal, type SentCommand } from '../../workflows/messages.ts';
import { openPostOffice, type PostOffice } from '../activities/mail/post-office.ts';
import { person } from '../domain/people/house.ts';
import { who } from '../domain/cases/play.ts';
import { samples } from '../papers/samples.ts';
import { skippingEnvironment } from './environment.ts';
import { Hands } from './house.ts';
import { office, prepared } from './skipping.ts';
import { allOf, closingMs, isSettled, patienceMs, soonSo, standstill } from './standstill.ts';

const dayMs = 86_400_000;
const weekdayOf = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'Asia/Shanghai' }).format(new Date(at));

/** The house that carries cases, whole: real store, real mail, real activities, on a clock that skips. */
export class CaseHouse {
  readonly post: PostOffice;
  readonly #env: TestWorkflowEnvironment;
  readonly #bundle: { code: string };
  readonly #connection: () => Connection;
  readonly #keys: string;
  readonly #taskQueue = `cases-${randomUUID()}`;
  #offsetMs = 0;
  #worker: { worker: Worker; ended: Promise<void> } | undefined;
  readonly #started: string[] = [];

  private constructor(
    env: TestWorkflowEnvironment,
    bundle: { code: string },
    post: PostOffice,
    connection: () => Connection,
    keys: string,
  ) {
    this.#env = env;
    this.#bundle = bundle;
    this.post = post;
    this.#connection = connection;
    this.#keys = keys;
  }

  static async open(connection: () => Connection, keys: string): Promise<CaseHouse> {
    const env = await skippingEnvironment();
    const bundle = await prepared(env);
    const house = new CaseHouse(env, bundle, await openPostOffice(), connection, keys);
    try {
      for (const one of [
        person('ae-1', ['ACCOUNT_EXECUTIVE']),
        person('am-1', ['ACCOUNT_MANAGER']),
        person('adir-1', ['ACCOUNT_DIRECTOR']),
        person('client-1', ['CLIENT_LEAD'], { clientId: 'yunfeng' }),
        person('client-2', ['CLIENT_CONTACT'], { clientId: 'yunfeng' }),
      ])
        await people.save(connection(), one.id, 0, one, { by: 'admin', at: '2026-03-01T00:00:00.000Z' });
      await house.startWorker();
      return house;
    } catch (error) {
      await house.close();
      throw error;
    }
  }

  async startWorker(): Promise<void> {
    const activities = createCaseActivities({
      connection: this.#connection(),
      clock: () => new Date(Date.now() + this.#offsetMs).toISOString(),
      mailer: createMailer(this.post.url),
      ring: openKeyrings(this.#keys, () => new Date().toISOString()).links,
      office,
      publicBaseUrl: 'https://jobbag.example.test',
      mailFrom: 'jobbag@agency.example',
      agencyName: { zh: '沧海', en: 'Canghai' },
      gatherMs: 0,
      pileWindowMs: 0,
    });
    const worker = await createWorker({
      connection: this.#env.nativeConnection,
      namespace: this.#env.namespace ?? 'default',
      activities: { ...new Hands().activities(), ...activities },
      dataConverter: {},
      bundle: this.#bundle,
      taskQueue: this.#taskQueue,
      shutdownGraceMs: 0,
      // Nothing is kept between tasks: each is answered from the history, by whatever worker is there.
      maxCachedWorkflows: 0,
      beforeActivity: async () => {
        this.#offsetMs = (await this.now()) - Date.now();
      },
    });
    this.#worker = { worker, ended: worker.run() };
  }

  async stopWorker(): Promise<void> {
    this.#worker?.worker.shutdown();
    await this.#worker?.ended;
    this.#worker = undefined;
  }

  /** Ends everything; what stands still is told and thrown at the end, but nothing of the house is left behind. */
  async close(): Promise<void> {
    await allOf(
      () => this.#endAll(),
      () => this.stopWorker(),
      () => this.post.stop(),
      () => this.#env.teardown(),
    );
  }

  async #endAll(): Promise<void> {
    for (const id of this.#started) {
      await this.settled(id, closingMs);
      await this.#env.client.workflow
        .getHandle(id)
        .terminate()
        .catch(() => undefined);
    }
  }

  now(): Promise<number> {
    return this.#env.currentTimeMs();
  }

  async moment(): Promise<string> {
    return new Date(await this.now()).toISOString();
  }

  /** Starts a case or minutes with their first command. */
  async start(processId: string, kind: string, by: string, act: MinutesAct | ScheduleAct): Promise<void> {
    this.#started.push(processId);
    await this.#begin({ processId, kind }, who(by), act);
  }

  /** What the mail service found out about ended minutes: they are taken up again from their state. */
  async report(processId: string, act: MinutesAct | ScheduleAct, state: FoldedCase): Promise<void> {
    await this.#begin({ processId, kind: 'minutes', state }, { kind: 'system', name: 'mail' }, act);
  }

  /** The same for what somebody does about ended minutes. */
  async late(processId: string, by: string, act: MinutesAct | ScheduleAct): Promise<void> {
    await this.#begin({ processId, kind: 'minutes', state: await this.final(processId) }, who(by), act);
  }

  async #begin(argument: CaseArgument, actor: Actor, act: MinutesAct | ScheduleAct): Promise<void> {
    const { processId, kind } = argument;
    await this.#env.client.workflow.signalWithStart(['minutes', 'schedule'].includes(kind) ? kind : 'case', {
      workflowId: processId,
      taskQueue: this.#taskQueue,
      args: [argument],
      signal: actSignal,
      signalArgs: [{ id: randomUUID(), actor, receivedAt: await this.moment(), act }],
    });
    await this.settled(processId);
  }

  /** Also ends what another process began. */
  ends(processId: string): void {
    this.#started.push(processId);
  }

  /** Hands a command to the engine by the Signal road, as the door does when nobody answers. */
  async leave(processId: string, actor: Actor, act: MinutesAct | ScheduleAct, receivedAt?: string): Promise<void> {
    const command: SentCommand<MinutesAct | ScheduleAct> = {
      id: randomUUID(),
      actor,
      receivedAt: receivedAt ?? (await this.moment()),
      act,
    };
    await this.#env.client.workflow.getHandle(processId).signal(actSignal, command);
  }

  /** The same, and waits until it was taken up. */
  async act(processId: string, by: string, act: MinutesAct | ScheduleAct): Promise<void> {
    await this.settled(processId);
    await this.leave(processId, who(by), act);
    await this.settled(processId);
  }

  /** A sample of a form, frozen into the store. */
  async paper(form: FormId, change: Record<string, unknown> = {}) {
    const { hash, facts, content } = freeze(forms[form], { ...samples[form], ...change });
    await freezePaper(this.#connection(), form, content, facts);
    return { form, hash, facts };
  }

  /** The case as the read model shows it. */
  async shown(processId: string): Promise<FoldedCase> {
    const row = await caseRow(this.#connection(), processId);
    if (!row) throw new Error(`${processId} is not recorded`);
    return pointOf(row).state;
  }

  /** Whatever is needed to take an ended process up again. */
  async final(processId: string): Promise<FoldedCase> {
    const row = await caseRow(this.#connection(), processId);
    if (!row) throw new Error(`${processId} is not recorded`);
    return { ...pointOf(row).state, head: { seq: row.seq, hash: row.headHash } };
  }

  async entries(processId: string): Promise<readonly string[]> {
    return (await entriesOf(this.#connection(), processId)).map(({ type }) => type);
  }

  /** Waits, bounded, until the log of a process says so. */
  async until(processId: string, type: string): Promise<void> {
    if (await soonSo(async () => (await this.entries(processId)).includes(type))) return;
    throw new Error(`the log of ${processId} never said ${type}\n  ${await standstill(this.#env, processId)}`);
  }

  /** Subjects of the mails somebody got, oldest first. */
  mailsTo(personId: string): string[] {
    return this.post.taken
      .filter(({ to }) => to.includes(`${personId}@example.test`))
      .map(({ email }) => email.subject ?? '');
  }

  /** Waits, bounded, until the process has nothing under way. */
  async settled(processId: string, withinMs = patienceMs): Promise<void> {
    if (await soonSo(() => this.#isSettled(processId), withinMs)) return;
    throw new Error(`${processId} never came to rest\n  ${await standstill(this.#env, processId)}`);
  }

  async #isSettled(processId: string): Promise<boolean> {
    try {
      const { events } = await this.#env.client.workflow.getHandle(processId).fetchHistory();
      const type = events?.at(-1);
      const ended = type?.workflowExecutionCompletedEventAttributes ?? type?.workflowExecutionTerminatedEventAttributes;
      return ended ? true : isSettled(events ?? []);
    } catch (error) {
      // Between two runs this server knows no workflow for a moment.
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  /** Moves the clock to the next `Fri 16:30` on the office's wall; what falls due on the way happens. */
  async sleepUntil(weekday: string, time: string): Promise<void> {
    for (const id of this.#started) await this.settled(id);
    await this.#env.sleep(await this.#untilNext(weekday, time));
    for (const id of this.#started) await this.settled(id);
  }

  /**
   * What happens while no worker runs and the clock reaches that moment, where something falls due. This server's clock
   * then waits for somebody to take it up, so the worker is back before the sleep ends.
   */
  async away(weekday: string, time: string, meanwhile: () => Promise<void>): Promise<void> {
    for (const id of this.#started) await this.settled(id);
    await this.stopWorker();
    const ms = await this.#untilNext(weekday, time);
    const end = (await this.now()) + ms;
    const slept = this.#env.sleep(ms + 60_000);
    if (!(await soonSo(async () => (await this.now()) >= end))) throw new Error('the clock never got there');
    await meanwhile();
    await this.startWorker();
    await slept;
    for (const id of this.#started) await this.settled(id);
  }

  async #untilNext(weekday: string, time: string): Promise<number> {
    const from = await this.now();
    const zone = zoneNamed('Asia/Shanghai');
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    for (let day = 0; day < 8; day += 1) {
      const at = from + day * dayMs;
      if (weekdayOf(at) !== weekday) continue;
      const target = Date.parse(zone.toInstant(zone.toLocal(new Date(at).toISOString()).date, hours * 60 + minutes));
      if (target <= from) continue;
      return target - from;
    }
    throw new Error(`no ${weekday} ${time} ahead`);
  }
}
