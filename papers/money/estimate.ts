import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { jobNumber, long, money, num, table, text } from '../field.ts';
import { defineForm, type Draft } from '../form.ts';
import { addedUp, priced } from './sums.ts';

const schema = z.strictObject({
  jobNumber: jobNumber(f.jobNumber),
  items: table(f.items, {
    item: text(f.item),
    supplier: text(f.supplier),
    quantity: num(f.quantity, { min: 0.001, decimals: true }),
    unit: text(f.unit),
    unitPriceFen: money(f.unitPriceFen),
    amountFen: money(f.amountFen),
  }),
  totalFen: money(f.totalFen),
  overspend: table(f.overspend, { forecastFen: money(f.forecastFen), reason: long(f.reason) }).optional(),
});

const sumsRight = (paper: Draft<typeof schema>): boolean =>
  priced(paper.items ?? []) && addedUp(paper.items ?? [], paper.totalFen);

/** F-36: the production estimate from collected supplier prices, signed inside and then by the client. */
export const estimate = defineForm({
  id: 'F-36',
  kind: 'money',
  schema,
  writtenBy: ['PRODUCTION', 'ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '估价单',
  folder: '财务',
  findings: (paper) =>
    paper.items === undefined || paper.totalFen === undefined || sumsRight(paper)
      ? []
      : [
          {
            field: 'totalFen',
            rule: 'R-89',
            zh: '金额与数量、单价或合计不符，请重新核算',
            en: 'amounts do not agree with quantities, prices or the total; add them up again',
          },
        ],
  facts: (paper) => {
    const items = paper.items ?? [];
    return {
      items: items.length,
      totalFen: paper.totalFen ?? null,
      sumsRight: sumsRight(paper),
      suppliers: new Set(items.flatMap((row) => (row.supplier === undefined ? [] : [row.supplier]))).size,
    };
  },
});
