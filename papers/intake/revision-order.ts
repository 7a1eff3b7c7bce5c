import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { choice, choices, date, files, jobNumber, long, num, table, text } from '../field.ts';
import { defineForm } from '../form.ts';

const departments = {
  creative: { zh: '创作部', en: 'Creative' },
  media: { zh: '媒介部', en: 'Media' },
  planning: { zh: '企划部', en: 'Planning' },
  production: { zh: '制作部', en: 'Production' },
};
const sources = {
  meeting: { zh: '会议', en: 'Meeting' },
  phone: { zh: '电话', en: 'Telephone' },
  mail: { zh: '邮件', en: 'E-mail' },
  link: { zh: '签核链接', en: 'Approval Link' },
};

/**
 * F-08: one round of change to existing work, always under the original job number. The revised draft is
 * attached when it is made, so it is no condition for writing the order.
 */
export const revisionOrder = defineForm({
  id: 'F-08',
  kind: 'order',
  schema: z.strictObject({
    originalJobNumber: jobNumber(f.originalJobNumber),
    ordinal: num(f.ordinal, { min: 1, max: 999 }),
    direction: long(f.direction),
    opinions: table(f.opinions, {
      words: long(f.words),
      source: choice(f.source, ['meeting', 'phone', 'mail', 'link'], (key) => sources[key]),
    }),
    clientConfirmation: text(f.clientConfirmation, {
      hint: { zh: '会议记录编号，或客户确认的记录', en: 'The minutes, or the entry in which the client confirmed' },
    }),
    revisedDraft: files(f.revisedDraft).optional(),
    timing: date(f.timing),
    departments: choices(f.departments, ['creative', 'media', 'planning', 'production'], (key) => departments[key]),
  }),
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '修改单',
  folder: '工作单/修改单',
  facts: (order) => ({
    originalJobNumber: order.originalJobNumber ?? null,
    ordinal: order.ordinal ?? 0,
    opinions: order.opinions?.length ?? 0,
    directionStated: order.direction !== undefined,
  }),
});
