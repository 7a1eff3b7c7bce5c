import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { StackFailure } from './failure.ts';
import { Watchdog } from './watchdog.ts';

/** How a program is run while something is being built. */
export interface ToolRun {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

/** A compiler must not go on for minutes when the program that wanted its result was killed. */
let watchdog: Watchdog | undefined;

const KEPT_OUTPUT = 64 * 1024;

/** Runs a program to its end and returns what it printed; a failure carries the last lines, because they hold the reason. */
export function runTool(command: string, args: readonly string[], run: ToolRun = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: run.cwd,
      env: { ...process.env, ...run.env },
      // Its own group, so that it ends with all its helpers when we are gone; the watchdog tells it.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const guard = (watchdog ??= new Watchdog());
    if (child.pid !== undefined) guard.hold(child.pid, 'TERM');
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => reject(new StackFailure(`${command} could not be started: ${error.message}.`)));
    child.once('exit', () => child.pid !== undefined && guard.release(child.pid));
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const lines = output.trim().split('\n').slice(-12).join('\n');
      reject(new StackFailure(`${command} ended with ${signal ?? `code ${code}`}:\n${lines}`));
    });
    child.stdin.on('error', () => undefined); // it may end before it has read everything; its exit code tells
    child.stdin.end(run.input ?? '');
  });
}

/** The full path of a program that the PATH leads to, or undefined. */
export function onPath(name: string, path: string = process.env['PATH'] ?? ''): string | undefined {
  for (const folder of path.split(delimiter).filter((one) => one !== '')) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** Whether this program may do what only the machine's administrator may. */
export const isRoot = (): boolean => process.getuid?.() === 0;

// One installation at a time: apt holds a lock and would refuse the second.
let installing: Promise<unknown> = Promise.resolve();

/** Makes sure a program is there: as it is, or installed from Debian when we may; otherwise says what to do. */
export async function ensureInstalled(program: string, debianPackage: string, nextStep: string): Promise<string> {
  const install = async (): Promise<string> => {
    const found = onPath(program);
    if (found !== undefined) return found;
    const apt = onPath('apt-get');
    if (apt === undefined || !isRoot()) throw new StackFailure(`${program} is missing. ${nextStep}`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    try {
      await runTool(apt, ['update', '-q'], { env });
    } catch {
      // A list of some unrelated source may fail to load; the installation itself shows whether that matters.
    }
    await runTool(apt, ['install', '-q', '-y', '--no-install-recommends', debianPackage], { env });
    const installed = onPath(program);
    if (installed === undefined)
      throw new StackFailure(`${program} is missing although ${debianPackage} is installed. ${nextStep}`);
    return installed;
  };
  const turn = installing.then(install, install);
  installing = turn.catch(() => undefined);
  return turn;
}
