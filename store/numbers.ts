import type { Connection } from 'mongoose';
import { checkParts, formatJobNumber, prefixOf } from '../domain/number/parts.ts';
import type { JobNumberParts } from '../domain/number/parts.ts';
import { defineTable, isDuplicateKey, json, number as wholeNumber, text } from './table.ts';

/** A job number as it was issued; the row never changes and is never removed. */
export interface IssuedNumber {
  /** The opening that asked for it: the job's request id, which is also its workflow id. */
  readonly requestId: string;
  readonly number: string;
  readonly parts: JobNumberParts;
}

/** What a number is asked for with: its prefix, and the opening it belongs to. */
export interface NumberRequest {
  readonly requestId: string;
  readonly brandCode: string;
  readonly lineCode: string;
  readonly year: number;
}

interface NumberRow {
  _id: string;
  number: string;
  parts: JobNumberParts;
}

interface Reservation {
  requestId: string;
  seq: number;
}

interface CounterRow {
  _id: string;
  seq: number;
  recent: Reservation[];
}

/** Thrown when an opening that already has a number asks for one with other codes or year. */
export class NumberConflict extends Error {
  readonly issued: IssuedNumber;

  constructor(issued: IssuedNumber) {
    super(`${issued.requestId} already has the job number ${issued.number}`);
    this.name = 'NumberConflict';
    this.issued = issued;
  }
}

/** How many of the latest reservations a counter remembers, so that a retry after a crash finds its own. */
const reservationsKept = 200;
/** Each further attempt means that somebody else won a race or a counter came from an older backup. */
const attempts = 20;

const durable = { w: 'majority', j: true } as const;

const numberIndexes = [
  [{ number: 1 }, { unique: true }],
  [{ 'parts.brandCode': 1, 'parts.lineCode': 1, 'parts.year': 1, 'parts.seq': -1 }],
] as const;

/** Issued numbers by request id. */
export const jobNumbers = defineTable<NumberRow>('jobNumbers', { _id: text, number: text, parts: json }, numberIndexes);

/** One document a prefix: `_id`, the running number given last, and for whom the latest were taken. */
export const counters = defineTable<CounterRow>('counters', { _id: text, seq: wholeNumber, recent: json });

const indexed = new WeakMap<Connection, Promise<void>>();

async function makeIndexes(connection: Connection): Promise<void> {
  for (const [keys, ...options] of numberIndexes) {
    await connection.collection(jobNumbers.collection).createIndex({ ...keys }, { ...options[0] });
  }
}

async function insertRow(connection: Connection, { requestId, number, parts }: IssuedNumber): Promise<void> {
  const rows = connection.collection<NumberRow>(jobNumbers.collection);
  await rows.insertOne({ _id: requestId, number, parts }, { writeConcern: durable });
}

/** Makes the indexes, once a connection. The unique one on `number` is what makes doubles impossible, so nothing is issued before it stands. */
export async function ensureNumberIndexes(connection: Connection): Promise<void> {
  let made = indexed.get(connection);
  if (!made) {
    made = makeIndexes(connection);
    indexed.set(connection, made);
    made.catch(() => indexed.delete(connection));
  }
  await made;
}

function issuedOf(row: NumberRow): IssuedNumber {
  const { brandCode, lineCode, year, seq } = row.parts;
  return { requestId: row._id, number: row.number, parts: { brandCode, lineCode, year, seq } };
}

/**
 * Creates the counter of a prefix at 0, unless it is there. Not by an upsert of the update below: on DocumentDB two
 * upserts racing for a new document can both be answered with "1" although one of them counted to 2 (measured).
 */
async function createCounter(connection: Connection, prefix: string): Promise<void> {
  try {
    await connection
      .collection<CounterRow>(counters.collection)
      .insertOne({ _id: prefix, seq: 0, recent: [] }, { writeConcern: durable });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/**
 * Takes the next running number above `floor` for a request, or finds the one it took before. One update of one
 * document: the counter goes up and remembers for whom in the same write, so a crash right after it loses nothing.
 */
async function reserve(connection: Connection, prefix: string, requestId: string, floor: number): Promise<number> {
  const own = {
    $filter: {
      input: '$recent',
      as: 'one',
      cond: { $and: [{ $eq: ['$$one.requestId', { $literal: requestId }] }, { $gt: ['$$one.seq', floor] }] },
    },
  };
  const pushed = { $concatArrays: ['$recent', [{ requestId: { $literal: requestId }, seq: '$seq' }]] };
  const update = [
    { $set: { recent: { $ifNull: ['$recent', []] } } },
    { $set: { known: { $gt: [{ $size: own }, 0] } } },
    { $set: { seq: { $cond: ['$known', '$seq', { $add: [{ $max: ['$seq', floor] }, 1] }] } } },
    { $set: { recent: { $cond: ['$known', '$recent', { $slice: [pushed, -reservationsKept] }] } } },
    { $unset: 'known' },
  ];
  const rows = connection.collection<CounterRow>(counters.collection);
  const options = { returnDocument: 'after', writeConcern: durable } as const;
  let row = await rows.findOneAndUpdate({ _id: prefix }, update, options);
  if (!row) {
    await createCounter(connection, prefix);
    row = await rows.findOneAndUpdate({ _id: prefix }, update, options);
  }
  const mine = row?.recent.find((one) => one.requestId === requestId && one.seq > floor);
  if (!mine) throw new Error(`counter ${prefix} did not keep the reservation of ${requestId}`);
  return mine.seq;
}

async function highestIssued(connection: Connection, request: NumberRequest): Promise<number> {
  const { brandCode, lineCode, year } = request;
  const [row] = await jobNumbers(connection)
    .find({ 'parts.brandCode': brandCode, 'parts.lineCode': lineCode, 'parts.year': year })
    .sort({ 'parts.seq': -1 })
    .limit(1)
    .lean<NumberRow[]>();
  return row?.parts.seq ?? 0;
}

/** The number an opening has, if any; only rows that outlive a change of primary count. */
export async function numberOfRequest(connection: Connection, requestId: string): Promise<IssuedNumber | undefined> {
  const row = await jobNumbers(connection)
    .findOne({ _id: requestId })
    .read('primary')
    .readConcern('majority')
    .lean<NumberRow>();
  return row ? issuedOf(row) : undefined;
}

function sameRequest(issued: IssuedNumber, request: NumberRequest): IssuedNumber {
  if (prefixOf(issued.parts) !== prefixOf(request)) throw new NumberConflict(issued);
  return issued;
}

/**
 * Gives an opening its job number, once and for all. Safe to call again after any failure, at the
 * same time, from anywhere:
 * 1. A row for the request exists: its number is the answer.
 * 2. The counter gives the next running number, or the one it gave this request before (a crash between counter and row
 *    leaves no gap as long as fewer than 200 openings of the prefix came in between; after that a gap, never a double).
 * 3. The row is inserted. `_id` lets one row win for a request, the unique `number` one request for a number.
 * 4. When the number is taken although the counter gave it, the counter is behind the rows (an older backup was
 *    restored): it is lifted above the highest row and asked again.
 * Throws RangeError on codes or a year that make no number, NumberConflict when the request has a number of another prefix.
 */
export async function issueNumber(connection: Connection, request: NumberRequest): Promise<IssuedNumber> {
  const { requestId, brandCode, lineCode, year } = request;
  const [problem] = checkParts({ brandCode, lineCode, year, seq: 1 });
  if (problem) throw new RangeError(`no job number: ${problem.code} in ${problem.field}`);
  if (requestId === '') throw new RangeError('no job number: request without an id');
  await ensureNumberIndexes(connection);
  let floor = 0;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const issued = await numberOfRequest(connection, requestId);
    if (issued) return sameRequest(issued, request);
    const seq = await reserve(connection, prefixOf(request), requestId, floor);
    const parts: JobNumberParts = { brandCode, lineCode, year, seq };
    const number = formatJobNumber(parts);
    try {
      await insertRow(connection, { requestId, number, parts });
      return { requestId, number, parts };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Either a parallel call inserted our row, which the next turn finds, or the number is somebody else's.
      const holder = await findIssuedNumber(connection, number);
      if (holder && holder.requestId !== requestId)
        floor = Math.max(parts.seq, await highestIssued(connection, request));
    }
  }
  throw new Error(`no job number for ${requestId} after ${attempts} attempts`);
}

/** The opening a number was issued to, if it exists; the text must be canonical. */
export async function findIssuedNumber(connection: Connection, number: string): Promise<IssuedNumber | undefined> {
  const row = await jobNumbers(connection).findOne({ number }).lean<NumberRow>();
  return row ? issuedOf(row) : undefined;
}

/** Whether any number was issued with a brand code, or with a brand and line code: then it is frozen. */
export async function hasIssuedNumbers(
  connection: Connection,
  codes: { readonly brandCode: string; readonly lineCode?: string },
): Promise<boolean> {
  const line = codes.lineCode === undefined ? {} : { 'parts.lineCode': codes.lineCode };
  const row = await jobNumbers(connection).exists({ 'parts.brandCode': codes.brandCode, ...line });
  return row !== null;
}

/**
 * Writes back a number the store forgot but the engine remembers, after a restore. Nothing changes when the row is
 * there already; throws NumberConflict when the request has another number, and the store's duplicate-key error when
 * the number belongs to another request.
 */
export async function restoreIssuedNumber(connection: Connection, issued: IssuedNumber): Promise<void> {
  await ensureNumberIndexes(connection);
  const { requestId, number, parts } = issued;
  if (formatJobNumber(parts) !== number) throw new RangeError(`${number} does not fit its parts`);
  try {
    await insertRow(connection, { requestId, number, parts });
  } catch (error) {
    const there = await numberOfRequest(connection, requestId);
    if (!isDuplicateKey(error) || !there) throw error;
    if (there.number !== number) throw new NumberConflict(there);
  }
}
