import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { checksum, datetime, jobNumber, num, person, ref, table } from '../field.ts';
import { defineForm } from '../form.ts';

/** F-23: what the final package holds and who received it; made only after the signatures, ends the proof. */
export const packageReceipt = defineForm({
  id: 'F-23',
  kind: 'signoff',
  schema: z.strictObject({
    jobNumber: jobNumber(f.jobNumber),
    // Forty rows of checksums are what facts can carry whole.
    contents: table(
      f.contents,
      { piece: ref(f.piece), version: num(f.version, { min: 1, max: 9999 }), checksum: checksum(f.checksum) },
      { max: 40 },
    ),
    producedBy: person(f.producedBy),
    producedAt: datetime(f.producedAt, { hint: { zh: '签核完成后才能制作', en: 'Only after the signatures' } }),
    receivedBy: person(f.receivedBy),
    receiptAt: datetime(f.receiptAt, {
      by: { zh: '客户签收时记录', en: 'Recorded when the client signs for it' },
    }).optional(),
  }),
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '签收单',
  folder: '客户签复',
  facts: (paper) => ({
    contents: paper.contents?.length ?? 0,
    hashes: (paper.contents ?? []).flatMap((row) => (row.checksum === undefined ? [] : [row.checksum])),
  }),
});
