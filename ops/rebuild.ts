import type { Connection } from 'mongoose';
import { rebuildCase } from '../store/case-recorder.ts';
import { caseTable, isCaseId } from '../store/cases.ts';
import { ensureIndexes } from '../store/connect.ts';
import { fold, unfolded } from '../store/fold.ts';
import { jobStateTable, jobTable } from '../store/jobs.ts';
import { entriesOf, processIdsAfter } from '../store/log.ts';
import { jobNamesTable } from '../store/names.ts';
import { paperVersionTable } from '../store/papers.ts';
import { foldEntriesOf, writeFolded } from '../store/recorder.ts';
import { stepTable } from '../store/steps.ts';
import { withStore } from './with-store.ts';

// A screenful of progress at most a second, and few enough jobs in memory at once.
const PAGE = 200;
const AT_ONCE = 8;

/**
 * Drops the read models and folds them again from the log. Jobs may go on meanwhile: whatever is recorded during the
 * rebuild folds what it misses by itself, and an older fold never overwrites a newer one. Returns how many jobs and cases
 * were folded.
 */
export async function rebuildReadModels(
  connection: Connection,
  told: (folded: number) => void = () => undefined,
): Promise<number> {
  await Promise.all([
    caseTable(connection).deleteMany({}),
    jobTable(connection).deleteMany({}),
    jobStateTable(connection).deleteMany({}),
    jobNamesTable(connection).deleteMany({}),
    stepTable(connection).deleteMany({}),
    paperVersionTable(connection).deleteMany({}),
  ]);
  await ensureIndexes(connection);
  let folded = 0;
  let after = '';
  for (;;) {
    const ids = await processIdsAfter(connection, after, PAGE);
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => rebuildOne(connection, id)));
    }
    folded += ids.length;
    after = ids.at(-1) ?? after;
    told(folded);
    if (ids.length < PAGE) return folded;
  }
}

function rebuildOne(connection: Connection, processId: string): Promise<void> {
  return isCaseId(processId) ? rebuildCase(connection, processId) : rebuildJob(connection, processId);
}

async function rebuildJob(connection: Connection, processId: string): Promise<void> {
  const rows = await entriesOf(connection, processId);
  const last = rows.at(-1);
  if (last) await writeFolded(connection, fold(unfolded(processId), foldEntriesOf(rows)), last.at);
}

/** `jobbag rebuild`. */
export async function run(args: readonly string[], out: (line: string) => void): Promise<number> {
  if (args.length > 0) {
    out('usage: jobbag rebuild');
    return 2;
  }
  const folded = await withStore((connection) =>
    rebuildReadModels(connection, (so) => {
      out(`${String(so)} jobs and cases folded`);
    }),
  );
  out(`read models rebuilt from the log: ${String(folded)} jobs and cases`);
  return 0;
}
