import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { long, person } from '../field.ts';
import { defineForm } from '../form.ts';

const orNone = { hint: { zh: '如无需修正，请写“无”', en: 'If nothing is to be corrected, write “none”' } };

/** F-54: what came of the job, and what is to be corrected in strategy and in execution (P-50). */
export const evaluation = defineForm({
  id: 'F-54',
  kind: 'closing',
  schema: z.strictObject({
    result: long(f.result),
    wentWell: long(f.wentWell).optional(),
    wentWrong: long(f.wentWrong).optional(),
    strategyCorrection: long(f.strategyCorrection, orNone),
    executionCorrection: long(f.executionCorrection, orNone),
    lessons: long(f.lessons).optional(),
    owner: person(f.owner),
  }),
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '复盘',
  folder: '总结',
  facts: (paper) => ({
    strategyCorrection: paper.strategyCorrection !== undefined,
    executionCorrection: paper.executionCorrection !== undefined,
  }),
});
