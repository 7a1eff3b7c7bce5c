import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import type { BoardCounts } from './board-counts.ts';
import { addCounts, countCards, countedBelow, countsOf } from './board-counts.ts';
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

/**
 * The board: open jobs by column, those due first on top. Cards are as they stand now, and so are the counts of a column
 * whose jobs are all among its cards; the counts of a longer one may be a minute old (`board-counts.ts`).
 */
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

type Filter = Readonly<Record<string, unknown>>;

/** The open jobs a query is about. */
function filterOf({ scope, ownerId }: BoardQuery): Filter {
  return { open: true, ...inScope(scope), ...(ownerId === undefined ? {} : { ownerId }) };
}

/** Reads the board. */
export async function readBoard(connection: Connection, query: BoardQuery): Promise<Board> {
  const limit = Math.min(query.limit ?? 50, 200);
  const filter = filterOf(query);
  const tops = await Promise.all(boardColumns.map((column) => topOfColumn(connection, filter, column, limit)));
  // Only where more lie below than are shown is the store asked to count.
  const counted = tops.some(({ more }) => more) ? await countsOf(connection, filter, query.now) : undefined;
  const columns = tops.map(({ column, cards, more }) => {
    const seen = countCards(cards, query.now);
    return { column, cards, counts: more ? countedBelow(counted?.get(column), seen) : seen };
  });
  return { columns, counts: addCounts(columns.map(({ counts }) => counts)) };
}

/** Cards more than asked for, by which the next reading of a column finds its bound. */
const slack = 30;
/** Columns a process remembers a bound of; when there are more it starts again. */
const mostBounds = 5_000;

/** Longest a bound is used: when much has come in below it, it no longer spares anything; milliseconds. */
const oldestBoundMs = 10 * 60_000;

const bounds = new WeakMap<Connection, Map<string, { readonly dueSort: string; readonly atMs: number }>>();

/**
 * The jobs of a column that are due first, and whether there are more. Sorting a column of thousands costs the store
 * more than reading its top, so a process remembers up to which due date the top reached the last time and asks below
 * that first. The bound is no answer: where it brings too few, all are asked, so what is shown never depends on it.
 */
export async function topOfColumn(
  connection: Connection,
  filter: Filter,
  column: BoardColumn,
  limit: number,
): Promise<{ readonly column: BoardColumn; readonly cards: readonly JobCard[]; readonly more: boolean }> {
  const known = bounds.get(connection) ?? new Map<string, { dueSort: string; atMs: number }>();
  bounds.set(connection, known);
  const key = `${column} ${limit} ${JSON.stringify(filter)}`;
  const bound = known.get(key);
  const read = (most: number, due: object): Promise<JobCard[]> =>
    jobTable(connection)
      .find({ ...filter, column, ...due })
      .sort({ dueSort: 1 })
      .limit(most)
      .lean<JobCard[]>();
  const young = bound !== undefined && performance.now() - bound.atMs < oldestBoundMs;
  const near = young ? await read(limit + 1, { dueSort: op({ $lte: bound.dueSort }) }) : [];
  const rows = near.length > limit ? near : await read(limit + 1 + slack, {});
  if (rows !== near) {
    const last = rows.length > limit + slack ? rows.at(-1) : undefined;
    if (known.size >= mostBounds) known.clear();
    if (last) known.set(key, { dueSort: last.dueSort, atMs: performance.now() });
    else known.delete(key);
  }
  return { column, cards: rows.slice(0, limit), more: rows.length > limit };
}

/** One column alone, page by page in the order of the board, and how many jobs it has. */
export async function readColumn(
  connection: Connection,
  query: BoardQuery & { readonly column: BoardColumn; readonly skip: number; readonly late?: boolean },
): Promise<{ readonly cards: readonly JobCard[]; readonly count: number }> {
  const { column, now } = query;
  const filter = { ...filterOf(query), column, ...(query.late === true ? { dueSort: op({ $lt: now }) } : {}) };
  const [cards, count] = await Promise.all([
    jobTable(connection)
      .find(filter)
      // Jobs without a date share the end of days; the id keeps them in one order from page to page.
      .sort({ dueSort: 1, _id: 1 })
      .skip(Math.min(query.skip, 10_000))
      .limit(Math.min(query.limit ?? 50, 200))
      .lean<JobCard[]>(),
    jobTable(connection).countDocuments(filter),
  ]);
  return { cards, count };
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
