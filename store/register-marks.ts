import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { defineTable, isDuplicateKey, text } from './table.ts';

interface MarkRow {
  readonly _id: string;
  readonly mark: string;
}

/** Collection `registerMarks`: one row a register, with a new random mark after every change of it. */
const markTable = defineTable<MarkRow>('registerMarks', { _id: text, mark: text });

/** Leaves a new mark behind a change that is written, before whoever made it hears that it is done. */
export async function markRegister(connection: Connection, register: string): Promise<void> {
  const mark = randomBytes(9).toString('base64url');
  const once = () => markTable(connection).updateOne({ _id: register }, { $set: { mark } }, { upsert: true });
  try {
    await once();
  } catch (error) {
    // Two first changes of a register at once: the other one made the row, so now it is there.
    if (!isDuplicateKey(error)) throw error;
    await once();
  }
}

const asking = new WeakMap<Connection, Promise<ReadonlyMap<string, string>>>();

/** The marks of all registers as they are now. Whoever asks in the same turn of the event loop shares one look. */
export function registerMarks(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const shared = asking.get(connection);
  if (shared) return shared;
  const look = new Promise<void>((turn) => setImmediate(turn)).then(async () => {
    // From here on the look is under way; who asks later may know of a change that it does not see.
    asking.delete(connection);
    const rows = await markTable(connection).find({}).lean<MarkRow[]>();
    return new Map(rows.map(({ _id, mark }) => [_id, mark]));
  });
  asking.set(connection, look);
  return look;
}
