import { mongo } from 'mongoose';
import { expect, test } from 'vitest';
import { startStack } from '../../ops/stack/stack.ts';
import type { Stack, StackProcess } from '../../ops/stack/stack.ts';
import { anyPorts, freshFolder, nothingGiven } from './folder.ts';

const dataDir = freshFolder();
const start = (): Promise<Stack> =>
  startStack({ dataDir, parts: ['documents'], ports: anyPorts, environment: nothingGiven, durable: false });

async function withNotes<T>(stack: Stack, work: (notes: mongo.Collection) => Promise<T>): Promise<T> {
  const client = await new mongo.MongoClient(stack.mongoUri).connect();
  try {
    return await work(client.db().collection('notes'));
  } finally {
    await client.close();
  }
}

test('a written document is still there after stop and after SIGKILL of every program of the store', async () => {
  let stack = await start();
  try {
    await withNotes(stack, async (notes) => {
      await notes.createIndex({ name: 1 }, { unique: true });
      await notes.insertOne({ name: 'first' }, { writeConcern: { w: 'majority' } });
    });
    await stack.stop();

    stack = await start();
    expect(await withNotes(stack, (notes) => notes.countDocuments({ name: 'first' }))).toBe(1);

    const names: StackProcess[] = stack.processes.map(({ name }) => name);
    for (const [index, killed] of [...names, 'documents' as const].entries()) {
      await withNotes(stack, (notes) =>
        notes.insertOne({ name: `before ${index}` }, { writeConcern: { w: 'majority' } }),
      );
      stack.kill(killed, 'SIGKILL');
      await stack.restart(killed);
      await withNotes(stack, async (notes) => {
        expect(await notes.countDocuments()).toBe(index + 2);
        await expect(notes.insertOne({ name: 'first' })).rejects.toMatchObject({ code: 11000 });
      });
    }
  } finally {
    await stack.stop();
  }
});
