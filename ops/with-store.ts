import type { Connection } from 'mongoose';
import { readConfig } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { closeStore, connectStore } from '../store/connect.ts';

/** Runs work on the configured store and closes it again. Rejects when the environment names none or nobody answers. */
export async function withStore<T>(work: (connection: Connection, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig();
  const connection = await connectStore({ uri: config.mongodbUri, poolSize: 4 });
  try {
    return await work(connection, config);
  } finally {
    await closeStore(connection);
  }
}
