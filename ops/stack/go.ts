import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOnce } from './cache.ts';
import { extractDebian } from './debian.ts';
import { StackFailure, wordsOf } from './failure.ts';
import type { Progress } from './progress.ts';
import { onPath, runTool } from './tool.ts';

/** What `go build` needs to make one program from a pinned module. */
export interface GoBuild {
  readonly moduleDir: string;
  readonly packagePath: string;
  readonly output: string;
  readonly linkerFlags: string;
}

/** Builds a program from a module of ours whose `go.sum` pins every source by checksum. */
export async function goBuild(cacheDir: string, build: GoBuild, progress: Progress): Promise<void> {
  const go = await goCommand(cacheDir, progress);
  const flags = ['-mod=readonly', '-trimpath', '-buildvcs=false', `-ldflags=-s -w ${build.linkerFlags}`.trimEnd()];
  await runTool(go, ['build', ...flags, '-o', build.output, build.packagePath], {
    cwd: build.moduleDir,
    // Without C the result runs wherever it is copied; a workspace file of a folder above must not mix in.
    env: { CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '' },
  });
}

/** Go from 1.21 on fetches by itself whatever newer toolchain a module asks for. */
const OLDEST_MINOR = 21;

let found: Promise<string> | undefined;

async function goCommand(cacheDir: string, progress: Progress): Promise<string> {
  found ??= installedGo().then((installed) => installed ?? debianGo(cacheDir, progress));
  try {
    return await found;
  } catch (error) {
    found = undefined;
    throw new StackFailure(
      `Go 1.${OLDEST_MINOR} or newer is needed to build this part. Install it, then start again. (${wordsOf(error)})`,
    );
  }
}

async function installedGo(): Promise<string | undefined> {
  const go = onPath('go');
  if (go === undefined) return undefined;
  const minor = Number(/go1\.(\d+)/.exec(await runTool(go, ['version']))?.[1] ?? 0);
  return minor >= OLDEST_MINOR ? go : undefined;
}

/** Debian stable's Go can be too old, so it is taken from the suite the document store comes from, into the cache. */
async function debianGo(cacheDir: string, progress: Progress): Promise<string> {
  const folder = await buildOnce(cacheDir, {
    name: 'go',
    version: 'debian',
    recipe: ['golang-go'],
    build: (into) =>
      progress.during('go', 'fetching the Go toolchain from Debian', () => extractDebian(into, ['golang-go'])),
  });
  const lib = join(folder, 'usr/lib');
  const version = (await readdir(lib)).find((name) => /^go-1\./.test(name));
  if (version === undefined) throw new StackFailure('Debian’s golang-go package holds no toolchain.');
  return join(lib, version, 'bin/go');
}
