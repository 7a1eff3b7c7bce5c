import type { CaseEvent, CaseReport, MoveAct } from '../cases/acts.ts';
import { decideCase, decideMove, isReport, mayMove, possibleMoves, ringing, serviceMove } from '../cases/decide.ts';
import type { PossibleMove } from '../cases/decide.ts';
import { couldRule } from '../cases/refresh.ts';
import { handCaseOver } from '../cases/hand-over.ts';
import { isBegun, isOver } from '../cases/state.ts';
import type { Instant } from '../instant.ts';
import type { Command, PersonActor, Refusal } from '../process.ts';
import { isRefusal, refuse } from '../process.ts';
import type { MinutesAct, MinutesEvent, MinutesState } from './state.ts';
import { openTasks, tasksClock } from './state.ts';
import { isTaskMoved, momentsOf, nextMark, taskLadder } from './task-ladder.ts';

/** What a command would cause on minutes, or why not. */
export function decideMinutes(state: MinutesState, command: Command<MinutesAct>): readonly MinutesEvent[] | Refusal {
  const { act, actor } = command;
  if (act.type === 'settleTask') return settle(state, { ...command, act });
  if (act.type === 'taskDue') {
    const task = openTasks(state).find(({ id }) => id === act.task);
    const next = task && nextMark(task);
    const reached = next !== undefined && next.mark === act.mark && command.receivedAt >= next.at;
    const mark = act.mark === undefined ? {} : { mark: act.mark };
    return actor.kind === 'system' && reached ? [{ type: 'taskReminded', task: act.task, ...mark }] : [];
  }
  if (isReport(act)) return report(state, { ...command, act });
  if (act.type !== 'move' || actor.kind !== 'person') return decideCase(state, { ...command, act });
  if (act.move === 'object' && isBegun(state)) return object(state, { ...command, act, actor });
  const events = decideCase(state, { ...command, act });
  return isRefusal(events) ? events : (whyNotFiled(state, act.move) ?? events);
}

/** Done and not done are both answers; only silence about an action is none. */
function whyNotFiled(state: MinutesState, move: string): Refusal | undefined {
  const files = move === 'file' || move === 'fileTacit' || move === 'closeUnanswered';
  // While a window runs, silence itself is the answer; nobody cuts it short.
  if (move === 'closeUnanswered' && state.window !== undefined) return refuse('WINDOW_RUNS', { rule: 'R-136' });
  return files && openTasks(state).length > 0
    ? refuse('ARCHIVE_INCOMPLETE', { params: { items: ['nextSteps'] }, rule: 'R-141' })
    : undefined;
}

/** The moves of people on minutes, each with who may make it, and why it cannot be made now. */
export function possibleOnMinutes(state: MinutesState, actor?: PersonActor): readonly PossibleMove[] {
  return possibleMoves(state, actor).map((one) => {
    const refusal = one.refusal ?? whyNotFiled(state, one.move);
    return refusal ? { ...one, refusal } : one;
  });
}

function report(state: MinutesState, command: Command<CaseReport>): readonly MinutesEvent[] | Refusal {
  const { act, actor } = command;
  if (act.type === 'counted' && act.clock === tasksClock && actor.kind === 'system') {
    const { at, count, provisional, unsure } = act;
    const open = openTasks(state);
    if (count !== state.tasksCount || at.length !== open.length * taskLadder.length) return [];
    const shifted = open.filter((task, n) => isTaskMoved(task, momentsOf(at, n))).map(({ id }) => id);
    const moved = state.tasksBecause && shifted.length > 0 ? { moved: { ...state.tasksBecause, tasks: shifted } } : {};
    return [{ type: 'tasksCounted', count, at, provisional, ...(unsure ? { unsure } : {}), ...moved }];
  }
  if (act.type === 'handOver' && actor.kind === 'system') {
    const tasks = openTasks(state).some(({ executor }) => executor === act.cause.from);
    return handCaseOver(state, act.cause, tasks);
  }
  const events = decideCase(state, command);
  if (isRefusal(events)) return events;
  if (act.type === 'refresh') {
    const { cause } = act;
    const ruled = cause.kind === 'calendar' && couldRule(state, 'office', cause.calendarId);
    if (events.length === 0 || !ruled || openTasks(state).length === 0) return events;
    return [
      ...events,
      { type: 'tasksRecounting', because: { calendarId: cause.calendarId, revision: cause.revision } },
    ];
  }
  // Silence counted only because the mail had arrived. It had not, so it never did, however long ago that was.
  const proof = act.type === 'bounced' && act.notice === 'confirmMinutes' && act.sent === state.window?.sent;
  return proof && events.length > 0 ? [...events, ...serviceMove(state, 'annul', 'report')] : events;
}

/**
 * An objection. In time it wins whatever has been written since, because silence only counts when there
 * was silence; only a signature that came first stands before it. Too late, the verdict stays and the words are kept for
 * new minutes. Until the window is known there is no "too late".
 */
function object(
  state: MinutesState,
  command: Command<MoveAct> & { readonly actor: PersonActor },
): readonly MinutesEvent[] | Refusal {
  const { act, actor, receivedAt } = command;
  const events = decideMove(state, command);
  if (isRefusal(events)) return events;
  const { happenedAt } = act;
  // Only the agency may say that it was told earlier, on the telephone; that speaks against its own interest.
  if (happenedAt !== undefined && actor.side !== 'agency')
    return refuse('FIELD_WRONG', { field: 'happenedAt', params: { name: 'heldAt', why: 'past' }, rule: 'R-137' });
  if (happenedAt === undefined && actor.side === 'agency')
    return refuse('FIELD_MISSING', { field: 'happenedAt', params: { fields: ['heldAt'] }, rule: 'R-137' });
  const said = happenedAt ?? receivedAt;
  const signature = state.state === 'CONFIRMED' || state.state === 'FILED' ? lastSigned(state) : undefined;
  if (signature !== undefined && signature <= said) return refuse('ALREADY_DECIDED', { rule: 'R-135' });
  if (state.window === undefined || said <= state.window.endsAt) return events;
  if (signature !== undefined) return refuse('ALREADY_DECIDED', { rule: 'R-135' });
  const late: MinutesEvent = { type: 'lateObjection', by: actor.personId, words: act.words ?? '', at: said };
  return [...silence(state, receivedAt), late];
}

function lastSigned(state: MinutesState): Instant | undefined {
  return state.verdicts.findLast((verdict) => verdict.kind === 'signed')?.at;
}

/** The window is over though its clock was not heard yet: what it decided comes before what is said after it. */
function silence(state: MinutesState, receivedAt: Instant): readonly CaseEvent[] {
  return ringing(state, 'window', 0, receivedAt);
}

function settle(
  state: MinutesState,
  { act, actor }: Command<Extract<MinutesAct, { type: 'settleTask' }>>,
): readonly MinutesEvent[] | Refusal {
  const task = state.tasks.find(({ id }) => id === act.task);
  if (!task) return refuse('UNKNOWN_OBJECT', { field: 'task', params: { what: 'task' } });
  if (actor.kind !== 'person') return refuse('NOT_ALLOWED', { params: { who: 'owner' } });
  if (actor.personId !== task.executor && !mayMove(state, ['owner', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'], actor))
    return refuse('NOT_ALLOWED', { params: { who: 'owner' } });
  if (isOver(state)) return refuse('CLOSED', { params: { phase: state.state } });
  // What was not done may be done later; what was done or replaced is settled.
  if (task.state === 'done' || task.state === 'replaced' || (task.state === 'notDone' && !act.done))
    return refuse('ALREADY_DECIDED', { field: 'task' });
  const words = (act.words ?? '').trim();
  if (!act.done && words === '')
    return refuse('FIELD_MISSING', { field: 'words', params: { fields: ['words'] }, rule: 'R-141' });
  const said = words === '' ? {} : { words };
  return [{ type: 'taskSettled', task: task.id, done: act.done, by: actor.personId, ...said }];
}
