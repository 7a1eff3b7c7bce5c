import type { Connection } from 'mongoose';
import { caseTable, pointOf, type CaseRow } from './cases.ts';
import { paperVersionTable, type PaperVersionRow } from './papers.ts';
import { op } from './table.ts';

/** Minutes that went out are what people remember of the last meeting, whatever became of them then. */
const sentStandings = [
  'SENT',
  'OBJECTED',
  'CONFIRMED',
  'DEEMED_CONFIRMED',
  'FILED',
  'FILED_TACIT',
  'UNANSWERED',
] as const;
/** Minutes looked through for the newest ones; filing old ones makes them move once more. */
const mostLooked = 40;

/** The minutes of the last meeting of a series, and when they were written. */
export interface LastMinutes {
  readonly row: CaseRow;
  readonly version: number;
  readonly at: string;
}

/**
 * The report of the last meeting about the same job, or, where there was none, about the same brand. `but` is the
 * meeting whose pack it goes into; what it became itself is no report of an earlier one.
 */
export async function lastMinutes(
  connection: Connection,
  about: { readonly brandId: string; readonly jobId?: string; readonly but: string },
): Promise<LastMinutes | undefined> {
  const { brandId, jobId, but } = about;
  const ofJob = jobId === undefined ? undefined : await newest(connection, { brandId, jobId }, but);
  return ofJob ?? newest(connection, { brandId }, but);
}

async function newest(
  connection: Connection,
  of: { readonly brandId: string; readonly jobId?: string },
  but: string,
): Promise<LastMinutes | undefined> {
  const rows = await caseTable(connection)
    .find({ kind: 'minutes', standing: op({ $in: [...sentStandings] }), ...of })
    .sort({ updatedAt: -1 })
    .limit(mostLooked)
    .lean<CaseRow[]>();
  return rows
    .filter(({ origin }) => origin !== but)
    .flatMap((row): LastMinutes[] => {
      const paper = pointOf(row).state.papers['F-15'];
      return paper === undefined ? [] : [{ row, version: paper.version, at: paper.at }];
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1))[0];
}

/** Forms that say what a job costs: the estimate and the quotation. */
const budgetForms = ['F-35', 'F-36'] as const;

/** The newest budget of a job: its last estimate or quotation that was not taken back. */
export async function latestBudget(connection: Connection, jobId: string): Promise<PaperVersionRow | undefined> {
  const row = await paperVersionTable(connection)
    .findOne({ processId: jobId, form: op({ $in: [...budgetForms] }), status: op({ $ne: 'withdrawn' as const }) })
    .sort({ at: -1, _id: -1 })
    .lean<PaperVersionRow>();
  return row ?? undefined;
}
