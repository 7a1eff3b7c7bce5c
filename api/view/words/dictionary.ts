import type { Words } from '../../../domain/process.ts';
import type { Lang } from '../lang.ts';

/** A list of texts by key, each in both languages. `{name}` in a text is filled when it is said. */
export type Dictionary = Readonly<Record<string, Words>>;

/** The names in braces inside a text, as a type, so a forgotten value does not compile. */
type Gap<S extends string> = S extends `${string}{${infer N}}${infer Rest}` ? N | Gap<Rest> : never;

/** Says a key of a dictionary; asks for exactly the values its Chinese text has gaps for. */
export type Say<D extends Dictionary> = <K extends keyof D & string>(
  key: K,
  ...gaps: [Gap<D[K]['zh']>] extends [never] ? [] : [Readonly<Record<Gap<D[K]['zh']>, string | number>>]
) => string;

/** Fills `{name}` gaps of a text; a gap without a value stays visible rather than vanishing. */
export function fill(text: string, gaps: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(gaps, name) ? String(gaps[name]) : whole));
}

/** Makes the function that says the keys of a dictionary in one language. */
export function sayer<D extends Dictionary>(lang: Lang, dictionary: D): Say<D> {
  return (key, ...gaps) => {
    const words = dictionary[key];
    if (!words) return key;
    const text = lang === 'en' ? words.en : words.zh;
    return gaps[0] ? fill(text, gaps[0]) : text;
  };
}
