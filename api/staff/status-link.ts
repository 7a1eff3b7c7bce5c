import type { Connection } from 'mongoose';
import type { Instant } from '../../domain/instant.ts';
import type { Person } from '../../domain/people/types.ts';
import { mintGrant, type Grant } from '../../store/grants.ts';
import type { Keyring } from '../../store/keyring.ts';

/** Purpose of the grants behind a client's status links; they open `/c/a/` and nothing else. */
export const statusPurpose = 'clientStatus';

/**
 * The grant behind a person's status link. It is bound to the revision of their address: links that went to an address
 * corrected since open only for who proves that they read the one of today.
 */
export function statusGrant(
  connection: Connection,
  person: Person,
  clientId: string,
  ring: Keyring,
  at: Instant,
): Promise<Grant> {
  return mintGrant(
    connection,
    {
      personId: person.id,
      processId: `client:${clientId}`,
      circulation: statusPurpose,
      round: person.mail.revision,
      step: statusPurpose,
      hash: statusPurpose,
      purpose: statusPurpose,
    },
    ring,
    at,
  );
}

/** Whether a link still opens the status page of this person's client; `proved`: its reader had a code at the address of today. */
export function opensStatus(
  { grant, proved }: { readonly grant: Grant; readonly proved: boolean },
  person: Person,
): person is Person & { readonly clientId: string } {
  return (
    grant.purpose === statusPurpose &&
    person.active &&
    person.side === 'client' &&
    person.clientId !== undefined &&
    grant.processId === `client:${person.clientId}` &&
    (grant.round === person.mail.revision || proved)
  );
}
