import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import type { House as StackHouse } from '../stack/managed.ts';
import { readStackEnvironment } from '../stack/environment.ts';
import type { StackEnvironment } from '../stack/environment.ts';
import { ManagedProcess } from '../stack/managed.ts';
import { claimPort } from '../stack/ports.ts';
import type { RunningProcess, Stack, StackPart, StackProcess } from '../stack/stack.ts';
import { startStack } from '../stack/stack.ts';
import type { ProgressSink } from '../stack/progress.ts';
import { Watchdog } from '../stack/watchdog.ts';
import { workerMemory, workerThreads } from '../../worker/memory.ts';
import { taskQueue } from '../../workflows/ids.ts';

/** What a whole house on one machine is to be. */
export interface HouseOptions {
  readonly dataDir: string;
  /** Port of the pages and the API; 0 takes any free one. */
  readonly httpPort: number;
  /** Ports of the stack's parts; what is not named is the usual one. */
  readonly ports?: Parameters<typeof startStack>[0]['ports'];
  readonly durable?: boolean;
  /** An engine that the caller runs, instead of one of the stack's own. */
  readonly engine?: { readonly address: string; readonly namespace: string };
  /** How it is known that the worker is ready; by itself the engine is asked who takes its tasks. */
  readonly workerReady?: () => Promise<boolean>;
  /** Settings of worker and api beside the addresses, e.g. `MAIL_GATHER_SECONDS`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly onProgress?: ProgressSink;
  /** Told when a process ended that nobody stopped; it is started again. */
  readonly onRestart?: (name: StackProcess) => void;
}

/** Engine, store, inbox, worker and api, running. */
export interface House {
  readonly stack: Stack;
  /** Origin of the pages. */
  readonly baseUrl: string;
  /** The environment that worker and api were given; tools of the house run in it too. */
  readonly environment: Readonly<Record<string, string>>;
  readonly processes: readonly RunningProcess[];
  kill(what: StackPart | StackProcess, signal: NodeJS.Signals): void;
  restart(what: StackPart | StackProcess): Promise<void>;
  /** Stops worker or api in order and leaves it away until `restart`. */
  halt(what: 'worker' | 'api'): Promise<void>;
  /** Api first, then worker, then the stack; nothing is lost. */
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const isOurs = (name: string): name is 'worker' | 'api' => name === 'worker' || name === 'api';

/** Starts everything that makes a usable house, in order, and keeps it running. */
export async function startHouse(options: HouseOptions): Promise<House> {
  const { dataDir } = options;
  await mkdir(dataDir, { recursive: true });
  const stack = await startStack({
    dataDir,
    searchAttributes: { JobPhase: 'Keyword', JobNumber: 'Keyword' },
    ...(options.ports ? { ports: options.ports } : {}),
    ...(options.durable === undefined ? {} : { durable: options.durable }),
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    ...(options.engine ? { environment: withEngine(options.engine) } : {}),
  });
  let stopping = false;
  try {
    const httpPort = await claimPort('http', options.httpPort);
    const baseUrl = `http://127.0.0.1:${httpPort}`;
    const environment = {
      TEMPORAL_ADDRESS: stack.engineAddress,
      TEMPORAL_NAMESPACE: stack.namespace,
      MONGODB_URI: stack.mongoUri,
      SMTP_URL: stack.smtpUrl,
      PUBLIC_BASE_URL: baseUrl,
      HTTP_PORT: String(httpPort),
      JOBBAG_DATA_DIR: dataDir,
      JOBBAG_KEYS_DIR: join(dataDir, 'keys'),
      MAIL_FROM: 'jobbag@yunfan.example',
      AGENCY_NAME_ZH: '云帆广告',
      AGENCY_NAME_EN: 'Yunfan Advertising',
      MAIL_GATHER_SECONDS: '1',
      MAIL_PILE_MINUTES: '0',
      ...options.settings,
    };
    const house: StackHouse = {
      runDir: join(dataDir, 'run'),
      logDir: join(dataDir, 'logs'),
      watchdog: new Watchdog(),
      ended: ({ name }) => {
        if (stopping) return;
        options.onRestart?.(name);
        void revive(() => restart(name));
      },
    };
    // What depends on another part may die while it starts because that one is away too; giving up would leave the house without it.
    const revive = async (start: () => Promise<void>): Promise<void> => {
      for (let waitMs = 250; !stopping; waitMs = Math.min(waitMs * 2, 5_000)) {
        try {
          return await start();
        } catch {
          await new Promise((resolve) => setTimeout(resolve, waitMs));
        }
      }
    };
    const processes: Readonly<Record<'worker' | 'api', ManagedProcess>> = {
      worker: serviceProcess(
        'worker',
        'worker/main.ts',
        environment,
        house,
        options.workerReady ?? (() => isPolled(stack, processes.worker.pid)),
      ),
      api: serviceProcess(
        'api',
        'api/server.ts',
        environment,
        house,
        async () => (await fetch(`${baseUrl}/readyz`)).ok,
      ),
    };
    const restart = async (what: StackPart | StackProcess): Promise<void> => {
      if (!isOurs(what)) return stack.restart(what);
      await processes[what].stop();
      await processes[what].start();
    };
    stack.onExit((end) => {
      if (stopping) return;
      options.onRestart?.(end.name);
      void revive(() => stack.restart(end.name));
    });
    await Promise.all([processes.worker.start(), processes.api.start()]);
    return {
      stack,
      baseUrl,
      environment,
      get processes() {
        const own = Object.values(processes).flatMap(({ name, pid, ready }) =>
          pid === undefined ? [] : [{ name, pid, ready }],
        );
        return [...stack.processes, ...own];
      },
      kill: (what, signal) => (isOurs(what) ? processes[what].kill(signal) : stack.kill(what, signal)),
      restart,
      halt: (what) => processes[what].stop(),
      async stop() {
        stopping = true;
        await processes.api.stop();
        await processes.worker.stop();
        await stack.stop();
        house.watchdog.close();
      },
    };
  } catch (error) {
    stopping = true;
    await stack.stop();
    throw error;
  }
}

/** The stack's surroundings with an engine of the caller's, which the stack then neither starts nor looks after. */
function withEngine(engine: NonNullable<HouseOptions['engine']>): StackEnvironment {
  return {
    ...readStackEnvironment(),
    engineAddress: engine.address,
    engineSecured: true,
    namespace: engine.namespace,
  };
}

function serviceProcess(
  name: 'worker' | 'api',
  file: string,
  environment: Record<string, string>,
  house: StackHouse,
  ready: () => Promise<boolean>,
): ManagedProcess {
  return new ManagedProcess(
    {
      name,
      line: {
        command: process.execPath,
        args: [
          '--disable-proto=delete',
          ...(name === 'worker' ? workerMemory : []),
          '--import',
          import.meta.resolve('tsx'),
          ...(name === 'worker' ? ['--require', join(root, workerThreads)] : []),
          join(root, file),
        ],
      },
      env: { ...environment, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json') },
      stopSignal: 'SIGTERM',
      ready,
      readyWithinMs: 90_000,
    },
    house,
  );
}

/**
 * A worker is ready when the engine sees it asking for the house's tasks. It says its process number there: one that was
 * killed is still listed minutes later.
 */
async function isPolled(stack: Stack, pid: number | undefined): Promise<boolean> {
  if (pid === undefined) return false;
  const connection = await Connection.connect({ address: stack.engineAddress });
  try {
    const found = await connection.workflowService.describeTaskQueue({
      namespace: stack.namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: 1,
    });
    return (found.pollers ?? []).some(({ identity }) => identity?.startsWith(`${pid}@`));
  } finally {
    await connection.close();
  }
}
