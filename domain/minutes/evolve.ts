import { evolveCase, stamped } from '../cases/evolve.ts';
import type { CaseMoved } from '../cases/acts.ts';
import type { Stamp } from '../process.ts';
import type { MinutesEvent, MinutesState, ObjectionWindow, Task, Verdict } from './state.ts';
import { openTasks, versionOf } from './state.ts';
import { isUnsure, momentsOf, withMarks } from './task-ladder.ts';
import type { Instant } from '../instant.ts';
import { listFact } from '../job/definition.ts';

const verdictOf: Readonly<Record<string, Verdict['kind']>> = {
  sign: 'signed',
  deem: 'deemed',
  object: 'objected',
  annul: 'annulled',
  closeUnanswered: 'unanswered',
};

/** Minutes after an event. Total: what was once accepted can always be folded again. */
export function evolveMinutes(before: MinutesState, event: MinutesEvent, stamp: Stamp): MinutesState {
  switch (event.type) {
    case 'taskSettled': {
      const { done, by, words } = event;
      const settled = { state: done ? ('done' as const) : ('notDone' as const), settledBy: by, settledAt: stamp.at };
      return onTask(stamped(before, stamp), event.task, { ...settled, ...(words === undefined ? {} : { words }) });
    }
    case 'taskReminded':
      return reminded(stamped(before, stamp), event, stamp.at);
    case 'tasksCounted':
      return tasksCounted(stamped(before, stamp), event, stamp.at);
    case 'tasksRecounting': {
      const because = event.because ? { tasksBecause: event.because } : {};
      return { ...stamped(before, stamp), tasksCount: stamp.seq, ...because };
    }
    case 'lateObjection': {
      const late = {
        kind: 'lateObjection',
        version: versionOf(before),
        at: event.at,
        seq: stamp.seq,
        by: event.by,
      } as const;
      return { ...stamped(before, stamp), verdicts: [...before.verdicts, late] };
    }
    case 'caseHandedOver': {
      const tasks = before.tasks.map((task) =>
        task.state === 'open' && task.executor === event.from ? { ...task, executor: event.to } : task,
      );
      return { ...evolveCase(before, event, stamp), tasks };
    }
    case 'caseMoved':
      return moved(before, event, stamp);
    default:
      return withWindow(evolveCase(before, event, stamp), event);
  }
}

function reminded(
  state: MinutesState,
  { task: id, mark }: Extract<MinutesEvent, { type: 'taskReminded' }>,
  at: Instant,
): MinutesState {
  const marks = state.tasks
    .find((task) => task.id === id)
    ?.marks?.map((one, n) => (n === mark ? { ...one, rangAt: at } : one));
  return onTask(state, id, { remindedAt: at, ...(marks ? { marks } : {}) });
}

function tasksCounted(
  state: MinutesState,
  { at, provisional, unsure }: Extract<MinutesEvent, { type: 'tasksCounted' }>,
  now: Instant,
): MinutesState {
  const { tasksBecause: _answered, ...rest } = state;
  const open = openTasks(state);
  // An answer of an earlier release has one moment a task, its close.
  const one = at.length === open.length;
  const tasks = state.tasks.map((task) => {
    const n = open.indexOf(task);
    const dueAt = at[n];
    if (n < 0) return task;
    const counted = one
      ? { ...task, ...(dueAt === undefined ? {} : { dueAt }) }
      : withMarks(task, momentsOf(at, n), now);
    return asSure(counted, unsure ? isUnsure(unsure, n) : provisional);
  });
  return { ...rest, tasks };
}

function asSure(task: Task, provisional: boolean): Task {
  const { provisional: _before, ...sure } = task;
  return provisional ? { ...sure, provisional } : sure;
}

function onTask(state: MinutesState, id: string, change: Partial<Task>): MinutesState {
  return { ...state, tasks: state.tasks.map((task) => (task.id === id ? { ...task, ...change } : task)) };
}

/** The window is kept when its clock has stopped: an objection that is heard later is still judged by it. */
function withWindow(state: MinutesState, event: MinutesEvent): MinutesState {
  if (event.type === 'clockCounted' && event.clock === 'window') {
    const clock = state.clocks['window'];
    const endsAt = clock?.rungs[0]?.at;
    const sent = state.asked['confirmMinutes']?.sent;
    if (!clock || endsAt === undefined || sent === undefined) return state;
    const window: ObjectionWindow = { sent, acceptedAt: clock.from, endsAt, version: versionOf(state) };
    return { ...state, window };
  }
  // A mail that came back proves nothing.
  if (event.type === 'mailBounced' && event.notice === 'confirmMinutes' && event.sent === state.window?.sent)
    return withoutWindow(state);
  return state;
}

function withoutWindow(state: MinutesState): MinutesState {
  const { window: _window, ...rest } = state;
  return rest;
}

function moved(before: MinutesState, event: CaseMoved, stamp: Stamp): MinutesState {
  const after = evolveCase(before, event, stamp);
  const kind = Object.hasOwn(verdictOf, event.move) ? verdictOf[event.move] : undefined;
  if (kind) {
    const verdict: Verdict = {
      kind,
      version: versionOf(after),
      at: event.happenedAt ?? stamp.receivedAt,
      seq: stamp.seq,
      ...(event.by === undefined ? {} : { by: event.by }),
      ...(kind === 'deemed' && before.window ? { window: before.window } : {}),
    };
    return { ...after, verdicts: [...after.verdicts, verdict] };
  }
  if (event.move === 'resend') return withoutWindow(after);
  if (event.move !== 'send') return after;
  return { ...withoutWindow(after), tasks: [...replaced(after.tasks), ...tasksOf(after)], tasksCount: stamp.seq };
}

/** What a newer version says takes the place of what is still open; what was done or not done stays. */
function replaced(tasks: readonly Task[]): readonly Task[] {
  return tasks.map((task) => (task.state === 'open' ? { ...task, state: 'replaced' } : task));
}

function tasksOf(state: MinutesState): readonly Task[] {
  const facts = state.papers['F-15']?.facts;
  const dates = listFact(facts?.['keyDates']);
  const version = versionOf(state);
  return listFact(facts?.['executors']).map((executor, row) => ({
    id: `v${version}.${row + 1}`,
    version,
    row,
    executor,
    keyDate: dates[row] ?? '',
    state: 'open',
  }));
}
