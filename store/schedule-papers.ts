import type { Connection } from 'mongoose';
import type { CaseEntry, FoldedCase } from './cases.ts';
import { isSchedule } from './cases.ts';
import type { PaperVersionRow } from './papers.ts';
import { paperVersionId, paperVersionTable } from './papers.ts';
import { isDuplicateKey, plainWrite } from './table.ts';

/**
 * Files the versions of a schedule among the papers of its job (F-11), where they are read, compared and archived like any
 * other; a fold of the schedule's own log, so folding it again files the same. `state` is the one after the entries.
 */
export async function fileSchedule(
  connection: Connection,
  state: FoldedCase,
  entries: readonly CaseEntry[],
): Promise<void> {
  const { jobId } = state;
  if (!isSchedule(state) || jobId === undefined) return;
  const rows = entries.flatMap(({ event, stamp }): readonly PaperVersionRow[] => {
    if (event.type !== 'caseMoved' || event.paper === undefined) return [];
    const { form, version, hash, by, at } = event.paper;
    const _id = paperVersionId(jobId, form, version);
    return [{ _id, processId: jobId, key: form, form, version, hash, by, at, status: 'filed', seq: stamp.seq }];
  });
  if (rows.length === 0) return;
  const operations = rows.map(({ _id, ...row }) => ({
    replaceOne: { filter: { _id }, replacement: row, upsert: true },
  }));
  try {
    await paperVersionTable(connection).collection.bulkWrite(operations as never[], { ordered: false, ...plainWrite });
  } catch (error) {
    // Two attempts of the same append met at one row; both wanted the same.
    if (!isDuplicateKey(error)) throw error;
  }
}
