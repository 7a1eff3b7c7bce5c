import { Client, Connection } from '@temporalio/client';
import { closeStore, connectStore } from '../../store/connect.ts';
import type { HousePlace } from './place.ts';
import { demoPrefix } from './register.ts';

/** Collections whose rows belong to a job by its process id. */
const ofJobs = ['jobs', 'steps', 'log', 'paperVersions', 'grants', 'outbox', 'jobNumbers', 'drafts'] as const;
/** Registers whose entries carry the demonstration's prefix. */
const registers = ['people', 'clients', 'brandTeams', 'absences'] as const;

/** Takes the demonstration away: its jobs out of the engine and the store, its people, clients and teams. */
export async function removeDemo(place: HousePlace, say: (line: string) => void): Promise<void> {
  const store = await connectStore({ uri: place.environment['MONGODB_URI'] ?? '' });
  const connection = await Connection.connect({ address: place.environment['TEMPORAL_ADDRESS'] ?? '' });
  try {
    const client = new Client({ connection, namespace: place.environment['TEMPORAL_NAMESPACE'] ?? '' });
    const jobs = await store
      .collection('jobs')
      .find({ brandId: { $regex: `^${demoPrefix}` } }, { projection: { _id: 1 } })
      .toArray();
    const ids = jobs.map(({ _id }) => String(_id));
    for (const id of ids) {
      // A job that is already closed cannot be ended again; that is what we want.
      await client.workflow
        .getHandle(id)
        .terminate('demonstration removed')
        .catch(() => undefined);
    }
    for (const name of ofJobs) {
      const key = name === 'jobs' || name === 'jobNumbers' ? '_id' : 'processId';
      await store.collection(name).deleteMany({ [key]: { $in: ids } } as never);
    }
    for (const name of registers)
      await store.collection(name).deleteMany({ _id: { $regex: `^${demoPrefix}` } } as never);
    await store.collection('apiTokens').deleteMany({ personId: { $regex: `^${demoPrefix}` } });
    await store.collection('sessions').deleteMany({ personId: { $regex: `^${demoPrefix}` } });
    say(`removed ${ids.length} demonstration jobs, their people, clients and teams`);
  } finally {
    await connection.close();
    await closeStore(store);
  }
}
