import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOnce, cachedFolder } from './cache.ts';
import { recipeFiles } from './engine-binary.ts';
import { StackFailure } from './failure.ts';
import { goBuild } from './go.ts';
import { ManagedProcess } from './managed.ts';
import type { House } from './managed.ts';
import { answersAsMongo } from './mongo-ready.ts';
import type { Progress } from './progress.ts';
import { versions } from './versions.ts';

const moduleDir = fileURLToPath(new URL('./ferretdb/', import.meta.url));

const known = () => ({
  name: 'ferretdb',
  version: versions.ferretdb,
  recipe: recipeFiles(moduleDir, ['go.mod', 'go.sum', 'main.go']),
});

/** The gateway program when it was built before. */
export function ferretdbAtHand(cacheDir: string): string | undefined {
  const file = join(cachedFolder(cacheDir, known()), 'ferretdb');
  return existsSync(file) ? file : undefined;
}

/** The gateway program, built once from its pinned sources. */
export async function ferretdbBinary(cacheDir: string, progress: Progress): Promise<string> {
  const atHand = ferretdbAtHand(cacheDir);
  if (atHand !== undefined) return atHand;
  try {
    const folder = await buildOnce(cacheDir, {
      ...known(),
      build: (into) =>
        progress.during('gateway', 'building the document gateway from its sources', () =>
          goBuild(cacheDir, { moduleDir, packagePath: '.', output: join(into, 'ferretdb'), linkerFlags: '' }, progress),
        ),
    });
    return join(folder, 'ferretdb');
  } catch (error) {
    throw new StackFailure(
      `The document gateway could not be built. Install mongod, or set MONGODB_URI to a MongoDB that runs.\n${(error as Error).message}`,
    );
  }
}

/** What the gateway needs to start. */
export interface FerretdbPlan {
  readonly binary: string;
  readonly folder: string;
  readonly port: number;
  readonly postgresUrl: string;
  readonly postgres: ManagedProcess;
}

/** The gateway as a process of the stack; it keeps nothing itself. */
export function ferretdbProcess(plan: FerretdbPlan, house: House): ManagedProcess {
  return new ManagedProcess(
    {
      name: 'ferretdb',
      line: { command: plan.binary, args: [`127.0.0.1:${plan.port}`, plan.folder] },
      env: { DO_NOT_TRACK: '1' },
      firstLine: plan.postgresUrl,
      stopSignal: 'SIGTERM',
      stopWithinMs: 1000, // it waits for its clients to leave, which idle ones do not; there is nothing to lose
      before: async () => {
        await mkdir(plan.folder, { recursive: true });
      },
      ready: () => answersAsMongo(plan.port),
      readyWithinMs: 60_000,
      standsOn: plan.postgres,
    },
    house,
  );
}
