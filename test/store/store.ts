import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, inject } from 'vitest';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';

/** A database of its own for one test file on the real store, dropped at the end. */
export function ownStore(): () => Connection {
  let connection: Connection | undefined;
  beforeAll(async () => {
    connection = await connectStore({ uri: inject('mongoUri'), database: `t-${randomBytes(6).toString('hex')}` });
    await ensureIndexes(connection);
  });
  afterAll(async () => {
    await connection?.dropDatabase();
    if (connection) await closeStore(connection);
  });
  return () => {
    if (!connection) throw new Error('no store yet');
    return connection;
  };
}
