import { workingDayOnOrAfter, workingDaysAfter } from '../calendar/working-days.ts';
import type { LocalDate } from '../calendar/types.ts';
import type { WorkType } from '../job/worktypes.ts';
import { workTypeFacts } from '../job/worktypes.ts';
import type { Words } from '../process.ts';
import type { OfficeTime } from './idle.ts';
import type { Milestone } from './types.ts';

/** Working days that a proposed plan keeps free before the delivery (S-48). */
export const proposedFloatDays = 3;

interface Documented {
  readonly stage: Words;
  readonly owner: Words;
  /** The least that §7.2 gives, in working days; a week is five of them. */
  readonly days: number;
  /** What is reached when it ends. */
  readonly node?: { readonly name: Words; readonly milestone: Milestone; readonly clientApproval: boolean };
}

const w = (zh: string, en: string): Words => ({ zh, en });
const account = w('客户部', 'Account service');
const creative = w('创作部', 'Creative');
const client = w('客户', 'Client');

const planning: readonly Documented[] = [
  { stage: w('计划', 'Plan'), owner: account, days: 10 },
  { stage: w('计划修正、确认', 'Plan correction and confirmation'), owner: client, days: 10 },
];
const making: readonly Documented[] = [
  { stage: w('创意发展', 'Creative development'), owner: creative, days: 10 },
  {
    stage: w('创意提案', 'Creative proposal'),
    owner: account,
    days: 1,
    node: { name: w('提案', 'Proposal'), milestone: 'proposal', clientApproval: false },
  },
  { stage: w('客户意见', 'Client comment'), owner: client, days: 5 },
  {
    stage: w('提案修正', 'Proposal correction'),
    owner: creative,
    days: 5,
    node: { name: w('创意确认', 'Creative approved'), milestone: 'creativeApproval', clientApproval: true },
  },
  {
    stage: w('制作', 'Production'),
    owner: w('制作部', 'Production'),
    days: 20,
    node: { name: w('物料完成', 'Material finished'), milestone: 'materialFinished', clientApproval: false },
  },
];
const mediaPlanning: readonly Documented[] = [
  { stage: w('媒介策划', 'Media planning'), owner: w('媒介部', 'Media'), days: 10 },
  { stage: w('客户意见', 'Client comment'), owner: client, days: 5 },
];

/** What the documents say a job of these kinds of work goes through; nothing where they say nothing. */
function documentedFor(workTypes: readonly WorkType[]): readonly Documented[] {
  const has = (what: 'creativeBrief' | 'produced'): boolean => workTypes.some((one) => workTypeFacts[one][what]);
  // What needs a creative brief is a campaign: it is planned before anything is created.
  if (has('creativeBrief')) return [...planning, ...making];
  if (has('produced')) return making;
  return workTypes.includes('media') ? mediaPlanning : [];
}

/** A plan to begin a timetable with; a person changes it as the job needs it. */
export interface ProposedPlan {
  readonly stages: readonly {
    readonly stage: Words;
    readonly owner: Words;
    readonly start: LocalDate;
    readonly end: LocalDate;
  }[];
  readonly nodes: readonly {
    readonly name: Words;
    readonly date: LocalDate;
    readonly milestone: Milestone;
    readonly clientApproval: boolean;
  }[];
  /** The last day of the last stage, and the float behind it. */
  readonly deliveryDate: LocalDate;
  readonly floatDays: number;
}

/**
 * The stages of a new job by the documented durations (§7.2, S-35), one after the other from the next working day on, in
 * working days of the office. Where a duration is a range it is the least: what may take longer is the float's and the
 * writer's to say. Undefined for kinds of work the documents say nothing of. Throws CalendarRefusal.
 */
export function proposePlan(
  workTypes: readonly WorkType[],
  today: LocalDate,
  { office, zones }: OfficeTime,
): ProposedPlan | undefined {
  const documented = documentedFor(workTypes);
  if (documented.length === 0) return undefined;
  const after = (date: LocalDate, days: number): LocalDate => workingDaysAfter(office, zones, date, days);
  let next = after(workingDayOnOrAfter(office, zones, today), 1);
  let last = next;
  const stages = [];
  const nodes = [];
  for (const { stage, owner, days, node } of documented) {
    last = after(next, days - 1);
    stages.push({ stage, owner, start: next, end: last });
    if (node) nodes.push({ ...node, date: last });
    next = after(last, 1);
  }
  return { stages, nodes, deliveryDate: after(last, proposedFloatDays), floatDays: proposedFloatDays };
}
