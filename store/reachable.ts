import type { Connection, ConnectOptions } from 'mongoose';
import { mongo } from 'mongoose';

/** How a lost store is looked for. */
export interface ReachableOptions {
  readonly uri: string;
  readonly options: ConnectOptions;
  /** Time between two looks, milliseconds. */
  readonly everyMs: number;
  /** How long the store must be out of our reach before a stranger's connection is tried, milliseconds. */
  readonly patienceMs: number;
  /** Told when the connection was made anew, with how long it had been without the store, milliseconds. */
  readonly onRevived?: (lostForMs: number) => void;
}

const answerWithinMs = 2_000;

/** Whether the store answers on this connection now, within two seconds. */
export async function answersOn(connection: Connection): Promise<boolean> {
  try {
    await connection.db?.command({ ping: 1 }, { timeoutMS: answerWithinMs });
    return connection.db !== undefined;
  } catch {
    return false;
  }
}

async function answersStrangers(uri: string): Promise<boolean> {
  const client = new mongo.MongoClient(uri, {
    serverSelectionTimeoutMS: answerWithinMs,
    connectTimeoutMS: answerWithinMs,
  });
  try {
    await client.db().command({ ping: 1 });
    return true;
  } catch {
    return false;
  } finally {
    await client.close().catch(() => undefined);
  }
}

/**
 * Makes a connection anew when the store answers others but not us. The driver looks for a lost server by itself; seen
 * once in many kills, its own look-out ended in the moment the server was killed a second time while it came up, and
 * the process said "unavailable" for ever beside a store that was well. Returns how to end the watch.
 */
export function keepReachable(connection: Connection, wishes: ReachableOptions): () => void {
  const { uri, options, everyMs, patienceMs, onRevived } = wishes;
  let lostSince: number | undefined;
  let looking = false;
  let ended = false;
  const look = async (): Promise<void> => {
    if (await answersOn(connection)) {
      lostSince = undefined;
      return;
    }
    lostSince ??= performance.now();
    const lostForMs = performance.now() - lostSince;
    if (lostForMs < patienceMs || !(await answersStrangers(uri)) || ended) return;
    // Whatever was under way on it has failed long ago.
    await connection.close();
    await connection.openUri(uri, options);
    lostSince = undefined;
    onRevived?.(Math.round(lostForMs));
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    // What fails here is tried again at the next look.
    void look()
      .catch(() => undefined)
      .finally(() => (looking = false));
  }, everyMs);
  timer.unref();
  return () => {
    ended = true;
    clearInterval(timer);
  };
}
