import * as z from 'zod';
import { day, fen, id, idPattern, moment, sha256 } from './field.ts';
import { line, longText, shaped, wordsMax } from './text.ts';

/** Words of a decision. */
export const words = () => longText(wordsMax);
/** Several one-line texts, possibly none. */
export const lines = (max = 50) => z.array(line()).max(max);
/** Several people, possibly none. */
export const people = (max = 60) => z.array(id()).max(max);
/** Name of a step, point or reason inside the house, e.g. `copywriter`, `TEXT_ERROR`. */
export const key = () => shaped(idPattern, { zh: '系统给出的名称', en: 'a name given by the house' }, 64);
/** Name of a circulation, e.g. `workOrder` or `artworkQc:P1`. */
export const circulationId = () =>
  shaped(/^[A-Za-z0-9][A-Za-z0-9_.:@#/-]{0,119}$/, { zh: '系统给出的流转编号', en: 'the id of a circulation' }, 120);
/** Number of a round or revision, from 1. */
export const count = () => z.int().min(1).max(100_000);

export { day, fen, id, moment, sha256 };

/** Answers to check items; an item that is not passed needs a note, which the core asks for. */
export const checklist = () =>
  z
    .array(z.strictObject({ item: key(), answer: z.enum(['pass', 'fail', 'na']), note: longText(1_000).optional() }))
    .max(60);

const where = { circulation: circulationId(), round: count(), step: key() };

/** Shapes of the six verbs. */
export const verbSchemas = {
  sign: z.strictObject({
    type: z.literal('sign'),
    ...where,
    hash: sha256(),
    checklist: checklist().optional(),
    words: words().optional(),
  }),
  return: z.strictObject({
    type: z.literal('return'),
    ...where,
    kind: z.enum(['return', 'refuse', 'object']),
    hash: sha256(),
    reason: key(),
    words: words(),
    missing: lines(30).optional(),
    checklist: checklist().optional(),
  }),
  note: z.strictObject({
    type: z.literal('note'),
    ...where,
    note: z.union([
      z.strictObject({ kind: z.enum(['comment', 'question']) }),
      z.strictObject({ kind: z.literal('onIt'), until: moment() }),
      z.strictObject({ kind: z.literal('spoken'), verdict: z.enum(['yes', 'no']), evidence: longText(1_000) }),
    ]),
    words: words(),
  }),
  handOver: z.strictObject({
    type: z.literal('handOver'),
    ...where,
    how: z.enum(['delegate', 'reassign', 'standIn', 'add']),
    to: id(),
    words: words(),
  }),
  withdraw: z.strictObject({
    type: z.literal('withdraw'),
    circulation: circulationId(),
    round: count(),
    step: key().optional(),
    words: words(),
  }),
  moveDate: z.strictObject({ type: z.literal('moveDate'), ...where, dueAt: moment(), words: words() }),
};
