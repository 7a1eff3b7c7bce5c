import { createHash, randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { addMs } from '../domain/instant.ts';
import { loginCodeTable } from './login-codes.ts';
import { defineTable, op, text } from './table.ts';

/** A signed-in person. The cookie holds a random token; the store only its hash, so a stolen store signs nobody in. */
export interface Session {
  readonly id: string;
  readonly personId: string;
  readonly how: 'code' | 'oidc';
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
}

interface SessionRow extends Omit<Session, 'id'> {
  readonly _id: string;
  readonly purgeAt: Date;
}

const DAY_MS = 86_400_000;

/** Collection `sessions`. Old rows are swept by the store itself, by its own clock, a day after they ended. */
export const sessionTable = defineTable<SessionRow>(
  'sessions',
  { _id: text, personId: text, how: text, openedAt: text, expiresAt: text, purgeAt: { type: Date, required: true } },
  [[{ purgeAt: 1 }, { expireAfterSeconds: 0 }], [{ personId: 1 }]],
);

const idOf = (token: string): string => createHash('sha256').update(`jobbag-session-1:${token}`).digest('base64url');

/** Opens a session for `lifeMs`. Returns the token for the cookie; it is not kept anywhere. */
export async function openSession(
  connection: Connection,
  who: { readonly personId: string; readonly how: Session['how'] },
  now: Instant,
  lifeMs: number,
): Promise<{ readonly token: string; readonly session: Session }> {
  const token = randomBytes(32).toString('base64url');
  const session: Session = {
    id: idOf(token),
    personId: who.personId,
    how: who.how,
    openedAt: now,
    expiresAt: addMs(now, lifeMs),
  };
  const { id: _id, ...rest } = session;
  await sessionTable(connection).create([{ _id, ...rest, purgeAt: new Date(Date.now() + lifeMs + DAY_MS) }]);
  return { token, session };
}

/** The session of a token, or null when there is none or it has ended. */
export async function sessionOf(connection: Connection, token: string, now: Instant): Promise<Session | null> {
  const row = await sessionTable(connection)
    .findOne({ _id: idOf(token), expiresAt: op({ $gt: now }) }, { purgeAt: 0 })
    .lean<SessionRow>();
  if (!row) return null;
  const { _id, personId, how, openedAt, expiresAt } = row;
  return { id: _id, personId, how, openedAt, expiresAt };
}

/** Ends one session. */
export async function closeSession(connection: Connection, token: string): Promise<void> {
  await sessionTable(connection).deleteOne({ _id: idOf(token) });
}

/** Ends every session of a person, and every code that is on its way to them, e.g. when they leave or their address was wrong. */
export async function closeSessionsOf(connection: Connection, personId: string): Promise<void> {
  await loginCodeTable(connection).deleteMany({ personId });
  await sessionTable(connection).deleteMany({ personId });
}
