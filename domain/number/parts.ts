/**
 * The four parts of a job number (工作号, R-02), kept apart because the string alone does not show where the brand
 * ends and the product line begins (P-14).
 */
export interface JobNumberParts {
  /** Letters A–Z, 1 to `longestCode`. */
  readonly brandCode: string;
  /** Letters A–Z, 1 to `longestCode`. */
  readonly lineCode: string;
  /** Year of the opening in the agency's zone, 1970 to 9999. */
  readonly year: number;
  /** Running number of the prefix, 1 to `highestSeq`, from 1. */
  readonly seq: number;
}

/** The most letters a brand or product-line code may have. */
export const longestCode = 12;

/** The highest running number; nobody opens that many jobs, but a damaged number can claim to. */
export const highestSeq = 9_999_999;

/** What is wrong with a number, a code or a name: a stable code, the field, values for the sentence, and the rule. */
export interface NumberProblem {
  readonly code: NumberProblemCode;
  readonly field: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly rule: string;
}

/** Codes of everything the functions of this folder can refuse. */
export type NumberProblemCode =
  | 'numberEmpty'
  | 'numberMalformed'
  | 'numberNotCanonical'
  | 'codeEmpty'
  | 'codeNotLetters'
  | 'codeTooLong'
  | 'yearOutOfRange'
  | 'seqOutOfRange'
  | 'nameEmpty'
  | 'characterUnreadable'
  | 'readingCount'
  | 'readingUnreadable'
  | 'brandCodeTaken'
  | 'lineCodeTaken'
  | 'prefixTaken'
  | 'brandUnknown'
  | 'codeFrozen'
  | 'otherCodeReasonMissing'
  | 'otherCodeRole'
  | 'openingRole'
  | 'alreadyNumbered'
  | 'revisionNumberMissing'
  | 'revisionNumberUnknown'
  | 'revisionOtherClient';

/** What is wrong with one brand or product-line code as text: empty, anything but A–Z, or too long. Empty when nothing is. */
export function checkCode(code: string, field: 'brandCode' | 'lineCode'): NumberProblem[] {
  if (code === '') return [{ code: 'codeEmpty', field, rule: 'R-02' }];
  if (!/^[A-Z]+$/.test(code)) return [{ code: 'codeNotLetters', field, params: { entered: code }, rule: 'R-03' }];
  if (code.length > longestCode) {
    return [{ code: 'codeTooLong', field, params: { entered: code, longest: longestCode }, rule: 'R-03' }];
  }
  return [];
}

/** Everything wrong with the four parts; a missing part is a problem. Empty when nothing is. */
export function checkParts(parts: JobNumberParts): NumberProblem[] {
  const problems = [...checkCode(parts.brandCode, 'brandCode'), ...checkCode(parts.lineCode, 'lineCode')];
  if (!Number.isInteger(parts.year) || parts.year < 1970 || parts.year > 9999) {
    problems.push({ code: 'yearOutOfRange', field: 'year', params: { year: parts.year }, rule: 'R-09' });
  }
  if (!Number.isInteger(parts.seq) || parts.seq < 1 || parts.seq > highestSeq) {
    problems.push({ code: 'seqOutOfRange', field: 'seq', params: { seq: parts.seq }, rule: 'R-10' });
  }
  return problems;
}

/** What one counter counts: brand code + product-line code + year, e.g. `YFLC2025`. */
export function prefixOf(parts: Pick<JobNumberParts, 'brandCode' | 'lineCode' | 'year'>): string {
  return `${parts.brandCode}${parts.lineCode}${parts.year}`;
}

/** The job number as it is shown everywhere, e.g. `YFLC2025001`; four digits from 1000 on (P-14, R-10). Throws RangeError on parts that make none. */
export function formatJobNumber(parts: JobNumberParts): string {
  const [problem] = checkParts(parts);
  if (problem) throw new RangeError(`no job number: ${problem.code} in ${problem.field}`);
  return `${prefixOf(parts)}${String(parts.seq).padStart(3, '0')}`;
}

/** How a revision is shown, e.g. `YFLC2025007-R2`; the job number itself never changes with it. `revision` whole, from 1; throws RangeError. */
export function revisionLabel(jobNumber: string, revision: number): string {
  if (!Number.isInteger(revision) || revision < 1) throw new RangeError(`no revision: ${revision}`);
  return `${jobNumber}-R${revision}`;
}
