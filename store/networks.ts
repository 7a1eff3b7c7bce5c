import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { commit, type Salted } from '../domain/log/commitment.ts';
import { sha256 } from './digest.ts';
import { defineTable, op, text } from './table.ts';

/**
 * From which network address a command came. The log holds a salted commitment only, which travels with the command;
 * the address lies here, beside it, and can be erased without breaking any chain (design §7).
 */
interface NetworkRow {
  readonly _id: string;
  readonly personId: string;
  readonly salt: string;
  readonly address: string;
  readonly at: Instant;
}

/** Collection `networks`: one row a command of a person. */
export const networkTable = defineTable<NetworkRow>(
  'networks',
  { _id: text, personId: text, salt: text, address: text, at: text },
  [[{ personId: 1 }]],
);

/**
 * Keeps the address a command came from and answers with the commitment to it. A command that comes again keeps the
 * address, and so the commitment, it came from first.
 */
export async function keepNetwork(
  connection: Connection,
  command: { readonly id: string; readonly personId: string; readonly address: string; readonly at: Instant },
): Promise<string> {
  const { id: _id, personId, address, at } = command;
  const fresh = { personId, salt: randomBytes(16).toString('base64url'), address, at };
  const row = await networkTable(connection)
    .findOneAndUpdate({ _id }, { $setOnInsert: fresh }, { upsert: true, returnDocument: 'after' })
    .lean<NetworkRow>();
  const kept = row ?? fresh;
  return commit(kept.salt, kept.address, sha256);
}

/** The addresses behind commands, each with the salt that ties it to its commitment. */
export async function networksOf(connection: Connection, commandIds: readonly string[]): Promise<Map<string, Salted>> {
  const rows = await networkTable(connection)
    .find({ _id: op({ $in: [...commandIds] }) })
    .lean<NetworkRow[]>();
  return new Map(rows.map(({ _id, salt, address }) => [_id, { salt, value: address }]));
}

/** Erases every address a person's commands came from. Returns how many there were. */
export async function eraseNetworks(connection: Connection, personId: string): Promise<number> {
  return (await networkTable(connection).deleteMany({ personId })).deletedCount;
}
