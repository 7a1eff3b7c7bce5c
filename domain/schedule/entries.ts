import type { Instant } from '../instant.ts';
import { listFact } from '../job/definition.ts';
import type { Facts } from '../job/state.ts';
import type { Entry } from './state.ts';

/** A row of F-11 as its facts tell it. */
export interface EntryRow {
  readonly task: string;
  readonly owner: string;
  readonly node: Instant;
  readonly mark: string;
}

/** The rows of F-11, from the four lists its facts keep row by row. */
export function entryRows(facts: Facts | undefined): readonly EntryRow[] {
  const [owners, nodes, marks] = (['owners', 'nodes', 'marks'] as const).map((key) => listFact(facts?.[key]));
  return listFact(facts?.['tasks']).map((task, n) => ({
    task,
    owner: owners?.[n] ?? '',
    node: nodes?.[n] ?? '',
    mark: marks?.[n] ?? '',
  }));
}

/** A version of F-11 being laid down: its number, by whom, when. */
export interface Laying {
  readonly version: number;
  readonly by: string | undefined;
  readonly at: Instant;
  /** Number of the next new entry. */
  readonly next: number;
}

/**
 * The entries once a version is laid down. A row that reads as before and is still the same person's keeps
 * everything: its confirmation stands, and so does what was done. Any other row is asked for; only whoever lays the
 * schedule down has confirmed their own entries by that.
 */
export function laidDown(
  before: readonly Entry[],
  rows: readonly EntryRow[],
  { version, by, at, next }: Laying,
): { readonly entries: readonly Entry[]; readonly next: number } {
  let number = next;
  const entries = rows.map((row, place): Entry => {
    const known = before.find(({ task }) => task === row.task);
    if (known !== undefined && known.mark === row.mark && known.owner === row.owner) return { ...known, row: place };
    const id = known?.id ?? `e${number}`;
    if (known === undefined) number += 1;
    const own = row.owner === by ? { state: 'confirmed' as const, answer: { by: row.owner, at } } : undefined;
    return { id, row: place, ...row, version, askedAt: at, ...(own ?? { state: 'asked' }) };
  });
  return { entries, next: number };
}

/** Owners of some entries, each once, in their order. */
export function ownersOf(entries: readonly Entry[]): readonly string[] {
  return [...new Set(entries.map(({ owner }) => owner))];
}

/** Who had an open entry that is theirs no more. */
export function releasedBy(before: readonly Entry[], after: readonly Entry[]): readonly string[] {
  const lost = before.filter(
    ({ id, owner, state }) => state !== 'done' && !after.some((entry) => entry.id === id && entry.owner === owner),
  );
  return ownersOf(lost);
}
