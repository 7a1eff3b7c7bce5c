import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { BlobBucketConfig } from '../config/config.ts';
import type { Blobs, StoredBlob } from './blobs.ts';
import { BlobTooLarge, blobName } from './blobs.ts';

/** A clean-up that has said it takes a blob away does so within this time or never: its requests are given up earlier. */
const LEAVING_MS = 5 * 60_000;
const REQUEST_MS = 60_000;
/** Parts of a large file; four under way at once. */
const PART_BYTES = 8 * 1024 * 1024;

/**
 * Blobs in a bucket of the S3 kind, each under its hash. Bytes are written beside on this machine until the hash is known,
 * then sent; an object appears whole or not at all. Rejects when the bucket is not there or may not be used.
 *
 * A bucket cannot take an object away "only if nobody renewed it", so a clean-up and a put agree through a mark:
 * 1. The clean-up sets the mark, then looks at the age, then removes, then takes the mark away.
 * 2. A put or hold sends first, then waits until there is no mark of anybody, then looks whether the object is there.
 * Whoever comes second sees the other: the clean-up a young object, the put a mark or a missing object, and sends again.
 */
export async function bucketBlobs(
  place: BlobBucketConfig,
  arriving: string,
  now: () => number = Date.now,
): Promise<Blobs> {
  const client = new S3Client({
    region: place.region,
    forcePathStyle: place.pathStyle,
    ...(place.endpoint === undefined ? {} : { endpoint: place.endpoint }),
    ...(place.keys === undefined ? {} : { credentials: { ...place.keys } }),
    requestHandler: { connectionTimeout: 5_000, requestTimeout: REQUEST_MS },
  });
  const Bucket = place.bucket;
  const keyOf = (sha256: string): string => `${place.prefix}${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
  const marks = `${place.prefix}leaving/`;
  const marksOf = (sha256: string): string => `${marks}${sha256}/`;
  const isOver = (mark: { readonly LastModified?: Date | undefined }): boolean =>
    now() - (mark.LastModified?.getTime() ?? 0) > LEAVING_MS;
  await client.send(new HeadBucketCommand({ Bucket }));
  await mkdir(arriving, { recursive: true, mode: 0o700 });

  async function look(Key: string): Promise<{ readonly size: number; readonly atMs: number } | undefined> {
    try {
      const found = await client.send(new HeadObjectCommand({ Bucket, Key }));
      // Some servers keep an object's age when it is copied onto itself; the hold's own note stays beside it.
      const atMs = Math.max(found.LastModified?.getTime() ?? 0, Number(found.Metadata?.['held'] ?? 0) || 0);
      return { size: found.ContentLength ?? 0, atMs };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /** Of two that take the same object away, some servers tell the second that it is not there: just what was wanted. */
  async function drop(Key: string): Promise<void> {
    try {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
    }
  }

  /** Waits until no clean-up is about to take this blob away. A mark that outlived its maker means nothing. */
  async function noneLeaving(sha256: string): Promise<void> {
    for (;;) {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: marksOf(sha256) }));
      if (Contents.every(isOver)) return;
      await pause(100);
    }
  }

  async function send(sha256: string, file: string): Promise<void> {
    const Key = keyOf(sha256);
    do {
      const upload = new Upload({
        client,
        params: { Bucket, Key, Body: createReadStream(file, { highWaterMark: 1024 * 1024 }) },
        partSize: PART_BYTES,
        queueSize: 4,
      });
      await upload.done();
      await noneLeaving(sha256);
    } while ((await look(Key)) === undefined);
  }

  async function has(sha256: string): Promise<number | undefined> {
    return blobName.test(sha256) ? (await look(keyOf(sha256)))?.size : undefined;
  }

  return {
    has,
    async get(sha256, range) {
      if (!blobName.test(sha256)) return undefined;
      const Range = range === undefined ? {} : { Range: `bytes=${String(range.start)}-${String(range.end)}` };
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: keyOf(sha256), ...Range }));
        return Body instanceof Readable ? Body : Readable.from([]);
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        if (statusOf(error) === 416) return Readable.from([]);
        throw error;
      }
    },
    async put(content, limits = {}) {
      const file = join(arriving, randomBytes(12).toString('hex'));
      try {
        const stored = await writeBeside(file, content, limits.maxBytes ?? Number.MAX_SAFE_INTEGER);
        await send(stored.sha256, file);
        return stored;
      } finally {
        await rm(file, { force: true });
      }
    },
    async hold(sha256) {
      if ((await has(sha256)) === undefined) return undefined;
      const Key = keyOf(sha256);
      try {
        // Copied onto itself, which only new metadata makes a change: the bytes stay, the age begins anew.
        await client.send(
          new CopyObjectCommand({
            Bucket,
            Key,
            CopySource: `${Bucket}/${Key}`,
            MetadataDirective: 'REPLACE',
            Metadata: { held: String(Date.now()) },
          }),
        );
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
      await noneLeaving(sha256);
      return has(sha256);
    },
    async *list() {
      for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix: place.prefix })) {
        for (const { Key = '', Size = 0, LastModified } of page.Contents ?? []) {
          const sha256 = Key.slice(-64);
          if (!blobName.test(sha256) || Key !== keyOf(sha256)) continue;
          yield { sha256, size: Size, storedAtMs: LastModified?.getTime() ?? Date.now() };
        }
      }
    },
    async removeOld(sha256, youngFromMs) {
      if (!blobName.test(sha256)) return false;
      // Each clean-up has a mark of its own: of two, the first to end must not take the other's away.
      const Key = `${marksOf(sha256)}${randomBytes(6).toString('hex')}`;
      const startedAt = Date.now();
      await client.send(new PutObjectCommand({ Bucket, Key, Body: new Uint8Array(0) }));
      try {
        const found = await look(keyOf(sha256));
        if (found === undefined) return true;
        if (found.atMs >= youngFromMs || Date.now() - startedAt > LEAVING_MS / 2) return false;
        await drop(keyOf(sha256));
        return true;
      } finally {
        await drop(Key);
      }
    },
    async tidy() {
      let count = 0;
      for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix: marks })) {
        for (const mark of page.Contents ?? []) {
          if (mark.Key === undefined || !isOver(mark)) continue;
          await drop(mark.Key);
          count += 1;
        }
      }
      return count;
    },
  };
}

async function writeBeside(
  path: string,
  content: Readable | AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<StoredBlob> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new BlobTooLarge(maxBytes);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), size };
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
