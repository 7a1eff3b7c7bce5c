import { isVisible } from './text.ts';

// No paper or act nests deeper; beyond it the input is left alone and refused by its shape, so a tower of brackets costs nothing.
const depthMax = 8;

/** What to do with lists and records that hold nothing. */
export interface PruneOptions {
  readonly emptyLists: 'drop' | 'keep';
}

/**
 * The input without what says nothing: undefined, texts without a visible sign, and (for papers) empty lists and rows
 * nobody began. A form post writes every field; so "not filled in" has one spelling, and equal papers have equal hashes.
 * Null and records where none belong (`{"$ne": null}`) stay and are refused by their shape; own keys such as
 * `__proto__` stay own keys and are refused as unknown.
 */
export function prune(input: unknown, options: PruneOptions, depth = 0): unknown {
  if (typeof input === 'string') return isVisible(input) ? input : undefined;
  if (typeof input !== 'object' || input === null || depth > depthMax) return input;
  if (Array.isArray(input)) {
    const kept = input
      .map((entry: unknown) => prune(entry, options, depth + 1))
      .filter((entry) => entry !== undefined && !(options.emptyLists === 'drop' && isEmptyRecord(entry)));
    return kept.length === 0 && options.emptyLists === 'drop' ? undefined : kept;
  }
  return Object.fromEntries(
    Object.entries(input).flatMap(([key, value]) => {
      const left = prune(value, options, depth + 1);
      return left === undefined ? [] : [[key, left] as const];
    }),
  );
}

function isEmptyRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
