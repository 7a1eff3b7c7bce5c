import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { canonical } from '../domain/log/canonical.ts';
import { sealLink, type ChainLink, type Heads } from '../domain/log/linked.ts';
import { sha256 } from './digest.ts';
import { defineTable, number, op, text } from './table.ts';

/** One change of a register: the entry before and after, by whom, when, why. */
export interface AuditEntry {
  readonly register: string;
  readonly entry: string;
  readonly revision: number;
  readonly by: string;
  readonly at: Instant;
  readonly words?: string;
  /** Null for a new entry. */
  readonly before: unknown;
  readonly after: unknown;
}

interface AuditRow {
  readonly _id: string;
  readonly register: string;
  readonly entry: string;
  readonly revision: number;
  readonly by: string;
  readonly at: Instant;
  readonly words?: string;
  readonly body: string;
  /** Hash of what was changed, by whom, when and why; the contents themselves stay out of the chain, so they can be erased. */
  readonly digest: string;
  /** Hash of the change before; empty for the first. */
  readonly prev: string;
  readonly hash: string;
}

/**
 * Collection `audit`. Written once a change; later only its contents may be taken away (`redactAudit`). The changes of one
 * entry are a hash chain, whose heads the logs of jobs and the signed daily files take in (design §7).
 */
export const auditTable = defineTable<AuditRow>(
  'audit',
  {
    _id: text,
    register: text,
    entry: text,
    revision: number,
    by: text,
    at: text,
    words: { type: String },
    body: text,
    digest: text,
    prev: { type: String },
    hash: text,
  },
  [[{ register: 1, entry: 1, revision: -1 }], [{ at: -1 }]],
);

/** The name of a register entry's chain among the chains of the house, e.g. `clients:c1`; no process has such an id. */
export function chainOf(register: string, entry: string): string {
  return `${register}:${entry}`;
}

/** Writes the audit entry of a version behind the one before; writing it again changes nothing. */
export async function writeAudit(
  connection: Connection,
  entry: Pick<AuditEntry, 'register' | 'entry' | 'revision' | 'before' | 'after'> & {
    readonly change: { readonly by: string; readonly at: Instant; readonly words?: string };
  },
): Promise<void> {
  const { register, entry: id, revision, before, after, change } = entry;
  const audit = auditTable(connection);
  const chain = chainOf(register, id);
  const last = await audit
    .findOne({ register, entry: id, revision: op({ $lt: revision }) }, { hash: 1 })
    .sort({ revision: -1 })
    .lean<Pick<AuditRow, 'hash'>>();
  const { by, at, words } = change;
  const body = JSON.stringify({ before, after });
  const digest = sha256(canonical({ by, at, words, body }));
  const link = sealLink(chain, { seq: revision, prev: last?.hash ?? '', digest }, sha256);
  await audit.updateOne(
    { _id: `${chain}:${String(revision)}` },
    {
      $setOnInsert: {
        register,
        entry: id,
        revision,
        by,
        at,
        ...(words === undefined ? {} : { words }),
        body,
        digest,
        prev: link.prev,
        hash: link.hash,
      },
    },
    { upsert: true },
  );
}

function read({ _id, body, digest: _digest, prev: _prev, hash: _hash, ...rest }: AuditRow): AuditEntry {
  const { before, after } = JSON.parse(body) as { before: unknown; after: unknown };
  return { ...rest, before, after };
}

/** What happened to one entry of a register, newest first. */
export async function auditOf(connection: Connection, register: string, entry: string): Promise<AuditEntry[]> {
  const rows = await auditTable(connection)
    .find({ register, entry })
    .sort({ revision: -1 })
    .limit(200)
    .lean<AuditRow[]>();
  return rows.map(read);
}

/**
 * Takes personal data out of what is kept of an entry's changes: of what stood before and after each, what `without`
 * leaves, and of the words that were said nothing, but for the newest change, which says why. The chain is made of
 * digests and stays whole.
 */
export async function redactAudit(
  connection: Connection,
  register: string,
  entry: string,
  without: (contents: Readonly<Record<string, unknown>>) => unknown,
): Promise<void> {
  const rows = await auditTable(connection).find({ register, entry }).sort({ revision: 1 }).lean<AuditRow[]>();
  const newest = rows.at(-1);
  const left = (contents: unknown): unknown =>
    typeof contents === 'object' && contents !== null ? without({ ...contents }) : contents;
  for (const row of rows) {
    const { before, after } = read(row);
    const body = JSON.stringify({ before: left(before), after: left(after) });
    await auditTable(connection).updateOne(
      { _id: row._id },
      { $set: { body }, ...(row === newest ? {} : { $unset: { words: 1 } }) },
    );
  }
}

/** What one version of a register entry changed, by its number; undefined when there is no such audit entry. */
export async function auditAt(
  connection: Connection,
  register: string,
  entry: string,
  revision: number,
): Promise<Pick<AuditEntry, 'before' | 'after'> | undefined> {
  const id = `${chainOf(register, entry)}:${String(revision)}`;
  const row = await auditTable(connection).findById(id).lean<AuditRow>();
  return row === null ? undefined : read(row);
}

/** The latest changes of all registers. */
export async function latestAudit(connection: Connection, limit = 100): Promise<AuditEntry[]> {
  const rows = await auditTable(connection).find({}).sort({ at: -1 }).limit(Math.min(limit, 500)).lean<AuditRow[]>();
  return rows.map(read);
}

/** The newest heads of some register entries; those that were never changed are left out. */
export async function registerHeads(
  connection: Connection,
  entries: readonly { readonly register: string; readonly entry: string }[],
): Promise<Heads> {
  const found = await Promise.all(
    entries.map(({ register, entry }) =>
      auditTable(connection)
        .findOne({ register, entry }, { revision: 1, hash: 1 })
        .sort({ revision: -1 })
        .lean<Pick<AuditRow, 'revision' | 'hash'>>(),
    ),
  );
  return headsFrom(
    entries.flatMap((entry, place) => {
      const row = found[place];
      return row ? [{ ...entry, ...row }] : [];
    }),
  );
}

/** The heads of all register entries that changed at or after `since`. */
export async function registerHeadsSince(connection: Connection, since: Instant): Promise<Heads> {
  const rows = await auditTable(connection)
    .find({ at: op({ $gte: since }) }, { register: 1, entry: 1, revision: 1, hash: 1 })
    .sort({ revision: 1 })
    .lean<Pick<AuditRow, 'register' | 'entry' | 'revision' | 'hash'>[]>();
  return headsFrom(rows);
}

function headsFrom(rows: readonly Pick<AuditRow, 'register' | 'entry' | 'revision' | 'hash'>[]): Heads {
  return Object.fromEntries(
    rows.map((row) => [chainOf(row.register, row.entry), { seq: row.revision, hash: row.hash }]),
  );
}

/** A register entry's chain without its contents, oldest first: what an export shows of it. */
export async function linksOf(connection: Connection, chain: string): Promise<ChainLink[]> {
  const [register = '', ...entry] = chain.split(':');
  const rows = await auditTable(connection)
    .find({ register, entry: entry.join(':') }, { revision: 1, prev: 1, digest: 1, hash: 1 })
    .sort({ revision: 1 })
    .lean<Pick<AuditRow, 'revision' | 'prev' | 'digest' | 'hash'>[]>();
  return rows.map(({ revision, prev, digest, hash }) => ({ seq: revision, prev, digest, hash }));
}
