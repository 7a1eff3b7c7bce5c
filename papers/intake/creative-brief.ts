import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { choice, date, jobNumber, list, long, money, person, persons, ref, text } from '../field.ts';
import { defineForm, type Finding } from '../form.ts';

const levels = {
  important: { zh: '重要', en: 'Important' },
  normal: { zh: '一般', en: 'Normal' },
  simple: { zh: '简单', en: 'Simple' },
};

/**
 * F-05: the creative brief. The level says who may write it: important by the account director, normal by the
 * account manager under guidance, simple by the account executive under guidance. Strategy and creative take part.
 */
export const creativeBrief = defineForm({
  id: 'F-05',
  kind: 'brief',
  schema: z.strictObject({
    jobNumber: jobNumber(f.jobNumber),
    brandId: ref(f.brandId),
    lineId: ref(f.lineId),
    marketSituation: long(f.marketSituation),
    objective: long(f.objective),
    audienceInsight: long(f.audienceInsight),
    proposition: text(f.proposition),
    support: long(f.support),
    tonality: text(f.tonality),
    mandatories: long(f.mandatories, { hint: { zh: '标志、广告口号、法规', en: 'Logo, slogan, legal text' } }),
    formats: list(f.formats),
    timing: date(f.timing),
    budget: money(f.budget),
    level: choice(f.level, ['important', 'normal', 'simple'], (key) => levels[key]),
    author: person(f.author),
    guidedBy: person(f.guidedBy, {
      requiredWhen: { zh: '不是重要工作时必填', en: 'Needed unless the job is important' },
    }).optional(),
    strategyParticipants: persons(f.strategyParticipants),
    creativeParticipants: persons(f.creativeParticipants),
  }),
  writtenBy: ['ACCOUNT_DIRECTOR', 'ACCOUNT_MANAGER', 'ACCOUNT_EXECUTIVE'],
  fileType: '创意简报',
  folder: '策略方案',
  findings: (brief) => {
    const found: Finding[] = [];
    if (brief.level !== undefined && brief.level !== 'important' && brief.guidedBy === undefined)
      found.push({ field: 'guidedBy', missing: true });
    if (brief.guidedBy !== undefined && brief.guidedBy === brief.author) {
      found.push({
        field: 'guidedBy',
        rule: 'R-34',
        zh: '指导人应是撰写人的上级，不能是本人',
        en: 'guidance comes from a superior, not from the author',
      });
    }
    return found;
  },
  facts: (brief) => ({
    level: brief.level ?? null,
    authorId: brief.author ?? null,
    guidedById: brief.guidedBy ?? null,
    strategyParticipants: brief.strategyParticipants?.length ?? 0,
    creativeParticipants: brief.creativeParticipants?.length ?? 0,
    important: brief.level === 'important',
  }),
});
