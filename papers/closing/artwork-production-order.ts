import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { ids } from '../facts.ts';
import { date, jobNumber, money, num, person, ref, table, text } from '../field.ts';
import { defineForm } from '../form.ts';

/** F-09: what production is told to make, after the client signed the artwork. */
export const artworkProductionOrder = defineForm({
  id: 'F-09',
  kind: 'order',
  schema: z.strictObject({
    jobNumber: jobNumber(f.jobNumber),
    items: table(
      f.items,
      {
        piece: ref(f.piece),
        fileVersion: num(f.fileVersion, { min: 1, max: 9999 }),
        specification: text(f.specification),
        colour: text(f.colour),
        process: text(f.process),
        quantity: num(f.quantity, { min: 1, max: 1_000_000_000 }),
        supplier: text(f.supplier),
        priceFen: money(f.priceFen, { hint: { zh: '按估价单', en: 'From the estimate' } }),
        deliveryPlace: text(f.deliveryPlace),
        deliveryDate: date(f.deliveryDate),
      },
      { max: 40 },
    ),
    approver: person(f.approver),
  }),
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '完稿制作单',
  folder: '制作',
  facts: (order) => ({ pieces: ids((order.items ?? []).map((row) => row.piece)) }),
});
