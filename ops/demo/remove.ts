import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { closeStore, connectStore } from '../../store/connect.ts';
import { removeDemo } from '../../store/demo.ts';
import type { HousePlace } from './place.ts';

/** Takes the demonstration away, as the button on the board does: its jobs out of the engine and the store, its people, clients and teams. */
export async function removeFromHouse(place: HousePlace, say: (line: string) => void): Promise<void> {
  const store = await connectStore({ uri: place.environment['MONGODB_URI'] ?? '' });
  const connection = await Connection.connect({ address: place.environment['TEMPORAL_ADDRESS'] ?? '' });
  try {
    const client = new Client({ connection, namespace: place.environment['TEMPORAL_NAMESPACE'] ?? '' });
    const gone = await removeDemo(store, async (id) => {
      try {
        await client.workflow.getHandle(id).terminate('demonstration removed');
      } catch (error) {
        // A job that is over cannot be ended again; that is what we want.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    });
    say(`removed ${gone.jobs} demonstration jobs, ${gone.people} people and ${gone.clients} clients`);
    say('make your first person with: npm run jobbag -- person NAME ADDRESS ROLE');
  } finally {
    await connection.close();
    await closeStore(store);
  }
}
