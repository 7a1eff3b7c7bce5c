import type { Connection } from 'mongoose';
import { Mongoose } from 'mongoose';
import { allTables } from './table.ts';
import './tables.ts';

/** How to reach the document store. */
export interface StoreOptions {
  readonly uri: string;
  /** Database name; the one in the address otherwise. */
  readonly database?: string;
  /** Connections kept open, 50 unless told otherwise. */
  readonly poolSize?: number;
}

// A store that does not answer within this time is down for the person waiting before a page; they are told so.
const SELECT_WITHIN_MS = 5_000;
const CONNECT_WITHIN_MS = 5_000;
// Longer than any query of ours takes at design size; frees a connection whose other end vanished without a word.
const ANSWER_WITHIN_MS = 30_000;

/**
 * Connects, and resolves when the store answered. Every write is acknowledged by a majority and on disk: an accepted
 * decision must survive the loss of a machine. Rejects when nobody answers within five seconds.
 */
export async function connectStore(options: StoreOptions): Promise<Connection> {
  const mongoose = new Mongoose();
  mongoose.set({ strictQuery: 'throw', sanitizeFilter: true, autoIndex: false, autoCreate: false });
  const connection = mongoose.createConnection(options.uri, {
    ...(options.database ? { dbName: options.database } : {}),
    maxPoolSize: options.poolSize ?? 50,
    serverSelectionTimeoutMS: SELECT_WITHIN_MS,
    connectTimeoutMS: CONNECT_WITHIN_MS,
    socketTimeoutMS: ANSWER_WITHIN_MS,
    writeConcern: { w: 'majority', journal: true },
    readPreference: 'primary',
    bufferCommands: false,
  });
  return connection.asPromise();
}

/** Makes every index of every table; harmless when they exist. Other programs may do the same at the same time. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  for (const [collection, { indexes }] of allTables()) {
    for (const [keys, options] of indexes) {
      await connection.collection(collection).createIndex({ ...keys }, { ...options });
    }
  }
}

/** Whether the store answers now, within two seconds. */
export async function storeAnswers(connection: Connection): Promise<boolean> {
  try {
    await connection.db?.command({ ping: 1 }, { timeoutMS: 2_000 });
    return connection.db !== undefined;
  } catch {
    return false;
  }
}

/** Closes the connection after what is under way has ended. */
export async function closeStore(connection: Connection): Promise<void> {
  await connection.close();
}
