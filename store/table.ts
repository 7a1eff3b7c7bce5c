import type { Connection, Model, SchemaDefinition } from 'mongoose';
import mongoose, { Schema } from 'mongoose';

/** One index of a table: its keys in order, and what is special about it. */
export type TableIndex = readonly [
  keys: Readonly<Record<string, 1 | -1>>,
  options?: { readonly unique?: true; readonly partialFilterExpression?: object; readonly expireAfterSeconds?: number },
];

/** A collection of the store: gives its model on a connection, the same one every time. */
export interface Table<Row> {
  (connection: Connection): Model<Row>;
  readonly collection: string;
  readonly indexes: readonly TableIndex[];
}

const known = new Map<string, Table<never>>();

/** Every table that was defined, by collection name; `ensureIndexes` walks over them. */
export function allTables(): ReadonlyMap<string, { readonly indexes: readonly TableIndex[] }> {
  return known;
}

/**
 * Defines a collection. Schemas are strict: a field nobody declared is refused instead of silently dropped, and empty
 * objects stay what they are. No timestamps of the library: times come from the one injected clock.
 */
export function defineTable<Row>(
  collection: string,
  fields: SchemaDefinition,
  indexes: readonly TableIndex[] = [],
): Table<Row> {
  const models = new WeakMap<Connection, Model<Row>>();
  const schema = new Schema<Row>(fields as SchemaDefinition<Row>, {
    collection,
    strict: 'throw',
    minimize: false,
    versionKey: false,
    autoIndex: false,
    autoCreate: false,
    id: false,
  });
  const table = (connection: Connection): Model<Row> => {
    const made = models.get(connection) ?? connection.model<Row>(collection, schema, collection);
    models.set(connection, made);
    return made;
  };
  const defined: Table<Row> = Object.assign(table, { collection, indexes });
  known.set(collection, defined as unknown as Table<never>);
  return defined;
}

/** A text that must be there. */
export const text = { type: String, required: true } as const;
/** A text that must be there and may be empty. */
export const anyText = {
  type: String,
  validate: { validator: (value: unknown) => typeof value === 'string' },
} as const;
/** A list of texts. */
export const texts = { type: [String], required: true } as const;
/** A whole or broken number that must be there. */
export const number = { type: Number, required: true } as const;
/** A yes or no that must be there. */
export const flag = { type: Boolean, required: true } as const;
/** Plain JSON that only our own code writes. */
export const json = { type: Schema.Types.Mixed } as const;

/** For writes that go to the collection itself: a member that is `undefined` is left out there too, never kept as null. */
export const plainWrite = { ignoreUndefined: true } as const;

/**
 * Marks query operators as our own. Everything else that looks like an operator is taken for a value (`sanitizeFilter`),
 * so what a person typed can never become one.
 */
export function op<T extends object>(operators: T): T {
  return mongoose.trusted(operators);
}

/** Rows by their keys, in portions that one command can bear; those that are not there are left out. */
export async function rowsById<Row extends { readonly _id: string }>(
  table: Table<Row>,
  connection: Connection,
  ids: readonly string[],
): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  for (let from = 0; from < ids.length; from += 1_000) {
    const some = { _id: op({ $in: ids.slice(from, from + 1_000) }) };
    for (const row of await table(connection)
      .find(some as never)
      .lean<Row[]>())
      found.set(row._id, row);
  }
  return found;
}

/** Whether a write lost against a unique index; of several writes, whether every one that failed did. */
export function isDuplicateKey(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 11000) return false;
  const several =
    'writeErrors' in error && Array.isArray(error.writeErrors) ? (error.writeErrors as { code?: unknown }[]) : [];
  return several.every((one) => one.code === 11000);
}
