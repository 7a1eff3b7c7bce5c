import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
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

type TimetableDraft = Draft<typeof schema>;

function datesInOrder(timetable: TimetableDraft): Finding[] {
  const turned = (timetable.rows ?? []).some(
    (row) => row.start !== undefined && row.end !== undefined && row.end < row.start,
  );
  const late = (timetable.rows ?? []).some(
    (row) => row.end !== undefined && timetable.deliveryDate !== undefined && row.end > timetable.deliveryDate,
  );
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
  }),
});

/** What the client is shown of a timetable: without rows that are internal only and without the float. */
export function externalTimetable(internal: z.output<typeof schema>): Omit<z.output<typeof schema>, 'floatDays'> {
  const { floatDays: _float, rows, ...rest } = internal;
  return { ...rest, version: 'external', rows: rows.filter((row) => row.internalOnly !== true) };
}
