import type { Connection } from 'mongoose';
import { openTasks, type Task } from '../domain/minutes/state.ts';
import type { CaseRow, FoldedCase } from './cases.ts';
import { entryDesk, openEntries, type Entry, type ScheduleState } from '../domain/schedule/state.ts';
import { areMinutes, caseTable, isSchedule, pointOf } from './cases.ts';
import { jobTable, type JobRow } from './jobs.ts';
import { deskCount } from './steps.ts';
import { op } from './table.ts';

/** Meetings and minutes that one desk shows at most. */
const mostCases = 100;
/** Extensions that one desk shows at most. */
const mostExtensions = 40;

/** A task out of minutes that somebody has to carry out. */
export interface DeskTask {
  readonly row: CaseRow;
  readonly state: FoldedCase;
  readonly task: Task;
}

/** An entry of a schedule that waits for somebody: to be confirmed, or to be done. */
export interface DeskEntry {
  readonly row: CaseRow;
  readonly state: ScheduleState;
  readonly entry: Entry;
}

/** What of cases waits for a person: what it is their turn in, their tasks out of minutes, their entries of schedules. */
export interface CasesWaiting {
  readonly turns: readonly { readonly row: CaseRow; readonly state: FoldedCase }[];
  /** What is due first on top. */
  readonly tasks: readonly DeskTask[];
  /** The same. */
  readonly entries: readonly DeskEntry[];
}

const theirs = (personId: string) => ({
  open: true,
  $or: [{ people: personId, holders: personId }, { executors: personId }],
});

/** What of meetings and minutes waits for a person, due first; of very many the first hundred. */
export async function casesWaiting(connection: Connection, personId: string): Promise<CasesWaiting> {
  const rows = await caseTable(connection)
    .find(theirs(personId))
    .sort({ dueSort: 1, _id: 1 })
    .limit(mostCases)
    .lean<CaseRow[]>();
  const found = rows.map((row) => ({ row, state: pointOf(row).state }));
  const tasks = found.flatMap(({ row, state }): DeskTask[] =>
    areMinutes(state)
      ? openTasks(state)
          .filter(({ executor }) => executor === personId)
          .map((task) => ({ row, state, task }))
      : [],
  );
  const running = await runningJobs(connection, found);
  const entries = found.flatMap(({ row, state }): DeskEntry[] =>
    isSchedule(state) && running(row)
      ? openEntries(state)
          .filter((entry) => entryDesk(state, entry) === personId)
          .map((entry) => ({ row, state, entry }))
      : [],
  );
  return {
    entries: entries.sort((a, b) => (a.entry.node < b.entry.node ? -1 : a.entry.node > b.entry.node ? 1 : 0)),
    turns: found.filter(({ row, state }) => row.holders.includes(personId) && (!isSchedule(state) || running(row))),
    tasks: tasks.sort((a, b) => (a.task.keyDate < b.task.keyDate ? -1 : a.task.keyDate > b.task.keyDate ? 1 : 0)),
  };
}

/** Which schedules belong to a job that still runs: one that has ended takes its schedule with it at the next reminder. */
async function runningJobs(
  connection: Connection,
  found: readonly { readonly row: CaseRow; readonly state: FoldedCase }[],
): Promise<(row: CaseRow) => boolean> {
  const ids = found.flatMap(({ row, state }) => (isSchedule(state) && row.jobId !== undefined ? [row.jobId] : []));
  if (ids.length === 0) return () => true;
  const jobs = await jobTable(connection)
    .find({ _id: op({ $in: [...new Set(ids)] }), open: false }, { _id: 1 })
    .lean<Pick<JobRow, '_id'>[]>();
  const ended = new Set(jobs.map(({ _id }) => _id));
  return ({ jobId = '' }) => !ended.has(jobId);
}

const toExtend = (ownerId: string) => ({ ownerId, open: true, extendsDelivery: op({ $gt: '' }) });

/** The jobs of an account person whose drafted extension waits to be checked and sent, the nearest delivery first. */
export async function extensionsWaiting(connection: Connection, ownerId: string): Promise<JobRow[]> {
  return jobTable(connection)
    .find(toExtend(ownerId))
    .sort({ extendsDelivery: 1, _id: 1 })
    .limit(mostExtensions)
    .lean<JobRow[]>();
}

/**
 * How many things wait for a person: open steps of jobs, cases with their turn, minutes with tasks of theirs, extensions
 * to be sent.
 */
export async function waitingCount(connection: Connection, personId: string, most = 1_000): Promise<number> {
  const counted = await Promise.all([
    deskCount(connection, personId, most),
    jobTable(connection).countDocuments(toExtend(personId), { limit: mostExtensions }),
    caseTable(connection).countDocuments({ open: true, people: personId, holders: personId }, { limit: most }),
    caseTable(connection).countDocuments({ open: true, executors: personId }, { limit: most }),
  ]);
  return Math.min(
    counted.reduce((sum, one) => sum + one, 0),
    most,
  );
}
