import type { Lang } from '../lang.ts';
import { commonWords } from './common.ts';
import type { Dictionary, Say } from './dictionary.ts';
import { sayer } from './dictionary.ts';

export type { Dictionary, Say } from './dictionary.ts';
export { fill } from './dictionary.ts';

/** The words every page shares. */
export type CommonWords = typeof commonWords;

/** Says the common words in one language: `words(lang)('signOut')`. */
export function words(lang: Lang): Say<CommonWords>;
/** Says the common words and those of a reader's own dictionary: `words(lang, boardWords)('late')`. */
export function words<D extends Dictionary>(lang: Lang, own: D): Say<CommonWords & D>;
export function words<D extends Dictionary>(lang: Lang, own?: D): Say<CommonWords & D> {
  const all: Dictionary = { ...commonWords, ...own };
  return sayer(lang, all as CommonWords & D);
}
