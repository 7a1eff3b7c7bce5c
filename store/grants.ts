import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { lengthPrefixed, shortDigest } from './digest.ts';
import type { Keyring } from './keyring.ts';
import { defineTable, isDuplicateKey, number, op, text } from './table.ts';

/** What a link lets one person do: look at one version at one step of one round, and decide there. */
export interface GrantScope {
  readonly personId: string;
  readonly processId: string;
  readonly circulation: string;
  readonly round: number;
  readonly step: string;
  /** Hash of the version the link was made for. */
  readonly hash: string;
  readonly purpose: string;
}

/** A grant: immutable, without a state. Open, decided or superseded is read from the circulation. */
export interface Grant extends GrantScope {
  /** The key's id (6 characters) and a digest of the scope (22): `[a-z0-9]{6}[A-Za-z0-9_-]{22}`. */
  readonly id: string;
  readonly keyId: string;
  readonly mintedAt: Instant;
}

interface GrantRow extends Omit<Grant, 'id'> {
  readonly _id: string;
  /** Digest of the scope without the key. */
  readonly scope: string;
}

/** Collection `grants`. */
export const grantTable = defineTable<GrantRow>(
  'grants',
  {
    _id: text,
    scope: text,
    keyId: text,
    personId: text,
    processId: text,
    circulation: text,
    round: number,
    step: text,
    hash: text,
    purpose: text,
    mintedAt: text,
  },
  [[{ scope: 1 }], [{ processId: 1, circulation: 1, round: 1, step: 1 }], [{ personId: 1, mintedAt: -1 }]],
);

/** The fields a link's MAC covers, in one unmistakable text. */
export function grantFields(grant: GrantScope & { readonly keyId: string }): string {
  const { personId, processId, circulation, round, step, hash, purpose, keyId } = grant;
  return lengthPrefixed([
    'jobbag-grant-1',
    keyId,
    personId,
    processId,
    circulation,
    String(round),
    step,
    hash,
    purpose,
  ]);
}

/** The id a scope has under a key. */
export function grantId(scope: GrantScope, keyId: string): string {
  return keyId + shortDigest(grantFields({ ...scope, keyId }));
}

function read({ _id, scope: _scope, ...rest }: GrantRow): Grant {
  return { id: _id, ...rest };
}

// Two that make the same grant at once meet at its id; the one that lost finds it with the next try.
const MINT_ATTEMPTS = 5;

/**
 * The grant for a scope; made when there is none. A second call gives the same grant, also after the ring was rotated,
 * as long as its key still opens links: a retried mail must carry the same link. One command: what is there is found,
 * what is not is made.
 */
export async function mintGrant(connection: Connection, scope: GrantScope, ring: Keyring, at: Instant): Promise<Grant> {
  const { personId, processId, circulation, round, step, hash, purpose } = scope;
  const exact: GrantScope = { personId, processId, circulation, round, step, hash, purpose };
  const living = ring.all().flatMap(({ id }) => ring.byId(id)?.id ?? []);
  const keyId = ring.current().id;
  const fresh: GrantRow = {
    _id: grantId(exact, keyId),
    scope: shortDigest(grantFields({ ...exact, keyId: '' })),
    ...exact,
    keyId,
    mintedAt: at,
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const row = await grantTable(connection).collection.findOneAndUpdate(
        { scope: fresh.scope, keyId: { $in: living } },
        { $setOnInsert: fresh as never },
        { upsert: true, returnDocument: 'after', projection: { scope: 0 } },
      );
      // Our own rows and nobody else's lie there, so the shape is known; the link's MAC covers every field of it anyway.
      return row ? read(row as unknown as GrantRow) : read(fresh);
    } catch (error) {
      if (!isDuplicateKey(error) || attempt === MINT_ATTEMPTS) throw error;
    }
  }
}

/** A grant by its id, or null. */
export async function findGrant(connection: Connection, id: string): Promise<Grant | null> {
  const row = await grantTable(connection).findById(id).lean<GrantRow>();
  return row ? read(row) : null;
}

/** Several grants by their ids; those that do not exist are left out. */
export async function findGrants(connection: Connection, ids: readonly string[]): Promise<Map<string, Grant>> {
  if (ids.length === 0) return new Map();
  const rows = await grantTable(connection)
    .find({ _id: op({ $in: [...ids] }) })
    .lean<GrantRow[]>();
  return new Map(rows.map((row) => [row._id, read(row)]));
}

/** The grants of one step in one round, for everybody who ever held it. */
export async function grantsOfStep(
  connection: Connection,
  processId: string,
  circulation: string,
  round: number,
  step: string,
): Promise<Grant[]> {
  return (await grantTable(connection).find({ processId, circulation, round, step }).lean<GrantRow[]>()).map(read);
}
