import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackFailure } from './failure.ts';
import { identityOf } from './identity.ts';
import type { CommandLine } from './unprivileged.ts';
import type { Watchdog } from './watchdog.ts';

/** The programs a stack may run. */
export type StackProcess = 'temporal' | 'mongod' | 'postgres' | 'ferretdb' | 'worker' | 'api';

/** How a process ended. */
export interface ProcessEnd {
  readonly name: StackProcess;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What all processes of one stack share. */
export interface House {
  readonly runDir: string;
  readonly logDir: string;
  readonly watchdog: Watchdog;
  readonly ended: (end: ProcessEnd) => void;
}

/** One server program of the stack: how it starts, when it is ready, how it likes to be stopped. */
export interface ManagedPlan {
  readonly name: StackProcess;
  readonly line: CommandLine;
  readonly env?: NodeJS.ProcessEnv;
  /** Said on standard input, which then stays open; for what arguments must not show. */
  readonly firstLine?: string;
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** How long an orderly end may take before it is forced; 20 s unless told otherwise. */
  readonly stopWithinMs?: number;
  /** Resolves when the program answers. It is asked again until it does, or until the program ends. */
  readonly ready: () => Promise<boolean>;
  readonly readyWithinMs: number;
  /** Without it this program can never become ready: when it ends meanwhile, waiting on would only keep others from its restart. */
  readonly standsOn?: Pick<ManagedProcess, 'name' | 'pid'>;
  /** Before every start, e.g. to clear what a killed one left. */
  readonly before?: () => Promise<void>;
  /** Whether an early end with this log is worth another try. */
  readonly tryAgain?: (logTail: string) => boolean;
}

const STOP_WITHIN_MS = 20_000;
const LOG_LIMIT = 20 * 1024 * 1024;

/** A server program that can be started, stopped, killed and started again at the same address. */
export class ManagedProcess {
  readonly name: StackProcess;
  readonly #plan: ManagedPlan;
  readonly #house: House;
  #child: ChildProcess | undefined;
  #ended: Promise<ProcessEnd> | undefined;
  #quiet = true;
  #killed = false;
  #answers = false;

  constructor(plan: ManagedPlan, house: House) {
    this.name = plan.name;
    this.#plan = plan;
    this.#house = house;
  }

  /** The process number while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Whether it runs and has answered since it was started last. */
  get ready(): boolean {
    return this.#child !== undefined && this.#answers;
  }

  /** Starts the program and waits until it answers. */
  async start(): Promise<void> {
    if (this.#child !== undefined) return;
    for (let attempt = 1; ; attempt++) {
      await this.#plan.before?.();
      const offset = this.#logSize();
      this.#spawn();
      const failed = await this.#untilReady();
      if (failed === undefined) {
        this.#quiet = false;
        this.#answers = true;
        return;
      }
      const tail = this.#logSince(offset);
      await this.stop();
      if (attempt < 40 && this.#plan.tryAgain?.(tail) === true) {
        await sleep(250);
        continue;
      }
      throw new StackFailure(`${this.name} did not start: ${failed}. Its log, ${this.#logFile()}, ends with:\n${tail}`);
    }
  }

  /** Stops the program as it likes to be stopped; by force only when it does not react. */
  async stop(): Promise<void> {
    if (this.#child === undefined || this.#ended === undefined) return;
    this.#quiet ||= !this.#killed; // a kill that came first is still news, although its end is seen only now
    this.#signal(this.#plan.stopSignal);
    const late = new AbortController();
    const timer = sleep(this.#plan.stopWithinMs ?? STOP_WITHIN_MS, 'late' as const, { signal: late.signal }).catch(
      () => 'ended' as const,
    );
    if ((await Promise.race([this.#ended, timer])) === 'late') {
      this.#signal('SIGKILL');
      await this.#ended;
    }
    late.abort();
  }

  /** Sends a signal; SIGKILL goes to the whole group, because what is killed cannot take its helpers along. */
  kill(signal: NodeJS.Signals): void {
    this.#killed = this.#child !== undefined;
    this.#signal(signal);
  }

  #signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      process.kill(signal === 'SIGKILL' ? -pid : pid, signal);
    } catch {
      // It has just ended by itself.
    }
  }

  /** Resolves when the running program has ended. */
  async ended(): Promise<void> {
    await this.#ended;
  }

  #spawn(): void {
    mkdirSync(this.#house.logDir, { recursive: true });
    if (this.#logSize() > LOG_LIMIT) renameSync(this.#logFile(), `${this.#logFile()}.1`);
    const log = openSync(this.#logFile(), 'a');
    const child = spawn(this.#plan.line.command, this.#plan.line.args, {
      cwd: '/', // some of these leave core files or relative paths where they stand
      env: { ...process.env, ...this.#plan.env },
      detached: true, // its own group, so that Ctrl-C reaches only us and we stop everything in order
      stdio: [this.#plan.firstLine === undefined ? 'ignore' : 'pipe', log, log],
    });
    closeSync(log);
    this.#child = child;
    this.#killed = false;
    this.#answers = false;
    this.#quiet = true; // until it answers, an end is ours to explain, not an accident to report
    if (child.pid !== undefined) this.#register(child.pid);
    child.stdin?.on('error', () => undefined);
    child.stdin?.write(`${this.#plan.firstLine}\n`);
    this.#ended = new Promise((resolve) => {
      const settle = (code: number | null, signal: NodeJS.Signals | null): void => {
        if (child.pid !== undefined) this.#unregister(child.pid);
        if (this.#child === child) this.#child = undefined;
        const end = { name: this.name, code, signal };
        resolve(end);
        if (!this.#quiet) this.#house.ended(end);
      };
      child.once('error', () => settle(null, null));
      child.once('exit', settle);
    });
  }

  async #untilReady(): Promise<string | undefined> {
    const deadline = Date.now() + this.#plan.readyWithinMs;
    while (Date.now() < deadline) {
      if (this.#child === undefined) return 'it ended at once';
      if (await this.#plan.ready().catch(() => false)) return undefined;
      const ground = this.#plan.standsOn;
      if (ground && ground.pid === undefined) return `${ground.name}, which it stands on, has ended`;
      await sleep(25);
    }
    return `it gave no answer within ${this.#plan.readyWithinMs / 1000} s`;
  }

  #register(pid: number): void {
    this.#house.watchdog.hold(pid, this.#plan.stopSignal === 'SIGINT' ? 'INT' : 'TERM');
    mkdirSync(this.#house.runDir, { recursive: true });
    const record = { name: this.name, pid, identity: identityOf(pid) ?? '' };
    writeFileSync(this.#pidFile(), JSON.stringify(record));
  }

  #unregister(pid: number): void {
    this.#house.watchdog.release(pid);
    rmSync(this.#pidFile(), { force: true });
  }

  #pidFile = (): string => join(this.#house.runDir, `${this.name}.json`);
  #logFile = (): string => join(this.#house.logDir, `${this.name}.log`);

  #logSize(): number {
    try {
      return statSync(this.#logFile()).size;
    } catch {
      return 0;
    }
  }

  #logSince(offset: number): string {
    try {
      const text = readFileSync(this.#logFile()).subarray(offset).toString('utf8');
      return text.trim().split('\n').slice(-12).join('\n');
    } catch {
      return '(no log)';
    }
  }
}
