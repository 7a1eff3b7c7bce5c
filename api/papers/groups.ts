import type { FormField } from '../../papers/fields.ts';

/** Groups of fields in the order a form shows them. */
export const groupOrder = ['identity', 'content', 'time', 'people', 'material'] as const;

/** One group of fields. */
export type Group = (typeof groupOrder)[number];

const identity = new Set([
  'jobNumber',
  'originalJobNumber',
  'ordinal',
  'clientId',
  'brandId',
  'lineId',
  'project',
  'campaignRef',
  'version',
  'level',
  'kind',
  'important',
  'urgency',
]);
const time = new Set([
  'timing',
  'wantedDate',
  'deliveryDate',
  'floatDays',
  'budget',
  'budgetLimit',
  'totalFen',
  'validUntil',
  'orderedAt',
  'keyNodes',
]);
const people = new Set([
  'author',
  'guidedBy',
  'approver',
  'owner',
  'orderedBy',
  'from',
  'source',
  'executors',
  'supervisors',
  'departments',
  'managerConsulted',
  'consultedWith',
  'consultedAt',
  'strategyParticipants',
  'creativeParticipants',
  'reviewers',
]);

/** The group a field belongs to: by what it is about, files by what they are. */
export function groupOf(field: FormField): Group {
  if (field.type === 'files' || field.key === 'materialMissing') return 'material';
  if (identity.has(field.key)) return 'identity';
  if (time.has(field.key)) return 'time';
  if (people.has(field.key) || field.type === 'person' || field.type === 'persons') return 'people';
  return 'content';
}
