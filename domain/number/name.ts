/** One character of a name as it counts for its code; `letter` is known for Latin letters and digits, a Han character needs a reading. */
export interface NameCharacter {
  /** The character; for a digit its Chinese word (3 is 三). */
  readonly char: string;
  readonly kind: 'han' | 'latin' | 'digit' | 'unreadable';
  /** A–Z. */
  readonly letter?: string;
}

const digitWords = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/** First letters of líng yī èr sān sì wǔ liù qī bā jiǔ. */
const digitLetters = 'LYESSWLQBJ';

/** Endings that say only how a company is registered; longer ones first, simplified and traditional. */
const legalEndings = [
  '股份有限公司',
  '有限责任公司',
  '有限責任公司',
  '集团有限公司',
  '集團有限公司',
  '股份公司',
  '有限公司',
  '集团公司',
  '集團公司',
  '总公司',
  '總公司',
  '分公司',
  '公司',
  '集团',
  '集團',
];

const legalWords =
  /[\s,.,、()]+(?:co|company|ltd|limited|inc|incorporated|corp|corporation|group|llc|plc|gmbh|ag|sa|bv)\.?$/iu;

function withoutLegalWords(name: string): string {
  let left = name.trim();
  for (let round = 0; round < 5; round += 1) {
    const shorter = left.replace(/[\s.,()]+$/u, '').replace(legalWords, '');
    if (shorter === left || shorter.trim() === '') break;
    left = shorter;
  }
  return left;
}

function withoutLegalEndings(name: string): string {
  let left = name;
  for (let round = 0; round < 5; round += 1) {
    const ending = legalEndings.find((one) => left.endsWith(one) && left.length > one.length);
    if (ending === undefined) break;
    left = left.slice(0, -ending.length);
  }
  return left;
}

/**
 * A brand or line name as it counts for its code (§2.4): legal suffix dropped (集团, 有限公司, Co., Ltd. …), then signs
 * and spaces; wide letters made narrow and accents taken off. Characters of other scripts stay and are found unreadable.
 */
export function nameForCode(name: string): string {
  const narrow = withoutLegalWords(name.normalize('NFKC')).normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
  return withoutLegalEndings(narrow.replace(/[^\p{L}\p{Nd}\u3007]/gu, ''));
}

function characterOf(char: string): NameCharacter {
  if (/^[A-Za-z]$/.test(char)) return { char: char.toUpperCase(), kind: 'latin', letter: char.toUpperCase() };
  const digit = char === '\u3007' ? 0 : /^[0-9]$/.test(char) ? Number(char) : undefined;
  if (digit !== undefined) return { char: digitWords[digit] ?? '', kind: 'digit', letter: digitLetters.charAt(digit) };
  return { char, kind: /^\p{Script=Han}$/u.test(char) ? 'han' : 'unreadable' };
}

/** The characters of a name that count for its code, in order: one letter each. Digits come as Chinese words, Latin letters in upper case. */
export function nameCharacters(name: string): readonly NameCharacter[] {
  return Array.from(nameForCode(name), characterOf);
}
