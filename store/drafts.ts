import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { defineTable, isDuplicateKey, number, text } from './table.ts';

/** What somebody is writing and has not submitted. `content` is the form as typed, complete or not. */
export interface Draft {
  readonly id: string;
  readonly ownerId: string;
  readonly form: string;
  /** Job the draft belongs to; absent while the job does not exist. */
  readonly processId?: string;
  readonly revision: number;
  readonly content: unknown;
  readonly updatedAt: Instant;
}

/** A draft as it lies in the store; typed words are kept as one text, so no key in them can mean anything. */
interface DraftRow extends Omit<Draft, 'id' | 'content'> {
  readonly _id: string;
  readonly body: string;
}

/** Collection `drafts`. */
export const draftTable = defineTable<DraftRow>(
  'drafts',
  { _id: text, ownerId: text, form: text, processId: { type: String }, revision: number, body: text, updatedAt: text },
  [[{ ownerId: 1, updatedAt: -1 }], [{ processId: 1 }]],
);

/** What became of saving: the new revision, or the draft as somebody else (another tab) has left it. */
export type SavedDraft =
  { readonly saved: true; readonly revision: number } | { readonly saved: false; readonly current: Draft | null };

function read({ _id, body, ...rest }: DraftRow): Draft {
  return { id: _id, ...rest, content: JSON.parse(body) as unknown };
}

/**
 * Saves a draft if nobody saved it since `revision` (0 for a new one). Only its owner can; for anybody else there is
 * no such draft.
 */
export async function saveDraft(connection: Connection, draft: Draft): Promise<SavedDraft> {
  const drafts = draftTable(connection);
  const { id: _id, ownerId, form, processId, content, revision, updatedAt } = draft;
  const fresh = { body: JSON.stringify(content ?? null), revision: revision + 1, updatedAt };
  if (revision === 0) {
    try {
      await drafts.create([{ _id, ownerId, form, ...(processId === undefined ? {} : { processId }), ...fresh }]);
      return { saved: true, revision: 1 };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  } else {
    const done = await drafts.updateOne({ _id, ownerId, form, revision }, { $set: fresh });
    if (done.matchedCount === 1) return { saved: true, revision: fresh.revision };
  }
  return { saved: false, current: await draftOf(connection, _id, ownerId) };
}

/** A draft, for its owner only. */
export async function draftOf(connection: Connection, id: string, ownerId: string): Promise<Draft | null> {
  const row = await draftTable(connection).findOne({ _id: id, ownerId }).lean<DraftRow>();
  return row ? read(row) : null;
}

/** Drafts of a person, newest first. */
export async function draftsOf(connection: Connection, ownerId: string): Promise<Draft[]> {
  const rows = await draftTable(connection).find({ ownerId }).sort({ updatedAt: -1 }).limit(100).lean<DraftRow[]>();
  return rows.map(read);
}

/** Throws a draft away, e.g. after it became a paper. */
export async function dropDraft(connection: Connection, id: string, ownerId: string): Promise<void> {
  await draftTable(connection).deleteOne({ _id: id, ownerId });
}
