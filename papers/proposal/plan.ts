import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { bool, files, long, persons } from '../field.ts';
import { defineForm } from '../form.ts';

const modules = [
  'marketAnalysis',
  'coreStrategy',
  'creativeExpression',
  'channelSuggestion',
  'schedule',
  'budgetFrame',
  'expectedEffect',
] as const;

/** F-19: a plan with its seven modules, a printed set for the client's senior management and an electronic version. */
export const plan = defineForm({
  id: 'F-19',
  kind: 'proposal',
  schema: z.strictObject({
    marketAnalysis: long(f.marketAnalysis),
    coreStrategy: long(f.coreStrategy),
    creativeExpression: long(f.creativeExpression),
    channelSuggestion: long(f.channelSuggestion),
    schedule: long(f.schedule),
    budgetFrame: long(f.budgetFrame),
    expectedEffect: long(f.expectedEffect),
    printedSet: bool(f.printedSet, {
      hint: { zh: '已备好一套打印稿，供客户呈报高层', en: 'A printed set is ready for the client’s senior management' },
    }),
    electronic: files(f.electronic),
    reviewers: persons(f.reviewers).optional(),
    dataSources: bool(f.dataSources).optional(),
  }),
  writtenBy: [
    'STRATEGY_DIRECTOR',
    'STRATEGY_PLANNER',
    'PLANNING_DIRECTOR',
    'PLANNING_MANAGER',
    'CREATIVE_DIRECTOR',
    'ACCOUNT_EXECUTIVE',
    'ACCOUNT_MANAGER',
    'ACCOUNT_DIRECTOR',
  ],
  fileType: '方案',
  folder: '策略方案',
  facts: (paper) => ({
    missingModules: modules.filter((module) => paper[module] === undefined),
    printedSet: paper.printedSet ?? false,
    electronic: (paper.electronic?.length ?? 0) > 0,
  }),
});
