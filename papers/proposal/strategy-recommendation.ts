import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { choice, date, files, long, ref } from '../field.ts';
import { defineForm, type Finding } from '../form.ts';

const kinds = {
  afterAssessment: { zh: '公司策略推荐', en: 'Recommendation after assessment' },
  campaign: { zh: '广告战役策略推荐', en: 'Campaign strategy' },
  annual: { zh: '全年沟通策略', en: 'Annual communication strategy' },
  brandFuture: { zh: '品牌发展蓝图', en: 'Brand future' },
  brandReview: { zh: '品牌回顾', en: 'Brand review' },
  competition: { zh: '竞争性分析', en: 'Competitive analysis' },
  creativeAssessment: { zh: '关键性创意评估', en: 'Key creative assessment' },
} as const;
const kindKeys = [
  'afterAssessment',
  'campaign',
  'annual',
  'brandFuture',
  'brandReview',
  'competition',
  'creativeAssessment',
] as const;

const whenItDiffers = { zh: '公司策略推荐必填', en: 'Needed for the recommendation after assessment' };

/**
 * F-24: the agency's strategy in writing. After an assessment that differs from the instruction it sets out where and
 * what we suggest; the client's agreement is a signature of the circulation and therefore no field.
 */
export const strategyRecommendation = defineForm({
  id: 'F-24',
  kind: 'proposal',
  schema: z.strictObject({
    brandId: ref(f.brandId),
    kind: choice(f.kind, kindKeys, (key) => kinds[key]),
    date: date(f.date),
    strategyText: long(f.strategyText),
    difference: long(f.difference, { requiredWhen: whenItDiffers }).optional(),
    proposal: long(f.proposal, { requiredWhen: whenItDiffers }).optional(),
    material: files(f.material).optional(),
  }),
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR', 'STRATEGY_DIRECTOR', 'STRATEGY_PLANNER'],
  fileType: '策略推荐',
  folder: '策略方案',
  findings: (paper) =>
    paper.kind !== 'afterAssessment'
      ? []
      : (['difference', 'proposal'] as const).flatMap((field): Finding[] =>
          paper[field] === undefined ? [{ field, missing: true }] : [],
        ),
  facts: (paper) => ({ kind: paper.kind ?? '' }),
});
