import { addressees } from '../cases/effects.ts';
import type { Instant } from '../instant.ts';
import type { MinutesEvent, MinutesState, Task } from './state.ts';
import { openTasks } from './state.ts';
import { isOver } from '../cases/state.ts';
import { dueMark, nextMark, taskLadder } from './task-ladder.ts';

/** A mark on the ladder of a task that was reached. */
export type Reminded = Extract<MinutesEvent, { readonly type: 'taskReminded' }>;

/** Whether a mark tells nobody but who does the task. Where the owner or others hear of it too, it waits for nothing. */
export function remindsExecutor(state: MinutesState, { task: id, mark }: Reminded): boolean {
  const executor = state.tasks.find((task) => task.id === id)?.executor;
  const to = taskLadder[mark ?? dueMark]?.to;
  if (executor === undefined || to === undefined) return false;
  const told = addressees({ ...state, parts: { ...state.parts, executor: [executor] } }, [{ notice: 'task', to }]);
  return told.every((one) => 'personId' in one.to && one.to.personId === executor);
}

/** The next mark of the task behind one that was reached; undefined where none follows. `state` is the one after the event. */
export function nextOfTask(state: MinutesState, { task: id }: Reminded): Instant | undefined {
  const task = openTasks(state).find((one) => one.id === id);
  return task && nextMark(task)?.at;
}

/** The task, where nothing was said of it since its executor was reminded and it is still theirs. */
export function taskStillOpen(state: MinutesState, { task: id }: Reminded, personId: string): Task | undefined {
  if (isOver(state)) return undefined;
  return openTasks(state).find((task) => task.id === id && task.executor === personId);
}
