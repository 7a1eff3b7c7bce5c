import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf, stillRuns } from './identity.ts';

/** Something that is built once per user and kept. */
export interface CachedBuild {
  readonly name: string;
  readonly version: string;
  /** Everything that decides what comes out: texts of recipe files, flags. A change makes a new build. */
  readonly recipe: readonly string[];
  /** Fills the given empty folder; it is moved to its final place when this returns. */
  readonly build: (folder: string) => Promise<void>;
}

/** The folder a build has, or will have: named by version and by checksum of its recipe. */
export function cachedFolder(cacheDir: string, build: Omit<CachedBuild, 'build'>): string {
  const sum = createHash('sha256').update(JSON.stringify([process.platform, process.arch, ...build.recipe]));
  return join(cacheDir, `${build.name}-${build.version}-${sum.digest('hex').slice(0, 12)}`);
}

/**
 * Returns the folder of a build, building it first when it is not there.
 *
 * 1. A folder under its final name is always whole: it is built beside it and renamed.
 * 2. Two builders do not work at the same time: the second waits and takes what the first made.
 * 3. A builder that was killed leaves a lock of a dead process and a temporary folder; the next one removes both.
 */
export async function buildOnce(cacheDir: string, build: CachedBuild): Promise<string> {
  const folder = cachedFolder(cacheDir, build);
  if (existsSync(folder)) return folder;
  await mkdir(cacheDir, { recursive: true });
  const unlock = await lock(`${folder}.lock`, () => existsSync(folder));
  if (unlock === undefined) return folder;
  try {
    if (existsSync(folder)) return folder;
    await removeLeftOvers(cacheDir, folder);
    const unfinished = `${folder}.unfinished-${randomBytes(6).toString('hex')}`;
    await mkdir(unfinished);
    try {
      await build.build(unfinished);
      await rename(unfinished, folder);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
    return folder;
  } finally {
    await unlock();
  }
}

async function removeLeftOvers(cacheDir: string, folder: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const path = join(cacheDir, name);
    if (path.startsWith(`${folder}.unfinished-`)) await rm(path, { recursive: true, force: true });
  }
}

interface Holder {
  readonly pid: number;
  readonly identity: string;
}

/** Waits for the lock; undefined when `done` became true while waiting, so that there is nothing left to do. */
async function lock(file: string, done: () => boolean): Promise<(() => Promise<void>) | undefined> {
  const mine = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  await writeFile(mine, JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) ?? '' }));
  try {
    for (;;) {
      try {
        await link(mine, file); // a link appears whole or not at all, and only one of us succeeds
        return () => rm(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      await stealFromDead(file);
      if (done()) return undefined;
      await sleep(200);
    }
  } finally {
    await rm(mine, { force: true });
  }
}

async function stealFromDead(file: string): Promise<void> {
  try {
    const text = await readFile(file, 'utf8');
    const holder = JSON.parse(text) as Holder;
    if (stillRuns(holder.pid, holder.identity)) return;
    // Taken away by renaming, so that of several waiters only one removes it; should it be a living one's after all
    // (two waiters in the same moment), the worst is one build too many, because folders only appear whole.
    const aside = `${file}.dead.${randomBytes(6).toString('hex')}`;
    await rename(file, aside);
    await rm(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
