import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { temporal } from '@temporalio/proto';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type Failure = temporal.api.failure.v1.IFailure;

/** How long somebody waits for a process, milliseconds, before it counts as stuck: far longer than a busy machine needs. */
export const patienceMs = 100_000;

/** How long the end of a house waits for what is still under way, milliseconds: it must be over before its hook is. */
export const closingMs = 20_000;
/** How soon somebody looks again, milliseconds. */
const lookAgainMs = 25;
/** A server that is stuck itself must not hold up the telling of it, milliseconds. */
const tellWithinMs = 5_000;

/** Looks again and again until it is so; false when that takes longer than `withinMs`. */
export async function soonSo(what: () => boolean | Promise<boolean>, withinMs = patienceMs): Promise<boolean> {
  const until = performance.now() + withinMs;
  for (;;) {
    if (await what()) return true;
    if (performance.now() >= until) return false;
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
}

/** Something a history tells of that has no end in it yet. */
interface Open {
  readonly eventId: string;
  readonly what: string;
  /** Name of the activity, where it is one. */
  readonly activity?: string;
  /** A timer waits for its moment; that holds nothing up. */
  readonly timer?: true;
}

/** What a history tells of without its end: tasks, activities, timers. */
export function openIn(events: readonly HistoryEvent[]): readonly Open[] {
  const open = new Map<string, Open>();
  for (const event of events) {
    const eventId = String(event.eventId);
    const { activityTaskScheduledEventAttributes: activity, workflowTaskScheduledEventAttributes: task } = event;
    const timer = event.timerStartedEventAttributes;
    if (task) open.set(eventId, { eventId, what: `workflow task, attempt ${task.attempt ?? 1}` });
    if (activity) {
      const name = activity.activityType?.name ?? '?';
      open.set(eventId, { eventId, what: `activity ${name}`, activity: name });
    }
    if (timer) {
      const seconds = String(timer.startToFireTimeout?.seconds ?? 0);
      open.set(eventId, { eventId, what: `timer of ${seconds} s`, timer: true });
    }
    const ended =
      event.workflowTaskCompletedEventAttributes ??
      event.workflowTaskFailedEventAttributes ??
      event.workflowTaskTimedOutEventAttributes ??
      event.activityTaskCompletedEventAttributes ??
      event.activityTaskFailedEventAttributes ??
      event.activityTaskTimedOutEventAttributes;
    if (ended) open.delete(String(ended.scheduledEventId));
    const rung = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes;
    if (rung) open.delete(String(rung.startedEventId));
  }
  return [...open.values()];
}

/** Whether a history tells of no task that is still to be answered; `but` names an activity that does not count. */
export function isSettled(events: readonly HistoryEvent[], but?: string): boolean {
  const underWay = openIn(events).filter(({ timer, activity }) => !timer && (but === undefined || activity !== but));
  const last = events.at(-1);
  return underWay.length === 0 && last !== undefined && !last.workflowExecutionContinuedAsNewEventAttributes;
}

/** What went wrong, from the outermost word to its cause. */
function sayFailure(failure: Failure | null | undefined): string {
  const words: string[] = [];
  for (let one = failure; one; one = one.cause) if (one.message) words.push(one.message);
  return words.length === 0 ? 'no failure' : words.join(' ← ');
}

async function tooLong(): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, 2 * tellWithinMs).unref());
  throw new Error('no answer');
}

/**
 * Everything one wants to know of a process that does not come to rest, as lines: what the server holds for it, with the
 * last failure of each; what its history has open; the failures of its own tasks; the server's clock; and what it answers
 * when it is asked. Each part that cannot be had says why, so the telling itself never fails.
 */
export async function standstill(env: TestWorkflowEnvironment, workflowId: string): Promise<string> {
  const { connection, client } = env;
  const namespace = env.namespace ?? 'default';
  const execution = { workflowId };
  const lines: string[] = [];
  const tell = async (part: string, what: () => Promise<readonly string[]>): Promise<void> => {
    try {
      const told = await Promise.race([connection.withDeadline(Date.now() + tellWithinMs, what), tooLong()]);
      lines.push(...(told.length === 0 ? ['none'] : told).map((line) => `${part}: ${line}`));
    } catch (error) {
      lines.push(`${part}: cannot be had: ${String(error).split('\n')[0] ?? ''}`);
    }
  };
  await tell('server', async () => {
    const said = await connection.workflowService.describeWorkflowExecution({ namespace, execution });
    const { pendingWorkflowTask: task, workflowExecutionInfo: info } = said;
    return [
      `status ${String(info?.status)}, ${String(info?.historyLength)} events in run ${info?.execution?.runId ?? '?'}`,
      ...(task ? [`a workflow task waits, state ${String(task.state)}, attempt ${String(task.attempt)}`] : []),
      ...(said.pendingActivities ?? []).map(
        ({ activityType, state, attempt, lastFailure }) =>
          `activity ${activityType?.name ?? '?'}, state ${String(state)}, attempt ${String(attempt)}: ${sayFailure(lastFailure)}`,
      ),
    ];
  });
  await tell('clock', async () => [new Date(await env.currentTimeMs()).toISOString()]);
  await tell('history', async () => {
    const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
    const faults = (events ?? []).flatMap(({ eventId, workflowTaskFailedEventAttributes: task, ...event }) => {
      const failure = task?.failure ?? event.activityTaskFailedEventAttributes?.failure;
      return failure ? [`failed at ${String(eventId)}: ${sayFailure(failure)}`] : [];
    });
    const last = events?.at(-1);
    return [
      ...openIn(events ?? []).map(({ eventId, what }) => `open since ${eventId}: ${what}`),
      ...faults.slice(-5),
      `last is ${String(last?.eventId)}, type ${String(last?.eventType)}`,
    ];
  });
  for (const query of ['state', 'possible', '__stack_trace']) {
    await tell(`query ${query}`, async () => {
      const answer: unknown = await client.workflow.getHandle(workflowId).query(query);
      return [(typeof answer === 'string' ? answer : JSON.stringify(answer)).slice(0, 2_000)];
    });
  }
  return lines.join('\n  ');
}

/** Does one thing after the other, each whatever became of those before; throws the first fault at the end. */
export async function allOf(...steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const faults: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => faults.push(error));
  if (faults.length > 0) throw faults[0];
}
