import type { Connection } from 'mongoose';
import { registerMarks } from './register-marks.ts';

/** A whole register as it stands, in memory. */
export interface RegisterView<T> {
  /** What is registered, in order of id. */
  readonly all: readonly T[];
  readonly byId: ReadonlyMap<string, T>;
  /** False where the register is longer than one reading: then what is missing here may exist. */
  readonly complete: boolean;
}

/** Longest a register is shown from memory without being read again; milliseconds. */
const oldestMs = 5 * 60_000;

/**
 * Makes the reading of a register from memory. It is read whole once and shown for as long as its mark in the store is
 * the same, so a page costs one small look instead of several long readings.
 *
 * How old it can be: a change is marked before `save` returns, and the mark is looked up anew each time, so whatever was
 * saved anywhere, by any process, before this is called is seen. Only when a process dies in the instant between a
 * change and its mark do others show the entry before it, for five minutes at most or until the next change of that
 * register. Pages take names, titles, choices and the office's hours from here: who somebody is, whether they still may
 * and which brands are theirs is read from the rows with every request. Activities take from here who holds a desk, who
 * is away, by which hours a limit runs and where a mail goes. A change that died before its mark was confirmed to
 * nobody, so a desk that opens meanwhile opened before it; what a change asks of running jobs follows its confirmation.
 */
export function rememberedRegister<T>(
  name: string,
  read: (connection: Connection) => Promise<RegisterView<T>>,
): (connection: Connection) => Promise<RegisterView<T>> {
  const known = new WeakMap<
    Connection,
    { mark: string | undefined; readAtMs: number; view: Promise<RegisterView<T>> }
  >();
  return async (connection) => {
    const mark = (await registerMarks(connection)).get(name);
    const kept = known.get(connection);
    if (kept && kept.mark === mark && performance.now() - kept.readAtMs < oldestMs) return kept.view;
    // The mark was read before the rows, so a change in between is only seen earlier, never missed.
    const fresh = { mark, readAtMs: performance.now(), view: read(connection) };
    known.set(connection, fresh);
    fresh.view.catch(() => {
      if (known.get(connection) === fresh) known.delete(connection);
    });
    return fresh.view;
  };
}
