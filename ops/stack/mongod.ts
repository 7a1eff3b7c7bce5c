import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOnce, cachedFolder } from './cache.ts';
import { StackFailure, wordsOf } from './failure.ts';
import { ManagedProcess } from './managed.ts';
import type { House } from './managed.ts';
import { answersAsMongo } from './mongo-ready.ts';
import type { Progress } from './progress.ts';
import { onPath } from './tool.ts';
import { versions } from './versions.ts';

const known = { name: 'mongod', version: versions.mongod, recipe: [] };

/** A `mongod` that is installed or was fetched before. */
export function mongodAtHand(cacheDir: string): string | undefined {
  const fetched = join(cachedFolder(cacheDir, known), 'mongod');
  return onPath('mongod') ?? (existsSync(fetched) ? fetched : undefined);
}

/** Fetches `mongod`; undefined, with a sentence, when that cannot be done here. */
export async function fetchedMongod(cacheDir: string, progress: Progress): Promise<string | undefined> {
  try {
    const folder = await buildOnce(cacheDir, { ...known, build: (into) => fetchMongod(into, progress) });
    return join(folder, 'mongod');
  } catch (error) {
    progress.note(
      'documents',
      `MongoDB's official download cannot be had here (${shortReason(error)}); using DocumentDB on PostgreSQL.`,
    );
    return undefined;
  }
}

async function fetchMongod(into: string, progress: Progress): Promise<void> {
  const { MongoBinary } = await import('mongodb-memory-server-core/lib/util/MongoBinary.js');
  const { copyFile, chmod, rm } = await import('node:fs/promises');
  const downloads = join(into, 'download');
  await progress.during('documents', 'fetching MongoDB', async () => {
    const file = await MongoBinary.getPath({ version: versions.mongod, downloadDir: downloads, checkMD5: true });
    await copyFile(file, join(into, 'mongod'));
    await chmod(join(into, 'mongod'), 0o755);
    await rm(downloads, { recursive: true, force: true });
  });
}

function shortReason(error: unknown): string {
  const words = wordsOf(error);
  if (error instanceof StackFailure) return words;
  return /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|socket/i.test(words)
    ? 'its server cannot be reached'
    : words.slice(0, 160);
}

/** What a `mongod` of the stack's own needs to start. */
export interface MongodPlan {
  readonly binary: string;
  readonly folder: string;
  readonly port: number;
}

/** A single MongoDB server as a process of the stack; its journal makes it safe to kill. */
export function mongodProcess(plan: MongodPlan, house: House): ManagedProcess {
  return new ManagedProcess(
    {
      name: 'mongod',
      line: {
        command: plan.binary,
        args: [
          '--dbpath',
          plan.folder,
          '--bind_ip',
          '127.0.0.1',
          '--port',
          String(plan.port),
          '--quiet',
          '--nounixsocket',
        ],
      },
      stopSignal: 'SIGTERM',
      before: async () => {
        await mkdir(plan.folder, { recursive: true });
      },
      ready: () => answersAsMongo(plan.port),
      readyWithinMs: 60_000,
    },
    house,
  );
}
