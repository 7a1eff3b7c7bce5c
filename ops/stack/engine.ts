import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { listByLittle } from './engine-listing.ts';
import { ManagedProcess } from './managed.ts';
import type { House } from './managed.ts';
import { ensureNamespace } from './namespace.ts';
import type { NamespaceWishes } from './namespace.ts';

/** What the engine needs to start. */
export interface EnginePlan {
  readonly binary: string;
  readonly folder: string;
  readonly port: number;
  readonly uiPort: number;
  readonly durable: boolean;
  readonly wishes: NamespaceWishes;
}

/**
 * As it comes, the server looks for due work 20 times a second at most; one decision then waits 100 ms for the next stage.
 * And it hears 10 people at once on one process; whoever comes eleventh would be told "received" and get a mail later
 * instead of hearing at once that somebody was faster.
 */
const TUNING = {
  'history.transferProcessorMaxPollRPS': '2000',
  'history.timerProcessorMaxPollRPS': '2000',
  'system.enableActivityEagerExecution': 'true',
  'history.maxInFlightUpdates': '200',
} as const;

/** The engine as a process of the stack. Its database file keeps everything, also when it is killed. */
export function engineProcess(plan: EnginePlan, house: House): ManagedProcess {
  const address = `127.0.0.1:${plan.port}`;
  return new ManagedProcess(
    {
      name: 'temporal',
      line: { command: plan.binary, args: engineArguments(plan) },
      // It would otherwise report to its makers and look for newer versions of itself. And it may hold more before it collects
      // its garbage: by itself it does so every four seconds in a busy hour, with both cores of a small machine.
      env: { TEMPORAL_CLI_DISABLE_UPDATE_CHECK: '1', DO_NOT_TRACK: '1', GOGC: '400' },
      stopSignal: 'SIGTERM',
      before: async () => {
        await mkdir(plan.folder, { recursive: true, mode: 0o700 });
      },
      ready: async () => {
        await ensureNamespace(address, plan.wishes);
        listByLittle(databaseOf(plan));
        return true;
      },
      readyWithinMs: 60_000,
    },
    house,
  );
}

const databaseOf = ({ folder }: EnginePlan): string => join(folder, 'temporal.db');

function engineArguments(plan: EnginePlan): string[] {
  return [
    'server',
    'start-dev',
    ...['--ip', '127.0.0.1', '--port', String(plan.port), '--ui-ip', '127.0.0.1', '--ui-port', String(plan.uiPort)],
    ...['--db-filename', databaseOf(plan)],
    ...['--sqlite-pragma', 'journal_mode=WAL'],
    // NORMAL loses the last commits when the power fails (not when a process is killed): good enough for tests only.
    ...['--sqlite-pragma', `synchronous=${plan.durable ? 'FULL' : 'NORMAL'}`],
    ...['--namespace', plan.wishes.namespace],
    ...Object.entries(TUNING).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
    ...Object.entries(plan.wishes.searchAttributes).flatMap(([name, type]) => [
      '--search-attribute',
      `${name}=${type}`,
    ]),
    ...['--log-level', 'error'],
  ];
}
