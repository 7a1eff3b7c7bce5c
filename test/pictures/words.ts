import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Everything the product says, in one language: whole sentences, and shapes of those that have gaps. */
interface Said {
  readonly whole: ReadonlySet<string>;
  readonly shapes: readonly RegExp[];
}

/** What the product says in each language, read out of its dictionaries. */
export interface Spoken {
  readonly zh: Said;
  readonly en: Said;
}

interface Pair {
  readonly zh: string;
  readonly en: string;
}

function isPair(value: unknown): value is Pair {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'zh') === 'string' &&
    typeof Reflect.get(value, 'en') === 'string'
  );
}

function pairsIn(value: unknown, depth: number): readonly Pair[] {
  if (isPair(value)) return [value];
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  return Object.values(value).flatMap((one) => pairsIn(one, depth - 1));
}

/** Files that hold words: the dictionaries of the pages and the wording of the domain. */
function dictionaries(): readonly string[] {
  const under = (folder: string, fits: (path: string) => boolean): string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && fits(path))
      .map((path) => join(root, folder, path));
  return [...under('api', (path) => /words/.test(path)), ...under('domain/wording', () => true)];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function saidOf(texts: readonly string[]): Said {
  const gaps = texts.filter((text) => text.includes('{'));
  // A shape that is hardly more than its gaps would fit any text.
  const telling = gaps.filter((text) => text.replace(/\{\w+\}|[\s\p{P}]/gu, '').length >= 4);
  return {
    whole: new Set(texts.filter((text) => !text.includes('{'))),
    shapes: [...new Set(telling)].map(
      (text) =>
        new RegExp(
          `^${text
            .split(/\{\w+\}/)
            .map(escaped)
            .join('.*')}$`,
          'su',
        ),
    ),
  };
}

/** Reads the words of the product. */
export async function spokenWords(): Promise<Spoken> {
  const pairs: Pair[] = [];
  for (const file of dictionaries()) pairs.push(...pairsIn(await import(pathToFileURL(file).href), 4));
  return { zh: saidOf(pairs.map(({ zh }) => zh)), en: saidOf(pairs.map(({ en }) => en)) };
}

const says = ({ whole, shapes }: Said, text: string): boolean =>
  whole.has(text) || shapes.some((shape) => shape.test(text));

/** A key or a code instead of words: `askSign`, `AT_SUPERVISOR`, `{n}`, `undefined`. */
const unsaid = /^[a-z]+(?:[A-Z][a-z]+)+$|^[A-Z]{2,}(?:_[A-Z]+)+$|\{\w+\}|^(?:undefined|null|NaN)$|\[object /;

/** A text on a page, and the language it is marked as. */
export interface PageText {
  readonly text: string;
  readonly lang: string;
}

/** Texts that stand on a page in the wrong language, or that are no words at all. */
export function untranslated(texts: readonly PageText[], lang: 'zh-CN' | 'en', spoken: Spoken): readonly string[] {
  const [own, other] = lang === 'en' ? [spoken.en, spoken.zh] : [spoken.zh, spoken.en];
  const found = texts
    .filter(({ lang: marked }) => marked === lang)
    .map(({ text }) => text)
    .filter((text) => unsaid.test(text) || (says(other, text) && !says(own, text)));
  return [...new Set(found)].map((text) => `not in ${lang}: ${text.slice(0, 80)}`);
}
