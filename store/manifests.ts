import type { Connection } from 'mongoose';
import { canonical } from '../domain/log/canonical.ts';
import { sha256 } from './digest.ts';
import { defineTable, op, text } from './table.ts';

/** One file of a version: `view` is what people look at, `master` what is printed or broadcast. */
export interface ManifestFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly mime: string;
  readonly use: 'view' | 'master';
}

/** A version of a piece: its files under one hash, which is what a signature binds. */
export interface Manifest {
  readonly hash: string;
  readonly files: readonly ManifestFile[];
}

interface ManifestRow {
  readonly _id: string;
  readonly body: string;
}

/** Collection `manifests`. Immutable. */
export const manifestTable = defineTable<ManifestRow>('manifests', { _id: text, body: text });

function bodyOf(files: readonly ManifestFile[]): string {
  const listed = files
    .map(({ name, size, sha256: hash, mime, use }) => ({ name, size, sha256: hash, mime, use }))
    .sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
  return canonical({ files: listed });
}

/** The hash a list of files has, in whatever order it is given. */
export function manifestHash(files: readonly ManifestFile[]): string {
  return sha256(bodyOf(files));
}

/** Keeps a version's list of files; keeping the same twice is one manifest. Returns its hash. */
export async function keepManifest(connection: Connection, files: readonly ManifestFile[]): Promise<string> {
  const body = bodyOf(files);
  const _id = sha256(body);
  await manifestTable(connection).updateOne({ _id }, { $setOnInsert: { body } }, { upsert: true });
  return _id;
}

/** A version's files by its hash, or null. Throws when the store gives back another list than was kept. */
export async function manifestOf(connection: Connection, hash: string): Promise<Manifest | null> {
  return (await manifestsOf(connection, [hash])).get(hash) ?? null;
}

/** Several manifests by their hashes; those that do not exist are left out. */
export async function manifestsOf(connection: Connection, hashes: readonly string[]): Promise<Map<string, Manifest>> {
  const rows = await manifestTable(connection)
    .find({ _id: op({ $in: [...hashes] }) })
    .lean<ManifestRow[]>();
  return new Map(
    rows.map((row) => {
      if (sha256(row.body) !== row._id)
        throw new Error(`the store gives another list of files for ${row._id} than was kept`);
      // Only keepManifest writes bodies, and the hash just proved that nobody else did.
      const { files } = JSON.parse(row.body) as { files: ManifestFile[] };
      return [row._id, { hash: row._id, files }];
    }),
  );
}
