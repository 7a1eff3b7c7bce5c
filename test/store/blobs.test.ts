import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { BlobTooLarge, folderBlobs } from '../../store/blobs.ts';

const root = mkdtempSync(join(tmpdir(), 'jobbag-blobs-'));
const blobs = await folderBlobs(root);
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const chunks = (content: Buffer, size = 1000): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
    })(),
  );

describe('blobs in a folder', () => {
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
  });

  test('the same put by ten at once is one blob, and nothing is left beside', async () => {
    const content = randomBytes(5_000);
    const stored = await Promise.all(Array.from({ length: 10 }, () => blobs.put(chunks(content))));
    expect(new Set(stored.map((one) => one.sha256)).size).toBe(1);
    expect(readdirSync(join(root, 'arriving'))).toEqual([]);
    const [one] = stored;
    const path = join(root, one?.sha256.slice(0, 2) ?? '', one?.sha256.slice(2, 4) ?? '', one?.sha256 ?? '');
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  test('a stream that breaks or grows too large leaves nothing', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('cut off');
      })(),
    );
    await expect(blobs.put(broken)).rejects.toThrow('cut off');
    await expect(blobs.put(chunks(randomBytes(5_000)), { maxBytes: 4_999 })).rejects.toBeInstanceOf(BlobTooLarge);
    expect(await blobs.put(chunks(randomBytes(5_000)), { maxBytes: 5_000 })).toMatchObject({ size: 5_000 });
    expect(readdirSync(join(root, 'arriving'))).toEqual([]);
  });

  test('an empty file is a file', async () => {
    const { sha256, size } = await blobs.put(Readable.from([]));
    expect(size).toBe(0);
    const content = await blobs.get(sha256);
    expect(content && (await buffer(content)).length).toBe(0);
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
      expect(await blobs.get(name)).toBeUndefined();
    }
  });
});
