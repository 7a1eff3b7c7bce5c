import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StackPorts } from './environment.ts';
import { StackFailure } from './failure.ts';
import { ferretdbAtHand, ferretdbBinary, ferretdbProcess } from './ferretdb.ts';
import type { House, ManagedProcess } from './managed.ts';
import { fetchedMongod, mongodAtHand, mongodProcess } from './mongod.ts';
import { claimPort } from './ports.ts';
import { preparePostgres, postgresProcess } from './postgres.ts';
import { postgresRoot, postgresRootAtHand } from './postgres-root.ts';
import type { Progress } from './progress.ts';

/** How the documents are kept here: by MongoDB itself, or by DocumentDB on PostgreSQL behind its gateway. */
export type DocumentBuild =
  | { readonly kind: 'mongod'; readonly binary: string }
  | { readonly kind: 'postgres'; readonly root: string; readonly gateway: string };

/**
 * Finds or builds what keeps the documents.
 * A data folder that one of them has begun stays with it: the other could not read it, and the work would seem lost.
 */
export async function documentBuild(cacheDir: string, progress: Progress, folder?: string): Promise<DocumentBuild> {
  const begunBy = folder === undefined ? undefined : begun(folder);
  if (begunBy !== 'postgres') {
    // What was built once is taken before a download is tried again, which would cost every new folder some seconds.
    const again =
      begunBy === undefined && postgresRootAtHand(cacheDir) !== undefined && ferretdbAtHand(cacheDir) !== undefined;
    const binary = mongodAtHand(cacheDir) ?? (again ? undefined : await fetchedMongod(cacheDir, progress));
    if (binary !== undefined) return { kind: 'mongod', binary };
    if (begunBy === 'mongod') {
      throw new StackFailure(
        `The documents in ${folder} were written by MongoDB, and no mongod can be had now. Install mongod, or choose another data folder.`,
      );
    }
  }
  const [root, gateway] = await Promise.all([postgresRoot(cacheDir, progress), ferretdbBinary(cacheDir, progress)]);
  return { kind: 'postgres', root, gateway };
}

function begun(folder: string): DocumentBuild['kind'] | undefined {
  if (existsSync(join(folder, 'postgres/data'))) return 'postgres';
  return existsSync(join(folder, 'mongod/WiredTiger')) ? 'mongod' : undefined;
}

/** What the document store needs to start. */
export interface DocumentsPlan {
  readonly build: DocumentBuild;
  readonly folder: string;
  readonly ports: Pick<StackPorts, 'documents' | 'postgres'>;
  readonly durable: boolean;
}

/** The processes of the document store in the order they start, and the address others use. */
export async function documentProcesses(
  plan: DocumentsPlan,
  house: House,
): Promise<{ processes: ManagedProcess[]; uri: string }> {
  const port = await claimPort('documents', plan.ports.documents);
  const uri = `mongodb://127.0.0.1:${port}/jobbag`;
  if (plan.build.kind === 'mongod') {
    const mongod = mongodProcess({ binary: plan.build.binary, folder: join(plan.folder, 'mongod'), port }, house);
    return { processes: [mongod], uri };
  }
  const database = {
    root: plan.build.root,
    folder: join(plan.folder, 'postgres'),
    port: await claimPort('postgres', plan.ports.postgres),
    durable: plan.durable,
  };
  const postgresUrl = await preparePostgres(database);
  const postgres = postgresProcess(database, house);
  const gateway = { binary: plan.build.gateway, folder: join(plan.folder, 'ferretdb'), port, postgresUrl, postgres };
  return { processes: [postgres, ferretdbProcess(gateway, house)], uri };
}
