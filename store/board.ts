import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import type { BoardColumn, JobRow } from './jobs.ts';
import { boardColumns, jobTable } from './jobs.ts';
import { op } from './table.ts';

/** A job as a card on the board. */
export type JobCard = JobRow;

/** Which jobs a reader may see: all, or those of these brands. The scope is part of the query itself. */
export type BrandScope = 'all' | readonly string[];

/** What the board is asked for. */
export interface BoardQuery {
  readonly scope: BrandScope;
  readonly now: Instant;
  /** Cards a column, 50 unless told otherwise, 200 at most. */
  readonly limit?: number;
  readonly ownerId?: string;
}

/** Counts of one column or of the whole board. */
export interface BoardCounts {
  readonly open: number;
  readonly late: number;
  readonly withClient: number;
}

/** The board: open jobs by column, those due first on top. */
export interface Board {
  readonly columns: readonly {
    readonly column: BoardColumn;
    readonly cards: readonly JobCard[];
    readonly counts: BoardCounts;
  }[];
  readonly counts: BoardCounts;
}

/** What of a query limits it to a scope. */
export function inScope(scope: BrandScope): { brandId?: string | { $in: string[] } } {
  if (scope === 'all') return {};
  return scope.length === 1 && scope[0] !== undefined ? { brandId: scope[0] } : { brandId: op({ $in: [...scope] }) };
}

/** Reads the board. */
export async function readBoard(connection: Connection, query: BoardQuery): Promise<Board> {
  const limit = Math.min(query.limit ?? 50, 200);
  const filter = {
    open: true,
    column: op({ $in: [...boardColumns] }),
    ...inScope(query.scope),
    ...(query.ownerId === undefined ? {} : { ownerId: query.ownerId }),
  };
  const [counted, ...cards] = await Promise.all([
    countColumns(connection, filter, query.now),
    ...boardColumns.map((column) =>
      jobTable(connection)
        .find({ ...filter, column })
        .sort({ dueSort: 1 })
        .limit(limit)
        .lean<JobCard[]>(),
    ),
  ]);
  const columns = boardColumns.map((column, place) => ({
    column,
    cards: cards[place] ?? [],
    counts: counted.get(column) ?? none,
  }));
  return { columns, counts: columns.reduce((sum, { counts }) => added(sum, counts), none) };
}

const none: BoardCounts = { open: 0, late: 0, withClient: 0 };
const added = (a: BoardCounts, b: BoardCounts): BoardCounts => ({
  open: a.open + b.open,
  late: a.late + b.late,
  withClient: a.withClient + b.withClient,
});

async function countColumns(connection: Connection, filter: object, now: Instant): Promise<Map<string, BoardCounts>> {
  const rows = await jobTable(connection).aggregate<BoardCounts & { _id: string }>([
    { $match: filter },
    {
      $group: {
        _id: '$column',
        open: { $sum: 1 },
        late: { $sum: { $cond: [{ $lt: ['$dueSort', now] }, 1, 0] } },
        withClient: { $sum: { $cond: ['$withClient', 1, 0] } },
      },
    },
  ]);
  return new Map(rows.map(({ _id, open, late, withClient }) => [_id, { open, late, withClient }]));
}

/** More cards of one column: those after a card, in the same order. */
export async function moreOfColumn(
  connection: Connection,
  query: BoardQuery & { readonly column: BoardColumn; readonly skip: number },
): Promise<JobCard[]> {
  return jobTable(connection)
    .find({ open: true, ...inScope(query.scope), column: query.column })
    .sort({ dueSort: 1 })
    .skip(Math.min(query.skip, 10_000))
    .limit(Math.min(query.limit ?? 50, 200))
    .lean<JobCard[]>();
}

/** What of a job its client may see: number, title, phase, and whether something waits for them. */
export interface PublicJob {
  readonly _id: string;
  readonly jobNumber?: string;
  readonly title: string;
  readonly phase: JobRow['phase'];
  readonly open: boolean;
  readonly withClient: boolean;
  readonly since: Instant;
  readonly openedAt?: Instant;
  readonly archivedAt?: Instant;
}

/** Jobs of a client, newest movement first, at most `limit` (100). */
export async function jobsOfClient(connection: Connection, clientId: string, limit = 100): Promise<PublicJob[]> {
  return jobTable(connection)
    .find(
      { clientId },
      { jobNumber: 1, title: 1, phase: 1, open: 1, withClient: 1, since: 1, openedAt: 1, archivedAt: 1 },
    )
    .sort({ since: -1 })
    .limit(Math.min(limit, 500))
    .lean<PublicJob[]>();
}
