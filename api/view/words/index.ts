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
  return sayer(lang, withCommon(own));
}

// Every component of a page asks for its words; the two lists are laid together once.
const joined = new WeakMap<Dictionary, Dictionary>();

function withCommon<D extends Dictionary>(own: D | undefined): CommonWords & D {
  const all = (own && joined.get(own)) ?? { ...commonWords, ...own };
  if (own) joined.set(own, all);
  return all as CommonWords & D;
}
