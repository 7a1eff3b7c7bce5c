import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../config/config.ts';
import type { Blobs, ListedBlob } from '../../store/blobs.ts';
import { BlobTooLarge, folderBlobs } from '../../store/blobs.ts';
import { bucketBlobs } from '../../store/bucket-blobs.ts';
import { openBlobs } from '../../store/open-blobs.ts';
import { testBucket, type TestBucket } from '../support/s3.ts';

const chunks = (content: Buffer, size = 1000): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
    })(),
  );

async function all(blobs: Blobs): Promise<ListedBlob[]> {
  const found: ListedBlob[] = [];
  for await (const blob of blobs.list()) found.push(blob);
  return found;
}

const root = mkdtempSync(join(tmpdir(), 'jobbag-blobs-'));
let bucket: TestBucket;
beforeAll(async () => {
  bucket = await testBucket();
}, 900_000);
afterAll(async () => {
  await bucket.close();
  rmSync(root, { recursive: true, force: true });
});

const soon = (): number => Date.now() + 60_000;
const longAgo = (): number => Date.now() - 86_400_000;

/** What every keeper of blobs promises, asked of the folder and of a real server of the S3 kind. */
describe.each([
  ['a folder', () => folderBlobs(root), join(root, 'arriving')],
  ['a bucket', () => bucketBlobs(bucket.place, join(root, 'to-bucket')), join(root, 'to-bucket')],
])('blobs in %s', (_name, open, arriving) => {
  let blobs: Blobs;
  beforeAll(async () => {
    blobs = await open();
  });

  test('what was put comes back whole and in part, under its hash', async () => {
    const content = randomBytes(123_456);
    const stored = await blobs.put(chunks(content));
    expect(stored).toEqual({ sha256: createHash('sha256').update(content).digest('hex'), size: content.length });
    expect(await blobs.has(stored.sha256)).toBe(content.length);
    const whole = await blobs.get(stored.sha256);
    expect(whole && (await buffer(whole)).equals(content)).toBe(true);
    const part = await blobs.get(stored.sha256, { start: 100, end: 199 });
    expect(part && (await buffer(part)).equals(content.subarray(100, 200))).toBe(true);
    const tail = await blobs.get(stored.sha256, { start: 123_400, end: 999_999 });
    expect(tail && (await buffer(tail)).length).toBe(56);
    const beyond = await blobs.get(stored.sha256, { start: 200_000, end: 200_001 });
    expect(beyond && (await buffer(beyond)).length).toBe(0);
  });

  test('a file of many parts is the same bytes', async () => {
    const content = randomBytes(20 * 1024 * 1024 + 7);
    const { sha256 } = await blobs.put(chunks(content, 65_536));
    const whole = await blobs.get(sha256);
    expect(
      whole &&
        createHash('sha256')
          .update(await buffer(whole))
          .digest('hex'),
    ).toBe(sha256);
  });

  test('the same put by ten at once is one blob, and nothing is left beside', async () => {
    const content = randomBytes(5_000);
    const stored = await Promise.all(Array.from({ length: 10 }, () => blobs.put(chunks(content))));
    expect(new Set(stored.map((one) => one.sha256)).size).toBe(1);
    expect(readdirSync(arriving)).toEqual([]);
    expect((await all(blobs)).filter(({ sha256 }) => sha256 === stored[0]?.sha256)).toHaveLength(1);
  });

  test('a stream that breaks or grows too large leaves nothing', async () => {
    const before = (await all(blobs)).length;
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('cut off');
      })(),
    );
    await expect(blobs.put(broken)).rejects.toThrow('cut off');
    await expect(blobs.put(chunks(randomBytes(5_000)), { maxBytes: 4_999 })).rejects.toBeInstanceOf(BlobTooLarge);
    expect((await all(blobs)).length).toBe(before);
    expect(await blobs.put(chunks(randomBytes(5_000)), { maxBytes: 5_000 })).toMatchObject({ size: 5_000 });
    expect(readdirSync(arriving)).toEqual([]);
  });

  test('an empty file is a file', async () => {
    const { sha256, size } = await blobs.put(Readable.from([]));
    expect(size).toBe(0);
    for (const range of [undefined, { start: 0, end: 511 }]) {
      const content = await blobs.get(sha256, range);
      expect(content && (await buffer(content)).length).toBe(0);
    }
  });

  test('a name that is no hash reaches no file', async () => {
    for (const name of [
      '',
      '..',
      '../keys/links.json',
      'arriving',
      'A'.repeat(64),
      `${'a'.repeat(63)}/`,
      '0'.repeat(64),
    ]) {
      expect(await blobs.has(name)).toBeUndefined();
      expect(await blobs.hold(name)).toBeUndefined();
      expect(await blobs.get(name)).toBeUndefined();
      if (name !== '0'.repeat(64)) expect(await blobs.removeOld(name, soon())).toBe(false);
    }
  });

  test('the list holds every blob with its size and age; what is young stays, what is old goes', async () => {
    const content = randomBytes(700);
    const { sha256 } = await blobs.put(chunks(content));
    const listed = (await all(blobs)).find((one) => one.sha256 === sha256);
    expect(listed).toMatchObject({ sha256, size: 700 });
    expect(Math.abs((listed?.storedAtMs ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(await blobs.removeOld(sha256, longAgo())).toBe(false);
    expect(await blobs.has(sha256)).toBe(700);
    expect(await blobs.removeOld(sha256, soon())).toBe(true);
    expect(await blobs.has(sha256)).toBeUndefined();
    expect(await blobs.hold(sha256)).toBeUndefined();
    expect(await blobs.removeOld(sha256, soon())).toBe(true);
  });

  test('holding keeps the bytes', async () => {
    const content = randomBytes(900);
    const { sha256 } = await blobs.put(chunks(content));
    expect(await blobs.hold(sha256)).toBe(900);
    const whole = await blobs.get(sha256);
    expect(whole && (await buffer(whole)).equals(content)).toBe(true);
  });

  test('a held blob is young again: a clean-up that looks for older ones leaves it', async () => {
    const { sha256 } = await blobs.put(chunks(randomBytes(800)));
    const youngFrom = Math.floor(Date.now() / 1000) * 1000 + 1000;
    await pause(youngFrom - Date.now() + 5);
    expect(await blobs.hold(sha256)).toBe(800);
    expect(await blobs.removeOld(sha256, youngFrom)).toBe(false);
    expect(await blobs.has(sha256)).toBe(800);
  });

  test('puts race with removals: a blob whose put has answered after the last removal began is there', async () => {
    const content = randomBytes(3_000);
    const { sha256 } = await blobs.put(chunks(content));
    for (let turn = 0; turn < 4; turn += 1) {
      // Old from here on: only a put or hold that comes later makes it young again.
      const youngFrom = Math.floor(Date.now() / 1000) * 1000 + 1000;
      await pause(youngFrom - Date.now() + 5);
      const puts = Array.from({ length: 3 }, async (_, n) => {
        await pause(n * 3);
        return blobs.put(chunks(content));
      });
      const removals = Array.from({ length: 4 }, () => blobs.removeOld(sha256, youngFrom));
      await Promise.all([...puts, ...removals]);
      expect(await blobs.has(sha256)).toBe(3_000);
    }
  });

  test('holds race with removals: whoever was told that a file is held finds it', async () => {
    const content = randomBytes(3_000);
    for (let turn = 0; turn < 4; turn += 1) {
      const { sha256 } = await blobs.put(chunks(content));
      const youngFrom = Math.floor(Date.now() / 1000) * 1000 + 1000;
      await pause(youngFrom - Date.now() + 5);
      const [held] = await Promise.all([blobs.hold(sha256), blobs.removeOld(sha256, youngFrom)]);
      expect(await blobs.has(sha256)).toBe(held);
    }
  });
});

describe('blobs in a folder', () => {
  test('nobody else on the machine reads them', async () => {
    const blobs = await folderBlobs(root);
    const { sha256 } = await blobs.put(chunks(randomBytes(100)));
    expect(statSync(join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256)).mode & 0o077).toBe(0);
  });

  test('a blob that a killed clean-up left aside is brought back at the next start', async () => {
    const own = mkdtempSync(join(tmpdir(), 'jobbag-aside-'));
    try {
      const blobs = await folderBlobs(own);
      const { sha256 } = await blobs.put(chunks(randomBytes(100)));
      const path = join(own, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
      utimesSync(path, 1, 1);
      renameSync(path, join(own, 'leaving', `${sha256}.0a`));
      expect(await blobs.has(sha256)).toBeUndefined();
      // One moved just now has a clean-up that is still at work.
      expect(await (await folderBlobs(own)).has(sha256)).toBeUndefined();
      expect(await blobs.tidy()).toBe(0);
      expect(await (await folderBlobs(own, () => Date.now() + 120_000)).has(sha256)).toBe(100);
      expect(readdirSync(join(own, 'leaving'))).toEqual([]);
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  });
});

describe('blobs in a bucket', () => {
  test('marks that a killed clean-up left are taken away by the next, those of one at work stay; no blob goes', async () => {
    const { bucket: Bucket, prefix, keys, endpoint = '', region } = bucket.place;
    const client = new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      ...(keys ? { credentials: { ...keys } } : {}),
    });
    const marks = async (): Promise<number> =>
      (await client.send(new ListObjectsV2Command({ Bucket, Prefix: `${prefix}leaving/` }))).KeyCount ?? 0;
    const later = () => Date.now() + 600_000;
    try {
      const [blobs, next] = await Promise.all(
        [undefined, later].map((now) => bucketBlobs(bucket.place, join(root, 'to-bucket'), now)),
      );
      if (!blobs || !next) throw new Error('two were asked for');
      const { sha256 } = await blobs.put(chunks(randomBytes(100)));
      // As far as a clean-up comes that is killed right after it has said what it is about to take.
      for (const [hash, mark] of [
        [sha256, 'a1'],
        [sha256, 'b2'],
        ['0'.repeat(64), 'c3'],
      ])
        await client.send(
          new PutObjectCommand({ Bucket, Key: `${prefix}leaving/${hash ?? ''}/${mark ?? ''}`, Body: '' }),
        );
      expect(await blobs.tidy()).toBe(0);
      expect(await marks()).toBe(3);
      expect(await next.tidy()).toBe(3);
      expect(await marks()).toBe(0);
      expect(await next.tidy()).toBe(0);
      expect(await blobs.has(sha256)).toBe(100);
      expect(await blobs.hold(sha256)).toBe(100);
    } finally {
      client.destroy();
    }
  });
});

describe('where blobs lie is configuration', () => {
  const base = {
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    MONGODB_URI: 'mongodb://127.0.0.1/x',
    SMTP_URL: 'smtp://127.0.0.1:1025',
    PUBLIC_BASE_URL: 'http://jobbag.test',
    MAIL_FROM: 'jobbag@agency.example',
  };

  test('the same code keeps a file in the bucket that the environment names, and two processes share it', async () => {
    const { bucket: name, endpoint = '', keys } = bucket.place;
    const config = readConfig({
      ...base,
      JOBBAG_DATA_DIR: root,
      BLOBS_S3_BUCKET: name,
      BLOBS_S3_PREFIX: 'another/house',
      BLOBS_S3_ENDPOINT: endpoint,
      BLOBS_S3_ACCESS_KEY: keys?.accessKeyId ?? '',
      BLOBS_S3_SECRET_KEY: keys?.secretAccessKey ?? '',
      BLOBS_S3_PATH_STYLE: 'true',
    });
    const [one, other] = [await openBlobs(config), await openBlobs(config)];
    const { sha256 } = await one.put(chunks(randomBytes(50)));
    expect(await other.has(sha256)).toBe(50);
    expect(await all(other)).toHaveLength(1);
    expect(await (await bucketBlobs(bucket.place, join(root, 'to-bucket'))).has(sha256)).toBeUndefined();
  });

  test('a bucket that is not there, or keys that are wrong, stop the start', async () => {
    await expect(bucketBlobs({ ...bucket.place, bucket: 'no-such-bucket' }, join(root, 'x'))).rejects.toThrow();
    await expect(
      bucketBlobs({ ...bucket.place, keys: { accessKeyId: 'test-access', secretAccessKey: 'wrong' } }, join(root, 'x')),
    ).rejects.toThrow();
  });
});
