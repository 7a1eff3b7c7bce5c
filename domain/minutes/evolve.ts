import { evolveCase, stamped } from '../cases/evolve.ts';
import type { CaseMoved } from '../cases/acts.ts';
import type { Stamp } from '../process.ts';
import type { MinutesEvent, MinutesState, ObjectionWindow, Task, Verdict } from './state.ts';
import { versionOf } from './state.ts';
import { listFact } from '../job/definition.ts';

const verdictOf: Readonly<Record<string, Verdict['kind']>> = {
  sign: 'signed',
  deem: 'deemed',
  object: 'objected',
  annul: 'annulled',
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
      return onTask(stamped(before, stamp), event.task, { remindedAt: stamp.at });
    case 'tasksCounted': {
      const open = before.tasks.filter((task) => task.state === 'open');
      const dueAt = new Map(open.map((task, n) => [task.id, event.at[n]]));
      const tasks = before.tasks.map((task) => {
        const at = dueAt.get(task.id);
        return at === undefined ? task : { ...task, dueAt: at };
      });
      return { ...stamped(before, stamp), tasks };
    }
    case 'tasksRecounting':
      return { ...stamped(before, stamp), tasksCount: stamp.seq };
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
