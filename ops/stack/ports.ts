import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { portSettings } from './environment.ts';
import { StackFailure } from './failure.ts';

const LOOPBACK = '127.0.0.1';
const handedOut = new Set<number>();

/** The port that was asked for, if it is free, or any free one for 0. Fails with a sentence that names the setting. */
export async function claimPort(part: keyof typeof portSettings, wanted: number): Promise<number> {
  if (wanted === 0) return anyFreePort();
  if ((await tryPort(wanted)) !== undefined) return wanted;
  const owner = ownerOf(wanted);
  throw new StackFailure(
    `Port ${wanted}, meant for ${part}, is taken${owner === undefined ? '' : ` by ${owner}`}. ` +
      `Stop that program, or set ${portSettings[part]} to another port (0 takes any free one).`,
  );
}

/**
 * Below what systems take for outgoing connections (from 32768 or 49152 on): any of those could sit on a number between
 * our look and the server's start, or while a killed server is away.
 */
const anyFrom = 20_000;
const anyTo = 32_000;

async function anyFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(anyFrom, anyTo);
    // Two parts asking in the same moment can be offered the same number, because each try closes it again.
    if (handedOut.has(port) || (await tryPort(port)) === undefined) continue;
    handedOut.add(port);
    return port;
  }
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}

/** The program that listens on a port, as "name (process 123)", when the system lets us see it. */
export function ownerOf(port: number): string | undefined {
  try {
    return process.platform === 'linux' ? ownerFromProc(port) : ownerFromLsof(port);
  } catch {
    return undefined;
  }
}

function ownerFromProc(port: number): string | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (local?.endsWith(`:${hex}`) === true && state === '0A' && inode !== undefined) inodes.add(`socket:[${inode}]`);
    }
  }
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const holds = readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`)));
      if (holds) return `${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()} (process ${pid})`;
    } catch {
      // Ended meanwhile, or another user's: look at the next one.
    }
  }
  return undefined;
}

function ownerFromLsof(port: number): string | undefined {
  const out = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8' });
  const pid = /^p(\d+)/m.exec(out)?.[1];
  const name = /^c(.+)/m.exec(out)?.[1];
  return pid === undefined ? undefined : `${name ?? 'a program'} (process ${pid})`;
}
