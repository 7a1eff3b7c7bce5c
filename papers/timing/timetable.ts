import * as z from 'zod';
import type { TimetablePlan } from '../../domain/timetable/types.ts';
import { milestones } from '../../domain/timetable/types.ts';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { milestoneWords } from '../../domain/wording/timetable.ts';
import { bool, choice, date, jobNumber, long, num, table, text } from '../field.ts';
import { defineForm, type Draft, type Finding } from '../form.ts';

const versions = { internal: { zh: '内部进度', en: 'Internal' }, external: { zh: '外部进度', en: 'External' } };

const schema = z.strictObject({
  jobNumber: jobNumber(f.jobNumber),
  project: text(f.project),
  version: choice(f.version, ['internal', 'external'], (key) => versions[key]),
  rows: table(f.rows, {
    stage: text(f.stage),
    owner: text(f.owner),
    start: date(f.start),
    end: date(f.end),
    internalOnly: bool(f.internalOnly, { hint: { zh: '不给客户看', en: 'Not shown to the client' } }).optional(),
  }),
  keyNodes: table(f.keyNodes, {
    node: text(f.node),
    date: date(f.date),
    clientApproval: bool(f.clientApproval).optional(),
    milestone: choice(f.milestone, milestones, (key) => milestoneWords[key], {
      hint: {
        zh: '工作走到这里，节点就算完成；不选则由客户主任标记',
        en: 'The node is reached when the job gets there; without it account service marks it',
      },
    }).optional(),
  }),
  floatDays: num(f.floatDays, {
    max: 365,
    unit: { zh: '个工作日', en: 'working days' },
    hint: { zh: '请留出弹性时间', en: 'Keep some flexibility' },
  }),
  deliveryDate: date(f.deliveryDate),
  changes: table(f.changes, {
    oldDate: date(f.oldDate),
    newDate: date(f.newDate),
    reason: long(f.reason),
    agreedBy: text(f.agreedBy, { hint: { zh: '未经客户同意的延期无效', en: 'Valid only when the client agreed' } }),
  }).optional(),
});

/** What a timetable says, complete. */
export type TimetableContent = z.output<typeof schema>;
type TimetableDraft = Draft<typeof schema>;

/** Days between the first and the last date of a timetable at most: five years; calendars look no further than eleven. */
const longestDays = 1_830;
const dayMs = 86_400_000;

function datesInOrder(timetable: TimetableDraft): Finding[] {
  const rows = timetable.rows ?? [];
  const turned = rows.some((row) => row.start !== undefined && row.end !== undefined && row.end < row.start);
  const late = rows.some(
    (row) => row.end !== undefined && timetable.deliveryDate !== undefined && row.end > timetable.deliveryDate,
  );
  const dates = [
    ...rows.flatMap(({ start, end }) => [start, end]),
    ...(timetable.keyNodes ?? []).map((node) => node.date),
    timetable.deliveryDate,
  ].flatMap((day) => (day === undefined ? [] : [Date.parse(day)]));
  const far = Math.max(...dates) - Math.min(...dates) > longestDays * dayMs;
  return [
    ...(turned
      ? [{ field: 'rows', rule: 'R-45', zh: '结束日期早于开始日期', en: 'a stage ends before it starts' }]
      : []),
    ...(late
      ? [
          {
            field: 'deliveryDate',
            rule: 'R-45',
            zh: '有阶段晚于交付日期',
            en: 'a stage ends after the date of delivery',
          },
        ]
      : []),
    ...(far
      ? [
          {
            field: 'deliveryDate',
            rule: 'R-45',
            zh: '日期相差超过五年，请核对年份',
            en: 'its dates lie more than five years apart; check the years',
          },
        ]
      : []),
  ];
}

/** F-10: the timetable, made for every opened job and a baseline only when the client accepted it. */
export const timetable = defineForm({
  id: 'F-10',
  kind: 'timing',
  schema,
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '工作进度表',
  folder: '进度表',
  findings: datesInOrder,
  facts: (paper) => ({
    rows: paper.rows?.length ?? 0,
    keyNodes: paper.keyNodes?.length ?? 0,
    floatDays: paper.floatDays ?? null,
    deliveryDate: paper.deliveryDate ?? null,
    // Fields whose dates contradict each other.
    wrong: datesInOrder(paper).map(({ field }) => field),
    // Old and new date of each extension, for the rule that a later date names what it replaces.
    changes: (paper.changes ?? []).map(({ oldDate = '', newDate = '' }) => `${oldDate}>${newDate}`),
  }),
});

/** Reads a frozen timetable; undefined for one that was frozen incomplete. */
export function readTimetable(content: unknown): TimetableContent | undefined {
  const read = schema.safeParse(content);
  return read.success ? read.data : undefined;
}

/** What the clock and the forecast need of a timetable. */
export function planOf({ rows, keyNodes, floatDays, deliveryDate }: TimetableContent): TimetablePlan {
  return {
    stages: rows.map(({ stage, owner, start, end, internalOnly }) => ({
      stage,
      owner,
      start,
      end,
      internalOnly: internalOnly === true,
    })),
    nodes: keyNodes.map(({ node, date: day, clientApproval, milestone }) => ({
      name: node,
      date: day,
      clientApproval: clientApproval === true,
      ...(milestone === undefined ? {} : { milestone }),
    })),
    floatDays,
    deliveryDate,
  };
}

/** What the client is shown of a timetable: without rows that are internal only and without the float. */
export function externalTimetable(internal: TimetableContent): Omit<TimetableContent, 'floatDays'> {
  const { floatDays: _float, rows, ...rest } = internal;
  return { ...rest, version: 'external', rows: rows.filter((row) => row.internalOnly !== true) };
}
