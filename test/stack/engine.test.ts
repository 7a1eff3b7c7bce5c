import { Client, Connection } from '@temporalio/client';
import { expect, test } from 'vitest';
import { startStack } from '../../ops/stack/stack.ts';
import type { Stack } from '../../ops/stack/stack.ts';
import { anyPorts, freshFolder, nothingGiven } from './folder.ts';

const dataDir = freshFolder();
const start = (): Promise<Stack> =>
  startStack({
    dataDir,
    parts: ['engine'],
    ports: anyPorts,
    environment: nothingGiven,
    durable: false,
    searchAttributes: { JobPhase: 'Keyword', DueAt: 'Datetime' },
  });

async function withClient<T>(stack: Stack, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: stack.engineAddress });
  try {
    return await work(new Client({ connection, namespace: stack.namespace }));
  } finally {
    await connection.close();
  }
}

test('a started workflow is still there after stop and after SIGKILL, with retention and search attributes', async () => {
  let stack = await start();
  try {
    expect((await fetch(`${stack.uiUrl}`)).status).toBe(200);
    await withClient(stack, async (client) => {
      await client.workflow.start('nobody-runs-it', { workflowId: 'kept', taskQueue: 'none', args: [{ a: 1 }] });
    });
    await stack.stop();
    expect(stack.processes).toEqual([]);

    stack = await start();
    await withClient(stack, async (client) => {
      expect((await client.workflow.getHandle('kept').describe()).status.name).toBe('RUNNING');
      const answer = await client.workflowService.describeNamespace({ namespace: 'jobbag' });
      expect(Number(answer.config?.workflowExecutionRetentionTtl?.seconds)).toBe(720 * 3600);
      const known = await client.connection.operatorService.listSearchAttributes({ namespace: 'jobbag' });
      expect(Object.keys(known.customAttributes ?? {})).toEqual(expect.arrayContaining(['JobPhase', 'DueAt']));
      await client.workflow.signalWithStart('nobody-runs-it', {
        workflowId: 'signalled',
        taskQueue: 'none',
        signal: 'hello',
      });
    });

    const ends: string[] = [];
    stack.onExit((end) => ends.push(`${end.name} ${end.signal}`));
    stack.kill('engine', 'SIGKILL');
    await stack.restart('engine');
    expect(ends).toEqual(['temporal SIGKILL']);
    await withClient(stack, async (client) => {
      for (const id of ['kept', 'signalled']) {
        expect((await client.workflow.getHandle(id).describe()).status.name).toBe('RUNNING');
      }
      const { events } = await client.workflow.getHandle('signalled').fetchHistory();
      expect(events?.some((event) => event.workflowExecutionSignaledEventAttributes?.signalName === 'hello')).toBe(
        true,
      );
    });
  } finally {
    await stack.stop();
  }
});
