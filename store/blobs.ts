import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

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

/** Files by their hash. One small interface, so a folder can become an object store by configuration. */
export interface Blobs {
  /** Takes a stream to its end. Putting the same twice is one blob. Rejects with BlobTooLarge above `maxBytes`; nothing is kept then. */
  put(content: Readable | AsyncIterable<Uint8Array>, limits?: { readonly maxBytes?: number }): Promise<StoredBlob>;
  /** The bytes, or a part of them; undefined when there is no such blob. */
  get(sha256: string, range?: ByteRange): Promise<Readable | undefined>;
  /** Size in bytes, or undefined when there is no such blob. */
  has(sha256: string): Promise<number | undefined>;
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

const HASH = /^[0-9a-f]{64}$/;
// An upload that was cut off more than a day ago has no sender any more.
const LEFTOVER_MS = 86_400_000;

/**
 * Blobs in a folder, fanned out by the first four digits of their hash. A blob is written beside, synced and renamed:
 * it is there whole or not at all, also after a power cut, and a name that is no hash reaches no file.
 */
export async function folderBlobs(root: string): Promise<Blobs> {
  const arriving = join(root, 'arriving');
  await mkdir(arriving, { recursive: true, mode: 0o700 });
  await sweep(arriving);
  const pathOf = (sha256: string): string => join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

  async function has(sha256: string): Promise<number | undefined> {
    if (!HASH.test(sha256)) return undefined;
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
  };
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

async function sweep(arriving: string): Promise<void> {
  for (const name of await readdir(arriving)) {
    const path = join(arriving, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > LEFTOVER_MS) await rm(path, { force: true });
  }
}
