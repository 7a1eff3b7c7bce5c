import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackFailure } from './failure.ts';
import { identityOf, stillRuns } from './identity.ts';

interface Recorded {
  readonly name: string;
  readonly pid: number;
  readonly identity: string;
}

const OWNER = 'owner.json';

/**
 * Takes a data folder for this process: refuses while another stack runs on it, and ends what a killed one left behind.
 * Only processes that carry the recorded identity are touched. Returns the function that gives the folder back.
 */
export async function takeFolder(runDir: string, dataDir: string): Promise<() => Promise<void>> {
  await mkdir(runDir, { recursive: true });
  const owner = await read(join(runDir, OWNER));
  if (owner !== undefined && stillRuns(owner.pid, owner.identity)) {
    throw new StackFailure(
      `The data folder ${dataDir} is in use by process ${owner.pid}. Stop that one first, or choose another data folder.`,
    );
  }
  const names = (await readdir(runDir)).filter((name) => name.endsWith('.json') && name !== OWNER);
  await Promise.all(names.map((name) => endLeftOver(join(runDir, name))));
  const me = { name: 'owner', pid: process.pid, identity: identityOf(process.pid) ?? '' };
  await writeFile(join(runDir, OWNER), JSON.stringify(me));
  return () => rm(join(runDir, OWNER), { force: true });
}

async function endLeftOver(file: string): Promise<void> {
  const left = await read(file);
  if (left !== undefined) {
    for (let round = 0; stillRuns(left.pid, left.identity); round++) {
      // Asked first, because an orderly end saves the next start its recovery.
      signal(round < 50 ? left.pid : -left.pid, round < 50 ? 'SIGINT' : 'SIGKILL', round % 50 === 0);
      await sleep(100);
    }
  }
  await rm(file, { force: true });
}

function signal(pid: number, name: NodeJS.Signals, now: boolean): void {
  if (!now) return;
  try {
    process.kill(pid, name);
  } catch {
    // It has just ended by itself.
  }
}

async function read(file: string): Promise<Recorded | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Recorded;
  } catch {
    return undefined; // absent, or cut short by a power failure: then nothing of it runs any more
  }
}
