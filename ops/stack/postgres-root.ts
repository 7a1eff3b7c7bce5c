import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOnce, cachedFolder } from './cache.ts';
import { extractDebian } from './debian.ts';
import { StackFailure, wordsOf } from './failure.ts';
import { postgresBin } from './postgres-layout.ts';
import type { Progress } from './progress.ts';
import { onPath, runTool } from './tool.ts';
import { unprivileged, unprivilegedOwner } from './unprivileged.ts';
import { versions } from './versions.ts';

const WRAPPED = ['postgres', 'initdb', 'psql', 'pg_controldata'] as const;
const PACKAGES = ['', '-documentdb', '-postgis-3'].map((rest) => `postgresql-${versions.postgres}${rest}`);
const EXTENSIONS = 'create extension documentdb cascade';

/** Options every server of ours needs, also while the template is made. */
export const baseOptions: readonly string[] = [
  'shared_preload_libraries=pg_cron,pg_documentdb_core,pg_documentdb',
  'cron.database_name=postgres',
  // Jobs of the extension run inside the server, instead of through a connection that would need a password.
  'cron.use_background_workers=on',
  'max_worker_processes=24',
  'unix_socket_directories=',
  // POSIX shared memory wants /dev/shm, which small containers make too small; files of its own do as well.
  'dynamic_shared_memory_type=mmap',
];

const known = () => ({
  name: 'postgres',
  version: versions.postgres,
  recipe: [...PACKAGES, ...baseOptions, EXTENSIONS, wrapper('', ''), 'layout 1'],
});

/** The private folder when it was made before. */
export function postgresRootAtHand(cacheDir: string): string | undefined {
  const folder = cachedFolder(cacheDir, known());
  return existsSync(folder) ? folder : undefined;
}

/** The private folder with PostgreSQL, DocumentDB and a ready-made empty database in `template/`. */
export async function postgresRoot(cacheDir: string, progress: Progress): Promise<string> {
  try {
    return await buildOnce(cacheDir, { ...known(), build: (into) => build(into, progress) });
  } catch (error) {
    throw new StackFailure(
      `The document store could not be set up. Install mongod, or set MONGODB_URI to a MongoDB that runs.\n${(error as Error).message}`,
    );
  }
}

async function build(root: string, progress: Progress): Promise<void> {
  if (onPath('setpriv') === undefined && unprivilegedOwner() !== undefined) {
    throw new StackFailure('setpriv is missing (package util-linux); PostgreSQL cannot be run as root.');
  }
  await progress.during('documents', 'fetching PostgreSQL with DocumentDB from Debian', () =>
    extractDebian(root, PACKAGES),
  );
  await progress.during('documents', 'preparing an empty document store', async () => {
    await finish(root);
    await makeTemplate(root);
  });
}

/** What the packages' own scripts would have done, and programs that find their libraries in this folder. */
async function finish(root: string): Promise<void> {
  const extensions = join(root, 'usr/share/postgresql', versions.postgres, 'extension');
  const control = join(extensions, 'postgis.control');
  if (!existsSync(control)) await symlink('postgis-3.control', control);
  const libraries = await libraryFolder(root);
  for (const name of WRAPPED) {
    const program = postgresBin(root, name);
    await rename(program, `${program}.real`);
    await writeFile(program, wrapper(libraries.folder, libraries.loader));
    await chmod(program, 0o755);
  }
}

async function libraryFolder(root: string): Promise<{ folder: string; loader: string }> {
  const lib = join(root, 'usr/lib');
  for (const folder of await readdir(lib)) {
    if (!folder.endsWith('-linux-gnu')) continue;
    const loader = (await readdir(join(lib, folder))).find((name) => /^ld-linux.*\.so/.test(name));
    if (loader !== undefined) return { folder, loader };
  }
  throw new StackFailure('the fetched packages hold no program loader');
}

/**
 * The programs want a newer C library than the machine may have, so each is started through the loader it came with.
 * The folder is found from the program's own place, because it is moved once it is complete.
 */
function wrapper(folder: string, loader: string): string {
  return `#!/bin/sh
bin=\${0%/*}
usr=\${bin%/lib/postgresql/*}
lib=$usr/lib/${folder}
exec "$lib/${loader}" --library-path "\${bin%/bin}/lib:$lib:$lib/blas:$lib/lapack:$usr/lib" --argv0 "$0" "$0.real" "$@"
`;
}

/** A first start takes two seconds when it copies this, and half a minute of worry when it does everything anew. */
async function makeTemplate(root: string): Promise<void> {
  const template = join(root, 'template');
  await mkdir(template, { mode: 0o700 });
  const owner = unprivilegedOwner();
  if (owner !== undefined) await chown(template, owner, owner);
  const initdb = [
    ...['-D', template, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8'],
    '-A',
    'scram-sha-256',
    '--no-sync',
  ];
  // It wants a password now; the real one is set for each data folder when the template has been copied.
  const passwordFile = join(root, 'first-password');
  await writeFile(passwordFile, 'replaced\n', { mode: 0o644 });
  await asPostgres(root, 'initdb', [...initdb, `--pwfile=${passwordFile}`]);
  await singleUser(root, template, [EXTENSIONS]);
}

/** Runs statements on a data folder on which no server runs. */
export async function singleUser(root: string, dataDir: string, statements: readonly string[]): Promise<void> {
  const options = baseOptions.flatMap((option) => ['-c', option]);
  const said = await asPostgres(
    root,
    'postgres',
    ['--single', '-D', dataDir, ...options, 'postgres'],
    `${statements.join('\n')}\n`,
  );
  // In this mode the program ends with 0 whatever the statements did.
  if (/^.*(ERROR|FATAL|PANIC):/m.test(said))
    throw new StackFailure(`PostgreSQL refused to be set up: ${wordsOf(said.slice(-800))}`);
}

/** Runs one of PostgreSQL's programs to its end, never as root. */
export async function asPostgres(
  root: string,
  name: (typeof WRAPPED)[number],
  args: readonly string[],
  input = '',
): Promise<string> {
  const line = unprivileged({ command: postgresBin(root, name), args });
  return runTool(line.command, line.args, { cwd: '/', input });
}
