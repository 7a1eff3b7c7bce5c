import { readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf, stillRuns } from './identity.ts';

/** How long helpers of a killed server have to notice that it is gone; milliseconds. */
const NOTICE_WITHIN_MS = 1_000;

/**
 * Ends the helpers that a killed database server left on its data folder. Each of them leads a session of its own, so
 * the signal to the server's group does not reach them, and most end by themselves when they see that the server is
 * gone; but one that was in the middle of a query of the extension may never look up: it was seen to run on for minutes,
 * to take gigabytes, and to keep the next server from starting. Only processes are touched that work in this very folder
 * and whose server is gone. Elsewhere than on Linux there is only the waiting.
 */
export async function endOrphans(dataDir: string): Promise<void> {
  const found = orphansOf(dataDir).map((pid) => ({ pid, identity: identityOf(pid) ?? '' }));
  for (const until = Date.now() + NOTICE_WITHIN_MS; Date.now() < until; await sleep(25)) {
    if (found.every(({ pid, identity }) => !stillRuns(pid, identity))) return;
  }
  for (const { pid, identity } of found) {
    if (!stillRuns(pid, identity)) continue;
    try {
      // By force, as the server itself would when one of its helpers crashes: what is written survives, the log is replayed.
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }
}

/** Processes that work in the folder, whose parent does not, and that are no parent of others there. */
function orphansOf(dataDir: string): number[] {
  if (process.platform !== 'linux') return [];
  const folder = realpathSync(dataDir);
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (readlinkSync(`/proc/${name}/cwd`) !== folder) continue;
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has just ended, or it is not ours to look into.
    }
  }
  const servers = new Set(parents.values());
  return [...parents].filter(([pid, parent]) => !parents.has(parent) && !servers.has(pid)).map(([pid]) => pid);
}
