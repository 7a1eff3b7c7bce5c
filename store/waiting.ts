import type { Connection } from 'mongoose';
import { openTasks, type Task } from '../domain/minutes/state.ts';
import type { CaseRow, FoldedCase } from './cases.ts';
import { entryDesk, openEntries, type Entry, type ScheduleState } from '../domain/schedule/state.ts';
import { areMinutes, caseTable, isSchedule, pointOf } from './cases.ts';
import { handOversToSign } from './hand-overs.ts';
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
  const running = await runningJobs(connection, rows);
  const entries = found.flatMap(({ row, state }): DeskEntry[] =>
    isSchedule(state) && running(row)
      ? openEntries(state)
          .filter((entry) => entryDesk(state, entry) === personId)
          .map((entry) => ({ row, state, entry }))
      : [],
  );
  return {
    entries: entries.sort((a, b) => (a.entry.node < b.entry.node ? -1 : a.entry.node > b.entry.node ? 1 : 0)),
    turns: found.filter(({ row }) => row.holders.includes(personId) && running(row)),
    tasks: tasks.sort((a, b) => (a.task.keyDate < b.task.keyDate ? -1 : a.task.keyDate > b.task.keyDate ? 1 : 0)),
  };
}

type Waits = Pick<CaseRow, 'kind' | 'jobId'>;

/** Which cases still wait: a schedule whose job has ended goes with it at the next reminder, and asks nobody until then. */
async function runningJobs(connection: Connection, rows: readonly Waits[]): Promise<(row: Waits) => boolean> {
  const ids = rows.flatMap(({ kind, jobId }) => (kind === 'schedule' && jobId !== undefined ? [jobId] : []));
  if (ids.length === 0) return () => true;
  const jobs = await jobTable(connection)
    .find({ _id: op({ $in: [...new Set(ids)] }), open: false }, { _id: 1 })
    .lean<Pick<JobRow, '_id'>[]>();
  const ended = new Set(jobs.map(({ _id }) => _id));
  return ({ kind, jobId = '' }) => kind !== 'schedule' || !ended.has(jobId);
}

/** How many things `casesWaiting` finds, told by the rows alone: a number in a menu is no reason to read whole states. */
async function casesCount(connection: Connection, personId: string): Promise<number> {
  const rows = await caseTable(connection)
    .find(theirs(personId), { kind: 1, jobId: 1, holders: 1, executors: 1, owedBy: 1 })
    .sort({ dueSort: 1, _id: 1 })
    .limit(mostCases)
    .lean<Pick<CaseRow, 'kind' | 'jobId' | 'holders' | 'executors' | 'owedBy'>[]>();
  const running = await runningJobs(connection, rows);
  const thingsOf = ({ holders, executors, owedBy = executors }: (typeof rows)[number]): number =>
    [...owedBy, ...(holders.includes(personId) ? [personId] : [])].filter((id) => id === personId).length;
  return rows.filter(running).reduce((sum, row) => sum + thingsOf(row), 0);
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
 * How many things wait for a person, each once, as their desk lists them: open steps of jobs, cases with their turn, every
 * task out of minutes and entry of a schedule, extensions to be sent, hand-overs to sign.
 */
export async function waitingCount(connection: Connection, personId: string, most = 1_000): Promise<number> {
  const [steps, extensions, toSign, cases] = await Promise.all([
    deskCount(connection, personId, most),
    jobTable(connection).countDocuments(toExtend(personId), { limit: mostExtensions }),
    handOversToSign(connection, personId),
    casesCount(connection, personId),
  ]);
  return Math.min(steps + extensions + toSign.length + cases, most);
}
