import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { expect, test } from 'vitest';
import { listByLittle } from '../../ops/stack/engine-listing.ts';
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

const phaseKey = defineSearchAttributeKey('JobPhase', SearchAttributeType.KEYWORD);

/** The indexes somebody made, by name. */
function indexesOf(file: string): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const made = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
    return database
      .prepare(made)
      .all()
      .map(({ name }) => String(name));
  } finally {
    database.close();
  }
}

test('runs are found by their own id, our attribute, kind and state, although the engine keeps few indexes of them', async () => {
  const folder = freshFolder();
  const file = join(folder, 'engine', 'temporal.db');
  const stack = await startStack({
    dataDir: folder,
    parts: ['engine'],
    ports: anyPorts,
    environment: nothingGiven,
    durable: false,
    searchAttributes: { JobPhase: 'Keyword' },
  });
  try {
    expect(indexesOf(file).filter((name) => name.startsWith('by_'))).toEqual([
      'by_keyword_01',
      'by_keyword_02',
      'by_workflow_id',
    ]);
    await withClient(stack, async (client) => {
      for (const [workflowId, phase] of [
        ['one', 'draft'],
        ['other', 'proposal'],
      ] as const)
        await client.workflow.start('nobody-runs-it', {
          workflowId,
          taskQueue: 'none',
          typedSearchAttributes: [{ key: phaseKey, value: phase }],
        });
      const found = async (query: string): Promise<string[]> => {
        const ids: string[] = [];
        for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId);
        return ids.sort();
      };
      const running = (): Promise<string[]> => found("ExecutionStatus = 'Running'");
      await expect.poll(running, { timeout: 60_000 }).toEqual(['one', 'other']);
      expect(await found("WorkflowId = 'other'")).toEqual(['other']);
      expect(await found("JobPhase = 'draft'")).toEqual(['one']);
      expect(await found("WorkflowType = 'nobody-runs-it'")).toEqual(['one', 'other']);
      await client.workflow.getHandle('one').terminate();
      await expect.poll(running, { timeout: 60_000 }).toEqual(['other']);
    });
    const before = indexesOf(file);
    await stack.restart('engine');
    expect(indexesOf(file)).toEqual(before);
  } finally {
    await stack.stop();
  }
});

test('a database that is laid out otherwise is left as it is', () => {
  const file = join(freshFolder(), 'other.db');
  const other = new DatabaseSync(file);
  other.exec('CREATE TABLE runs (id TEXT); CREATE INDEX by_id ON runs (id);');
  other.close();
  listByLittle(file);
  expect(indexesOf(file)).toEqual(['by_id']);
});
