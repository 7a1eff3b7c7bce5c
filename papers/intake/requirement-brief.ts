import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { long } from '../field.ts';
import { defineForm } from '../form.ts';

/**
 * F-03: what the client needs, said back to them. The client's confirmation is a signature of the
 * circulation and therefore no field.
 */
export const requirementBrief = defineForm({
  id: 'F-03',
  kind: 'brief',
  schema: z.strictObject({
    coreObjective: long(f.coreObjective),
    audience: long(f.audience),
    mainAppeal: long(f.mainAppeal),
    expectedEffect: long(f.expectedEffect),
    constraints: long(f.constraints),
  }),
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '需求简报',
  folder: '策略方案',
  facts: () => ({}),
});
