import type { Connection } from 'mongoose';
import type { Heads } from '../domain/log/linked.ts';
import { registerHeads } from './audit.ts';
import { clients } from './clients.ts';
import { jobTable, type JobRow } from './jobs.ts';
import { brandTeams } from './people.ts';

/** Whose job it is, as far as a chain is linked with it. */
export interface JobOwner {
  readonly clientId: string;
  readonly brandId: string;
}

/**
 * Heads of the chains a job is linked with: its client, with the brands and lines and the route chosen for it, and the
 * team of its brand. What was registered when somebody asked or submitted can be proved by them later.
 */
export async function headsForJob(connection: Connection, { clientId, brandId }: JobOwner): Promise<Heads> {
  const teams = await brandTeams.by(connection, `brand:${brandId}`);
  return registerHeads(connection, [
    { register: clients.name, entry: clientId },
    ...teams.slice(0, 1).map(({ id }) => ({ register: brandTeams.name, entry: id })),
  ]);
}

/** Client and brand of a job that is recorded; undefined where there is none. */
export async function ownerOfJob(connection: Connection, processId: string): Promise<JobOwner | undefined> {
  const row = await jobTable(connection)
    .findById(processId, { clientId: 1, brandId: 1 })
    .lean<Pick<JobRow, 'clientId' | 'brandId'>>();
  return row ? { clientId: row.clientId, brandId: row.brandId } : undefined;
}
