import { pinyin } from 'pinyin-pro';
import { codeFromReadings, letterOfReading } from '../domain/number/initials.ts';
import { nameCharacters } from '../domain/number/name.ts';

/** One possible reading of a character. */
export interface CharacterReading {
  /** Pinyin with tone marks, e.g. `cháng`. */
  readonly reading: string;
  /** A–Z. */
  readonly letter: string;
}

/** A character of a name with everything it can be read as; Latin letters and digits have their one letter and no reading. */
export interface ReadableCharacter {
  readonly char: string;
  readonly kind: 'han' | 'latin' | 'digit' | 'unreadable';
  /** The likely reading first; empty when nobody knows one and a person must type it. */
  readonly readings: readonly CharacterReading[];
  /** The letter of the likely reading. */
  readonly letter?: string;
  /** Whether the readings begin with different letters, so a person has to choose (长: C or Z). */
  readonly undecided: boolean;
}

/** A suggestion for the code of a name; a person confirms the readings, and the confirmed code is stored, never computed again (§2.4). */
export interface SuggestedReadings {
  readonly characters: readonly ReadableCharacter[];
  /** The code of the likely readings; undefined when a character has none. */
  readonly code?: string;
  /** Whether any character is undecided. */
  readonly undecided: boolean;
}

/** The likely reading of each character, found from the words they form: 重庆 is chóng qìng, 银行 is yín háng. */
function likelyReadings(text: string): readonly string[] {
  const found = pinyin(text, { type: 'array', toneType: 'symbol' });
  // One reading a character, else the words were not aligned and each character is asked alone.
  return found.length === Array.from(text).length
    ? found
    : Array.from(text, (char) => pinyin(char, { toneType: 'symbol' }));
}

function readingsOf(char: string, likely: string): CharacterReading[] {
  const every = [likely, ...pinyin(char, { type: 'array', toneType: 'symbol', multiple: true })];
  return [...new Set(every)].flatMap((reading) => {
    const letter = letterOfReading(reading);
    return letter === undefined || reading === char ? [] : [{ reading, letter }];
  });
}

/** Suggests the readings of a brand or line name and the code they give, offering every reading of a character with several. */
export function suggestReadings(name: string): SuggestedReadings {
  const counted = nameCharacters(name);
  const likely = likelyReadings(counted.map(({ char }) => char).join(''));
  const characters = counted.map(({ char, kind, letter }, index): ReadableCharacter => {
    if (kind !== 'han')
      return { char, kind, readings: [], ...(letter === undefined ? {} : { letter }), undecided: false };
    const readings = readingsOf(char, likely[index] ?? '');
    const first = readings[0]?.letter;
    const undecided = new Set(readings.map((one) => one.letter)).size > 1;
    return { char, kind, readings, ...(first === undefined ? {} : { letter: first }), undecided };
  });
  const chosen = characters.filter(({ kind }) => kind === 'han').map(({ readings }) => readings[0]?.reading ?? '');
  const made = codeFromReadings(name, chosen);
  const undecided = characters.some((one) => one.undecided);
  return made.ok ? { characters, code: made.code, undecided } : { characters, undecided };
}
