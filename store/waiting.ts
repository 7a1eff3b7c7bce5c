import type { Connection } from 'mongoose';
import { openTasks, type Task } from '../domain/minutes/state.ts';
import type { CaseRow, FoldedCase } from './cases.ts';
import { areMinutes, caseTable, pointOf } from './cases.ts';
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

/** What of meetings and minutes waits for a person: what it is their turn in, and their tasks. */
export interface CasesWaiting {
  readonly turns: readonly { readonly row: CaseRow; readonly state: FoldedCase }[];
  /** What is due first on top. */
  readonly tasks: readonly DeskTask[];
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
  return {
    turns: found.filter(({ row }) => row.holders.includes(personId)),
    tasks: tasks.sort((a, b) => (a.task.keyDate < b.task.keyDate ? -1 : a.task.keyDate > b.task.keyDate ? 1 : 0)),
  };
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
