import { nameCharacters } from './name.ts';
import type { NumberProblem } from './parts.ts';

/** The line every brand has for jobs of the brand as a whole (P-16). */
export const wholeBrandLine = { name: { zh: '品牌', en: 'Brand' }, code: 'PP' } as const;

/** A code made from a name, or everything that stands in the way. */
export type CodeFromName =
  { readonly ok: true; readonly code: string } | { readonly ok: false; readonly problems: readonly NumberProblem[] };

/**
 * The first letter of a pinyin reading, upper case: zhōng is Z, ān is A, lǜ is L (§2.4). Tone marks and numbers do not
 * matter. Undefined for anything that is no pinyin syllable; none begins with I, U or V.
 */
export function letterOfReading(reading: string): string | undefined {
  const plain = reading.normalize('NFD').replace(/\p{M}/gu, '').trim().toUpperCase();
  return /^[A-HJ-TW-Z][A-Z]{0,5}[0-5]?$/.test(plain) ? plain.charAt(0) : undefined;
}

/**
 * The code of a name: one letter for each character, Latin letters as they stand, digits by their Chinese words.
 * `readings`: the confirmed pinyin of each Han character in order, none for Latin letters and digits. The length of the
 * code is the number of characters that count (`nameCharacters`).
 */
export function codeFromReadings(name: string, readings: readonly string[]): CodeFromName {
  const characters = nameCharacters(name);
  if (characters.length === 0) {
    return { ok: false, problems: [{ code: 'nameEmpty', field: 'name', params: { name }, rule: 'R-03' }] };
  }
  const problems: NumberProblem[] = characters
    .filter(({ kind }) => kind === 'unreadable')
    .map(({ char }) => ({ code: 'characterUnreadable', field: 'name', params: { char }, rule: 'R-03' }));
  const expected = characters.filter(({ kind }) => kind === 'han').length;
  if (readings.length !== expected) {
    const params = { expected, given: readings.length };
    problems.push({ code: 'readingCount', field: 'readings', params, rule: 'R-03' });
  }
  if (problems.length > 0) return { ok: false, problems };
  let next = 0;
  let code = '';
  for (const { char, letter } of characters) {
    if (letter !== undefined) {
      code += letter;
      continue;
    }
    const reading = readings[next] ?? '';
    const first = letterOfReading(reading);
    if (first === undefined) {
      const params = { char, reading: reading.slice(0, 20) };
      problems.push({ code: 'readingUnreadable', field: `readings.${next}`, params, rule: 'R-03' });
    }
    code += first ?? '';
    next += 1;
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, code };
}
