import type { Refusal } from '../process.ts';
import { refuse } from '../process.ts';

/** Longest words of a decision, in UTF-16 units; the budget of the state depends on it. */
export const maxWords = 4000;

/** Why these words cannot be taken: they are longer than the state can bear. */
export function tooLong(text: string | undefined, name = 'words'): Refusal | undefined {
  return text !== undefined && text.length > maxWords
    ? refuse('TOO_LONG', { field: name, params: { name, max: maxWords } })
    : undefined;
}
