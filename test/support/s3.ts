import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { BlobBucketConfig } from '../../config/config.ts';
import { buildOnce } from '../../ops/stack/cache.ts';
import { readStackEnvironment } from '../../ops/stack/environment.ts';
import { goBuild } from '../../ops/stack/go.ts';
import { consoleSink, Progress } from '../../ops/stack/progress.ts';

/** A bucket on a real server of the S3 kind. */
export interface TestBucket {
  readonly place: BlobBucketConfig;
  /** Stops the server, where it is the test's own. */
  close(): Promise<void>;
}

const moduleDir = fileURLToPath(new URL('./s3/', import.meta.url));

/**
 * A fresh bucket: on the server that TEST_S3_ENDPOINT, TEST_S3_ACCESS_KEY and TEST_S3_SECRET_KEY name, else on a
 * Versity gateway of this test's own, built once from its pinned sources.
 */
export async function testBucket(): Promise<TestBucket> {
  const bucket = `jobbag-${randomBytes(6).toString('hex')}`;
  const given = process.env['TEST_S3_ENDPOINT'];
  const keys = {
    accessKeyId: process.env['TEST_S3_ACCESS_KEY'] ?? 'test-access',
    secretAccessKey: process.env['TEST_S3_SECRET_KEY'] ?? randomBytes(18).toString('hex'),
  };
  const server = given === undefined ? await startGateway(keys) : { endpoint: given, close: async () => undefined };
  const place: BlobBucketConfig = {
    bucket,
    prefix: 'house/blobs/',
    endpoint: server.endpoint,
    region: 'us-east-1',
    keys,
    pathStyle: true,
  };
  const client = new S3Client({ ...place, forcePathStyle: true, credentials: keys });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  return { place, close: server.close };
}

async function startGateway(keys: { readonly accessKeyId: string; readonly secretAccessKey: string }) {
  const binary = await gateway();
  const root = mkdtempSync(join(tmpdir(), 'jobbag-s3-'));
  const port = await freePort();
  for (const name of ['objects', 'beside']) mkdirSync(join(root, name));
  const child = spawn(
    binary,
    [
      '--port',
      `127.0.0.1:${port}`,
      '--health',
      '/healthz',
      '--quiet',
      'posix',
      '--sidecar',
      join(root, 'beside'),
      join(root, 'objects'),
    ],
    {
      env: { ...process.env, ROOT_ACCESS_KEY: keys.accessKeyId, ROOT_SECRET_KEY: keys.secretAccessKey },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  const ended = once(child, 'exit');
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`${endpoint}/healthz`).catch(() => undefined);
    if (answer?.ok) break;
    if (child.exitCode !== null || tries > 200) throw new Error('the S3 server does not answer');
    await pause(50);
  }
  return {
    endpoint,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function gateway(): Promise<string> {
  const { cacheDir } = readStackEnvironment();
  const recipe = ['go.mod', 'go.sum'].map((name) => readFileSync(join(moduleDir, name), 'utf8'));
  const version = /versity\/versitygw v(\S+)/.exec(recipe[0] ?? '')?.[1] ?? 'unknown';
  const progress = new Progress(consoleSink());
  const folder = await buildOnce(cacheDir, {
    name: 'versitygw',
    version,
    recipe,
    build: (into) =>
      progress.during('s3', 'building an S3 server for the tests from its sources', () =>
        goBuild(
          cacheDir,
          {
            moduleDir,
            packagePath: 'github.com/versity/versitygw/cmd/versitygw',
            output: join(into, 'versitygw'),
            linkerFlags: '',
          },
          progress,
        ),
      ),
  });
  return join(folder, 'versitygw');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
