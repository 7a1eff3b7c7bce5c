import type { Config } from '../config/config.ts';
import { clockOf } from '../config/clock.ts';
import type { Logger } from '../config/logging.ts';
import { dataConverter } from '../store/codec.ts';
import { openKeyrings } from '../store/keyring.ts';
import { taskQueue } from '../workflows/ids.ts';
import { bundleWorkflows } from './bundle.ts';
import { engineOf, running, untilThere, type RunningWorker } from './running.ts';
import { openWorkerTracing } from './tracing.ts';
import { createWorker } from './worker.ts';

/**
 * Starts the half of a worker that decides: it takes the tasks of workflows, which need neither store nor mail, and nothing
 * else, so that whoever signs never waits behind a mail that is being written. It takes the first when `workDone` says that
 * somebody is there who carries out what is decided.
 */
export async function startDeciding(
  config: Config,
  logger: Logger,
  workDone: Promise<unknown>,
): Promise<RunningWorker> {
  const keys = openKeyrings(config.keysDir, clockOf(config));
  const tracing = await openWorkerTracing(config.otlpEndpoint);
  const [bundle, connection] = await Promise.all([
    bundleWorkflows({ traced: tracing !== undefined }),
    untilThere(logger, 'the engine', () => engineOf(config)),
    workDone,
  ]);
  const worker = await createWorker({
    connection,
    namespace: config.temporalNamespace,
    dataConverter: dataConverter(keys.payloads),
    taskQueue,
    bundle,
    ...(tracing === undefined ? {} : { tracing }),
    shutdownGraceMs: config.shutdownGraceMs,
  });
  return running(worker, async () => {
    await tracing?.stop();
    await connection.close();
  });
}
