import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { bareQueue } from './queue.ts';

/** A process of its own for the bare engine's worker, like Jobbag's. Says `ready`; ends when its input does. */
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
const [address = '', namespace = ''] = process.argv.slice(2);
const connection = await NativeConnection.connect({ address });
const workflowBundle = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('workflow.ts', import.meta.url)),
  logger: new DefaultLogger('ERROR'),
});
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue: bareQueue,
  workflowBundle,
  activities: { nothing: async () => undefined },
  // The same numbers as the house's worker has.
  maxCachedWorkflows: 150,
  maxConcurrentActivityTaskExecutions: 100,
  maxConcurrentWorkflowTaskExecutions: 40,
});
process.stdin.resume();
process.stdin.once('end', () => worker.shutdown());
process.stdout.write('ready\n');
await worker.run();
await connection.close();
