import type { Facts } from '../domain/job/state.ts';
import { idPattern } from './field.ts';

/** What a form's own facts may hold. */
export type FactValue = string | number | boolean | null | readonly string[];

// Facts travel inside commands and state: 4 KB at most (design §2). Ids stay whole, other words are shortened.
const wordsBytesMax = 40;
const entriesMax = 20;

function shorten(text: string): string {
  let kept = '';
  for (const sign of text) {
    if (Buffer.byteLength(kept + sign) > wordsBytesMax) return `${kept}…`;
    kept += sign;
  }
  return kept;
}

/** A list of words short enough for facts; what is left out is counted in a last entry such as `+12`. */
export function fewWords(words: readonly string[]): string[] {
  const kept = words.slice(0, entriesMax).map(shorten);
  return words.length > entriesMax ? [...kept, `+${words.length - entriesMax}`] : kept;
}

/** Ids as they are, for guards that compare them. Anything that is no id is left out. */
export function ids(list: readonly (string | undefined)[]): string[] {
  return [...new Set(list.filter((id): id is string => id !== undefined && idPattern.test(id)))];
}

/** Facts with what every form has: whether it is complete and which fields are missing. */
export function factsWith(missing: readonly string[], own: Readonly<Record<string, FactValue>>): Facts {
  return { ...own, complete: missing.length === 0, missing: [...missing] };
}
