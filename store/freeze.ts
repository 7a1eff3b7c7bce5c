import type { Connection } from 'mongoose';
import type { Facts } from '../domain/job/state.ts';
import type { Blobs } from './blobs.ts';
import { blobName } from './blobs.ts';
import { freezePaper } from './papers.ts';

/** A paper about to be frozen. */
interface ToFreeze {
  readonly form: string;
  readonly content: unknown;
  readonly facts: Facts;
}

/** Freezes papers. Files they name were uploaded earlier, so each is held first: no clean-up takes it away in between. */
export async function freezePapers(connection: Connection, blobs: Blobs, papers: readonly ToFreeze[]): Promise<void> {
  for (const { form, content, facts } of papers) {
    for (const hash of hashesIn(content)) await blobs.hold(hash);
    await freezePaper(connection, form, content, facts);
  }
}

function hashesIn(content: unknown): string[] {
  if (typeof content === 'string') return blobName.test(content) ? [content] : [];
  if (typeof content !== 'object' || content === null) return [];
  return Object.values(content).flatMap(hashesIn);
}
