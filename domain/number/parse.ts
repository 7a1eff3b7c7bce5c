import { highestSeq, longestCode } from './parts.ts';
import type { JobNumberParts, NumberProblem } from './parts.ts';

/** What can be told from a number alone: its codes come as one run of letters (P-14). */
export interface ReadJobNumber {
  readonly ok: true;
  /** Canonical spelling. */
  readonly number: string;
  /** Brand and product-line code together. */
  readonly letters: string;
  readonly year: number;
  readonly seq: number;
  /** Set when a revision was named, as in `YFLC2025007-R2`; not part of the number. */
  readonly revision?: number;
}

/** A text that is no job number, and why. */
export interface UnreadJobNumber {
  readonly ok: false;
  readonly problem: NumberProblem;
}

/**
 * The canonical spelling of something retyped: wide letters and digits made narrow, upper case, without spaces, hyphens
 * of any kind and invisible marks. Says nothing about whether it is a number.
 */
export function normaliseJobNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}\p{Cc}\u2212_]/gu, '')
    .toUpperCase();
}

function unread(code: NumberProblem['code'], text: string): UnreadJobNumber {
  // What was typed is shown again, shortened, so a pasted novel does not become a sentence.
  return { ok: false, problem: { code, field: 'jobNumber', params: { entered: text.slice(0, 40) }, rule: 'R-02' } };
}

/**
 * Reads a job number however it was typed (`yflc 2025-007` is `YFLC2025007`, also with `-R2`). Refuses empty text, a
 * missing or reordered part, a year or running number out of range, and a running number with a wrong count of digits.
 */
export function parseJobNumber(text: string): ReadJobNumber | UnreadJobNumber {
  if (text.length > 200) return unread('numberMalformed', text);
  const spelled = normaliseJobNumber(text);
  if (spelled === '') return unread('numberEmpty', text);
  const match = /^([A-Z]{2,})([0-9]{4})([0-9]{3,})(?:R([1-9][0-9]{0,3}))?$/.exec(spelled);
  if (!match) return unread('numberMalformed', text);
  const [, letters = '', yearDigits = '', seqDigits = '', revisionDigits] = match;
  const year = Number(yearDigits);
  const seq = Number(seqDigits);
  if (letters.length > 2 * longestCode || year < 1970 || seq < 1 || seq > highestSeq) {
    return unread('numberMalformed', text);
  }
  if (seqDigits !== String(seq).padStart(3, '0')) return unread('numberNotCanonical', text);
  return {
    ok: true,
    number: `${letters}${yearDigits}${seqDigits}`,
    letters,
    year,
    seq,
    ...(revisionDigits === undefined ? {} : { revision: Number(revisionDigits) }),
  };
}

/** Whether a text is a job number in canonical spelling, without a revision. */
export function isJobNumber(text: string): boolean {
  const read = parseJobNumber(text);
  return read.ok && read.number === text;
}

/**
 * The four parts of a number, found with the registered pairs of codes; a prefix belongs to exactly one pair.
 * Undefined when the text is no number or no pair fits.
 */
export function partsOf(
  text: string,
  pairs: readonly { readonly brandCode: string; readonly lineCode: string }[],
): JobNumberParts | undefined {
  const read = parseJobNumber(text);
  if (!read.ok) return undefined;
  const pair = pairs.find(({ brandCode, lineCode }) => brandCode + lineCode === read.letters);
  return pair && { brandCode: pair.brandCode, lineCode: pair.lineCode, year: read.year, seq: read.seq };
}
