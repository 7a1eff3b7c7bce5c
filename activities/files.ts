import type { Connection } from 'mongoose';
import type { Blobs } from '../store/blobs.ts';
import { sealDossierInto } from '../store/dossier/seal.ts';
import type { JobActivities } from './contract.ts';

/** What sealing works with. */
export interface FileDeps {
  readonly connection: Connection;
  readonly blobs: Blobs;
}

/**
 * Seals the dossier of a job into the blob store; only its hash travels through the engine. Sealing again gives the
 * same hash. Fails as `DOSSIER_GAP` while something is missing in the store, and is tried again: an archive is whole or not made.
 */
export function createFileActivities({ connection, blobs }: FileDeps): Pick<JobActivities, 'sealDossier'> {
  return {
    async sealDossier({ processId, seq }) {
      const { sha256 } = await sealDossierInto(connection, blobs, processId, seq);
      return { hash: sha256 };
    },
  };
}
