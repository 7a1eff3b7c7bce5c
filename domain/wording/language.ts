import type { Words } from '../process.ts';

/** The two languages of the house. */
export type Lang = 'zh' | 'en';

/** The words in one language. */
export function inLang(words: Words, lang: Lang): string {
  return words[lang];
}

/** Several words in a row: `文案、设计`, `copywriter, designer`. */
export function inRow(list: readonly string[], lang: Lang): string {
  return list.join(lang === 'zh' ? '、' : ', ');
}

/** A remark behind a name, in the brackets of the language. */
export function inBrackets(text: string, lang: Lang): string {
  return lang === 'zh' ? `（${text}）` : ` (${text})`;
}

/** Reported words behind a sentence; nothing when there are none. */
export function said(words: string | undefined, lang: Lang): string {
  if (words === undefined || words.trim() === '') return '';
  return lang === 'zh' ? `：${words}` : `: ${words}`;
}
