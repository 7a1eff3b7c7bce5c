import { open } from 'node:fs/promises';
import { exportLog } from '../store/export.ts';
import { jobRow } from '../store/jobs.ts';
import { withStore } from './with-store.ts';

const usage = 'usage: jobbag export <job number or process id> [file.json] [--personal]';

/** `jobbag export <job>`: writes the log of a job, its heads and the public keys into a file that is never overwritten. */
export async function run(args: readonly string[], out: (line: string) => void): Promise<number> {
  const [job, file, ...rest] = args.filter((word) => word !== '--personal');
  if (job === undefined || rest.length > 0 || [job, file].some((word) => word?.startsWith('--'))) {
    out(usage);
    return 2;
  }
  const personal = args.includes('--personal');
  return withStore(async (connection) => {
    const row = await jobRow(connection, job);
    const log = await exportLog(connection, row?._id ?? job, { personal });
    if (!log) {
      out(`There is no job ${job}.`);
      return 1;
    }
    const path = file ?? `${row?.jobNumber ?? log.processId}-log.json`;
    // Personal data may be inside, so nobody else on the machine reads it.
    const handle = await open(path, 'wx', 0o600).catch((error: unknown) => {
      out(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
    if (!handle) return 1;
    try {
      await handle.writeFile(`${JSON.stringify(log, null, 1)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    out(`${path}: ${String(log.entries.length)} entries, head ${log.head.hash}`);
    return 0;
  });
}
