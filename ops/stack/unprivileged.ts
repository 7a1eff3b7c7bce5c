import { readFileSync } from 'node:fs';
import { isRoot } from './tool.ts';

/** The user that runs PostgreSQL when we are root: it refuses to run as root itself. Every Unix has this one. */
const NOBODY = 65_534;

/** A command line: program and arguments. */
export interface CommandLine {
  readonly command: string;
  readonly args: readonly string[];
}

/** The owner that files of an unprivileged program must have, or undefined when everything belongs to us anyway. */
export const unprivilegedOwner = (): number | undefined => (isRoot() ? NOBODY : undefined);

/**
 * The same command line, run as a user without rights when we are root.
 *
 * The cache and the data usually lie below a home folder that only root may enter, so the program keeps a single
 * right: to read and pass through folders. It cannot write anything that is not its own.
 */
export function unprivileged(line: CommandLine): CommandLine {
  if (!isRoot()) return line;
  const right = passThroughRight();
  const rights = right === undefined ? '-all' : `-all,+${right}`;
  return {
    command: 'setpriv',
    args: [
      `--reuid=${NOBODY}`,
      `--regid=${NOBODY}`,
      '--clear-groups',
      // Without this the kernel's "may I run this file?" answers as if the kept right were not there.
      '--securebits=+no_setuid_fixup',
      `--inh-caps=${rights}`,
      `--ambient-caps=${rights}`,
      '--no-new-privs',
      line.command,
      ...line.args,
    ],
  };
}

/** Containers often take the narrow right away and leave the wider one; with neither, open folders are needed. */
function passThroughRight(): string | undefined {
  const status = readFileSync('/proc/self/status', 'utf8');
  const allowed = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  if ((allowed & (1n << 2n)) !== 0n) return 'dac_read_search';
  if ((allowed & (1n << 1n)) !== 0n) return 'dac_override';
  return undefined;
}
