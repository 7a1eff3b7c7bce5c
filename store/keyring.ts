import { createHmac, generateKeyPairSync, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a ring of keys is for. One ring never serves two ends. */
export const keyPurposes = ['links', 'forms', 'cookies', 'payloads', 'daily'] as const;

/** A purpose a ring can have: links and form values and cookies (HMAC), engine payloads (AES-256-GCM), daily heads (Ed25519). */
export type KeyPurpose = (typeof keyPurposes)[number];

/** One key. `secret` is 32 bytes; for `daily` it is the private key (PKCS #8, DER) and empty once retired. */
export interface Key {
  /** Six characters `[a-z0-9]`, random; says nothing about the key. */
  readonly id: string;
  readonly secret: Buffer;
  readonly createdAt: string;
  /** SPKI, DER; for `daily` only. Kept for ever, old files must stay checkable. */
  readonly publicKey?: Buffer;
  /** Daily only: it signs nothing any more. */
  readonly retired: boolean;
}

/** The keys of one purpose as they are now; another process may rotate them at any time and is noticed. */
export interface Keyring {
  readonly purpose: KeyPurpose;
  /** The key new things are made with. */
  current(): Key;
  /** A key by its id; undefined when it never was or is retired. */
  byId(id: string): Key | undefined;
  /** All keys, oldest first. */
  all(): readonly Key[];
}

/** The rings of the house. */
export type Keyrings = Readonly<Record<KeyPurpose, Keyring>>;

/** Why keys cannot be used or changed. `code` is for programs, the message for the operator. */
export class KeyFailure extends Error {
  readonly code: 'READABLE_BY_OTHERS' | 'DAMAGED' | 'UNKNOWN_KEY' | 'IN_USE' | 'CURRENT' | 'KEPT_FOREVER';

  constructor(code: KeyFailure['code'], message: string) {
    super(message);
    this.name = 'KeyFailure';
    this.code = code;
  }
}

const fileShape = z.strictObject({
  purpose: z.enum(keyPurposes),
  current: z.string().regex(/^[a-z0-9]{6}$/),
  keys: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9]{6}$/),
        createdAt: z.string(),
        secret: z.string(),
        publicKey: z.string().optional(),
        retired: z.boolean().optional(),
      }),
    )
    .min(1),
});
type RingFile = z.infer<typeof fileShape>;
type KeptKey = RingFile['keys'][number];

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

function freshKey(purpose: KeyPurpose, at: string, taken: readonly string[]): KeptKey {
  let id: string;
  do id = Array.from({ length: 6 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  while (taken.includes(id));
  if (purpose !== 'daily') return { id, createdAt: at, secret: randomBytes(32).toString('base64') };
  const pair = generateKeyPairSync('ed25519');
  return {
    id,
    createdAt: at,
    secret: pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}

const pathOf = (folder: string, purpose: KeyPurpose): string => join(folder, `${purpose}.json`);

/** Writes beside the file and brings it in whole: `new` loses against a file that is there, `replace` wins. */
function writeRing(folder: string, file: RingFile, how: 'new' | 'replace'): void {
  const path = pathOf(folder, file.purpose);
  const beside = `${path}.${randomBytes(6).toString('hex')}`;
  const descriptor = openSync(beside, 'wx', 0o600);
  try {
    writeSync(descriptor, `${JSON.stringify(file, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  if (how === 'replace') {
    renameSync(beside, path);
    return;
  }
  try {
    linkSync(beside, path);
  } catch (error) {
    // Another process of the house started at the same moment and was first; its keys are as good.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(beside);
  }
}

function readRing(folder: string, purpose: KeyPurpose): RingFile {
  const path = pathOf(folder, purpose);
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new KeyFailure(
      'READABLE_BY_OTHERS',
      `${path} can be read by others; make it 0600 (chmod 600) and rotate the keys in it`,
    );
  }
  let file: RingFile;
  try {
    file = fileShape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new KeyFailure('DAMAGED', `${path} is not a key ring; restore it from the backup`);
  }
  if (file.purpose !== purpose || !file.keys.some((key) => key.id === file.current)) {
    throw new KeyFailure('DAMAGED', `${path} is not the ring for ${purpose}; restore it from the backup`);
  }
  return file;
}

function ringOf(folder: string, purpose: KeyPurpose): Keyring {
  let seen = '';
  let keys: readonly Key[] = [];
  let currentId = '';
  // A look at the file's times costs microseconds, and a rotation reaches every process without a restart.
  const fresh = (): readonly Key[] => {
    const { mtimeMs, ino } = statSync(pathOf(folder, purpose));
    const now = `${String(mtimeMs)}:${String(ino)}`;
    if (now !== seen) {
      const file = readRing(folder, purpose);
      keys = file.keys.map((key) => ({
        id: key.id,
        createdAt: key.createdAt,
        secret: Buffer.from(key.secret, 'base64'),
        ...(key.publicKey === undefined ? {} : { publicKey: Buffer.from(key.publicKey, 'base64') }),
        retired: key.retired ?? false,
      }));
      currentId = file.current;
      seen = now;
    }
    return keys;
  };
  fresh();
  return {
    purpose,
    current() {
      const key = fresh().find((one) => one.id === currentId);
      if (!key) throw new KeyFailure('DAMAGED', `the ring for ${purpose} has lost its current key`);
      return key;
    },
    byId: (id) => fresh().find((one) => one.id === id),
    all: () => fresh(),
  };
}

/**
 * Opens the rings in a folder and makes those that are missing: folder 0700, files 0600, random keys, no defaults.
 * Any number of processes may do it at once. Throws KeyFailure when a file can be read by others or is damaged.
 */
export function openKeyrings(folder: string, clock: () => string): Keyrings {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const ring = (purpose: KeyPurpose): Keyring => {
    if (statSync(pathOf(folder, purpose), { throwIfNoEntry: false }) === undefined) {
      const key = freshKey(purpose, clock(), []);
      writeRing(folder, { purpose, current: key.id, keys: [key] }, 'new');
    }
    return ringOf(folder, purpose);
  };
  return {
    links: ring('links'),
    forms: ring('forms'),
    cookies: ring('cookies'),
    payloads: ring('payloads'),
    daily: ring('daily'),
  };
}

/** Makes a new key the current one; what older keys made stays good. Returns the new key's id. */
export function rotateKey(folder: string, purpose: KeyPurpose, at: string): string {
  const file = readRing(folder, purpose);
  const key = freshKey(
    purpose,
    at,
    file.keys.map((one) => one.id),
  );
  writeRing(folder, { ...file, current: key.id, keys: [...file.keys, key] }, 'replace');
  return key.id;
}

/**
 * Takes a key out of use for ever. Refused (KeyFailure) for the current key, for payload keys, without which running
 * jobs could not be read, and while `inUse` says that something open was made with it. A daily key keeps its public half.
 */
export async function retireKey(
  folder: string,
  purpose: KeyPurpose,
  id: string,
  inUse: (id: string) => Promise<boolean>,
): Promise<void> {
  const file = readRing(folder, purpose);
  if (!file.keys.some((key) => key.id === id))
    throw new KeyFailure('UNKNOWN_KEY', `the ring for ${purpose} has no key ${id}`);
  if (file.current === id) throw new KeyFailure('CURRENT', `${id} is the current key for ${purpose}; rotate first`);
  if (purpose === 'payloads') {
    throw new KeyFailure(
      'KEPT_FOREVER',
      'payload keys are never retired: histories written with them could not be read any more',
    );
  }
  if (await inUse(id))
    throw new KeyFailure('IN_USE', `${id} still opens links of open steps; retire it when they are decided`);
  const keys =
    purpose === 'daily'
      ? file.keys.map((key) => (key.id === id ? { ...key, secret: '', retired: true } : key))
      : file.keys.filter((key) => key.id !== id);
  writeRing(folder, { ...file, keys }, 'replace');
}

/** HMAC-SHA-256 of a text under a key, shortened to `bytes` (16 unless told otherwise). */
export function macOf(key: Key, message: string, bytes = 16): Buffer {
  return createHmac('sha256', key.secret).update(message).digest().subarray(0, bytes);
}

/** Compares two MACs in a time that tells nothing about where they differ. */
export function sameMac(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
