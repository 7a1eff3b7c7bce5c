import { DatabaseSync } from 'node:sqlite';

/**
 * What the engine finds runs by: newest first, by the process's own id, and by the attributes of our own, the first it hands
 * out. As it comes it keeps 42 more, for attributes that nobody has set; every rest of a process would write them all, twice
 * over, through the one connection that decisions wait for as well. A list by anything else is read through, which takes
 * longer and finds the same.
 */
const listedBy: ReadonlySet<string> = new Set(['default_idx', 'by_workflow_id', 'by_keyword_01', 'by_keyword_02']);

/** How long the engine's own writing is waited for, milliseconds. */
const waitMs = 10_000;

/**
 * Drops the indexes of the engine's list of runs that nobody asks for. Safe at any time and any number of times, also beside
 * the running engine; a database that is laid out otherwise is left as it is.
 */
export function listByLittle(databaseFile: string): void {
  const database = new DatabaseSync(databaseFile, { timeout: waitMs });
  try {
    const found = database
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'executions_visibility' AND sql IS NOT NULL",
      )
      .all();
    const idle = found.map(({ name }) => String(name)).filter((name) => !listedBy.has(name));
    if (idle.length === 0) return;
    const drops = idle.map((name) => `DROP INDEX IF EXISTS "${name.replaceAll('"', '""')}";`);
    database.exec(`BEGIN IMMEDIATE; ${drops.join(' ')} COMMIT;`);
  } finally {
    database.close();
  }
}
