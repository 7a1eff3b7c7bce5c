import type { Request } from 'express';
import { Problem } from '../problems.ts';

/** The entity tag of a revision or of a log entry's number. */
export function tagOf(revision: number): string {
  return `"${revision}"`;
}

/**
 * The revision a change is based on, from `If-Match: "<n>"`, or 0 from `If-None-Match: *` for something new.
 * Throws 428 when neither is there, so that nobody's change is overwritten by accident, and 412 for a tag of another making.
 */
export function basedOn(req: Request): number {
  if (req.headers['if-none-match']?.trim() === '*') return 0;
  const header = req.headers['if-match'];
  if (header === undefined) throw new Problem('PRECONDITION_NEEDED', { params: { header: 'If-Match' } });
  const number = /^"(\d{1,9})"$/.exec(header.trim())?.[1];
  if (number === undefined) throw new Problem('PRECONDITION');
  return Number(number);
}
