import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';

/** What a blob turned out to be when it had arrived whole. */
export interface StoredBlob {
  /** SHA-256 of its bytes: 64 lower-case hexadecimal digits, and its only name. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** Part of a blob, first and last byte included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A blob as a clean-up meets it. */
export interface ListedBlob extends StoredBlob {
  /** When it was last put or held, milliseconds since 1970 by the clock of whoever keeps the bytes. */
  readonly storedAtMs: number;
}

/**
 * Files by their hash. One small interface, so a folder can become an object store by configuration (`openBlobs`).
 * A blob that nobody names is only ever removed by the clean-up; putting or holding it makes it young again.
 */
export interface Blobs {
  /** Takes a stream to its end. Putting the same twice is one blob. Rejects with BlobTooLarge above `maxBytes`; nothing is kept then. */
  put(content: Readable | AsyncIterable<Uint8Array>, limits?: { readonly maxBytes?: number }): Promise<StoredBlob>;
  /** The bytes, or a part of them; undefined when there is no such blob. */
  get(sha256: string, range?: ByteRange): Promise<Readable | undefined>;
  /** Size in bytes, or undefined when there is no such blob. */
  has(sha256: string): Promise<number | undefined>;
  /**
   * Like `has`, and makes the blob young again. Whoever is about to name a blob that was put earlier holds it first, so
   * that no clean-up takes it away in between.
   */
  hold(sha256: string): Promise<number | undefined>;
  /** Every blob there is, in no order. One that comes or goes meanwhile may be left out. */
  list(): AsyncIterable<ListedBlob>;
  /** Takes a blob away for good unless it was put or held at or after `youngFromMs`. Answers whether it is gone now. */
  removeOld(sha256: string, youngFromMs: number): Promise<boolean>;
  /** Puts in order what clean-ups that were killed have left, and answers how much that was. Leaves one at work alone. */
  tidy(): Promise<number>;
}

/** More bytes came than were allowed. */
export class BlobTooLarge extends Error {
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`more than ${String(maxBytes)} bytes`);
    this.name = 'BLOB_TOO_LARGE';
    this.maxBytes = maxBytes;
  }
}

/** The only names a blob can have. */
export const blobName = /^[0-9a-f]{64}$/;
// An upload that was cut off more than a day ago has no sender any more.
const LEFTOVER_MS = 86_400_000;
// A clean-up has a blob aside for milliseconds.
const CLEANING_MS = 60_000;

/**
 * Blobs in a folder, fanned out by the first four digits of their hash. A blob is written beside, synced and renamed:
 * it is there whole or not at all, also after a power cut, and a name that is no hash reaches no file.
 */
export async function folderBlobs(root: string, now: () => number = Date.now): Promise<Blobs> {
  const arriving = join(root, 'arriving');
  const leaving = join(root, 'leaving');
  const pathOf = (sha256: string): string => join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  for (const folder of [arriving, leaving]) await mkdir(folder, { recursive: true, mode: 0o700 });
  await sweep(arriving, now());
  await bringBack(leaving, pathOf, now());

  async function has(sha256: string): Promise<number | undefined> {
    if (!blobName.test(sha256)) return undefined;
    try {
      return (await stat(pathOf(sha256))).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  return {
    has,
    async get(sha256, range) {
      const size = await has(sha256);
      if (size === undefined) return undefined;
      if (range !== undefined && range.start >= size) return Readable.from([]);
      return createReadStream(
        pathOf(sha256),
        range === undefined ? {} : { start: range.start, end: Math.min(range.end, size - 1) },
      );
    },
    async put(content, limits = {}) {
      const maxBytes = limits.maxBytes ?? Number.MAX_SAFE_INTEGER;
      const beside = join(arriving, randomBytes(12).toString('hex'));
      const hash = createHash('sha256');
      let size = 0;
      try {
        const file = await open(beside, 'wx', 0o600);
        try {
          for await (const chunk of content as AsyncIterable<Uint8Array>) {
            size += chunk.byteLength;
            if (size > maxBytes) throw new BlobTooLarge(maxBytes);
            hash.update(chunk);
            await file.writeFile(chunk);
          }
          await file.sync();
        } finally {
          await file.close();
        }
        const sha256 = hash.digest('hex');
        const path = pathOf(sha256);
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(beside, path);
        await syncFolder(dirname(path));
        return { sha256, size };
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
    },
    async hold(sha256) {
      const size = await has(sha256);
      if (size === undefined) return undefined;
      try {
        const now = new Date();
        await utimes(pathOf(sha256), now, now);
        return size;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async *list() {
      for (const first of await fannedOut(root)) {
        for (const second of await fannedOut(join(root, first))) {
          for (const sha256 of await readdir(join(root, first, second))) {
            const found = blobName.test(sha256) ? await stat(pathOf(sha256)).catch(ifMissing) : undefined;
            if (found) yield { sha256, size: found.size, storedAtMs: found.mtimeMs };
          }
        }
      }
    },
    async removeOld(sha256, youngFromMs) {
      if (!blobName.test(sha256)) return false;
      const path = pathOf(sha256);
      const aside = join(leaving, `${sha256}.${randomBytes(6).toString('hex')}`);
      try {
        if ((await stat(path)).mtimeMs >= youngFromMs) return false;
        // Aside first: whoever puts or holds the blob from here on meets a name that is free, or is seen on the file.
        await rename(path, aside);
      } catch (error) {
        if (isMissing(error)) return true;
        throw error;
      }
      const held = (await stat(aside)).mtimeMs >= youngFromMs;
      if (held) await link(aside, path).catch(ifThere);
      await rm(aside, { force: true });
      return !held;
    },
    tidy: () => bringBack(leaving, pathOf, now()),
  };
}

async function fannedOut(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(ifMissing))?.filter((name) => /^[0-9a-f]{2}$/.test(name)) ?? [];
}

function ifMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}

/** The same blob was put again meanwhile; that copy stays. */
function ifThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Makes a rename outlast a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sweep(arriving: string, nowMs: number): Promise<void> {
  for (const name of await readdir(arriving)) {
    const path = join(arriving, name);
    const found = await stat(path).catch(() => undefined);
    if (found && nowMs - found.mtimeMs > LEFTOVER_MS) await rm(path, { force: true });
  }
}

/** A clean-up that was killed may have left blobs aside; whether anybody names them is asked anew by the next one. */
async function bringBack(leaving: string, pathOf: (sha256: string) => string, nowMs: number): Promise<number> {
  let count = 0;
  for (const name of await readdir(leaving)) {
    const aside = join(leaving, name);
    const sha256 = name.slice(0, 64);
    const found = await stat(aside).catch(ifMissing);
    // Moving a file renews this time; one moved just now has a clean-up that is still at work.
    if (!found || !blobName.test(sha256) || nowMs - found.ctimeMs < CLEANING_MS) continue;
    await link(aside, pathOf(sha256)).catch(ifThere);
    await rm(aside, { force: true });
    count += 1;
  }
  return count;
}
