import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import type { Connection } from 'mongoose';
import { clockOf, type Clock } from '../config/clock.ts';
import { steadyTime, wrongClock } from '../config/steady-time.ts';
import { ConfigError, readConfig, type Config } from '../config/config.ts';
import { createLogger, safeError, type Logger } from '../config/logging.ts';
import { openBlobs } from '../store/open-blobs.ts';
import { dataConverter } from '../store/codec.ts';
import { closeStore, connectStore, ensureIndexes, storeTime } from '../store/connect.ts';
import { openKeyrings } from '../store/keyring.ts';
import { startTelling } from './admin/refresh.ts';
import { createApp } from './app.ts';
import type { ApiDeps } from './deps.ts';
import { sendCommand } from './door/door.ts';
import { postLetter } from './door/letters.ts';
import { linksFor } from './door/links.ts';
import { reachFor } from './door/reach.ts';
import { withNetwork } from './door/network.ts';
import { routesAsked } from '../domain/job/rounds.ts';
import { ladderSet } from '../store/ladders.ts';
import { drawnRoutes } from '../store/routes.ts';
import { connectEngine } from './door/engine.ts';
import { askPossible, askState } from './door/queries.ts';
import { listenForBounces, type BounceListener } from './bounces/listen.ts';
import { doorRecords } from './door/records.ts';
import { createLimiter } from './gate/limits.ts';
import { createMetrics, metricsServer } from './metrics.ts';
import { codeMail } from './session/code-mail.ts';
import { openTracing } from './tracing.ts';

/** A running API. */
export interface RunningApi {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Where the collector reads, when it was asked for. */
  readonly metricsUrl?: string;
  /** Where bounces come in; absent when no listener is configured. */
  readonly bouncePort?: number;
  readonly deps: ApiDeps;
  /** Takes no new request, finishes those under way within the grace time, then closes engine and store. */
  stop(): Promise<void>;
}

/** What a caller may give that otherwise comes from the configuration. */
export interface ApiOptions {
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly taskQueue?: string;
  /** Memory, event loop and the like among the metrics; only one app a process can have them. */
  readonly processNumbers?: boolean;
  /** Aborts waiting for a store that is not there yet. */
  readonly signal?: AbortSignal;
}

/** Builds everything the API needs out of its configuration. Waits for the store; the engine may come later. */
export async function openApi(config: Config, options: ApiOptions = {}): Promise<ApiDeps> {
  const logger = options.logger ?? createLogger({ name: 'api', level: config.logLevel });
  const time = steadyTime({ onWrong: (aheadMs) => logger.warn({ aheadMs }, wrongClock) });
  const clock = options.clock ?? clockOf(config, time.now);
  const keys = openKeyrings(config.keysDir, clock);
  const store = await waitForStore(config, logger, options.signal);
  if (options.clock === undefined) await time.follow(() => storeTime(store));
  store.once('close', time.stop);
  await ensureIndexes(store);
  const blobs = await openBlobs(config);
  const tracing = await openTracing(config.otlpEndpoint);
  const engine = connectEngine(config, {
    dataConverter: dataConverter(keys.payloads),
    interceptors: tracing?.interceptors ?? [],
  });
  const metrics = createMetrics({ processNumbers: options.processNumbers ?? false });
  const deadlineMs = config.doorDeadlineMs;
  const doorDeps = {
    engine,
    clock,
    logger,
    deadlineMs,
    records: doorRecords(store),
    observe: metrics.door,
    ...(options.taskQueue === undefined ? {} : { taskQueue: options.taskQueue }),
  };
  return {
    config,
    clock,
    logger,
    keys,
    store,
    blobs,
    engine,
    metrics,
    door: {
      send: async (processId, wish) => {
        const id = wish.id ?? randomUUID();
        const [drawn, ladders, actor, linked, reach] = await Promise.all([
          drawnRoutes(store, routesAsked(wish.act)).catch(() => undefined),
          wish.act.type === 'request' ? ladderSet(store).catch(() => undefined) : {},
          withNetwork({ store, clock, logger }, id, wish),
          linksFor({ store, logger }, processId, wish),
          reachFor({ store, clock, config }, processId, wish).catch(() => undefined),
        ]);
        // Which route a paper takes, which ladders a job, and whether it is the hour to press for a step, is part of the
        // wish: where the store cannot tell, nothing is sent.
        if (drawn === undefined || ladders === undefined || reach === undefined) {
          return { kind: 'unavailable', commandId: id, receivedAt: clock(), retryAfterSeconds: 5 };
        }
        return sendCommand(doorDeps, processId, { ...wish, ...linked, ...reach, id, actor, routes: drawn, ladders });
      },
      post: (letter) => postLetter(doorDeps, letter),
      state: (processId) => askState(doorDeps, processId),
      possible: (processId) => askPossible(doorDeps, processId),
    },
    limiter: createLimiter({ store, logger }),
    codeMail: codeMail(config, logger),
    ...(tracing === undefined ? {} : { tracing }),
  };
}

/** The slowest line on which the largest upload must still arrive: 2 Mbit/s; bytes a millisecond. */
const slowestLine = 250;

/**
 * How long a request may take to arrive whole, milliseconds: as long as the largest upload takes on a slow line. Other
 * requests are answered after `requestTimeoutMs` (`app.ts`), whether they have arrived or not.
 */
export function arrivalLimitMs(config: Pick<Config, 'requestTimeoutMs' | 'uploadMaxBytes'>): number {
  return Math.max(config.requestTimeoutMs, Math.ceil(config.uploadMaxBytes / slowestLine));
}

/** Listens and answers with where. Port 0 is any free one. Rejects when the port is taken. */
export async function startApi(config: Config, options: ApiOptions = {}): Promise<RunningApi> {
  const deps = await openApi(config, options);
  const server = createServer({
    requestTimeout: arrivalLimitMs(config),
    headersTimeout: 10_000,
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16_384,
  });
  server.on('request', createApp(deps));
  const collector = config.metricsPort === undefined ? undefined : metricsServer(deps.metrics);
  let bounces: BounceListener | undefined;
  try {
    await listen(server, config.httpHost, config.httpPort);
    if (collector !== undefined) await listen(collector, config.metricsHost, config.metricsPort ?? 0);
    if (config.bounces?.smtpPort !== undefined)
      bounces = await listenForBounces(deps, config.bounces.smtpHost, config.bounces.smtpPort);
  } catch (error) {
    await Promise.allSettled([deps.engine.close(), closeStore(deps.store)]);
    throw error;
  }
  const telling = startTelling(deps);
  const url = urlOf(server, config.httpHost);
  deps.logger.info({ listening: url }, 'ready');
  return {
    url,
    ...(collector === undefined ? {} : { metricsUrl: urlOf(collector, config.metricsHost) }),
    ...(bounces === undefined ? {} : { bouncePort: bounces.port }),
    deps,
    async stop() {
      await closeServer(server, config.shutdownGraceMs);
      if (collector !== undefined) await closeServer(collector, 0);
      await bounces?.stop();
      await telling.stop();
      await deps.codeMail.settled();
      await deps.engine.close();
      await deps.tracing?.stop();
      await closeStore(deps.store);
    },
  };
}

/** Said when the connection to the store was made anew because it alone was lost. */
const revived = 'the document store answered others and not this process; connected anew';

async function waitForStore(config: Config, logger: Logger, signal: AbortSignal | undefined): Promise<Connection> {
  for (;;) {
    try {
      return await connectStore({
        uri: config.mongodbUri,
        onRevived: (lostForMs) => logger.warn({ lostForMs }, revived),
      });
    } catch (error) {
      if (signal?.aborted === true) throw error;
      logger.warn({ err: safeError(error) }, 'waiting for the document store');
      await pause(1_000, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((wake) => {
    const timer = setTimeout(wake, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), wake()), { once: true });
  });
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Finishes what is under way; what is not done within the grace time is cut. */
function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Runs the API until it is told to stop. */
export async function main(): Promise<void> {
  const config = readConfig();
  const logger = createLogger({ name: 'api', level: config.logLevel });
  const stopping = new AbortController();
  const asked = new Promise<string>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => (stopping.abort(), resolve(name)));
  });
  const api = await startApi(config, { logger, processNumbers: true, signal: stopping.signal });
  const why = await asked;
  logger.info({ signal: why }, 'stopping');
  await api.stop();
  logger.info('stopped');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof ConfigError ? error.message : JSON.stringify(safeError(error))}\n`);
    process.exitCode = 1;
  });
}
