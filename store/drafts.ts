import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { shortDigest } from './digest.ts';
import { defineTable, isDuplicateKey, number, op, text } from './table.ts';

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
 * which papers there can be. What the other has begun too stays with whoever began it; a draft under an id that its writer
 * chose keeps the id. Twice is once.
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
    if (paper === undefined) {
      handed += await giveDraft(connection, row._id, move);
      continue;
    }
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

/** A brand as far as a draft of no job yet may name it: by itself or by one of its lines. */
export interface DraftBrand {
  readonly id: string;
  readonly lines: readonly { readonly id: string }[];
}

/** A draft of no job yet, and the product line it names. */
export interface UnrequestedDraft {
  readonly id: string;
  readonly form: string;
  readonly lineId?: string;
}

/** What somebody has begun for jobs of a brand that nobody has requested yet, oldest id first; by what stands in the form. */
export async function unrequestedDrafts(
  connection: Connection,
  ownerId: string,
  brand: DraftBrand,
): Promise<readonly UnrequestedDraft[]> {
  const rows = await draftTable(connection)
    .find({ ownerId, processId: op({ $exists: false }) })
    .sort({ _id: 1 })
    .lean<DraftRow[]>();
  return rows.map(read).flatMap(({ id, form, content }): UnrequestedDraft[] => {
    const [brandId, lineId] = [named(content, 'brandId'), named(content, 'lineId')];
    const theirs = brandId === undefined ? brand.lines.some((line) => line.id === lineId) : brandId === brand.id;
    return theirs ? [{ id, form, ...(lineId === undefined ? {} : { lineId }) }] : [];
  });
}

function named(content: unknown, key: string): string | undefined {
  if (typeof content !== 'object' || content === null || !Object.hasOwn(content, key)) return undefined;
  const value: unknown = Reflect.get(content, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Gives the drafts of a brand's jobs that nobody has requested yet to somebody else; returns how many. Twice is once. */
export async function handUnrequestedOver(
  connection: Connection,
  move: { readonly from: string; readonly to: string; readonly brand: DraftBrand },
): Promise<number> {
  let handed = 0;
  for (const { id } of await unrequestedDrafts(connection, move.from, move.brand)) {
    handed += await giveDraft(connection, id, move);
  }
  return handed;
}

async function giveDraft(
  connection: Connection,
  id: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<number> {
  return (await draftTable(connection).updateOne({ _id: id, ownerId: from }, { $set: { ownerId: to } })).modifiedCount;
}

/** Throws a draft away, e.g. after it became a paper. */
export async function dropDraft(connection: Connection, id: string, ownerId: string): Promise<void> {
  await draftTable(connection).deleteOne({ _id: id, ownerId });
}
