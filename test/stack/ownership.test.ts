import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { identityOf } from '../../ops/stack/identity.ts';
import { startStack } from '../../ops/stack/stack.ts';
import { anyPorts, freshFolder, nothingGiven } from './folder.ts';

const cli = new URL('../../ops/stack/cli.ts', import.meta.url).pathname;

interface Recorded {
  readonly name: string;
  readonly pid: number;
}

function recorded(dataDir: string): Recorded[] {
  const run = join(dataDir, 'run');
  if (!existsSync(run)) return [];
  return readdirSync(run)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(run, name), 'utf8')) as Recorded);
}

test('SIGKILL of the parent leaves no program behind, and the next start works', async () => {
  const dataDir = freshFolder();
  const free = Object.fromEntries(
    ['ENGINE', 'ENGINE_UI', 'DOCUMENTS', 'POSTGRES', 'SMTP', 'INBOX'].map((name) => [`JOBBAG_${name}_PORT`, '0']),
  );
  const parent = spawn(process.execPath, ['--import', 'tsx', cli, dataDir], {
    env: { ...process.env, ...free, TEMPORAL_ADDRESS: '', MONGODB_URI: '', SMTP_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of parent.stdout) {
    said += String(chunk);
    if (said.includes('ready in')) break;
  }
  expect(said).toContain('ready in');
  const children = recorded(dataDir).filter(({ name }) => name !== 'owner');
  expect(children.length).toBeGreaterThanOrEqual(2);
  await expect(startStack({ dataDir, ports: anyPorts, environment: nothingGiven })).rejects.toThrow(
    /in use by process \d+/,
  );

  parent.kill('SIGKILL');
  await once(parent, 'exit');
  for (let round = 0; round < 100 && children.some(({ pid }) => identityOf(pid) !== undefined); round++)
    await sleep(100);
  expect(children.filter(({ pid }) => identityOf(pid) !== undefined)).toEqual([]);

  const stack = await startStack({ dataDir, ports: anyPorts, environment: nothingGiven, durable: false });
  await stack.stop();
  expect(recorded(dataDir)).toEqual([]);
});

test('left-overs are ended only when they are the recorded process', async () => {
  const dataDir = freshFolder();
  const run = join(dataDir, 'run');
  mkdirSync(run);
  const ours = spawn('sleep', ['60'], { detached: true });
  const foreign = spawn('sleep', ['60'], { detached: true });
  writeFileSync(
    join(run, 'temporal.json'),
    JSON.stringify({ name: 'temporal', pid: ours.pid, identity: identityOf(ours.pid ?? 0) }),
  );
  writeFileSync(
    join(run, 'postgres.json'),
    JSON.stringify({ name: 'postgres', pid: foreign.pid, identity: 'another boot' }),
  );
  const stack = await startStack({ dataDir, parts: ['mail'], ports: anyPorts, environment: nothingGiven });
  await stack.stop();
  expect(ours.signalCode ?? (await once(ours, 'exit'))[1]).toBe('SIGINT');
  expect(foreign.exitCode ?? foreign.signalCode).toBeNull();
  foreign.kill();
});

test('a taken port is named with the setting that moves it and the program that holds it', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const address = squatter.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const options = {
    dataDir: freshFolder(),
    parts: ['mail'] as const,
    ports: { ...anyPorts, inbox: port },
    environment: nothingGiven,
  };
  try {
    await expect(startStack(options)).rejects.toThrow(
      new RegExp(`^Port ${port}, meant for inbox, is taken by .*process ${process.pid}.*JOBBAG_INBOX_PORT`),
    );
  } finally {
    squatter.close();
  }
  const stack = await startStack(options); // the refusal left nothing behind
  await stack.stop();
});
