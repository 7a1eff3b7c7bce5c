import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { identityOf } from '../../ops/stack/identity.ts';
import { endOrphans } from '../../ops/stack/orphans.ts';

const onLinux = test.runIf(process.platform === 'linux');

/** A program that works in a folder, leads a session of its own as a database helper does, and never looks up. */
async function helperIn(folder: string): Promise<number> {
  const server = spawn('sh', ['-c', 'setsid sh -c "trap \'\' TERM INT; exec sleep 60" & echo $!; wait'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const pid = await new Promise<number>((resolve) =>
    server.stdout.once('data', (text: Buffer) => resolve(Number(text.toString().trim()))),
  );
  await sleep(200);
  expect(server.pid).toBeDefined();
  process.kill(-(server.pid ?? 0), 'SIGKILL');
  await new Promise((resolve) => server.once('exit', resolve));
  return pid;
}

onLinux('a helper that outlives its killed server is ended, one of another folder is not', async () => {
  const [mine, other] = [await mkdtemp(join(tmpdir(), 'orphans-')), await mkdtemp(join(tmpdir(), 'orphans-'))];
  const [orphan, stranger] = [await helperIn(mine), await helperIn(other)];
  try {
    expect(identityOf(orphan)).toBeDefined();
    await endOrphans(mine);
    for (let tries = 0; identityOf(orphan) !== undefined && tries < 40; tries += 1) await sleep(50);
    expect(identityOf(orphan)).toBeUndefined();
    expect(identityOf(stranger)).toBeDefined();
  } finally {
    await endOrphans(other);
    await Promise.all([mine, other].map((folder) => rm(folder, { recursive: true, force: true })));
  }
});

onLinux('a server that runs, and its helpers, are left alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'orphans-'));
  const server = spawn('sh', ['-c', 'sleep 30 & wait'], { cwd: folder, stdio: 'ignore' });
  try {
    await sleep(200);
    await endOrphans(folder);
    expect(identityOf(server.pid ?? 0)).toBeDefined();
  } finally {
    server.kill('SIGKILL');
    await endOrphans(folder);
    await rm(folder, { recursive: true, force: true });
  }
});
