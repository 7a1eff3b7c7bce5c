import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { writeAudit } from './audit.ts';
import { markRegister } from './register-marks.ts';
import type { RegisterView } from './register-view.ts';
import { rememberedRegister } from './register-view.ts';
import type { Table } from './table.ts';
import { defineTable, isDuplicateKey, json, number, op, text, texts } from './table.ts';

/** Who changed a register, when, and why. */
export interface Change {
  readonly by: string;
  readonly at: Instant;
  readonly words?: string;
}

/** One entry of a register as it stands, with the number of its version. */
export interface Registered<T> {
  readonly id: string;
  /** Counts changes from 1; whoever saves names the one they saw. */
  readonly revision: number;
  readonly changed: Change;
  readonly value: T;
}

interface RegisterRow<T> {
  readonly _id: string;
  readonly revision: number;
  readonly value: T;
  /** What may exist once in the whole register, e.g. `code:YF`. */
  readonly unique: readonly string[];
  /** What the entry is found by, e.g. `brand:b1`. */
  readonly keys: readonly string[];
  readonly changed: Change;
  /** The entry before this change, until the audit entry is written; so no change can escape the audit. */
  readonly before?: T;
  /** It was taken out of the register; the row stays, so that its versions go on counting if it comes back. */
  readonly dropped?: boolean;
}

/** An entry that may have been taken out, with the number whoever changes it next must name. */
export interface Standing<T> {
  /** 0 where there never was one. */
  readonly revision: number;
  /** Null where there is none, or none any more. */
  readonly entry: Registered<T> | null;
  /** Who took it out, when and why. */
  readonly dropped?: Change;
}

/** What became of saving: the new version, or the entry as somebody else has left it, or what is already taken. */
export type SavedRegister<T> =
  | { readonly saved: true; readonly revision: number }
  | { readonly saved: false; readonly why: 'changed'; readonly current: Registered<T> | null }
  | { readonly saved: false; readonly why: 'taken'; readonly taken: readonly string[] };

/** A register: people, teams, clients and the like. Versions, compare-and-set, an audit entry for each change. */
export interface Register<T> {
  readonly name: string;
  readonly table: Table<RegisterRow<T>>;
  get(connection: Connection, id: string): Promise<Registered<T> | null>;
  /** Several entries by id; those that do not exist are left out. */
  some(connection: Connection, ids: readonly string[]): Promise<Registered<T>[]>;
  /** Entries found by a key, e.g. `brand:b1`. */
  by(connection: Connection, key: string): Promise<Registered<T>[]>;
  /** Entries found by any of several keys, in order of id, at most 5,000. */
  byAny(connection: Connection, keys: readonly string[]): Promise<Registered<T>[]>;
  /** The whole register in order of id, at most 5,000. */
  all(connection: Connection): Promise<Registered<T>[]>;
  /** The whole register from memory, as new as its mark in the store (`register-view.ts`). */
  now(connection: Connection): Promise<RegisterView<T>>;
  /** Saves over the version seen (0: it is new). */
  save(connection: Connection, id: string, revision: number, value: T, change: Change): Promise<SavedRegister<T>>;
  /** An entry with its version, also where it was taken out. */
  standing(connection: Connection, id: string): Promise<Standing<T>>;
  /** Takes the version seen out of the register; its history stays, and saving over the new number brings it back. */
  drop(connection: Connection, id: string, revision: number, change: Change): Promise<SavedRegister<T>>;
}

const WHOLE = 5_000;

/** Defines a register in a collection. `unique` and `keys` are computed from the value each time it is saved. */
export function defineRegister<T extends object>(
  name: string,
  found: { readonly unique?: (value: T) => readonly string[]; readonly keys?: (value: T) => readonly string[] } = {},
): Register<T> {
  const table = defineTable<RegisterRow<T>>(
    name,
    {
      _id: text,
      revision: number,
      value: json,
      unique: texts,
      keys: texts,
      changed: json,
      before: json,
      dropped: { type: Boolean },
    },
    [[{ unique: 1 }, { unique: true, partialFilterExpression: { 'unique.0': { $exists: true } } }], [{ keys: 1 }]],
  );
  const read = (row: RegisterRow<T>): Registered<T> => ({
    id: row._id,
    revision: row.revision,
    changed: row.changed,
    value: row.value,
  });

  async function rowsOf(connection: Connection, filter: object): Promise<RegisterRow<T>[]> {
    const there: object = { ...filter, dropped: op({ $ne: true }) };
    return table(connection).find(there).sort({ _id: 1 }).limit(WHOLE).lean<RegisterRow<T>[]>();
  }

  async function find(connection: Connection, filter: object): Promise<Registered<T>[]> {
    return (await rowsOf(connection, filter)).map(read);
  }

  async function get(connection: Connection, id: string): Promise<Registered<T> | null> {
    return (await standing(connection, id)).entry;
  }

  async function standing(connection: Connection, id: string): Promise<Standing<T>> {
    const row = await table(connection).findById(id).lean<RegisterRow<T>>();
    if (row === null) return { revision: 0, entry: null };
    return row.dropped === true
      ? { revision: row.revision, entry: null, dropped: row.changed }
      : { revision: row.revision, entry: read(row) };
  }

  /** Nobody comes between: the entry as somebody else has left it. */
  async function changedMeanwhile(connection: Connection, id: string): Promise<SavedRegister<T>> {
    return { saved: false, why: 'changed', current: await get(connection, id) };
  }

  async function takenBy(connection: Connection, id: string, unique: readonly string[]): Promise<readonly string[]> {
    if (unique.length === 0) return [];
    const rows = await rowsOf(connection, { _id: op({ $ne: id }), unique: op({ $in: [...unique] }) });
    return unique.filter((one) => rows.some((row) => row.unique.includes(one)));
  }

  async function save(
    connection: Connection,
    id: string,
    revision: number,
    value: T,
    change: Change,
  ): Promise<SavedRegister<T>> {
    const model = table(connection);
    const plain = JSON.parse(JSON.stringify(value)) as T;
    const unique = [...new Set(found.unique?.(plain) ?? [])];
    const keys = [...new Set(found.keys?.(plain) ?? [])];
    const old = await model.findById(id).lean<RegisterRow<T>>();
    if ((old?.revision ?? 0) !== revision) return changedMeanwhile(connection, id);
    // Whoever saved last may have died before writing the audit entry; it is written now, before its trace is overwritten.
    if (old) await auditOf(connection, old);
    // The driver takes documents whose ids are texts; the library's types for an unknown value shape cannot say so, hence `never`.
    const next = { revision: revision + 1, value: plain, unique, keys, changed: change };
    try {
      if (!old) {
        await model.collection.insertOne({ _id: id, ...next } as never);
      } else {
        // What was taken out and comes back follows nothing.
        const done = await model.collection.updateOne(
          { _id: id, revision } as never,
          old.dropped === true
            ? { $set: next, $unset: { before: 1, dropped: 1 } }
            : { $set: { ...next, before: old.value } },
        );
        if (done.matchedCount === 0) return changedMeanwhile(connection, id);
      }
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const taken = await takenBy(connection, id, unique);
      if (taken.length > 0) return { saved: false, why: 'taken', taken };
      return changedMeanwhile(connection, id);
    }
    await markRegister(connection, name);
    await auditOf(connection, { _id: id, ...next, ...(old && old.dropped !== true ? { before: old.value } : {}) });
    return { saved: true, revision: revision + 1 };
  }

  async function drop(connection: Connection, id: string, revision: number, change: Change): Promise<SavedRegister<T>> {
    const model = table(connection);
    const old = await model.findById(id).lean<RegisterRow<T>>();
    if (old === null || old.dropped === true || old.revision !== revision) return changedMeanwhile(connection, id);
    await auditOf(connection, old);
    const next = { revision: revision + 1, unique: [], keys: [], changed: change, before: old.value, dropped: true };
    const done = await model.collection.updateOne({ _id: id, revision } as never, { $set: next });
    if (done.matchedCount === 0) return changedMeanwhile(connection, id);
    await markRegister(connection, name);
    await auditOf(connection, { ...old, ...next });
    return { saved: true, revision: revision + 1 };
  }

  async function auditOf(connection: Connection, row: RegisterRow<T>): Promise<void> {
    await writeAudit(connection, {
      register: name,
      entry: row._id,
      revision: row.revision,
      change: row.changed,
      before: row.before ?? null,
      after: row.dropped === true ? null : row.value,
    });
  }

  return {
    name,
    table,
    get,
    some: (connection, ids) =>
      ids.length === 0 ? Promise.resolve([]) : find(connection, { _id: op({ $in: [...ids] }) }),
    by: (connection, key) => find(connection, { keys: key }),
    byAny: (connection, keys) =>
      keys.length === 0 ? Promise.resolve([]) : find(connection, { keys: op({ $in: [...keys] }) }),
    all: (connection) => find(connection, {}),
    now: rememberedRegister(name, async (connection) => {
      const rows = await rowsOf(connection, {});
      return {
        all: rows.map(({ value }) => value),
        byId: new Map(rows.map(({ _id, value }) => [_id, value])),
        complete: rows.length < WHOLE,
      };
    }),
    save,
    standing,
    drop,
  };
}
