import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { documentBuild, documentProcesses } from './documents.ts';
import { engineBinary } from './engine-binary.ts';
import { engineProcess } from './engine.ts';
import { readStackEnvironment } from './environment.ts';
import type { StackEnvironment, StackPorts } from './environment.ts';
import { StackFailure, wordsOf } from './failure.ts';
import { takeFolder } from './leftovers.ts';
import { startInbox } from './mail/inbox.ts';
import type { Inbox } from './mail/inbox.ts';
import type { House, ManagedProcess, ProcessEnd, StackProcess } from './managed.ts';
import { answersAt } from './mongo-ready.ts';
import { ensureNamespace } from './namespace.ts';
import type { NamespaceWishes, SearchAttributeKind } from './namespace.ts';
import { claimPort } from './ports.ts';
import { Progress, silent } from './progress.ts';
import type { ProgressSink } from './progress.ts';
import { Watchdog } from './watchdog.ts';

export type { StackPorts } from './environment.ts';
export type { Inbox } from './mail/inbox.ts';
export type { ProcessEnd, StackProcess } from './managed.ts';
export type { SearchAttributeKind } from './namespace.ts';

/** The parts a stack can have. */
export type StackPart = 'engine' | 'documents' | 'mail';

/** What a stack is to be. Everything but the data folder has a default. */
export interface StackOptions {
  readonly dataDir: string;
  /** All of them by default. */
  readonly parts?: readonly StackPart[];
  /** 0 takes any free port; what is not named comes from the environment, else from the usual numbers. */
  readonly ports?: Partial<StackPorts>;
  /** Whether a power failure may lose nothing (default). Tests say false; a killed process loses nothing either way. */
  readonly durable?: boolean;
  readonly searchAttributes?: Readonly<Record<string, SearchAttributeKind>>;
  readonly namespace?: string;
  /** How long the engine keeps closed workflows; 720 hours unless told otherwise. */
  readonly retentionHours?: number;
  readonly onProgress?: ProgressSink;
  /** Instead of the process's own environment, for tests. */
  readonly environment?: StackEnvironment;
}

/** A program that runs; `ready` once it has answered since its last start. */
export interface RunningProcess {
  readonly name: StackProcess;
  readonly pid: number;
  readonly ready: boolean;
}

/** A running stack. */
export interface Stack {
  readonly engineAddress: string;
  readonly namespace: string;
  /** Absent when the engine is given from outside. */
  readonly uiUrl: string | undefined;
  readonly mongoUri: string;
  readonly smtpUrl: string;
  /** Absent when mail goes to a server given from outside. */
  readonly inboxUrl: string | undefined;
  /** The inbox itself, for faults and for reading in the same process. */
  readonly inbox: Inbox | undefined;
  readonly processes: readonly RunningProcess[];
  /** Stops everything in reverse order; loses nothing. */
  stop(): Promise<void>;
  /** Sends a signal to a program, or to all programs of a part. */
  kill(what: StackPart | StackProcess, signal: NodeJS.Signals): void;
  /** Stops what still runs of it, and what depends on it, and starts it again at the same address, with the same data. */
  restart(what: StackPart | StackProcess): Promise<void>;
  /** Is called when a program ends that nobody asked to stop through `stop` or `restart`. Returns how to cancel. */
  onExit(callback: (end: ProcessEnd) => void): () => void;
}

const DEFAULT_RETENTION_HOURS = 720;
const DEFAULT_NAMESPACE = 'jobbag';

interface Started {
  readonly part: StackPart;
  readonly processes: readonly ManagedProcess[];
}

/** Brings up the parts that are wanted, each from the first source that applies, on one data folder. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const environment = options.environment ?? readStackEnvironment();
  const parts = new Set(options.parts ?? ['engine', 'documents', 'mail']);
  const ports = { ...environment.ports, ...options.ports };
  const durable = options.durable ?? true;
  const progress = new Progress(options.onProgress ?? silent);
  const dataDir = resolve(options.dataDir);
  const wishes: NamespaceWishes = {
    namespace: options.namespace ?? environment.namespace ?? DEFAULT_NAMESPACE,
    searchAttributes: options.searchAttributes ?? {},
    retentionHours: options.retentionHours ?? DEFAULT_RETENTION_HOURS,
  };
  const ownEngine = parts.has('engine') && environment.engineAddress === undefined;
  const ownDocuments = parts.has('documents') && environment.mongoUri === undefined;
  const ownMail = parts.has('mail') && environment.smtpUrl === undefined;

  await mkdir(dataDir, { recursive: true });
  const giveBack = await takeFolder(join(dataDir, 'run'), dataDir);
  const watchers = new Set<(end: ProcessEnd) => void>();
  const house: House = {
    runDir: join(dataDir, 'run'),
    logDir: join(dataDir, 'logs'),
    watchdog: new Watchdog(),
    ended: (end) => watchers.forEach((watcher) => watcher(end)),
  };
  const started: Started[] = [];
  let inbox: Inbox | undefined;
  let addresses = {
    engine: environment.engineAddress ?? '',
    ui: undefined as string | undefined,
    mongo: environment.mongoUri ?? '',
  };

  const stop = async (): Promise<void> => {
    await inbox?.stop();
    await Promise.all([...started].reverse().map(({ processes }) => stopInReverse(processes)));
    house.watchdog.close();
    await giveBack();
  };

  const engine = async (): Promise<void> => {
    if (!ownEngine) return;
    const binary = await engineBinary(environment.cacheDir, progress);
    const [port, uiPort] = [await claimPort('engine', ports.engine), await claimPort('ui', ports.ui)];
    const process = engineProcess({ binary, folder: join(dataDir, 'engine'), port, uiPort, durable, wishes }, house);
    started.push({ part: 'engine', processes: [process] });
    await progress.during('engine', 'starting the engine', () => process.start());
    addresses = { ...addresses, engine: `127.0.0.1:${port}`, ui: `http://127.0.0.1:${uiPort}` };
  };
  const documents = async (): Promise<void> => {
    if (!ownDocuments) return;
    const folder = join(dataDir, 'documents');
    const build = await documentBuild(environment.cacheDir, progress, folder);
    const { processes, uri } = await documentProcesses({ build, folder, ports, durable }, house);
    started.push({ part: 'documents', processes });
    await progress.during('documents', 'starting the document store', () => startInOrder(processes));
    addresses = { ...addresses, mongo: uri };
  };
  const mail = async (): Promise<void> => {
    if (!ownMail) return;
    const [smtpPort, inboxPort] = [await claimPort('smtp', ports.smtp), await claimPort('inbox', ports.inbox)];
    inbox = await startInbox({ folder: join(dataDir, 'mail'), smtpPort, inboxPort });
  };

  const results = await Promise.allSettled([
    engine(),
    documents(),
    mail(),
    parts.has('engine') && !ownEngine && environment.engineSecured !== true
      ? checkEngine(addresses.engine, wishes)
      : undefined,
    parts.has('documents') && !ownDocuments ? checkDocuments(addresses.mongo) : undefined,
  ]);
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  if (failures.length > 0) {
    await stop();
    const words = failures.map((failure) => (failure instanceof Error ? failure.message : String(failure)));
    throw new StackFailure(words.join('\n'), { cause: failures[0] });
  }

  const restart = async (what: StackPart | StackProcess): Promise<void> => {
    if (what === 'mail') await inbox?.restart();
    const chosen = withDependents(started, what);
    await stopInReverse(chosen);
    await startInOrder(chosen);
  };
  // One after another: two that end together ask for each other's restart in the same moment.
  let restarts: Promise<void> = Promise.resolve();
  const select = (what: StackPart | StackProcess): readonly ManagedProcess[] =>
    started.flatMap(({ part, processes }) => processes.filter((one) => part === what || one.name === what));
  return {
    engineAddress: addresses.engine,
    namespace: wishes.namespace,
    uiUrl: addresses.ui,
    mongoUri: addresses.mongo,
    smtpUrl: environment.smtpUrl ?? inbox?.smtpUrl ?? '',
    inboxUrl: inbox?.url,
    inbox,
    get processes() {
      const running = started.flatMap(({ processes }) => processes.filter((one) => one.pid !== undefined));
      return running.map((one) => ({ name: one.name, pid: one.pid ?? 0, ready: one.ready }));
    },
    stop: once(stop),
    kill: (what, signal) => {
      if (what === 'mail') void inbox?.stop(); // it lives in this process; breaking its connections is the nearest thing
      select(what).forEach((one) => one.kill(signal));
    },
    restart: (what) => {
      const restarted = restarts.then(() => restart(what));
      restarts = restarted.catch(() => undefined);
      return restarted;
    },
    onExit: (callback) => {
      watchers.add(callback);
      return () => watchers.delete(callback);
    },
  };
}

/** What comes later in a part holds connections to what comes before; they would fail one by one after its restart. */
function withDependents(started: readonly Started[], what: StackPart | StackProcess): readonly ManagedProcess[] {
  return started.flatMap(({ part, processes }) => {
    const from = part === what ? 0 : processes.findIndex((one) => one.name === what);
    return from < 0 ? [] : processes.slice(from);
  });
}

/** Ctrl-C twice, or a handler beside a `finally`, must not stop things twice. */
function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}

async function startInOrder(processes: readonly ManagedProcess[]): Promise<void> {
  for (const one of processes) await one.start();
}

async function stopInReverse(processes: readonly ManagedProcess[]): Promise<void> {
  for (const one of [...processes].reverse()) await one.stop();
}

async function checkEngine(address: string, wishes: NamespaceWishes): Promise<void> {
  try {
    await ensureNamespace(address, wishes);
  } catch (error) {
    throw new StackFailure(
      `The engine at ${address}, named by TEMPORAL_ADDRESS, cannot be used (${wordsOf(error)}). Correct or remove that setting.`,
    );
  }
}

async function checkDocuments(uri: string): Promise<void> {
  if (await answersAt(uri, 3000)) return;
  const host = /@?([^@/]+)(\/|$)/.exec(uri.replace(/^[a-z+]+:\/\//, ''))?.[1] ?? 'the given address';
  throw new StackFailure(
    `The document store at ${host}, named by MONGODB_URI, does not answer. Correct or remove that setting.`,
  );
}
