import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, lchown, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ManagedProcess } from './managed.ts';
import type { House } from './managed.ts';
import { endOrphans } from './orphans.ts';
import { postgresBin } from './postgres-layout.ts';
import { asPostgres, baseOptions, singleUser } from './postgres-root.ts';
import { unprivileged, unprivilegedOwner } from './unprivileged.ts';

/** What the PostgreSQL beneath the document store needs to start. */
export interface PostgresPlan {
  readonly root: string;
  /** Holds `data/` and the password; belongs to the user PostgreSQL runs as. */
  readonly folder: string;
  readonly port: number;
  readonly durable: boolean;
}

/** PostgreSQL as a process of the stack. It listens on the loopback only and asks for a password also there. */
export function postgresProcess(plan: PostgresPlan, house: House): ManagedProcess {
  const dataDir = join(plan.folder, 'data');
  return new ManagedProcess(
    {
      name: 'postgres',
      line: unprivileged({ command: postgresBin(plan.root, 'postgres'), args: ['-D', dataDir, ...options(plan)] }),
      // The extension opens connections to its own server; this is where they find the password.
      env: { PGPASSFILE: join(plan.folder, 'pgpass') },
      stopSignal: 'SIGINT', // "fast": ends connections, writes everything out, and stops
      before: async () => {
        await endOrphans(dataDir);
        if (await disarmPidFile(dataDir)) await mendIndexes(plan.root, dataDir);
      },
      ready: () => saysReady(dataDir),
      readyWithinMs: 120_000, // after a power failure it first replays its log
      // The helpers of a killed server need a moment to notice; until then it refuses to start beside them.
      tryAgain: (log) => /shared memory block.*still in use|is another postmaster|already exists/i.test(log),
    },
    house,
  );
}

function options(plan: PostgresPlan): string[] {
  const all = [
    ...baseOptions,
    'listen_addresses=127.0.0.1',
    `port=${plan.port}`,
    'max_connections=200',
    'shared_buffers=192MB',
    'log_min_messages=fatal',
    // Without durability a killed process still loses nothing, since the system keeps what was written; only a power failure
    // does. Whole pages stay in the log all the same: a kill may cut the writing of one page in two.
    ...(plan.durable ? [] : ['fsync=off']),
  ];
  return all.flatMap((option) => ['-c', option]);
}

/** Makes the data folder on first use, from the template, and returns the address with the password. */
export async function preparePostgres(plan: PostgresPlan): Promise<string> {
  const dataDir = join(plan.folder, 'data');
  const owner = unprivilegedOwner();
  if (!existsSync(dataDir)) {
    // Copied beside and renamed, so that a killed first start leaves nothing half.
    const unfinished = join(plan.folder, 'unfinished');
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(plan.folder, { recursive: true, mode: 0o700 });
    if (owner !== undefined) await chown(plan.folder, owner, owner);
    await cp(join(plan.root, 'template'), unfinished, { recursive: true, preserveTimestamps: true });
    await chmod(unfinished, 0o700);
    if (owner !== undefined) await give(unfinished, owner);
    const password = randomBytes(24).toString('base64url');
    const pgpass = join(plan.folder, 'pgpass');
    await writeFile(pgpass, `*:*:*:*:${password}\n`, { mode: 0o600 });
    if (owner !== undefined) await chown(pgpass, owner, owner);
    // The second role belongs to the extension, which clears up expired documents with it.
    const roles = ['postgres', 'documentdb_bg_worker_role'];
    await singleUser(
      plan.root,
      unfinished,
      roles.map((role) => `alter role ${role} password '${password}'`),
    );
    if (plan.durable) await asPostgres(plan.root, 'initdb', ['--sync-only', '-D', unfinished]);
    await rename(unfinished, dataDir);
  }
  const password = (await readFile(join(plan.folder, 'pgpass'), 'utf8')).trim().split(':').at(-1) ?? '';
  return `postgres://postgres:${password}@127.0.0.1:${plan.port}/postgres?sslmode=disable`;
}

async function give(folder: string, owner: number): Promise<void> {
  await chown(folder, owner, owner);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    await lchown(join(entry.parentPath, entry.name), owner, owner);
  }
}

/** No process can have this number: it is above the largest the kernel gives. */
const NOBODYS_PID = '4194305';

/**
 * The file of a killed server names a process number that may now be another program's, and PostgreSQL would wait for
 * that one. Only the number is made harmless: the rest of the file is how a new server notices that helpers of the killed
 * one still write, and two sets of writers on one folder would destroy it. Tells whether there was such a file.
 */
async function disarmPidFile(dataDir: string): Promise<boolean> {
  const file = join(dataDir, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  const [, ...rest] = text.split('\n');
  const state = rest.length > 6 ? [...rest.slice(0, 6), 'stopped ', ...rest.slice(7)] : rest;
  await writeFile(file, [NOBODYS_PID, ...state].join('\n'));
  return true;
}

/** Makes anew every index of the extension's own kind; one that cannot be made is left as it is and said in the log. */
const MEND =
  "do $$ declare one record; begin for one in select c.oid::regclass::text as name from pg_class c join pg_am a on a.oid = c.relam where c.relkind = 'i' and a.amname like '%rum%' loop begin execute 'reindex index ' || one.name; exception when others then raise warning 'index % stays as it is: %', one.name, sqlerrm; end; end loop; end $$";

/**
 * The extension's own kind of index does not survive the killing of its server as tables do: seen after a hundred kills
 * under load were searches that never end, "right sibling of RUM page is of different type", and a server that crashes
 * with every query. The documents themselves are safe, so after an end without order all these indexes are made anew
 * before anybody asks; milliseconds for a trial's data. An orderly stop needs none of this.
 */
async function mendIndexes(root: string, dataDir: string): Promise<void> {
  try {
    await singleUser(root, dataDir, [MEND]);
  } catch {
    // Helpers of the killed server may hold the folder a moment longer; the start that follows says so and is tried again.
  }
}

/** The server writes its state into the eighth line of this file; its own control program reads it there, too. */
async function saysReady(dataDir: string): Promise<boolean> {
  const lines = (await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n');
  return lines[7]?.trim() === 'ready';
}
