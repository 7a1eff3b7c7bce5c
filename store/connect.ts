import type { Connection, ConnectOptions } from 'mongoose';
import { Mongoose } from 'mongoose';
import { keepReachable } from './reachable.ts';
import { allTables } from './table.ts';
import './tables.ts';

/** How to reach the document store. */
export interface StoreOptions {
  readonly uri: string;
  /** Database name; the one in the address otherwise. */
  readonly database?: string;
  /** Connections kept open, 50 unless told otherwise. */
  readonly poolSize?: number;
  /**
   * For processes that live long: a connection that stays lost while the store answers others is made anew, and this is
   * told, with how long the store had been out of reach, milliseconds. Absent, nobody watches.
   */
  readonly onRevived?: (lostForMs: number) => void;
}

// A store that does not answer within this time is down for the person waiting before a page; they are told so.
const SELECT_WITHIN_MS = 5_000;
const CONNECT_WITHIN_MS = 5_000;
// Longer than any query of ours takes at design size; frees a connection whose other end vanished without a word.
const ANSWER_WITHIN_MS = 30_000;
// How often the driver looks whether the store is there. By asking, not by a question left open: that one outlived kills.
const LOOK_EVERY_MS = 2_000;
// A store that starts after a crash may take this long; only then its answers to others count against us.
const PATIENCE_MS = 10_000;

const watches = new WeakMap<Connection, () => void>();

/**
 * Connects, and resolves when the store answered. Every write is acknowledged by a majority and on disk: an accepted
 * decision must survive the loss of a machine. Rejects when nobody answers within five seconds.
 */
export async function connectStore(options: StoreOptions): Promise<Connection> {
  const mongoose = new Mongoose();
  mongoose.set({ strictQuery: 'throw', sanitizeFilter: true, autoIndex: false, autoCreate: false });
  const wishes: ConnectOptions = {
    ...(options.database ? { dbName: options.database } : {}),
    maxPoolSize: options.poolSize ?? 50,
    serverSelectionTimeoutMS: SELECT_WITHIN_MS,
    connectTimeoutMS: CONNECT_WITHIN_MS,
    socketTimeoutMS: ANSWER_WITHIN_MS,
    serverMonitoringMode: 'poll',
    heartbeatFrequencyMS: LOOK_EVERY_MS,
    writeConcern: { w: 'majority', journal: true },
    readPreference: 'primary',
    bufferCommands: false,
  };
  const connection = await mongoose.createConnection(options.uri, wishes).asPromise();
  const { uri, onRevived } = options;
  if (onRevived) {
    const watch = { uri, options: wishes, everyMs: LOOK_EVERY_MS, patienceMs: PATIENCE_MS, onRevived };
    watches.set(connection, keepReachable(connection, watch));
  }
  return connection;
}

/** Makes every index of every table; harmless when they exist. Other programs may do the same at the same time. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  for (const [collection, { indexes }] of allTables()) {
    for (const [keys, options] of indexes) {
      await connection.collection(collection).createIndex({ ...keys }, { ...options });
    }
  }
}

/** What time it is for the store, milliseconds since 1970: the one clock that all processes of a house can ask. */
export async function storeTime(connection: Connection): Promise<number> {
  const hello = await connection.db?.admin().command({ hello: 1 }, { timeoutMS: CONNECT_WITHIN_MS });
  const { localTime } = hello ?? {};
  if (!(localTime instanceof Date)) throw new Error('the store does not say what time it is');
  return localTime.getTime();
}

/** Closes the connection after what is under way has ended. */
export async function closeStore(connection: Connection): Promise<void> {
  watches.get(connection)?.();
  await connection.close();
}
