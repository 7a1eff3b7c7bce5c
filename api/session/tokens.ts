import { createHash, randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Instant } from '../../domain/instant.ts';
import { defineTable, text } from '../../store/table.ts';

/** A token of an outside program, bound to a person: it may what the person may, and shows as theirs. */
export interface ApiToken {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly madeAt: Instant;
  readonly madeBy: string;
  /** Absent: until somebody takes it away. */
  readonly expiresAt?: Instant;
}

interface TokenRow extends Omit<ApiToken, 'id'> {
  readonly _id: string;
}

/** Collection `apiTokens`: hashes only, so a stolen store lets nobody in. */
const tokenTable = defineTable<TokenRow>(
  'apiTokens',
  { _id: text, personId: text, name: text, madeAt: text, madeBy: text, expiresAt: { type: String } },
  [[{ personId: 1 }]],
);

/** Tells our tokens from other texts, for people and for scanners of leaked secrets. */
const prefix = 'jobbag_';
const shape = /^jobbag_[A-Za-z0-9_-]{43}$/;

const idOf = (token: string): string => createHash('sha256').update(`jobbag-token-1:${token}`).digest('base64url');

/** Makes a token. The text is shown once and kept nowhere. */
export async function makeToken(
  store: Connection,
  given: {
    readonly personId: string;
    readonly name: string;
    readonly madeBy: string;
    readonly at: Instant;
    readonly expiresAt?: Instant;
  },
): Promise<{ readonly token: string; readonly id: string }> {
  const token = `${prefix}${randomBytes(32).toString('base64url')}`;
  const { at: madeAt, ...rest } = given;
  await tokenTable(store).create([{ _id: idOf(token), ...rest, madeAt }]);
  return { token, id: idOf(token) };
}

/** The token behind a text, if it is one of ours and has not ended. Junk is refused before the store is asked. */
export async function tokenOf(store: Connection, text: string, now: Instant): Promise<ApiToken | undefined> {
  if (!shape.test(text)) return undefined;
  const row = await tokenTable(store).findById(idOf(text)).lean<TokenRow>();
  if (row === null || (row.expiresAt !== undefined && row.expiresAt <= now)) return undefined;
  const { _id, ...rest } = row;
  return { id: _id, ...rest };
}

/** Tokens of a person, oldest first; never the tokens themselves. */
export async function tokensOf(store: Connection, personId: string): Promise<ApiToken[]> {
  const rows = await tokenTable(store).find({ personId }).sort({ madeAt: 1 }).limit(100).lean<TokenRow[]>();
  return rows.map(({ _id, ...rest }) => ({ id: _id, ...rest }));
}

/** Takes a token away, at once and for ever. Tells whether it was there. */
export async function dropToken(store: Connection, personId: string, id: string): Promise<boolean> {
  return (await tokenTable(store).deleteOne({ _id: id, personId })).deletedCount === 1;
}
