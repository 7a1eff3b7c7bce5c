import { randomUUID } from 'node:crypto';
import {
  ApplicationFailure,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import type { Clock } from '../../config/clock.ts';
import { safeError, type Logger } from '../../config/logging.ts';
import type { Instant } from '../../domain/instant.ts';
import type { JobAct, RefreshAct } from '../../domain/job/acts.ts';
import type { Verb } from '../../domain/circulation/acts.ts';
import type { PinnedLadders } from '../../domain/circulation/own-ladders.ts';
import type { Reach } from '../../domain/circulation/reach.ts';
import type { Route } from '../../domain/circulation/types.ts';
import type { Heads } from '../../domain/log/linked.ts';
import type { Actor } from '../../domain/process.ts';
import type { CaseReport } from '../../domain/cases/acts.ts';
import type { CasePersonAct } from '../../papers/acts-case.ts';
import { isCaseId, kindOfCase } from '../../store/cases.ts';
import { taskQueue } from '../../workflows/ids.ts';
import {
  actSignal,
  actUpdate,
  caseWorkflowType,
  jobWorkflowType,
  minutesWorkflowType,
  scheduleWorkflowType,
  type AnyAct,
  type Outcome,
  type SentCommand,
} from '../../workflows/messages.ts';
import { isKnownRefusal, statusOfRefusal, type ClosedProcess, type DoorAnswer } from './answer.ts';
import type { Engine } from './engine.ts';

/** What the door asks of the records when the engine has nothing to say. */
export interface DoorRecords {
  /** What became of a command, from the log; undefined while nothing is recorded. */
  outcomeOf(processId: string, commandId: string): Promise<Outcome | undefined>;
  /** Where the store last saw a process. */
  standing(processId: string): Promise<Standing>;
  /** Everything an ended process was, to start it again; undefined when the store has it not. */
  finalState(processId: string): Promise<unknown>;
}

/** Where the store last saw a process: never, running, or ended. */
export type Standing =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'running' }
  | { readonly kind: 'closed'; readonly closed: ClosedProcess };

/** What the door needs. */
export interface DoorDeps {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly records: DoorRecords;
  readonly logger: Logger;
  /** How long a worker may take before the engine keeps the command instead; milliseconds. */
  readonly deadlineMs: number;
  /** Task queue a first command starts its process on; the house's own unless a test has its own. */
  readonly taskQueue?: string;
  /** Told how each command ended and how long it took; milliseconds. */
  readonly observe?: (kind: DoorAnswer['kind'], act: string, tookMs: number) => void;
}

/** A mail of a case came back; said by the service itself. */
export type BouncedAct = Extract<CaseReport, { readonly type: 'bounced' }>;

/** A brand went from one person to another; said by the service itself to a meeting or minutes. */
export type HandOverAct = Extract<CaseReport, { readonly type: 'handOver' }>;

/** One wish of a person, before the door stamps it. `id` makes it count once; absent, the door makes one. */
export interface Wish {
  readonly actor: Actor;
  readonly act: JobAct | Verb | RefreshAct | CasePersonAct | BouncedAct | HandOverAct;
  readonly id?: string;
  /** The network address it came from, as the proxies in front are trusted to say; the log gets a commitment to it. */
  readonly from?: string;
  /** Heads of the chains the job is linked with. */
  readonly links?: Heads;
  /** Routes the house has drawn itself, where the act sends something round. */
  readonly routes?: readonly Route[];
  /** Ladders of the house's own, where the act starts a job. */
  readonly ladders?: PinnedLadders;
  /** When the desk that is pressed for may be, where the act presses for one. */
  readonly reach?: Reach;
}

/** Seconds a caller should wait before trying again when the engine is away. */
const retryAfterSeconds = 5;

/**
 * The one door: every change of a process goes through here as one command.
 * The Update is asked first; where no worker answers in time, the Signal of the same name hands the same command, under
 * the same id, to the engine, which keeps it. Where the engine itself is silent, nothing is accepted. Never throws:
 * whatever goes wrong becomes one of the six answers.
 */
export async function sendCommand(deps: DoorDeps, processId: string, wish: Wish): Promise<DoorAnswer> {
  const began = performance.now();
  const receivedAt = deps.clock();
  const command: SentCommand<AnyAct> = {
    id: wish.id ?? randomUUID(),
    actor: wish.actor,
    receivedAt,
    act: wish.act,
    ...(wish.links && Object.keys(wish.links).length > 0 ? { links: wish.links } : {}),
    ...(wish.routes && wish.routes.length > 0 ? { routes: wish.routes } : {}),
    ...(wish.ladders && Object.keys(wish.ladders).length > 0 ? { ladders: wish.ladders } : {}),
    ...(wish.reach ? { reach: wish.reach } : {}),
  };
  const answer = await choose(deps, processId, command);
  deps.observe?.(answer.kind, wish.act.type, performance.now() - began);
  return answer;
}

async function choose(deps: DoorDeps, processId: string, command: SentCommand<AnyAct>): Promise<DoorAnswer> {
  if (command.act.type === 'request' || command.act.type === 'begin') {
    return walk(
      deps,
      processId,
      command,
      startingRoad(deps, command, { argument: argumentOf(processId), again: false }),
    );
  }
  const answer = await walk(deps, processId, command, usualRoad(deps, processId, command));
  // What has ended has no run to ask; the same workflow id starts again from its final state, which the store keeps.
  if (!takesUpAgain(command.act) || answer.kind !== 'closed') return answer;
  const state = await deps.records.finalState(processId).catch(() => undefined);
  if (state === undefined)
    return { kind: 'unavailable', commandId: command.id, receivedAt: command.receivedAt, retryAfterSeconds };
  const argument = { ...argumentOf(processId), state };
  return walk(deps, processId, command, startingRoad(deps, command, { argument, again: true }));
}

/** Acts that may lead out of an end: a job is reopened, filed minutes are signed, objected to, or their mail comes back. */
function takesUpAgain({ type }: AnyAct): boolean {
  return type === 'reopen' || type === 'move' || type === 'bounced';
}

function argumentOf(processId: string): StartArgument {
  return isCaseId(processId) ? { processId, kind: kindOfCase(processId) } : { processId };
}

function workflowTypeOf({ kind }: StartArgument): string {
  if (kind === undefined) return jobWorkflowType;
  if (kind === 'schedule') return scheduleWorkflowType;
  return kind === 'minutes' ? minutesWorkflowType : caseWorkflowType;
}

/** The two ways one command can go in: asked with an answer, or left with the engine. */
interface Road {
  ask(): Promise<Outcome>;
  leave(): Promise<unknown>;
}

function usualRoad(deps: DoorDeps, processId: string, command: SentCommand<AnyAct>): Road {
  const handle = deps.engine.client.workflow.getHandle(processId);
  return {
    ask: () => handle.executeUpdate(actUpdate, { args: [command], updateId: command.id }),
    leave: () => handle.signal(actSignal, command),
  };
}

/**
 * A command that brings its process with it. A request id that was used before reaches the process it made (running:
 * the command is judged there; ended: the store answers), and never makes a second one; `again` is for a job that ended.
 */
function startingRoad(
  deps: DoorDeps,
  command: SentCommand<AnyAct>,
  how: { readonly argument: StartArgument; readonly again: boolean },
): Road {
  const workflow = deps.engine.client.workflow;
  const type = workflowTypeOf(how.argument);
  const start = {
    workflowId: how.argument.processId,
    taskQueue: deps.taskQueue ?? taskQueue,
    args: [how.argument] as [StartArgument],
    workflowIdReusePolicy: how.again ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
  } as const;
  return {
    ask: () =>
      workflow.executeUpdateWithStart(actUpdate, {
        args: [command],
        updateId: command.id,
        startWorkflowOperation: new WithStartWorkflowOperation(type, {
          ...start,
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      }),
    leave: () => workflow.signalWithStart(type, { ...start, signal: actSignal, signalArgs: [command] }),
  };
}

/** What a process is started with; the workflow's own type lies behind the border of the bundle. */
interface StartArgument {
  readonly processId: string;
  /** Kind of case; absent for a job. */
  readonly kind?: string;
  readonly state?: unknown;
}

async function walk(deps: DoorDeps, processId: string, command: SentCommand<AnyAct>, road: Road): Promise<DoorAnswer> {
  const stamp = { commandId: command.id, receivedAt: command.receivedAt };
  try {
    return spoken(await within(deps, () => road.ask()), stamp);
  } catch (error) {
    const refused = refusedBy(error, stamp);
    if (refused !== undefined) return refused;
    if (isGone(error)) return afterTheEnd(deps, processId, stamp);
    deps.logger.warn(
      { err: safeError(error), processId, commandId: command.id, act: command.act.type },
      'no worker answered in time',
    );
  }
  try {
    await within(deps, () => road.leave());
    return { kind: 'received', ...stamp };
  } catch (error) {
    if (isGone(error)) return afterTheEnd(deps, processId, stamp);
    deps.logger.error({ err: safeError(error), processId, commandId: command.id }, 'the engine does not answer');
    return { kind: 'unavailable', ...stamp, retryAfterSeconds };
  }
}

type StampOf = { readonly commandId: string; readonly receivedAt: Instant };

function within<T>(deps: DoorDeps, call: () => Promise<T>): Promise<T> {
  // Deadlines of calls follow the machine's clock; the house's own may be moved.
  return deps.engine.client.withDeadline(Date.now() + deps.deadlineMs, call);
}

function spoken(outcome: Outcome, stamp: StampOf): DoorAnswer {
  return outcome.accepted
    ? { kind: 'accepted', ...stamp, seq: outcome.seq, repeated: outcome.repeated === true }
    : { kind: 'refused', ...stamp, refusal: outcome.refusal, status: statusOfRefusal(outcome.refusal) };
}

/** A validator says no by throwing a failure that carries the refusal. */
function refusedBy(error: unknown, stamp: StampOf): DoorAnswer | undefined {
  const failure = error instanceof WorkflowUpdateFailedError ? error.cause : error;
  if (!(failure instanceof ApplicationFailure)) return undefined;
  const refusal: unknown = failure.details?.[0];
  return isKnownRefusal(refusal) ? { kind: 'refused', ...stamp, refusal, status: statusOfRefusal(refusal) } : undefined;
}

function isGone(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || error instanceof WorkflowExecutionAlreadyStartedError;
}

/** The engine has no running process of this name: it ended, or never was. The records know which. */
async function afterTheEnd(deps: DoorDeps, processId: string, stamp: StampOf): Promise<DoorAnswer> {
  try {
    const outcome = await deps.records.outcomeOf(processId, stamp.commandId);
    if (outcome !== undefined) return spoken(outcome.accepted ? { ...outcome, repeated: true } : outcome, stamp);
    const standing = await deps.records.standing(processId);
    switch (standing.kind) {
      case 'unknown':
        return { kind: 'unknown', ...stamp };
      case 'closed':
        return { kind: 'closed', ...stamp, closed: standing.closed };
      case 'running':
        // The engine lost what the records still know as running: an operator's case (restore), never a plain "no".
        deps.logger.error({ processId }, 'the engine does not know a process that the records show as running');
        return { kind: 'unavailable', ...stamp, retryAfterSeconds };
    }
  } catch (error) {
    deps.logger.error({ err: safeError(error), processId }, 'the records do not answer');
    return { kind: 'unavailable', ...stamp, retryAfterSeconds };
  }
}
