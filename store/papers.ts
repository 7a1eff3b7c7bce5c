import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import type { Facts, Paper } from '../domain/job/state.ts';
import { canonical } from '../domain/log/canonical.ts';
import { sha256 } from './digest.ts';
import { defineTable, number, op, text } from './table.ts';

/** A frozen paper: what was written, and its facts, under the hash of both. Never changed, never removed. */
export interface FrozenRow {
  readonly _id: string;
  readonly form: string;
  /** Canonical text of `{form, content, facts}`; its SHA-256 is `_id`. */
  readonly body: string;
}

/** A frozen paper read back. */
export interface Frozen {
  readonly hash: string;
  readonly form: string;
  readonly content: unknown;
  readonly facts: Facts;
}

/** Collection `papers`. */
export const paperTable = defineTable<FrozenRow>('papers', { _id: text, form: text, body: text });

/** The hash a paper's version will have; the same for the same words, whoever freezes it and when. */
export function paperHash(form: string, content: unknown, facts: Facts): string {
  return sha256(canonical({ form, content, facts }));
}

/** Freezes a paper. Freezing the same twice is one paper. Returns its hash. */
export async function freezePaper(
  connection: Connection,
  form: string,
  content: unknown,
  facts: Facts,
): Promise<string> {
  const body = canonical({ form, content, facts });
  const _id = sha256(body);
  await paperTable(connection).updateOne({ _id }, { $setOnInsert: { form, body } }, { upsert: true });
  return _id;
}

/** A frozen paper by its hash, or null. Throws when the store gives back other words than were frozen. */
export async function frozenPaper(connection: Connection, hash: string): Promise<Frozen | null> {
  const row = await paperTable(connection).findById(hash).lean<FrozenRow>();
  return row ? opened(row) : null;
}

/** Several frozen papers by their hashes; those that do not exist are left out. */
export async function frozenPapers(connection: Connection, hashes: readonly string[]): Promise<Map<string, Frozen>> {
  const rows = await paperTable(connection)
    .find({ _id: op({ $in: [...hashes] }) })
    .lean<FrozenRow[]>();
  return new Map(rows.map((row) => [row._id, opened(row)]));
}

function opened(row: FrozenRow): Frozen {
  if (sha256(row.body) !== row._id)
    throw new Error(`the store gives other words for paper ${row._id} than were frozen`);
  // Only freezePaper writes bodies, and the hash just proved that nobody else did.
  const { form, content, facts } = JSON.parse(row.body) as { form: string; content: unknown; facts: Facts };
  return { hash: row._id, form, content, facts };
}

/** One version of a paper in a job, folded from the log. */
export interface PaperVersionRow {
  readonly _id: string;
  readonly processId: string;
  readonly key: string;
  readonly form: string;
  readonly version: number;
  readonly hash: string;
  readonly by: string;
  readonly at: Instant;
  readonly status: Paper['status'];
  readonly seq: number;
}

/** Collection `paperVersions`: a fold of the log, like `jobs` and `steps`. */
export const paperVersionTable = defineTable<PaperVersionRow>(
  'paperVersions',
  {
    _id: text,
    processId: text,
    key: text,
    form: text,
    version: number,
    hash: text,
    by: text,
    at: text,
    status: text,
    seq: number,
  },
  [[{ processId: 1, at: 1 }], [{ hash: 1 }]],
);

/** The one key of a paper's version. */
export function paperVersionId(processId: string, key: string, version: number): string {
  return `${processId}:${key}:${String(version)}`;
}

/** Every version of every paper of a job, oldest first. */
export async function paperVersionsOf(connection: Connection, processId: string): Promise<PaperVersionRow[]> {
  return paperVersionTable(connection).find({ processId }).sort({ at: 1, _id: 1 }).lean<PaperVersionRow[]>();
}

/** Jobs in which this very version lies: who may see the job may see the paper. */
export async function jobsWithPaper(connection: Connection, hash: string): Promise<string[]> {
  const rows = await paperVersionTable(connection)
    .find({ hash }, { processId: 1 })
    .limit(20)
    .lean<Pick<PaperVersionRow, 'processId'>[]>();
  return rows.map((row) => row.processId);
}
