import type { Connection } from 'mongoose';
import type { Salted } from '../domain/log/commitment.ts';
import type { KeptEntry } from '../domain/log/entry.ts';
import { eraseNetworks } from './networks.ts';
import { defineTable, flag, json, number, op, rowsById, text } from './table.ts';

/** Personal data of the acting person beside an entry: tied to it by salted commitments, erasable. */
export interface PersonalBeside {
  readonly personId: string;
  readonly name?: Salted;
  readonly address?: Salted;
}

/** One entry of a process's log as the store holds it. Written once; only `personal` may ever be taken away. */
export interface LogRow {
  readonly _id: string;
  readonly processId: string;
  readonly seq: number;
  readonly hash: string;
  readonly prev: string;
  /** Canonical text: the record itself. The fields around it only find it. */
  readonly body: string;
  readonly commandId: string;
  readonly at: string;
  readonly type: string;
  /** When the store took it, by the recorder's clock; not part of the record. */
  readonly recordedAt: string;
  readonly erased: boolean;
  readonly personal?: PersonalBeside;
}

/** Collection `log`. */
export const logTable = defineTable<LogRow>(
  'log',
  {
    _id: text,
    processId: text,
    seq: number,
    hash: text,
    prev: { type: String },
    body: text,
    commandId: text,
    at: text,
    type: text,
    recordedAt: text,
    erased: flag,
    personal: json,
  },
  [
    [{ processId: 1, seq: 1 }, { unique: true }],
    // Jobs on hold are rare; finding them must not cost a look at every entry.
    [{ type: 1, at: -1 }, { partialFilterExpression: { type: 'held' } }],
    [{ 'personal.personId': 1 }, { partialFilterExpression: { 'personal.personId': { $exists: true } } }],
  ],
);

/** The one key of an entry. */
export function logId(processId: string, seq: number): string {
  return `${processId}:${String(seq)}`;
}

/** Entries of a process in order, from `fromSeq` up to and with `toSeq`. */
export async function entriesOf(
  connection: Connection,
  processId: string,
  range: { readonly fromSeq?: number; readonly toSeq?: number } = {},
): Promise<LogRow[]> {
  const seq = op({ $gte: range.fromSeq ?? 1, ...(range.toSeq === undefined ? {} : { $lte: range.toSeq }) });
  return logTable(connection).find({ processId, seq }).sort({ seq: 1 }).lean<LogRow[]>();
}

/** Entries by their keys; those that are not there are left out. */
export function entriesById(connection: Connection, ids: readonly string[]): Promise<Map<string, LogRow>> {
  return rowsById(logTable, connection, ids);
}

/** Sequence numbers and hashes of the entries from `fromSeq` up to and with `toSeq`, without their contents. */
export async function headsOf(
  connection: Connection,
  processId: string,
  fromSeq: number,
  toSeq: number,
): Promise<Pick<LogRow, 'seq' | 'hash'>[]> {
  return logTable(connection)
    .find({ processId, seq: op({ $gte: fromSeq, $lte: toSeq }) }, { _id: 0, seq: 1, hash: 1 })
    .lean<Pick<LogRow, 'seq' | 'hash'>[]>();
}

/** A page of a job's history, newest first: entries before `beforeSeq`, at most `limit` (100). */
export async function historyOf(
  connection: Connection,
  processId: string,
  page: { readonly beforeSeq?: number; readonly limit?: number; readonly types?: readonly string[] } = {},
): Promise<LogRow[]> {
  const seq = op({ $lt: page.beforeSeq ?? Number.MAX_SAFE_INTEGER });
  return logTable(connection)
    .find({ processId, seq, ...(page.types ? { type: op({ $in: [...page.types] }) } : {}) })
    .sort({ seq: -1 })
    .limit(Math.min(page.limit ?? 100, 500))
    .lean<LogRow[]>();
}

/** What verification needs of a row. */
export function keptOf(row: LogRow): KeptEntry {
  return { seq: row.seq, body: row.body, hash: row.hash };
}

/** Every process that has a log, in order of id, page by page: at most `limit` ids after `after`. */
export async function processIdsAfter(connection: Connection, after: string, limit: number): Promise<string[]> {
  const rows = await logTable(connection)
    .find({ seq: 1, processId: op({ $gt: after }) }, { processId: 1 })
    .sort({ processId: 1 })
    .limit(limit)
    .lean<Pick<LogRow, 'processId'>[]>();
  return rows.map((row) => row.processId);
}

/**
 * Erases what lies beside the log about a person: names, mail and network addresses go, ids and commitments stay, every
 * chain still verifies. Returns how many entries were touched.
 */
export async function erasePersonal(connection: Connection, personId: string): Promise<number> {
  await eraseNetworks(connection, personId);
  const done = await logTable(connection).updateMany(
    { 'personal.personId': personId },
    { $unset: { personal: 1 }, $set: { erased: true } },
  );
  return done.modifiedCount;
}
