import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { phaseWords } from '../../domain/wording/phases.ts';
import { choice, long } from '../field.ts';
import { defineForm } from '../form.ts';

/** Stages of a job in which something can go wrong: from its opening to the evaluation (M-01). */
export const issueStages = [
  'OPENED',
  'ORDER_SIGNOFF',
  'CREATING',
  'INTERNAL_REVIEW',
  'PROPOSED',
  'REVISING',
  'CLIENT_CONFIRMED',
  'IN_PRODUCTION',
  'ARTWORK_QC',
  'PROOF_QC',
  'DELIVERED',
  'TRACKING',
] as const;

/**
 * F-63: a problem in execution. Who raises it says what happened and at which stage; cause and solution come when
 * they are known. When and how the client was told is not typed here: the case keeps it with its proof.
 */
export const issueRecord = defineForm({
  id: 'F-63',
  kind: 'service',
  schema: z.strictObject({
    happened: long(f.happened),
    jobStage: choice(f.jobStage, issueStages, (stage) => phaseWords[stage]),
    cause: long(f.cause),
    solution: long(f.solution),
    measures: long(f.measures).optional(),
    damage: long(f.damage).optional(),
  }),
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '问题处理记录',
  folder: '客户资料',
  facts: ({ cause, solution }) => ({ cause: cause !== undefined, solution: solution !== undefined }),
});
