import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { bool, datetime, list, person, text } from '../field.ts';
import { defineForm } from '../form.ts';

const orNone = { hint: { zh: '没有请写“无”', en: 'If there are none, write “none”' } };

/** F-16: a call with the client. Where a decision was taken it becomes minutes within the same 24 hours. */
export const phoneRecord = defineForm({
  id: 'F-16',
  kind: 'meeting',
  schema: z.strictObject({
    clientPerson: person(f.clientPerson),
    talkedAt: datetime(f.talkedAt),
    topic: text(f.topic),
    toChange: list(f.toChange, orNone),
    toCarryOut: list(f.toCarryOut, orNone),
    toConfirm: list(f.toConfirm, orNone),
    decided: bool(f.decided, { hint: { zh: '如是，须写会议记录', en: 'If so, minutes are to be written' } }),
  }),
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '电话记录',
  folder: '会议记录',
  facts: (paper) => ({
    decided: paper.decided ?? false,
    talkedAt: paper.talkedAt ?? null,
    toConfirm: paper.toConfirm?.length ?? 0,
  }),
});
