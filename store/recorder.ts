import type { Connection } from 'mongoose';
import type { RecordInput } from '../domain/job/effects.ts';
import type { JobEvent } from '../domain/job/events.ts';
import type { Head } from '../domain/job/state.ts';
import { genesis, readEntry } from '../domain/log/entry.ts';
import type { Ready } from './append.ts';
import { actorsOf, lastSeq, LogDiverged, prepare } from './append.ts';
import type { FoldEntry, Folded } from './fold.ts';
import { fold, foldedAt, jobRowOf, stateRowOf, unfolded } from './fold.ts';
import { foldRemembered, rememberFold } from './fold-memory.ts';
import type { JobStateRow } from './jobs.ts';
import { jobStateTable, jobTable, readState } from './jobs.ts';
import type { LogRow } from './log.ts';
import { entriesOf, headsOf, logTable } from './log.ts';
import { jobNamesTable } from './names.ts';
import { paperVersionTable } from './papers.ts';
import { peopleNow } from './people.ts';
import { stepTable } from './steps.ts';
import type { Table } from './table.ts';
import { isDuplicateKey, plainWrite } from './table.ts';

export { LogDiverged } from './append.ts';

// Another attempt of the same activity may be appending the same entries; after it won, this one compares.
const ATTEMPTS = 5;

/**
 * Appends entries strictly in order behind `after` and folds the read models. Doing it again is harmless: what is
 * there is compared byte for byte, folds are guarded by `seq`, and whatever an earlier crash left undone is done now.
 * Throws LogDiverged when the store's entry before, or one of these entries, is not what the process knows.
 */
export async function record(connection: Connection, input: RecordInput, now: string): Promise<Head> {
  const { processId, after } = input;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const known = attempt === 1 ? knownAt(connection, processId, after) : undefined;
      const appended = known && (await appendTo(connection, known, input, now));
      if (appended) return appended;
      return await appendRead(connection, input, now);
    } catch (error) {
      if (!isDuplicateKey(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** The job at exactly this head without a look at the store: one that has no entry yet, or one this process folded. */
function knownAt(connection: Connection, processId: string, after: Head): Folded | undefined {
  if (after.seq === 0 && after.hash === genesis.hash) return unfolded(processId);
  const point = foldRemembered(connection, processId, after);
  return point && foldedAt(point.state, point.head);
}

/**
 * Appends to a job whose fold is known, so neither its kept state nor any entry is read back. What the slow way proves
 * is still proved: the store is asked for the hash of the entry before and for entries that might already be there, and
 * the unique key refuses what another recorder appends meanwhile. Undefined when entries are there: then they must be
 * compared. When the read models do not stand where this fold began (an earlier fold was lost, or they were dropped, or
 * somebody was faster), writing the state notices, and they are folded as if nothing had been known.
 */
async function appendTo(
  connection: Connection,
  known: Folded,
  input: RecordInput,
  now: string,
): Promise<Head | undefined> {
  const { processId, after, entries } = input;
  const [there, people] = await Promise.all([
    headsOf(connection, processId, Math.max(after.seq, 1), lastSeq(input)),
    peopleNow(connection, actorsOf(input)),
  ]);
  if (there.some(({ seq }) => seq > after.seq)) return undefined;
  const ready = prepare(input, there, [], people, now);
  const newest = ready.at(-1);
  if (!newest) return after;
  await logTable(connection).collection.insertMany(ready.map((one) => one.row) as never[], {
    ordered: true,
    ...plainWrite,
  });
  const folded = fold(
    known,
    ready.map((one) => one.fold),
  );
  const lastAt = entries.at(-1)?.stamp.at ?? now;
  const state = stateRowOf(folded, lastAt);
  rememberFold(connection, processId, folded.passed, state.state.length);
  await writeParts(connection, folded);
  const [stood] = await Promise.all([
    placeState(connection, state, after),
    writeRows(jobTable, connection, [jobRowOf(folded, lastAt)]),
  ]);
  if (!stood) await foldRead(connection, input, ready);
  return { seq: newest.kept.seq, hash: newest.kept.hash };
}

/** Appends what is missing, after reading what is there. */
async function appendRead(connection: Connection, input: RecordInput, now: string): Promise<Head> {
  const { processId, after } = input;
  const [there, people] = await Promise.all([
    entriesOf(connection, processId, { fromSeq: Math.max(after.seq, 1), toSeq: lastSeq(input) }),
    peopleNow(connection, actorsOf(input)),
  ]);
  const ready = prepare(input, there, there, people, now);
  const missing = ready.filter((one) => !one.there).map((one) => one.row);
  if (missing.length > 0)
    await logTable(connection).collection.insertMany(missing as never[], { ordered: true, ...plainWrite });
  await foldRead(connection, input, ready);
  const newest = ready.at(-1);
  return newest ? { seq: newest.kept.seq, hash: newest.kept.hash } : after;
}

/** Reads kept entries for folding. The recorder wrote them from events of the process, so their shape is known. */
export function foldEntriesOf(rows: readonly LogRow[]): FoldEntry[] {
  return rows.map((row) => {
    const entry = readEntry(row.body);
    if (!entry) throw new LogDiverged(row.processId, row.seq, 'cannot be read');
    return { stamp: entry.stamp, event: entry.event as JobEvent, hash: row.hash };
  });
}

/** Folds appended entries onto the kept state, wherever it stands. */
async function foldRead(
  connection: Connection,
  { processId, after }: RecordInput,
  ready: readonly Ready<JobEvent>[],
): Promise<void> {
  const entries = ready.map((one) => one.fold);
  const kept = await jobStateTable(connection).findById(processId).lean<JobStateRow>();
  let folded = kept ? foldedAt(readState(kept), { seq: kept.seq, hash: kept.headHash }) : unfolded(processId);
  // An earlier fold was lost in a crash, or the read models were just dropped: fetch what lies between.
  if (folded.head.seq < after.seq) {
    folded = fold(
      folded,
      foldEntriesOf(await entriesOf(connection, processId, { fromSeq: folded.head.seq + 1, toSeq: after.seq })),
    );
  }
  folded = fold(folded, entries);
  const lastAt = entries.find((entry) => entry.stamp.seq === folded.head.seq)?.stamp.at ?? kept?.at;
  if (lastAt === undefined) return;
  const { state } = await writeFolded(connection, folded, lastAt);
  if (folded.passed.length > 0) rememberFold(connection, processId, folded.passed, state.length);
}

/**
 * Writes what was folded. Steps and papers first and the job last, so that a page which waited for the job's `seq`
 * finds the rest as new. Each write yields to a newer one. Returns the state as it was written.
 */
export async function writeFolded(connection: Connection, folded: Folded, lastAt: string): Promise<JobStateRow> {
  await writeParts(connection, folded);
  const state = stateRowOf(folded, lastAt);
  await Promise.all([
    writeRows(jobStateTable, connection, [state]),
    writeRows(jobTable, connection, [jobRowOf(folded, lastAt)]),
  ]);
  return state;
}

async function writeParts(connection: Connection, folded: Folded): Promise<void> {
  await Promise.all([
    writeRows(stepTable, connection, [...folded.steps.values()]),
    writeRows(paperVersionTable, connection, [...folded.papers.values()]),
    writeRows(jobNamesTable, connection, folded.names ? [folded.names] : []),
  ]);
}

/** Puts the state in the place of the one at `after`. False when the kept one stands anywhere else. */
async function placeState(connection: Connection, state: JobStateRow, after: Head): Promise<boolean> {
  if (after.seq === 0) {
    await writeRows(jobStateTable, connection, [state]);
    return true;
  }
  const { _id, ...rest } = state;
  const done = await jobStateTable(connection).collection.updateOne(
    { _id, seq: after.seq, headHash: after.hash } as never,
    { $set: rest },
  );
  return done.matchedCount === 1;
}

/** Writes rows past the library: they are our own and typed, and casting them again costs more than folding them. */
async function writeRows<Row extends { readonly _id: string; readonly seq: number }>(
  table: Table<Row>,
  connection: Connection,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const operations = rows.map(({ _id, ...row }) => ({
    replaceOne: { filter: { _id, seq: { $lte: row.seq } }, replacement: row, upsert: true },
  }));
  try {
    await table(connection).collection.bulkWrite(operations as never[], { ordered: false, ...plainWrite });
  } catch (error) {
    // The guard did not match because a newer fold is there; the upsert then meets its row. That is the wanted outcome.
    if (!isDuplicateKey(error)) throw error;
  }
}
