import type { Connection } from 'mongoose';
import type { Blobs, ListedBlob } from './blobs.ts';
import { draftTable } from './drafts.ts';
import { logTable } from './log.ts';
import { manifestTable } from './manifests.ts';
import { paperTable } from './papers.ts';

const anyHash = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;

/**
 * Blobs that were last put or held before `beforeMs` and that nobody names: no manifest, no frozen paper, no draft, no
 * entry of any log. Whoever names a blob holds it first, so what is named while this reads is young by then, and
 * `removeOld` with the same `beforeMs` leaves it alone.
 */
export async function unnamedBlobs(connection: Connection, blobs: Blobs, beforeMs: number): Promise<ListedBlob[]> {
  const old = new Map<string, ListedBlob>();
  for await (const blob of blobs.list()) if (blob.storedAtMs < beforeMs) old.set(blob.sha256, blob);
  if (old.size === 0) return [];
  for await (const body of bodies(connection)) for (const [hash] of body.matchAll(anyHash)) old.delete(hash);
  return [...old.values()].sort((a, b) => a.storedAtMs - b.storedAtMs);
}

/** Every text in which a blob can be named, one after another; none is kept. */
async function* bodies(connection: Connection): AsyncIterable<string> {
  const tables = [manifestTable(connection), paperTable(connection), draftTable(connection), logTable(connection)];
  for (const table of tables) {
    const rows = table.collection.find({}, { projection: { _id: 0, body: 1 } });
    for await (const row of rows) if (typeof row.body === 'string') yield row.body;
  }
}
