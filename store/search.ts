/**
 * Chinese search without a text index: every text is cut into pieces that are looked up exactly. Chinese runs give
 * single characters and pairs of neighbours; Latin words and numbers give themselves and all their beginnings.
 */

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const RUNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{N}]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[^\p{L}\p{N}]|$)/gu;
const WORD_LIMIT = 32;
const GRAM_LIMIT = 400;

/** One spelling for search: full-width and half-width, upper and lower case are the same. */
export function folded(words: string): string {
  return words.normalize('NFKC').toLowerCase();
}

function runsOf(words: string): string[] {
  return folded(words).match(RUNS) ?? [];
}

/** What a text is found by. At most 400 pieces, so that a long title cannot swell the index. */
export function grams(words: string): string[] {
  const found = new Set<string>();
  for (const run of runsOf(words)) {
    const characters = [...run];
    if (HAN.test(run)) {
      characters.forEach((character, place) => {
        found.add(character);
        const next = characters[place + 1];
        if (next !== undefined) found.add(character + next);
      });
    } else {
      for (const word of [run, ...(run.match(/\p{L}+|\p{N}+/gu) ?? [])]) {
        const letters = [...word].slice(0, WORD_LIMIT);
        letters.forEach((_, place) => found.add(letters.slice(0, place + 1).join('')));
      }
    }
    if (found.size >= GRAM_LIMIT) break;
  }
  return [...found].slice(0, GRAM_LIMIT);
}

/**
 * What a person's query asks for, word by word: within a word all pieces must be found. Words are parted by blanks and
 * by the change between Chinese and Latin; at most eight words count.
 */
export function askedGrams(query: string): string[][] {
  return runsOf(query.slice(0, 200))
    .slice(0, 8)
    .map((run) => {
      const characters = [...run];
      if (!HAN.test(run)) return [characters.slice(0, WORD_LIMIT).join('')];
      if (characters.length === 1) return [run];
      return characters.slice(0, -1).map((character, place) => character + (characters[place + 1] ?? ''));
    });
}
