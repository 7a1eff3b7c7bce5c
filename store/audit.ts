import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { defineTable, number, text } from './table.ts';

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
}

/** Collection `audit`. Written once a change, never changed. */
export const auditTable = defineTable<AuditRow>(
  'audit',
  { _id: text, register: text, entry: text, revision: number, by: text, at: text, words: { type: String }, body: text },
  [[{ register: 1, entry: 1, revision: -1 }], [{ at: -1 }]],
);

/** Writes the audit entry of a version; writing it again changes nothing. */
export async function writeAudit(
  connection: Connection,
  entry: Pick<AuditEntry, 'register' | 'entry' | 'revision' | 'before' | 'after'> & {
    readonly change: { readonly by: string; readonly at: Instant; readonly words?: string };
  },
): Promise<void> {
  const { register, entry: id, revision, before, after, change } = entry;
  await auditTable(connection).updateOne(
    { _id: `${register}:${id}:${String(revision)}` },
    {
      $setOnInsert: {
        register,
        entry: id,
        revision,
        by: change.by,
        at: change.at,
        ...(change.words === undefined ? {} : { words: change.words }),
        body: JSON.stringify({ before, after }),
      },
    },
    { upsert: true },
  );
}

function read({ _id, body, ...rest }: AuditRow): AuditEntry {
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

/** The latest changes of all registers. */
export async function latestAudit(connection: Connection, limit = 100): Promise<AuditEntry[]> {
  const rows = await auditTable(connection).find({}).sort({ at: -1 }).limit(Math.min(limit, 500)).lean<AuditRow[]>();
  return rows.map(read);
}
