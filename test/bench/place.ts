import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Connection as Store } from 'mongoose';
import { clockWithOffset } from '../../config/clock.ts';
import type { House } from '../../ops/house/house.ts';
import { startHouse } from '../../ops/house/house.ts';
import { dataConverter } from '../../store/codec.ts';
import { closeStore, connectStore } from '../../store/connect.ts';
import { openKeyrings } from '../../store/keyring.ts';

/** A house of the bench's own, with the clients the bench drives and looks with. */
export interface Place {
  readonly house: House;
  /** Speaks to Jobbag, with its codec. */
  readonly client: Client;
  /** Speaks to the bare engine, without. */
  readonly plain: Client;
  readonly store: Store;
  close(): Promise<void>;
}

/** Starts engine, store, inbox, worker and api on free ports and fresh data, as durable as in service. */
export async function openPlace(): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jobbag-bench-'));
  const house = await startHouse({
    dataDir,
    httpPort: 0,
    ports: { engine: 0, ui: 0, documents: 0, postgres: 0, smtp: 0, inbox: 0 },
    settings: { MAIL_GATHER_SECONDS: '0', MAIL_PILE_MINUTES: '0', LOG_LEVEL: 'warn' },
  });
  const connection = await Connection.connect({ address: house.stack.engineAddress });
  const keys = openKeyrings(house.environment['JOBBAG_KEYS_DIR'] ?? '', clockWithOffset(0));
  const store = await connectStore({ uri: house.stack.mongoUri });
  return {
    house,
    client: new Client({ connection, namespace: house.stack.namespace, dataConverter: dataConverter(keys.payloads) }),
    plain: new Client({ connection, namespace: house.stack.namespace }),
    store,
    async close() {
      await closeStore(store);
      await connection.close();
      await house.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
