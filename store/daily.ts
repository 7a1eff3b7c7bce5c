import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { addMs } from '../domain/instant.ts';
import type { Head } from '../domain/job/state.ts';
import { canonical } from '../domain/log/canonical.ts';
import { registerHeadsSince } from './audit.ts';
import type { CaseRow } from './cases.ts';
import { caseTable } from './cases.ts';
import { sha256 } from './digest.ts';
import type { JobRow } from './jobs.ts';
import { jobTable } from './jobs.ts';
import type { Keyring } from './keyring.ts';
import { defineTable, isDuplicateKey, number, op, text } from './table.ts';

/** A signed file of heads: every log that moved since the one before, chained and signed with Ed25519. */
export interface DailyHeads {
  readonly no: number;
  /** Canonical text of `{no, prev, at, keyId, heads}`; this is what is signed and chained. */
  readonly body: string;
  readonly hash: string;
  readonly keyId: string;
  /** SPKI, DER, base64. */
  readonly publicKey: string;
  /** Base64. */
  readonly signature: string;
}

interface DailyRow extends Omit<DailyHeads, 'no'> {
  readonly _id: number;
  readonly at: Instant;
}

/** What a file says. */
export interface DailyBody {
  readonly no: number;
  readonly prev: string;
  readonly at: Instant;
  readonly keyId: string;
  readonly heads: Readonly<Record<string, Head>>;
}

/** Collection `daily`. */
export const dailyTable = defineTable<DailyRow>('daily', {
  _id: number,
  at: text,
  body: text,
  hash: text,
  keyId: text,
  publicKey: text,
  signature: text,
});

// A head folded by a slow machine may carry a time shortly before the last file was made; listing twice harms nothing.
const OVERLAP_MS = 10 * 60_000;

const read = ({ _id, body, hash, keyId, publicKey, signature }: DailyRow): DailyHeads => ({
  no: _id,
  body,
  hash,
  keyId,
  publicKey,
  signature,
});

/** What a file's text says. Only `signDailyHeads` writes it; `checkDaily` proves it. */
export function dailyBody(file: Pick<DailyHeads, 'body'>): DailyBody {
  return JSON.parse(file.body) as DailyBody;
}

/** The newest file, or null. */
export async function newestDaily(connection: Connection): Promise<DailyHeads | null> {
  const row = await dailyTable(connection).findOne({}).sort({ _id: -1 }).lean<DailyRow>();
  return row ? read(row) : null;
}

/**
 * Signs the heads of all logs and register entries that moved since the file `after`, the newest without. Whoever looked
 * at the same file before makes the same one, however late: two processes, at once or not, make one file.
 */
export async function signDailyHeads(
  connection: Connection,
  ring: Keyring,
  at: Instant,
  after?: DailyHeads | null,
): Promise<DailyHeads> {
  const last = after === undefined ? await newestDaily(connection) : after;
  if (last && dailyBody(last).at === at) return last;
  const since = last ? addMs(dailyBody(last).at, -OVERLAP_MS) : '';
  const heads: Record<string, Head> = { ...(await registerHeadsSince(connection, since)) };
  const moved = jobTable(connection)
    .find({ updatedAt: op({ $gte: since }) }, { seq: 1, headHash: 1 })
    .lean<Pick<JobRow, '_id' | 'seq' | 'headHash'>[]>()
    .cursor();
  for await (const row of moved) heads[row._id] = { seq: row.seq, hash: row.headHash };
  const cases = caseTable(connection)
    .find({ updatedAt: op({ $gte: since }) }, { seq: 1, headHash: 1 })
    .lean<Pick<CaseRow, '_id' | 'seq' | 'headHash'>[]>()
    .cursor();
  for await (const row of cases) heads[row._id] = { seq: row.seq, hash: row.headHash };
  const key = ring.current();
  const no = (last?.no ?? 0) + 1;
  const body = canonical({ no, prev: last?.hash ?? '', at, keyId: key.id, heads });
  const signature = sign(
    null,
    Buffer.from(body),
    createPrivateKey({ key: key.secret, format: 'der', type: 'pkcs8' }),
  ).toString('base64');
  const row = {
    _id: no,
    at,
    body,
    hash: sha256(body),
    keyId: key.id,
    publicKey: (key.publicKey ?? Buffer.alloc(0)).toString('base64'),
    signature,
  };
  try {
    await dailyTable(connection).create([row]);
    return read(row);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const other = await dailyTable(connection).findById(no).lean<DailyRow>();
    if (!other) throw error;
    return read(other);
  }
}

/** Files in order, from number `from`, at most `limit` (400). */
export async function dailyFiles(connection: Connection, from = 1, limit = 400): Promise<DailyHeads[]> {
  const rows = await dailyTable(connection)
    .find({ _id: op({ $gte: from }) })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<DailyRow[]>();
  return rows.map(read);
}

/** Whether a file is whole: its hash names its text, its number is in it, and its signature holds. Needs no store. */
export function checkDaily(file: DailyHeads): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(file.publicKey, 'base64'), format: 'der', type: 'spki' });
    const said = dailyBody(file);
    return (
      sha256(file.body) === file.hash &&
      said.no === file.no &&
      said.keyId === file.keyId &&
      verify(null, Buffer.from(file.body), key, Buffer.from(file.signature, 'base64'))
    );
  } catch {
    return false;
  }
}
