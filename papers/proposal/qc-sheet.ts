import * as z from 'zod';
import { roleFacts, roles } from '../../domain/people/roles.ts';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { checksum, choice, datetime, jobNumber, list, long, num, person, ref, table, text } from '../field.ts';
import { defineForm, type Finding } from '../form.ts';

const kinds = {
  FINAL_DESIGN: { zh: '最终设计稿', en: 'Final Design' },
  FINISHED_ARTWORK: { zh: '正稿', en: 'Finished Artwork' },
  PROOF: { zh: '打样', en: 'Proof' },
};
const verdicts = { sign: { zh: '签字', en: 'Signed' }, return: { zh: '退回', en: 'Returned' } };
const answers = {
  pass: { zh: '通过', en: 'Pass' },
  fail: { zh: '不通过', en: 'Fail' },
  na: { zh: '不适用', en: 'Not applicable' },
};

/** F-21: one sheet a version of a piece, filled by the service from the signatures as they were given. */
export const qcSheet = defineForm({
  id: 'F-21',
  kind: 'signoff',
  schema: z.strictObject({
    jobNumber: jobNumber(f.jobNumber),
    orderRef: text(f.orderRef),
    kind: choice(f.kind, ['FINAL_DESIGN', 'FINISHED_ARTWORK', 'PROOF'], (key) => kinds[key]),
    piece: ref(f.piece),
    version: num(f.version, { min: 1, max: 9999 }),
    checksum: checksum(f.checksum),
    sampleSize: text(f.sampleSize, {
      requiredWhen: { zh: '正稿必填，A4 或以上', en: 'Needed for finished artwork; A4 or larger' },
    }).optional(),
    sampleMadeAt: datetime(f.sampleMadeAt, {
      requiredWhen: { zh: '正稿必填', en: 'Needed for finished artwork' },
    }).optional(),
    steps: table(f.steps, {
      role: choice(f.role, roles, (role) => roleFacts[role].title),
      person: person(f.person),
      standInFor: person(f.standInFor).optional(),
      verdict: choice(f.verdict, ['sign', 'return'], (key) => verdicts[key]),
      reason: text(f.reason).optional(),
      words: long(f.words).optional(),
      at: datetime(f.at),
    }),
    accountChecklist: table(
      f.accountChecklist,
      {
        item: text(f.item),
        answer: choice(f.answer, ['pass', 'fail', 'na'], (key) => answers[key]),
        note: long(f.note).optional(),
      },
      { max: 12 },
    ),
    extraFindings: list(f.extraFindings).optional(),
    signer: person(f.signer).optional(),
    signedAt: datetime(f.signedAt).optional(),
    receivedBy: person(f.receivedBy, {
      requiredWhen: { zh: '打样签字后必填', en: 'Needed once a proof is signed' },
    }).optional(),
    receiptAt: datetime(f.receiptAt, {
      requiredWhen: { zh: '打样签字后必填', en: 'Needed once a proof is signed' },
    }).optional(),
  }),
  writtenBy: [],
  fileType: 'QC签核单',
  folder: '创意表现/完稿',
  findings: (sheet) => {
    const needed: Finding[] = [];
    const need = (key: 'sampleSize' | 'sampleMadeAt' | 'receivedBy' | 'receiptAt', when: boolean): void => {
      if (when && sheet[key] === undefined) needed.push({ field: key, missing: true });
    };
    need('sampleSize', sheet.kind === 'FINISHED_ARTWORK');
    need('sampleMadeAt', sheet.kind === 'FINISHED_ARTWORK');
    need('receivedBy', sheet.kind === 'PROOF' && sheet.signer !== undefined);
    need('receiptAt', sheet.kind === 'PROOF' && sheet.signer !== undefined);
    return needed;
  },
  facts: () => ({}),
});
