import {
  checkBrandCode,
  checkLineCode,
  checkOtherCode,
  suggestBrandCode,
  suggestLineCode,
  type CodeRegister,
} from '../../domain/number/codes.ts';
import { codeFromReadings } from '../../domain/number/initials.ts';
import type { NumberProblem } from '../../domain/number/parts.ts';
import type { Role } from '../../domain/people/roles.ts';
import type { Client } from '../../store/clients.ts';
import { suggestReadings, type SuggestedReadings } from '../../store/pinyin.ts';
import type { Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import { adminWords } from './words.ts';

/** All codes of the house, by which collisions are judged. */
export function registerOf(all: readonly Client[]): CodeRegister {
  return all.flatMap((client) =>
    client.brands.map((brand) => ({
      brandId: brand.id,
      code: brand.code,
      lines: brand.lines.map((line) => ({ lineId: line.id, code: line.code })),
    })),
  );
}

/** What is to be coded: a brand, or a line of a brand. */
export type Coded =
  | { readonly kind: 'brand'; readonly brandId: string }
  | { readonly kind: 'line'; readonly brandId: string; readonly lineId: string };

/** The readings of a name with those a person chose, and the code they give. */
export interface Readings {
  readonly suggested: SuggestedReadings;
  /** The chosen reading of each Han character, in order. */
  readonly chosen: readonly string[];
  /** The code of the chosen readings; undefined when a character cannot be read. */
  readonly initials: string | undefined;
}

/** Reads a name; a chosen reading counts only where it is one of the character's own. */
export function readingsFor(name: string, typed: readonly string[]): Readings {
  const suggested = suggestReadings(name);
  const chosen = suggested.characters
    .filter((character) => character.kind === 'han')
    .map((character, index) => {
      const wish = typed[index];
      return character.readings.some((one) => one.reading === wish)
        ? (wish ?? '')
        : (character.readings[0]?.reading ?? '');
    });
  const made = codeFromReadings(name, chosen);
  return { suggested, chosen, initials: made.ok ? made.code : undefined };
}

/** A free code that starts from the initials. */
export function freeCode(register: CodeRegister, coded: Coded, initials: string): string | undefined {
  return coded.kind === 'brand'
    ? suggestBrandCode(register, coded.brandId, initials)
    : suggestLineCode(register, { brandId: coded.brandId, lineId: coded.lineId, initials });
}

/** What stands against a code, in words, by the field it belongs to; empty when nothing does. */
export function codeErrors(
  register: CodeRegister,
  coded: Coded,
  given: {
    readonly code: string;
    readonly initials: string | undefined;
    readonly reason: string;
    readonly roles: readonly Role[];
  },
  lang: Lang,
): Readonly<Record<string, string>> {
  const t = words(lang, adminWords);
  const { code } = given;
  const taken: readonly NumberProblem[] =
    coded.kind === 'brand'
      ? checkBrandCode(register, { brandId: coded.brandId, code })
      : checkLineCode(register, { brandId: coded.brandId, lineId: coded.lineId, code });
  // A brand code that is unique among the letters may still be refused with its lines; each has its own sentence.
  const other =
    taken.length > 0
      ? []
      : checkOtherCode({
          field: coded.kind === 'brand' ? 'brandCode' : 'lineCode',
          initials: given.initials,
          code,
          reason: given.reason,
          roles: given.roles,
        });
  const errors: Record<string, string> = {};
  for (const problem of [...taken, ...other]) {
    const free = freeCode(register, coded, given.initials ?? code) ?? '…';
    switch (problem.code) {
      case 'brandCodeTaken':
        errors.code = t('codeTaken', { code, free });
        break;
      case 'lineCodeTaken':
        errors.code = t('lineTaken', { code, free });
        break;
      case 'prefixTaken':
        errors.code = t('prefixTaken', { free });
        break;
      case 'otherCodeReasonMissing':
        errors.codeReason = t('reasonMissing');
        break;
      case 'otherCodeRole':
        errors.code = t('otherRole');
        break;
      default:
        errors.code = t('codeLetters');
    }
  }
  return errors;
}
