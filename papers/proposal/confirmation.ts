import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { checksum, choice, datetime, files, long, num, person } from '../field.ts';
import { defineForm } from '../form.ts';

const subjects = {
  requirementBrief: { zh: '需求简报', en: 'Requirement brief' },
  minutes: { zh: '会议记录', en: 'Minutes' },
  timetable: { zh: '工作进度表', en: 'Timetable' },
  draft: { zh: '过程稿', en: 'Draft' },
  finalDesign: { zh: '最终设计稿', en: 'Final design' },
  artwork: { zh: '正稿', en: 'Finished artwork' },
  proof: { zh: '打样', en: 'Proof' },
  quotation: { zh: '报价单', en: 'Quotation' },
  estimate: { zh: '估价单', en: 'Estimate' },
  mediaPlan: { zh: '媒介计划', en: 'Media plan' },
  booking: { zh: '订位', en: 'Booking' },
};
const decisions = {
  confirm: { zh: '确认', en: 'Confirmed' },
  return: { zh: '退回并附意见', en: 'Returned with opinions' },
};

/** F-22: what the client confirmed in writing, filled by the service from the signature. */
export const confirmation = defineForm({
  id: 'F-22',
  kind: 'signoff',
  schema: z.strictObject({
    what: choice(
      f.what,
      [
        'requirementBrief',
        'minutes',
        'timetable',
        'draft',
        'finalDesign',
        'artwork',
        'proof',
        'quotation',
        'estimate',
        'mediaPlan',
        'booking',
      ],
      (key) => subjects[key],
    ),
    version: num(f.version, { min: 1, max: 9999 }),
    checksum: checksum(f.checksum),
    decision: choice(f.decision, ['confirm', 'return'], (key) => decisions[key]),
    words: long(f.words, { requiredWhen: { zh: '退回时必填', en: 'Needed when it is returned' } }).optional(),
    signer: person(f.signer),
    signedAt: datetime(f.signedAt),
    emailCopy: files(f.emailCopy).optional(),
  }),
  writtenBy: [],
  fileType: '客户签复',
  folder: '客户签复',
  findings: (paper) =>
    paper.decision === 'return' && paper.words === undefined ? [{ field: 'words', missing: true }] : [],
  facts: () => ({}),
});
