import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DefaultLogger, makeTelemetryFilterString, Runtime, type TelemetryOptions } from '@temporalio/worker';
import { shanghaiOffice } from '../activities/calendar/holidays.ts';
import { createDailyActivities } from '../activities/daily.ts';
import { createCaseActivities } from '../activities/cases/index.ts';
import { createDigestActivities } from '../activities/digest/index.ts';
import { createFileActivities } from '../activities/files.ts';
import { createLetterActivities } from '../activities/letters/index.ts';
import { createActivities } from '../activities/index.ts';
import { createMailer } from '../activities/mail/mailer.ts';
import { clockOf, type Clock } from '../config/clock.ts';
import { ConfigError, readConfig, type Config } from '../config/config.ts';
import { createLogger, safeError, type Logger } from '../config/logging.ts';
import { steadyTime, wrongClock } from '../config/steady-time.ts';
import { openBlobs } from '../store/open-blobs.ts';
import { calendars } from '../store/calendars.ts';
import { dataConverter } from '../store/codec.ts';
import { closeStore, connectStore, ensureIndexes, storeTime } from '../store/connect.ts';
import { openKeyrings } from '../store/keyring.ts';
import { turnsIn } from '../store/turns.ts';
import { bundleWorkflows } from './bundle.ts';
import { startDeciding } from './deciding.ts';
import { digestsIn } from './digests.ts';
import { asHands, beHands, forkHands, standBack } from './hands.ts';
import { taskQueue as houseQueue } from '../workflows/ids.ts';
import { joinRehearsal } from './rehearsal.ts';
import { engineOf, running, untilThere, type RunningWorker } from './running.ts';
import { ensureDailySchedule } from './schedules.ts';
import { openWorkerTracing } from './tracing.ts';
import { createWorker, registerSearchAttributes } from './worker.ts';

export type { RunningWorker } from './running.ts';

/** What a caller may give that otherwise comes from the configuration. */
export interface WorkerChoices {
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly taskQueue?: string;
  /** Workflow code built before, so that several workers share one; traced where a collector is configured. */
  readonly bundle?: { readonly code: string };
  /** Whether it carries out only, and another process decides; by itself it does both. */
  readonly handsOnly?: boolean;
}

/** Starts a worker out of the configuration: store, keys, mail, engine, then the tasks. */
export async function startWorker(config: Config, choices: WorkerChoices = {}): Promise<RunningWorker> {
  const logger = choices.logger ?? createLogger({ name: 'worker', level: config.logLevel });
  const time = steadyTime({ onWrong: (aheadMs) => logger.warn({ aheadMs }, wrongClock) });
  const clock = choices.clock ?? clockOf(config, time.now);
  const keys = openKeyrings(config.keysDir, clock);
  const tracing = await openWorkerTracing(config.otlpEndpoint);
  const [store, bundle, blobs, connection] = await Promise.all([
    untilThere(logger, 'the document store', () =>
      connectStore({ uri: config.mongodbUri, onRevived: (lostForMs) => logger.warn({ lostForMs }, revived) }),
    ),
    choices.handsOnly === true ? undefined : (choices.bundle ?? bundleWorkflows({ traced: tracing !== undefined })),
    openBlobs(config),
    untilThere(logger, 'the engine', () => engineOf(config)),
  ]);
  if (choices.clock === undefined) await time.follow(() => storeTime(store));
  store.once('close', time.stop);
  await ensureIndexes(store);
  const rehearsal = config.clockFile === undefined ? undefined : await joinRehearsal(config, config.clockFile);
  await registerSearchAttributes(connection, config.temporalNamespace, { unlisted: rehearsal !== undefined });
  const office = { ...shanghaiOffice(), zone: config.agencyZone };
  // Pages and desks must count by the same calendar: the house's own is in the register from its first start on.
  if (!(await calendars.get(store, office.id))) {
    await calendars.save(store, office.id, 0, office, { by: 'house', at: clock(), words: 'P-21' });
  }
  const mailer = createMailer(config.smtpUrl);
  const underWay = new Set<Promise<unknown>>();
  const parts = {
    connection,
    namespace: config.temporalNamespace,
    dataConverter: dataConverter(keys.payloads),
    taskQueue: choices.taskQueue ?? houseQueue,
  };
  const digests = digestsIn({ ...parts, rungsPerSecond: config.rungsPerSecond });
  const shared = {
    connection: store,
    clock,
    mailer,
    ring: keys.links,
    publicBaseUrl: config.publicBaseUrl,
    mailFrom: config.mailFrom,
    ...(config.bounces === undefined ? {} : { bounceAddress: config.bounces.address }),
    agencyName: config.agencyName,
    gatherMs: config.mailGatherSeconds * 1000,
    pileWindowMs: config.mailPileMinutes * 60_000,
    digests,
  };
  const activities = createActivities({
    ...shared,
    underWay,
    turns: turnsIn(store, { perSecond: config.rungsPerSecond }),
    calendars: { office },
    agencyZone: config.agencyZone,
    ...createFileActivities({ connection: store, blobs }),
  });
  const daily = createDailyActivities({
    connection: store,
    clock,
    daily: keys.daily,
    agencyZone: config.agencyZone,
    headsDir: join(config.dataDir, 'heads'),
    planning: { office, digests, meetingDays: config.internalMeetingDays },
  });
  // The time-skipping server knows no schedules; in a rehearsal nobody signs the heads of the day.
  if (rehearsal === undefined) await ensureDailySchedule({ ...parts, agencyZone: config.agencyZone });
  const worker = await createWorker({
    ...parts,
    activities: {
      ...activities,
      ...createCaseActivities({ ...shared, office }),
      ...createDigestActivities({ ...shared, office }),
      ...createLetterActivities({ ...shared, office }),
      ...daily,
    },
    ...(bundle === undefined ? {} : { bundle }),
    ...(tracing === undefined ? {} : { tracing }),
    ...(rehearsal === undefined ? {} : { beforeActivity: () => rehearsal.takeTime() }),
    shutdownGraceMs: config.shutdownGraceMs,
  });
  await rehearsal?.takeTime();
  logger.info({ namespace: config.temporalNamespace }, 'ready');
  return running(worker, async () => {
    await Promise.allSettled(underWay);
    mailer.close();
    await tracing?.stop();
    await rehearsal?.close();
    await connection.close();
    await closeStore(store);
  });
}

/** Said when the connection to the store was made anew because it alone was lost. */
const revived = 'the document store answered others and not this process; connected anew';

/**
 * A worker process: two, in truth, one that decides and one that carries out (`hands.ts`). In a rehearsal it is one, because the
 * clock of the time-skipping server is held by whoever carries out.
 */
async function main(): Promise<void> {
  const config = readConfig();
  const half = process.argv[2] === asHands;
  if (half) standBack();
  const logger = createLogger({ name: half ? 'hands' : 'worker', level: config.logLevel });
  // The engine's own client speaks through our log: warnings only, as one line of JSON.
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) =>
      logger.warn({ level, error: safeError(meta?.['error']) }, message),
    ),
    shutdownSignals: [],
    telemetryOptions: {
      // By itself its inner half writes lines of its own to the output.
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
      // It counts tasks, latencies and polls; a collector reads them where the health check looks too.
      ...metricsOf(config, half),
    },
  });
  if (half) return carryOut(config, logger);
  if (config.clockFile !== undefined) return until(await startWorker(config, { logger }), ['SIGTERM', 'SIGINT']);
  const hands = forkHands(fileURLToPath(import.meta.url));
  const deciding = await startDeciding(config, logger, hands.ready);
  let stopping = false;
  void hands.ended.then(() => {
    if (stopping) return;
    logger.error('the half that carries out has ended; the worker stops');
    process.exitCode = 1;
    void deciding.stop();
  });
  await until(deciding, ['SIGTERM', 'SIGINT'], () => logger.info({ namespace: config.temporalNamespace }, 'ready'));
  stopping = true;
  await hands.stop();
}

/** The half that carries out; ends in order when the other half says so. */
async function carryOut(config: Config, logger: Logger): Promise<void> {
  const other = beHands();
  const worker = await startWorker(config, { logger, handsOnly: true });
  other.tellReady();
  await until(worker, ['SIGTERM']);
  other.leave();
}

/** Waits for the end of a worker, which these signals bring about; `heard` is called once they are heard. */
async function until(worker: RunningWorker, signals: readonly NodeJS.Signals[], heard?: () => void): Promise<void> {
  const stop = (): void => void worker.stop();
  for (const signal of signals) process.on(signal, stop);
  heard?.();
  await worker.ended;
}

/** Where figures are read: the half that carries out has the port behind the configured one. */
function metricsOf(config: Config, half: boolean): Pick<TelemetryOptions, 'metrics'> {
  if (config.metricsPort === undefined) return {};
  const port = config.metricsPort === 0 || !half ? config.metricsPort : config.metricsPort + 1;
  return { metrics: { prometheus: { bindAddress: `${config.metricsHost}:${port}` } } };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    console.error(
      error instanceof ConfigError
        ? error.message
        : JSON.stringify({ level: 'fatal', name: 'worker', error: safeError(error) }),
    );
    // Its other half may still hold it open.
    process.exit(1);
  });
}
