import type { CountedSpan } from '../cases/acts.ts';
import type { Hand } from '../cases/definition.ts';
import type { Instant } from '../instant.ts';
import type { Task } from './state.ts';

/** One mark on the way of a task: when, counted from its day, and who hears of it. */
export interface TaskMark {
  readonly span: (day: Task['keyDate']) => CountedSpan;
  readonly notice: 'taskDue' | 'taskOverdue' | 'taskStalled';
  /** `executor` is who does the task. */
  readonly to: readonly Hand[];
}

/**
 * The ladder of a task (M-22): its executor on the morning of its day; at its close the owner too; then, working day by
 * working day, the account manager and the account director. It ends with what was done or not done (S-66).
 */
export const taskLadder: readonly TaskMark[] = [
  { span: (day) => ({ openOf: day }), notice: 'taskDue', to: ['executor'] },
  { span: (day) => ({ closeOf: day }), notice: 'taskOverdue', to: ['executor', 'owner'] },
  {
    span: (day) => ({ closeOf: day, workingDaysLater: 1 }),
    notice: 'taskOverdue',
    to: ['executor', 'owner', 'ACCOUNT_MANAGER'],
  },
  {
    span: (day) => ({ closeOf: day, workingDaysLater: 3 }),
    notice: 'taskStalled',
    to: ['executor', 'owner', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  },
];

/** Place of the mark at which a task is due. */
export const dueMark = 1;

/** What the calendar is asked for some tasks: every mark of every one, in their order. */
export function spansOf(tasks: readonly Pick<Task, 'keyDate'>[]): readonly CountedSpan[] {
  return tasks.flatMap(({ keyDate }) => taskLadder.map(({ span }) => span(keyDate)));
}

/** The moments of the n-th of some tasks out of the calendar's answer for all of them. */
export function momentsOf(at: readonly Instant[], n: number): readonly Instant[] {
  return at.slice(n * taskLadder.length, (n + 1) * taskLadder.length);
}

/** Whether the calendar could only guess the day of the n-th of some tasks; `unsure` has the places of such moments. */
export function isUnsure(unsure: readonly number[], n: number): boolean {
  return unsure.includes(n * taskLadder.length + dueMark);
}

/**
 * A task with its part of the calendar's answer. Marks that were reached stay; of those that lie in the past when they
 * are counted only the last one speaks, so that a day named too late brings one mail and not four.
 */
export function withMarks(task: Task, moments: readonly Instant[], now: Instant): Task {
  const past = moments.filter((at) => at <= now).length;
  const marks = moments.map((at, n) => {
    const rangAt = task.marks?.[n]?.rangAt ?? (n < past - 1 ? now : undefined);
    return { at, ...(rangAt === undefined ? {} : { rangAt }) };
  });
  const dueAt = moments[dueMark];
  return { ...task, marks, ...(dueAt === undefined ? {} : { dueAt }) };
}

/** Whether the answer moves a moment of a task that its executor could know of. */
export function isTaskMoved(task: Task, moments: readonly Instant[]): boolean {
  return task.dueAt !== undefined && moments[dueMark] !== undefined && moments[dueMark] !== task.dueAt;
}

/** The next mark of a task that was not reached yet; tasks counted by an earlier release have one at their close alone. */
export function nextMark(task: Task): { readonly at: Instant; readonly mark?: number } | undefined {
  if (task.state !== 'open') return undefined;
  if (task.marks === undefined)
    return task.dueAt === undefined || task.remindedAt !== undefined ? undefined : { at: task.dueAt };
  const mark = task.marks.findIndex(({ rangAt }) => rangAt === undefined);
  const at = task.marks[mark]?.at;
  return at === undefined ? undefined : { at, mark };
}
