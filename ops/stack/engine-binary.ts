import { existsSync, readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOnce, cachedFolder } from './cache.ts';
import { StackFailure, wordsOf } from './failure.ts';
import { goBuild } from './go.ts';
import type { Progress } from './progress.ts';
import { fetchThroughSdk } from './sdk-download.ts';
import { onPath, runTool } from './tool.ts';
import { versions } from './versions.ts';

const moduleDir = fileURLToPath(new URL('./temporal/', import.meta.url));
const PACKAGE = 'github.com/temporalio/cli/cmd/temporal';

/** The `temporal` program: installed, fetched, or built; whatever was fetched or built once is kept. */
export async function engineBinary(cacheDir: string, progress: Progress): Promise<string> {
  const installed = onPath('temporal');
  if (installed !== undefined) {
    const unfit = await reasonAgainst(installed);
    if (unfit === undefined) return installed;
    progress.note('engine', `The installed temporal command is passed over: ${unfit}.`);
  }
  const fetched = { name: 'temporal-fetched', version: versions.temporalCli, recipe: [] };
  const built = { name: 'temporal', version: versions.temporalCli, recipe: [...recipeFiles(moduleDir), 'flags 1'] };
  for (const known of [fetched, built]) {
    const file = join(cachedFolder(cacheDir, known), 'temporal');
    if (existsSync(file)) return file;
  }
  try {
    const folder = await buildOnce(cacheDir, { ...fetched, build: (into) => fetchCli(into, progress) });
    return join(folder, 'temporal');
  } catch (error) {
    progress.note(
      'engine',
      `The engine's official download cannot be had here (${wordsOf(error)}); building it from its sources.`,
    );
  }
  try {
    const folder = await buildOnce(cacheDir, {
      ...built,
      build: (into) =>
        progress.during('engine', 'building the Temporal engine from its sources, about 4 minutes on two cores', () =>
          goBuild(cacheDir, { moduleDir, packagePath: PACKAGE, output: join(into, 'temporal'), linkerFlags }, progress),
        ),
    });
    return join(folder, 'temporal');
  } catch (error) {
    throw new StackFailure(
      `The Temporal engine could not be built. Install the temporal command, or set TEMPORAL_ADDRESS to an engine that runs.\n${(error as Error).message}`,
    );
  }
}

const linkerFlags = `-X github.com/temporalio/cli/temporalcli.Version=${versions.temporalCli}`;

async function fetchCli(into: string, progress: Progress): Promise<void> {
  const file = await progress.during('engine', 'fetching the Temporal engine', () =>
    fetchThroughSdk({ type: 'dev-server', version: `v${versions.temporalCli}`, folder: into }),
  );
  await rename(file, join(into, 'temporal'));
}

async function reasonAgainst(binary: string): Promise<string | undefined> {
  const said = await runTool(binary, ['--version']).catch(() => '');
  const server = /Server (\d+\.\d+\.\d+)/.exec(said)?.[1];
  if (server === undefined) return 'it does not say which server it holds';
  return older(server, versions.temporalServerAtLeast)
    ? `its server is ${server}, and those before ${versions.temporalServerAtLeast} have published vulnerabilities`
    : undefined;
}

function older(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) if (a?.[i] !== b?.[i]) return (a?.[i] ?? 0) < (b?.[i] ?? 0);
  return false;
}

/** The texts that decide what a Go recipe makes. */
export function recipeFiles(folder: string, names: readonly string[] = ['go.mod', 'go.sum']): string[] {
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
}
