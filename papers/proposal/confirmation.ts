import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { checksum, choice, datetime, files, long, num, person, table } from '../field.ts';
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

const bySignature = { by: { zh: '系统按签字填写', en: 'Filled in by the service from the signature' } };

/**
 * F-22: what the client is asked to confirm in writing, by version and checksum. The decision is a
 * signature of the circulation; for reading and the dossier the service writes it into the last fields.
 */
export const confirmation = defineForm({
  id: 'F-22',
  kind: 'signoff',
  schema: z.strictObject({
    contents: table(
      f.what,
      {
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
      },
      { max: 40 },
    ),
    note: long(f.note).optional(),
    decision: choice(f.decision, ['confirm', 'return'], (key) => decisions[key], bySignature).optional(),
    words: long(f.words, {
      ...bySignature,
      requiredWhen: { zh: '退回时必填', en: 'Needed when it is returned' },
    }).optional(),
    signer: person(f.signer, bySignature).optional(),
    signedAt: datetime(f.signedAt, bySignature).optional(),
    emailCopy: files(f.emailCopy).optional(),
  }),
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '客户签复',
  folder: '客户签复',
  findings: (paper) => [
    ...(paper.decision === 'return' && paper.words === undefined ? [{ field: 'words', missing: true } as const] : []),
    ...(paper.decision !== undefined && paper.signer === undefined
      ? [{ field: 'signer', missing: true } as const]
      : []),
    ...(paper.decision !== undefined && paper.signedAt === undefined
      ? [{ field: 'signedAt', missing: true } as const]
      : []),
  ],
  facts: () => ({}),
});
