import { randomBytes, randomInt } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { addMs } from '../domain/instant.ts';
import { lengthPrefixed } from './digest.ts';
import type { Keyring } from './keyring.ts';
import { macOf, sameMac } from './keyring.ts';
import { defineTable, flag, number, op, text } from './table.ts';

interface LoginCodeRow {
  readonly _id: string;
  /** Absent rows and rows for nobody look the same to whoever asks; this one has no person. */
  readonly personId?: string;
  readonly keyId: string;
  readonly mac: string;
  readonly tries: number;
  readonly used: boolean;
  readonly expiresAt: Instant;
  readonly purgeAt: Date;
}

/** Collection `loginCodes`. */
export const loginCodeTable = defineTable<LoginCodeRow>(
  'loginCodes',
  {
    _id: text,
    personId: { type: String },
    keyId: text,
    mac: text,
    tries: number,
    used: flag,
    expiresAt: text,
    purgeAt: { type: Date, required: true },
  },
  [[{ purgeAt: 1 }, { expireAfterSeconds: 0 }]],
);

/** How often a code may be tried, and how long it lives. */
export const loginCodeLimits = { tries: 5, lifeMs: 10 * 60_000 } as const;

/** What a code is for when nothing else is said. */
const signingIn = 'signIn';

const bound = (use: string, requestId: string, code: string): string =>
  lengthPrefixed(['jobbag-login-2', use, requestId, code]);

/**
 * Makes a code of eight digits for a request to sign in, or for another `use`; it fits that use only. For an unknown address give no person: everything looks the
 * same and no code can ever fit. The request's id belongs into the asking browser's cookie, the code into the mail.
 */
export async function issueLoginCode(
  connection: Connection,
  personId: string | undefined,
  ring: Keyring,
  now: Instant,
  use = signingIn,
): Promise<{ readonly requestId: string; readonly code: string }> {
  const requestId = randomBytes(16).toString('base64url');
  const code = String(randomInt(100_000_000)).padStart(8, '0');
  const key = ring.current();
  await loginCodeTable(connection).create([
    {
      _id: requestId,
      ...(personId === undefined ? {} : { personId }),
      keyId: key.id,
      mac: macOf(key, bound(use, requestId, code), 32).toString('base64url'),
      tries: 0,
      used: false,
      expiresAt: addMs(now, loginCodeLimits.lifeMs),
      purgeAt: new Date(Date.now() + 2 * loginCodeLimits.lifeMs),
    },
  ]);
  return { requestId, code };
}

/** Tries a code for the use it was made for. Each try counts before it is looked at; the right code works once. Returns whose it was. */
export async function tryLoginCode(
  connection: Connection,
  requestId: string,
  code: string,
  ring: Keyring,
  now: Instant,
  use = signingIn,
): Promise<string | undefined> {
  const codes = loginCodeTable(connection);
  const row = await codes
    .findOneAndUpdate(
      { _id: requestId, used: false, tries: op({ $lt: loginCodeLimits.tries }), expiresAt: op({ $gt: now }) },
      { $inc: { tries: 1 } },
    )
    .lean<LoginCodeRow>();
  const key = row && ring.byId(row.keyId);
  if (!key || !sameMac(Buffer.from(row.mac, 'base64url'), macOf(key, bound(use, requestId, code), 32)))
    return undefined;
  const first = await codes.updateOne({ _id: requestId, used: false }, { $set: { used: true } });
  return first.modifiedCount === 1 ? row.personId : undefined;
}
