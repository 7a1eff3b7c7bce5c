import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { date, jobNumber, long, person, text } from '../field.ts';
import { defineForm } from '../form.ts';

/**
 * F-51: the research summary with its six fields. The first findings were told to the client before it, and
 * an account person was there in the field.
 */
export const researchSummary = defineForm({
  id: 'F-51',
  kind: 'proposal',
  schema: z.strictObject({
    jobNumber: jobNumber(f.jobNumber),
    purpose: long(f.purpose),
    companyAndMethod: long(f.companyAndMethod),
    respondents: text(f.respondents),
    fieldDateAndPlace: text(f.fieldDateAndPlace),
    conclusion: long(f.conclusion),
    recommendedAction: long(f.recommendedAction),
    earlyFindingsTold: date(f.earlyFindingsTold),
    attendedBy: person(f.attendedBy),
  }),
  writtenBy: ['RESEARCHER', 'ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '调查总结',
  folder: '市场资料/市场分析',
  facts: (summary) => ({ earlyFindingsTold: summary.earlyFindingsTold ?? null }),
});
