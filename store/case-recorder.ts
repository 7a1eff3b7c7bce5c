import type { Connection } from 'mongoose';
import type { Head } from '../domain/job/state.ts';
import { readEntry } from '../domain/log/entry.ts';
import type { Appending } from './append.ts';
import { actorsOf, lastSeq, LogDiverged, prepare } from './append.ts';
import type { CaseEntry, CasePoint, CaseRow, FoldedEvent } from './cases.ts';
import { caseRow, caseRowOf, caseTable, foldCase, pointOf, unfoldedCase } from './cases.ts';
import type { LogRow } from './log.ts';
import { entriesOf, logTable } from './log.ts';
import { peopleNow } from './people.ts';
import { fileSchedule } from './schedule-papers.ts';
import { isDuplicateKey, plainWrite } from './table.ts';

// Another attempt of the same activity may be appending the same entries; after it won, this one compares.
const attempts = 5;

/**
 * Appends entries of a case strictly in order and folds `cases`, as the recorder of jobs does: harmless when done again,
 * and whatever an earlier crash left undone is done now. Throws LogDiverged when the store tells another story.
 */
export async function recordCase(connection: Connection, input: Appending<FoldedEvent>, now: string): Promise<Head> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await append(connection, input, now);
    } catch (error) {
      if (!isDuplicateKey(error) || attempt === attempts) throw error;
    }
  }
}

async function append(connection: Connection, input: Appending<FoldedEvent>, now: string): Promise<Head> {
  const { processId, after } = input;
  const [there, people] = await Promise.all([
    entriesOf(connection, processId, { fromSeq: Math.max(after.seq, 1), toSeq: lastSeq(input) }),
    peopleNow(connection, actorsOf(input)),
  ]);
  const ready = prepare(input, there, there, people, now);
  const missing = ready.filter((one) => !one.there).map((one) => one.row);
  if (missing.length > 0)
    await logTable(connection).collection.insertMany(missing as never[], { ordered: true, ...plainWrite });
  const newest = ready.at(-1);
  if (!newest) return after;
  await foldOn(
    connection,
    processId,
    ready.map((one) => one.fold),
  );
  return { seq: newest.kept.seq, hash: newest.kept.hash };
}

async function foldOn(connection: Connection, processId: string, entries: readonly CaseEntry[]): Promise<void> {
  const kept = await caseRow(connection, processId);
  let point = kept ? pointOf(kept) : unfoldedCase(processId);
  const first = entries[0]?.stamp.seq ?? 1;
  let folded = entries;
  // An earlier fold was lost in a crash, or the read models were just dropped: fetch what lies between.
  if (point.head.seq < first - 1) {
    const between = await entriesOf(connection, processId, { fromSeq: point.head.seq + 1, toSeq: first - 1 });
    folded = [...caseEntriesOf(between), ...entries];
  }
  point = foldCase(point, folded);
  await fileSchedule(connection, point.state, folded);
  await writeCase(connection, point);
}

/** Reads kept entries of a case. The recorder wrote them from events of the process, so their shape is known. */
export function caseEntriesOf(rows: readonly LogRow[]): CaseEntry[] {
  return rows.map((row) => {
    const entry = readEntry(row.body);
    if (!entry) throw new LogDiverged(row.processId, row.seq, 'cannot be read');
    return { stamp: entry.stamp, event: entry.event as FoldedEvent, hash: row.hash };
  });
}

/** Writes a folded case; a newer fold that is there stays. */
export async function writeCase(connection: Connection, point: CasePoint): Promise<void> {
  if (point.head.seq === 0) return;
  const { _id, ...row }: CaseRow = caseRowOf(point);
  try {
    await caseTable(connection).collection.replaceOne({ _id, seq: { $lte: row.seq } } as never, row, {
      upsert: true,
      ...plainWrite,
    });
  } catch (error) {
    // The guard did not match because a newer fold is there; the upsert then meets its row. That is the wanted outcome.
    if (!isDuplicateKey(error)) throw error;
  }
}

/** The case right after entry `seq`, folded from the log; undefined while that entry is not there. */
export async function caseAt(connection: Connection, processId: string, seq: number): Promise<CasePoint | undefined> {
  const rows = await entriesOf(connection, processId, { toSeq: seq });
  if (rows.at(-1)?.seq !== seq) return undefined;
  return foldCase(unfoldedCase(processId), caseEntriesOf(rows));
}

/** Folds a case anew from its whole log. */
export async function rebuildCase(connection: Connection, processId: string): Promise<void> {
  const entries = caseEntriesOf(await entriesOf(connection, processId));
  const point = foldCase(unfoldedCase(processId), entries);
  await fileSchedule(connection, point.state, entries);
  await writeCase(connection, point);
}
