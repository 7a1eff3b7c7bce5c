import type { Words } from '../../domain/process.ts';

/** The two languages of every page; the value is also what `lang` attributes and mails carry. */
export type Lang = 'zh-CN' | 'en';

/** All languages, the house's first language first. */
export const langs = ['zh-CN', 'en'] as const satisfies readonly Lang[];

/** The other language: what the switch in the top bar leads to. */
export function otherLang(lang: Lang): Lang {
  return lang === 'en' ? 'zh-CN' : 'en';
}

/** Takes one language out of a two-language text of the domain. */
export function pick(words: Words, lang: Lang): string {
  return lang === 'en' ? words.en : words.zh;
}

/**
 * The language of a request: what the address asks for, else what the reader is known to prefer, else the browser's
 * first of ours, else Chinese. Anything unreadable counts as not said.
 */
export function langOf(asked: unknown, preferred: unknown, acceptLanguage: string | undefined): Lang {
  for (const wish of [asked, preferred]) {
    const known = knownLang(wish);
    if (known) return known;
  }
  for (const part of (acceptLanguage ?? '').split(',')) {
    const known = knownLang(part.split(';')[0]?.trim());
    if (known) return known;
  }
  return 'zh-CN';
}

/**
 * The `lang` of words people wrote, where it is not the page's: Chinese on an English page, so that it is spoken and set
 * as Chinese. Undefined where the page's own holds; names in Latin letters need none.
 */
export function langOfWords(text: string, page: Lang): 'zh-CN' | undefined {
  return page === 'en' && /\p{Script=Han}/u.test(text) ? 'zh-CN' : undefined;
}

function knownLang(wish: unknown): Lang | undefined {
  if (typeof wish !== 'string') return undefined;
  const lower = wish.toLowerCase();
  if (lower === 'en' || lower.startsWith('en-')) return 'en';
  if (lower === 'zh' || lower.startsWith('zh-')) return 'zh-CN';
  return undefined;
}

/** The short name that `domain/wording` knows a language by. */
export function wordingLang(lang: Lang): 'zh' | 'en' {
  return lang === 'en' ? 'en' : 'zh';
}
