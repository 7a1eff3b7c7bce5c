import * as z from 'zod';
import type { Words } from '../domain/process.ts';

/** Longest one-line text, in code points. */
export const lineMax = 200;
/** Longest long text of a paper, in code points. */
export const longMax = 8_000;
/** Longest words of a decision, in code points. */
export const wordsMax = 4_000;

/** What can be wrong with a text by itself; the check hands it on in `params.problem`. */
export type TextProblem = 'MISSING' | 'TOO_LONG' | 'CONTROL' | 'LINE_BREAK' | 'BIDI' | 'BROKEN_TEXT' | 'FORMAT';

const lineBreaks = /[\n\r\v\f\u0085\u2028\u2029]/u;
// Overrides and isolates can make a text read differently from what it says, so a signer would see something else.
const bidi = /[\u202A-\u202E\u2066-\u2069]/u;
const controls = /\p{Cc}/u;
const visible = /[^\s\p{Default_Ignorable_Code_Point}]/u;

/** Whether a text has anything a person could see. */
export function isVisible(text: string): boolean {
  return visible.test(text);
}

/** Length in code points, as a person would count (a surrogate pair is one). */
export function codePoints(text: string): number {
  let n = 0;
  for (const _ of text) n += 1;
  return n;
}

// A text that can only be refused is not worth normalising; four UTF-16 units a code point leave room for decomposed spelling.
const tooBig = (text: string, max: number): boolean => text.length > max * 4 + 64;

function cleanLine(text: string): string {
  return text.normalize('NFC').replace(/^\p{Zs}+|\p{Zs}+$/gu, '');
}

function cleanLong(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .normalize('NFC')
    .trim();
}

function problemOf(text: string, max: number, oneLine: boolean): TextProblem | undefined {
  if (tooBig(text, max) || codePoints(text) > max) return 'TOO_LONG';
  if (/\p{Surrogate}/u.test(text)) return 'BROKEN_TEXT';
  if (bidi.test(text)) return 'BIDI';
  if (oneLine && lineBreaks.test(text)) return 'LINE_BREAK';
  if (controls.test(oneLine ? text : text.replace(/[\n\t]/gu, ''))) return 'CONTROL';
  if (!isVisible(text)) return 'MISSING';
  return undefined;
}

/** Adds our own finding to zod's list; the sentence for it is made in `problems.ts`. */
export function finding(problem: TextProblem, input: string, more: Record<string, unknown> = {}): z.core.$ZodRawIssue {
  return { code: 'custom', input, params: { problem, ...more } };
}

function bounded(max: number, oneLine: boolean) {
  const clean = oneLine ? cleanLine : cleanLong;
  return z
    .string()
    .overwrite((text) => (tooBig(text, max) ? text : clean(text)))
    .check((payload) => {
      const problem = problemOf(payload.value, max, oneLine);
      if (problem !== undefined) payload.issues.push(finding(problem, payload.value, { max }));
    })
    .meta({ minLength: 1, maxLength: max });
}

/**
 * A text on one line: NFC, trimmed, at most `max` code points, with something to see.
 * Line breaks, control characters, direction overrides and broken surrogates are refused.
 */
export function line(max: number = lineMax) {
  return bounded(max, true);
}

/** A text of several lines: as `line`, but line breaks of every kind become `\n` and tabs may stay. */
export function longText(max: number = longMax) {
  return bounded(max, false);
}

/** A one-line text of a given shape. `expected` says to a person what would be right; `canonical` brings it to our spelling. */
export function shaped(
  pattern: RegExp,
  expected: Words,
  max: number = lineMax,
  canonical: (text: string) => string = cleanLine,
) {
  return z
    .string()
    .overwrite((text) => (tooBig(text, max) ? text : canonical(text)))
    .check((payload) => {
      const problem = problemOf(payload.value, max, true);
      if (problem !== undefined) payload.issues.push(finding(problem, payload.value, { max }));
      else if (!pattern.test(payload.value)) payload.issues.push(finding('FORMAT', payload.value, { expected }));
    })
    .meta({ minLength: 1, maxLength: max, pattern: pattern.source });
}
