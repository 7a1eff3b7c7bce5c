import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { bool, choice, long, person, text } from '../field.ts';
import { defineForm } from '../form.ts';

const kinds = {
  confirmation: { zh: '工作确认', en: 'Confirmation' },
  coordination: { zh: '工作协调', en: 'Co-ordination' },
  correction: { zh: '修正意见', en: 'Correction' },
  question: { zh: '疑问', en: 'Question' },
  doubt: { zh: '质疑', en: 'Doubt' },
  rejection: { zh: '否定', en: 'Rejection' },
};

/** F-18: what the client said, whole and unfiltered; at a proposal also question, doubt and rejection. */
export const clientComment = defineForm({
  id: 'F-18',
  kind: 'comment',
  schema: z.strictObject({
    kind: choice(
      f.kind,
      ['confirmation', 'coordination', 'correction', 'question', 'doubt', 'rejection'],
      (key) => kinds[key],
    ),
    text: long(f.text),
    from: person(f.from),
    versionConcerned: text(f.versionConcerned).optional(),
    source: text(f.source).optional(),
    direction: long(f.direction, {
      hint: { zh: '请客户确认的修改方向', en: 'The direction of the change the client is asked to confirm' },
    }).optional(),
    directionConfirmed: bool(f.directionConfirmed).optional(),
  }),
  writtenBy: [
    'ACCOUNT_EXECUTIVE',
    'ACCOUNT_MANAGER',
    'ACCOUNT_DIRECTOR',
    'CLIENT_LEAD',
    'CLIENT_CONTACT',
    'CLIENT_DECIDER',
  ],
  fileType: '客户意见',
  folder: '客户签复',
  facts: (comment) => ({ kind: comment.kind ?? null }),
});
