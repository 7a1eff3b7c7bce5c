import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { shortDigest } from './digest.ts';
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

/** Id of a person's draft of one paper of a job, e.g. of `F-08:R1`. */
export function paperDraftId(processId: string, paper: string, personId: string): string {
  return shortDigest(JSON.stringify(['paper', processId, paper, personId]));
}

/**
 * Gives what somebody has begun for a job to somebody else, paper by paper; returns how many. `papers` and `suffixes` say
 * which papers there can be. What the other has begun too stays with whoever began it. Twice is once.
 */
export async function handDraftsOver(
  connection: Connection,
  move: {
    readonly processId: string;
    readonly from: string;
    readonly to: string;
    readonly papers: readonly string[];
    readonly suffixes: readonly string[];
  },
): Promise<number> {
  const { processId, from, to } = move;
  const drafts = draftTable(connection);
  const rows = await drafts.find({ ownerId: from, processId }).lean<DraftRow[]>();
  let handed = 0;
  for (const row of rows) {
    const papers = [row.form, ...move.suffixes.map((suffix) => `${row.form}:${suffix}`), ...move.papers];
    const paper = papers.find((one) => paperDraftId(processId, one, from) === row._id);
    if (paper === undefined) continue;
    const _id = paperDraftId(processId, paper, to);
    const there = await drafts.findById(_id).lean<DraftRow>();
    // A try before this one may have ended between the two writes: then the same words lie there already.
    if (there !== null && there.body !== row.body) continue;
    if (there === null) await drafts.create([{ ...row, _id, ownerId: to }]);
    await drafts.deleteOne({ _id: row._id, ownerId: from });
    handed += 1;
  }
  return handed;
}

/** How many papers of a job somebody has begun and not submitted. */
export function draftsCount(connection: Connection, processId: string, ownerId: string): Promise<number> {
  return draftTable(connection).countDocuments({ ownerId, processId });
}

/** Throws a draft away, e.g. after it became a paper. */
export async function dropDraft(connection: Connection, id: string, ownerId: string): Promise<void> {
  await draftTable(connection).deleteOne({ _id: id, ownerId });
}
