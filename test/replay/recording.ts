import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { startStack } from '../../ops/stack/stack.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { historiesFolder, toPlain, type Recorded } from './histories.ts';

/** What a recording is made with: a real engine of its own and today's workflows. */
export interface Recording {
  readonly client: Client;
  readonly native: NativeConnection;
  readonly bundle: { readonly code: string };
}

/** What a behaviour left behind: the process it is named after, and its runs. */
export interface Left {
  readonly workflowId: string;
  readonly runs: Recorded['runs'];
}

/** Histories of all runs of a process, oldest first. */
export async function historiesOf(client: Client, workflowId: string): Promise<Recorded['runs']> {
  const runs: { startedAt: number; history: Record<string, unknown> }[] = [];
  for (let tries = 0; tries < 100; tries += 1) {
    runs.length = 0;
    const ids: string[] = [];
    for await (const { runId, startTime } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
      ids.push(runId);
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      runs.push({ startedAt: startTime.getTime(), history: toPlain(history) });
    }
    const { runId } = await client.workflow.getHandle(workflowId).describe();
    // The engine's list lags behind; wait until it knows the newest run.
    if (ids.includes(runId)) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  // A run that no worker has looked at yet holds nothing to replay; the replayer would wait for it without end.
  return runs
    .sort((a, b) => a.startedAt - b.startedAt)
    .map(({ history }) => history)
    .filter((history) => JSON.stringify(history).includes('WORKFLOW_TASK_COMPLETED'));
}

/** Records each behaviour as a file of its own. `wanted`: their names, all where it is empty. */
export async function record(
  release: string | undefined,
  wanted: readonly string[],
  behaviours: Readonly<Record<string, (recording: Recording) => Promise<Left>>>,
): Promise<void> {
  if (!release || !/^\d+\.\d+\.\d+$/.test(release)) {
    console.error('usage: tsx test/replay/record….ts RELEASE [BEHAVIOUR…]');
    process.exitCode = 2;
    return;
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'jobbag-record-'));
  const stack = await startStack({
    dataDir,
    durable: false,
    parts: ['engine'],
    ports: { engine: 0, ui: 0 },
    searchAttributes: { JobPhase: 'Keyword', JobNumber: 'Keyword' },
  });
  try {
    const connection = await Connection.connect({ address: stack.engineAddress });
    const native = await NativeConnection.connect({ address: stack.engineAddress });
    const client = new Client({ connection, namespace: stack.namespace });
    const bundle = await bundleWorkflows();
    for (const [behaviour, play] of Object.entries(behaviours)) {
      if (wanted.length > 0 && !wanted.includes(behaviour)) continue;
      const { workflowId, runs } = await play({ client, native, bundle });
      const recorded: Recorded = { behaviour, release, converter: 'plain', workflowId, runs };
      await writeFile(join(historiesFolder, `${behaviour}-${release}.json`), `${JSON.stringify(recorded)}\n`);
      console.log(`${behaviour}: ${runs.length} runs`);
    }
    await native.close();
    await connection.close();
  } finally {
    await stack.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
