import * as z from 'zod';
import { workTypeFacts, workTypes } from '../../domain/job/worktypes.ts';
import { roleFacts } from '../../domain/people/roles.ts';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { fewWords, ids } from '../facts.ts';
import {
  bool,
  choice,
  choices,
  date,
  files,
  jobNumber,
  list,
  long,
  money,
  person,
  persons,
  ref,
  table,
  text,
} from '../field.ts';
import { defineForm, hashOf } from '../form.ts';

const executing = [
  'CREATIVE_DIRECTOR',
  'ART_DIRECTOR',
  'COPY_CHIEF',
  'COPYWRITER',
  'ARTIST',
  'MEDIA_DIRECTOR',
  'MEDIA_PLANNER',
  'MEDIA_BUYER',
  'STRATEGY_DIRECTOR',
  'STRATEGY_PLANNER',
  'PLANNING_DIRECTOR',
  'PLANNING_MANAGER',
  'PRODUCTION',
  'RESEARCHER',
  'THIRD_PARTY',
] as const;

const sized = { zh: '工作类型有规格时必填', en: 'Needed where the kind of work has a size' };
const isSized = (kinds: readonly (keyof typeof workTypeFacts)[]): boolean =>
  kinds.some((kind) => workTypeFacts[kind].sized);

/**
 * F-04: the agency's work order. Signatures, the talk with the creative group and a refusal are events of the
 * job, not fields. Specification and budget are needed for work that has a size; mandatories are never left
 * open, "none" is written out (P-53); material still to come is listed and blocks acceptance.
 */
export const workOrder = defineForm({
  id: 'F-04',
  kind: 'order',
  schema: z.strictObject({
    jobNumber: jobNumber(f.jobNumber),
    project: text(f.project),
    background: long(f.background),
    adObjective: long(f.adObjective),
    targetConsumer: long(f.targetConsumer),
    adStrategy: long(f.adStrategy),
    tonality: text(f.tonality),
    mandatories: long(f.mandatories, { hint: { zh: '如没有，请写“无”', en: 'If there are none, write “none”' } }),
    workContent: long(f.workContent),
    workTypes: choices(f.workTypes, workTypes, (kind) => workTypeFacts[kind].title),
    specification: long(f.specification, { requiredWhen: sized }).optional(),
    budget: money(f.budget, { requiredWhen: sized }).optional(),
    timing: table(f.timing, { stage: text(f.stage), date: date(f.date) }),
    material: files(f.material, {
      requiredWhen: {
        zh: '附上资料，或在下面列出尚缺的资料',
        en: 'Attach the material, or list below what is still missing',
      },
    }).optional(),
    materialMissing: list(f.materialMissing, {
      hint: { zh: '有尚缺资料时工作单不能签收', en: 'An order with missing material cannot be accepted' },
    }).optional(),
    executors: table(
      f.executors,
      { person: person(f.person), role: choice(f.role, executing, (role) => roleFacts[role].title) },
      { max: 20 },
    ),
    supervisors: persons(f.supervisors, { max: 8 }),
    important: bool(f.important),
    campaignRef: ref(f.campaignRef).optional(),
  }),
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '工作单',
  folder: '工作单',
  findings: (order) => {
    const needsSize = isSized(order.workTypes ?? []);
    return [
      ...(needsSize && order.specification === undefined ? [{ field: 'specification', missing: true } as const] : []),
      ...(needsSize && order.budget === undefined ? [{ field: 'budget', missing: true } as const] : []),
      ...(order.material === undefined && order.materialMissing === undefined
        ? [{ field: 'material', missing: true } as const]
        : []),
    ];
  },
  facts: (order) => {
    const kinds = order.workTypes ?? [];
    const people = order.executors ?? [];
    return {
      workTypes: kinds,
      needsSpecification: isSized(kinds),
      hasSpecification: order.specification !== undefined && order.budget !== undefined,
      materialMissing: fewWords(order.materialMissing ?? []),
      important: order.important ?? false,
      mandatoriesStated: order.mandatories !== undefined,
      executors: ids(people.map((row) => row.person)),
      supervisors: ids(order.supervisors ?? []),
      hasMedia: people.some((row) => row.role !== undefined && roleFacts[row.role].department === 'media'),
      // A second talk with the creative group is needed only when content or time changed (M-02).
      projectHash: hashOf([order.workContent ?? '', order.timing ?? []]),
    };
  },
});
