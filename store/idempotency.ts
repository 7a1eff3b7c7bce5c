import type { Connection } from 'mongoose';
import { defineTable, flag, isDuplicateKey, number, text } from './table.ts';

interface IdempotencyRow {
  readonly _id: string;
  readonly request: string;
  readonly done: boolean;
  readonly status: number;
  readonly body: string;
  readonly purgeAt: Date;
}

const KEPT_MS = 24 * 3_600_000;

/** Collection `idempotency`: answers to creating requests, kept a day under the key their sender chose. */
export const idempotencyTable = defineTable<IdempotencyRow>(
  'idempotency',
  {
    _id: text,
    request: text,
    done: flag,
    status: number,
    body: { type: String },
    purgeAt: { type: Date, required: true },
  },
  [[{ purgeAt: 1 }, { expireAfterSeconds: 0 }]],
);

/** Where a request with a key stands: nobody sent it before; the first is still at work; answered; or other words came under the same key. */
export type Seen =
  | { readonly kind: 'first' }
  | { readonly kind: 'running' }
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'mismatch' };

const idOf = (who: string, key: string): string => JSON.stringify([who, key]);

/** Takes a key for a request; `request` is a digest of method, path and body. */
export async function takeKey(connection: Connection, who: string, key: string, request: string): Promise<Seen> {
  const _id = idOf(who, key);
  try {
    await idempotencyTable(connection).create([
      { _id, request, done: false, status: 0, body: '', purgeAt: new Date(Date.now() + KEPT_MS) },
    ]);
    return { kind: 'first' };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const row = await idempotencyTable(connection).findById(_id).lean<IdempotencyRow>();
  if (!row) return { kind: 'running' };
  if (row.request !== request) return { kind: 'mismatch' };
  return row.done ? { kind: 'answered', status: row.status, body: row.body } : { kind: 'running' };
}

/** Keeps the answer, to be given again. */
export async function answerKey(
  connection: Connection,
  who: string,
  key: string,
  answer: { status: number; body: string },
): Promise<void> {
  await idempotencyTable(connection).updateOne({ _id: idOf(who, key) }, { $set: { done: true, ...answer } });
}

/** Gives a key back when the request failed in a way that may be tried again. */
export async function releaseKey(connection: Connection, who: string, key: string): Promise<void> {
  await idempotencyTable(connection).deleteOne({ _id: idOf(who, key), done: false });
}
