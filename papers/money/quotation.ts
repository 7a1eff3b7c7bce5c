import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { bool, date, datetime, jobNumber, money, num, person, table, text } from '../field.ts';
import { defineForm, type Draft, type Finding } from '../form.ts';
import { addedUp, priced } from './sums.ts';

const schema = z.strictObject({
  jobNumber: jobNumber(f.jobNumber),
  items: table(f.items, {
    stage: text(f.stage),
    item: text(f.item),
    quantity: num(f.quantity, { min: 0.001, decimals: true }),
    unit: text(f.unit),
    unitPriceFen: money(f.unitPriceFen),
    amountFen: money(f.amountFen),
  }),
  totalFen: money(f.totalFen),
  managerConsulted: bool(f.managerConsulted, {
    hint: { zh: '未与部门经理沟通不得报价', en: 'No quotation without having talked with the department manager' },
  }),
  consultedWith: person(f.consultedWith, {
    requiredWhen: { zh: '沟通后必填', en: 'Needed once consulted' },
  }).optional(),
  consultedAt: datetime(f.consultedAt, { requiredWhen: { zh: '沟通后必填', en: 'Needed once consulted' } }).optional(),
  validUntil: date(f.validUntil).optional(),
});

type QuotationDraft = Draft<typeof schema>;

const lumpWords = /一口价|打包价|总包价|包干价|lump\s*sum|all[- ]in\s+price|flat\s+fee/iu;

/** Whether a quotation hides its parts: fewer than two lines, a line without stage or item, or a line that says so itself. */
function isLumpSum(items: NonNullable<QuotationDraft['items']>): boolean {
  return (
    items.length < 2 ||
    items.some(
      (row) => row.stage === undefined || row.item === undefined || lumpWords.test(`${row.item} ${row.unit ?? ''}`),
    )
  );
}

const sumsRight = (paper: QuotationDraft): boolean =>
  priced(paper.items ?? []) && addedUp(paper.items ?? [], paper.totalFen);

/** F-35: a quotation by stage and by item, added up, talked over with the department manager. */
export const quotation = defineForm({
  id: 'F-35',
  kind: 'money',
  schema,
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '报价单',
  folder: '财务',
  findings: (paper) => {
    const found: Finding[] = [];
    const consulted = paper.managerConsulted === true;
    if (consulted && paper.consultedWith === undefined) found.push({ field: 'consultedWith', missing: true });
    if (consulted && paper.consultedAt === undefined) found.push({ field: 'consultedAt', missing: true });
    if (paper.items !== undefined && isLumpSum(paper.items)) {
      found.push({
        field: 'items',
        rule: 'R-26',
        zh: '不能只报总价，请分环节、分项目列出',
        en: 'a lump sum is not enough; break it down by stage and by item',
      });
    }
    if (paper.items !== undefined && paper.totalFen !== undefined && !sumsRight(paper)) {
      found.push({
        field: 'totalFen',
        rule: 'R-89',
        zh: '金额与数量、单价或合计不符，请重新核算',
        en: 'amounts do not agree with quantities, prices or the total; add them up again',
      });
    }
    return found;
  },
  facts: (paper) => {
    const items = paper.items ?? [];
    return {
      items: items.length,
      stages: new Set(items.flatMap((row) => (row.stage === undefined ? [] : [row.stage]))).size,
      totalFen: paper.totalFen ?? null,
      sumsRight: sumsRight(paper),
      lumpSum: isLumpSum(items),
      managerConsulted: paper.managerConsulted ?? false,
    };
  },
});
