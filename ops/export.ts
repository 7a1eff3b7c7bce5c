import { open } from 'node:fs/promises';
import { exportLog } from '../store/export.ts';
import { jobRow } from '../store/jobs.ts';
import { withStore } from './with-store.ts';

const usage = 'usage: jobbag export <job number or process id> [--to <file.json>] [--personal]';

/** `jobbag export <job>`: writes the log of a job, its heads and the public keys into a file that is never overwritten. */
export async function run(args: readonly string[], out: (line: string) => void): Promise<number> {
  const personal = args.includes('--personal');
  const words = args.filter((word) => word !== '--personal');
  const toAt = words.indexOf('--to');
  const [to] = toAt < 0 ? [undefined] : words.splice(toAt, 2).slice(1);
  const [job, ...rest] = words;
  if (job === undefined || rest.length > 0 || job.startsWith('--') || (toAt >= 0 && to === undefined)) {
    out(usage);
    return 2;
  }
  return withStore(async (connection) => {
    const row = await jobRow(connection, job);
    const log = await exportLog(connection, row?._id ?? job, { personal });
    if (!log) {
      out(`There is no job ${job}.`);
      return 1;
    }
    const path = to ?? `${row?.jobNumber ?? log.processId}-log.json`;
    // Personal data may be inside, so nobody else on the machine reads it.
    const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
      out(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
    if (!file) return 1;
    try {
      await file.writeFile(`${JSON.stringify(log, null, 1)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    out(`${path}: ${String(log.entries.length)} entries, head ${log.head.hash}`);
    return 0;
  });
}
