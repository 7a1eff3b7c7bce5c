import type { Lang } from '../view/lang.ts';

/** Fills `{name}` in a sentence from its params; lists are joined in the manner of the language, what is not given becomes "…". */
export function fill(
  sentence: string,
  params: Readonly<Record<string, string | number | readonly string[]>>,
  language: Lang,
): string {
  return sentence.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) return '…';
    return typeof value === 'object' ? value.join(language === 'en' ? ', ' : '、') : String(value);
  });
}
