import type { Role } from '../people/roles.ts';
import { checkCode, longestCode } from './parts.ts';
import type { NumberProblem } from './parts.ts';

/** Registered codes of one product line. Former codes stay taken for ever, so no number is ever given twice. */
export interface LineCodes {
  readonly lineId: string;
  readonly code: string;
  readonly formerCodes?: readonly string[];
}

/** Registered codes of one brand and its lines. */
export interface BrandCodes {
  readonly brandId: string;
  readonly code: string;
  readonly formerCodes?: readonly string[];
  readonly lines: readonly LineCodes[];
}

/** All codes of the agency. */
export type CodeRegister = readonly BrandCodes[];

function allCodesOf(coded: { readonly code: string; readonly formerCodes?: readonly string[] }): string[] {
  return [coded.code, ...(coded.formerCodes ?? [])];
}

interface PrefixOwner {
  readonly brandId: string;
  readonly lineId: string;
  readonly prefix: string;
}

function prefixOwners(register: CodeRegister): PrefixOwner[] {
  return register.flatMap((brand) =>
    brand.lines.flatMap((line) =>
      allCodesOf(brand).flatMap((brandCode) =>
        allCodesOf(line).map((lineCode) => ({
          brandId: brand.brandId,
          lineId: line.lineId,
          prefix: brandCode + lineCode,
        })),
      ),
    ),
  );
}

function prefixProblems(register: CodeRegister, wanted: PrefixOwner, field: string): NumberProblem[] {
  return prefixOwners(register)
    .filter(
      ({ prefix, brandId, lineId }) =>
        prefix === wanted.prefix && (brandId !== wanted.brandId || lineId !== wanted.lineId),
    )
    .slice(0, 1)
    .map(({ prefix, brandId, lineId }) => ({
      code: 'prefixTaken',
      field,
      params: { prefix, brandId, lineId },
      rule: 'R-11',
    }));
}

/**
 * What stands against giving a brand this code: not letters, taken by another brand now or earlier, or a product line
 * of this brand would get the same brand + line letters as another line. Empty when nothing does.
 */
export function checkBrandCode(
  register: CodeRegister,
  wanted: { readonly brandId: string; readonly code: string },
): NumberProblem[] {
  const problems = checkCode(wanted.code, 'brandCode');
  if (problems.length > 0) return problems;
  const taken = register.find((brand) => brand.brandId !== wanted.brandId && allCodesOf(brand).includes(wanted.code));
  if (taken)
    return [
      {
        code: 'brandCodeTaken',
        field: 'brandCode',
        params: { code: wanted.code, brandId: taken.brandId },
        rule: 'R-11',
      },
    ];
  const own = register.find(({ brandId }) => brandId === wanted.brandId);
  return (own?.lines ?? []).flatMap((line) =>
    allCodesOf(line).flatMap((lineCode) => {
      const owner = { brandId: wanted.brandId, lineId: line.lineId, prefix: wanted.code + lineCode };
      return prefixProblems(register, owner, 'brandCode');
    }),
  );
}

/**
 * What stands against giving a line of a brand this code: empty or not letters, brand not registered, taken by another
 * line of the brand now or earlier, or its brand + line letters belong to another brand and line (R-11). Empty when nothing does.
 */
export function checkLineCode(
  register: CodeRegister,
  wanted: { readonly brandId: string; readonly lineId: string; readonly code: string },
): NumberProblem[] {
  const { brandId, lineId, code } = wanted;
  const problems = checkCode(code, 'lineCode');
  if (problems.length > 0) return problems;
  const brand = register.find((one) => one.brandId === brandId);
  if (!brand) return [{ code: 'brandUnknown', field: 'brandId', params: { brandId }, rule: 'R-11' }];
  const taken = brand.lines.find((line) => line.lineId !== lineId && allCodesOf(line).includes(code));
  if (taken)
    return [{ code: 'lineCodeTaken', field: 'lineCode', params: { code, lineId: taken.lineId }, rule: 'R-11' }];
  return allCodesOf(brand)
    .flatMap((brandCode) => prefixProblems(register, { brandId, lineId, prefix: brandCode + code }, 'lineCode'))
    .slice(0, 1);
}

/**
 * What stands against changing a registered code in place: it is frozen once a number was issued with it. A
 * renamed brand registers a new code for new jobs, and the old one is kept among the former codes.
 */
export function checkCodeChange(change: {
  readonly field: 'brandCode' | 'lineCode';
  readonly from: string;
  readonly to: string;
  readonly numbersIssued: boolean;
}): NumberProblem[] {
  if (change.from === change.to || !change.numbersIssued) return [];
  return [{ code: 'codeFrozen', field: change.field, params: { code: change.from }, rule: 'R-11' }];
}

const mayChooseOtherCode: readonly Role[] = ['ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'];

/** What stands against a code that is not the name's initials: an account manager or director gives it, with a reason (P-15). Empty when it is the initials. */
export function checkOtherCode(choice: {
  readonly field: 'brandCode' | 'lineCode';
  readonly initials: string | undefined;
  readonly code: string;
  readonly reason: string;
  readonly roles: readonly Role[];
}): NumberProblem[] {
  if (choice.code === choice.initials) return [];
  const problems: NumberProblem[] = [];
  if (choice.reason.trim() === '')
    problems.push({ code: 'otherCodeReasonMissing', field: `${choice.field}Reason`, rule: 'R-03' });
  if (!choice.roles.some((role) => mayChooseOtherCode.includes(role))) {
    problems.push({ code: 'otherCodeRole', field: choice.field, rule: 'R-11' });
  }
  return problems;
}

const alphabet = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** The wanted code, or the first free one made by adding a letter, then two (YF, YFA, YFB … YFAA); undefined when none is free (P-15). */
export function suggestCode(wanted: string, isFree: (code: string) => boolean): string | undefined {
  const twoLetters = alphabet.flatMap((first) => alphabet.map((second) => first + second));
  return ['', ...alphabet, ...twoLetters]
    .map((added) => wanted + added)
    .find((code) => code.length <= longestCode && isFree(code));
}

/** A free code for a brand, starting from its initials; undefined when none is free. */
export function suggestBrandCode(register: CodeRegister, brandId: string, initials: string): string | undefined {
  return suggestCode(initials, (code) => checkBrandCode(register, { brandId, code }).length === 0);
}

/** A free code for a product line, starting from its initials; undefined when none is free. */
export function suggestLineCode(
  register: CodeRegister,
  line: { readonly brandId: string; readonly lineId: string; readonly initials: string },
): string | undefined {
  const { brandId, lineId, initials } = line;
  return suggestCode(initials, (code) => checkLineCode(register, { brandId, lineId, code }).length === 0);
}
