import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { datetime, long, person, table, text } from '../field.ts';
import { defineForm, hashOf, type Content, type Draft, type Finding } from '../form.ts';

/** Tasks of one schedule: person, node and the two names of every one go whole into the facts, which hold 4 KB. */
const entriesMax = 30;

const schema = z.strictObject({
  entries: table(
    f.entries,
    {
      stage: text(f.stage, { max: 60 }),
      task: text(f.task),
      owner: person(f.owner),
      timeNode: datetime(f.timeNode),
      standard: long(f.standard),
    },
    {
      max: entriesMax,
      hint: {
        zh: '和执行的同事一起编排：每项任务都要有负责人、时间节点和交付标准，由负责人自己确认',
        en: 'Made with the executing team: every task has its person, its time and its standard, and its person confirms it',
      },
    },
  ),
});

type ScheduleDraft = Draft<typeof schema>;

/** Short enough for the facts, long enough that no two texts of a house meet: 72 bits of SHA-256. */
function named(value: unknown): string {
  return Buffer.from(hashOf(value), 'hex').toString('base64url').slice(0, 12);
}

/** A node is told and confirmed to the minute: the seconds a form leaves out change nothing. */
const minuteOf = (timeNode: string | undefined): string | undefined => timeNode?.slice(0, '2026-01-01T00:00'.length);

const taskName = (task: string | undefined): string => named({ task: (task ?? '').trim() });

function tasksApart({ entries = [] }: ScheduleDraft): Finding[] {
  const names = entries.map(({ task }) => task?.trim()).filter((task) => task !== undefined && task !== '');
  if (new Set(names).size === names.length) return [];
  const zh = '同一项任务写了两次，请合并或分开命名';
  return [{ field: 'entries', rule: 'R-52', zh, en: 'the same task stands there twice; join them or name them apart' }];
}

/**
 * F-11: the execution schedule, task by task with person, time node, delivery standard and stage. Status, actual date
 * and evidence are no fields: they are what each executor says of their own entries, and stand in the schedule's log.
 */
export const executionSchedule = defineForm({
  id: 'F-11',
  kind: 'timing',
  schema,
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '执行排期表',
  folder: '进度表',
  findings: tasksApart,
  facts: ({ entries = [] }) => ({
    // Row by row the same length: which task, whose, by when, and what its executor confirms. The stage only sorts them.
    tasks: entries.map(({ task }) => taskName(task)),
    owners: entries.map(({ owner }) => owner ?? ''),
    nodes: entries.map(({ timeNode }) => timeNode ?? ''),
    marks: entries.map(({ task, owner, timeNode, standard }) => named([task, owner, minuteOf(timeNode), standard])),
  }),
});

/** One task of a schedule as its paper says it. */
export interface ScheduleRow {
  readonly stage: string;
  readonly task: string;
  readonly owner: string;
  readonly timeNode: string;
  readonly standard: string;
}

/** The tasks a kept schedule names, in their order; whatever is no text is empty, and what is no schedule has none. */
export function scheduleRowsOf(content: unknown): readonly ScheduleRow[] {
  if (typeof content !== 'object' || content === null || !('entries' in content)) return [];
  const { entries } = content;
  const said = (row: object, key: keyof ScheduleRow): string => {
    const value: unknown = Reflect.get(row, key);
    return typeof value === 'string' ? value : '';
  };
  return (Array.isArray(entries) ? entries : []).map((row: unknown): ScheduleRow => {
    const one = typeof row === 'object' && row !== null ? row : {};
    return {
      stage: said(one, 'stage'),
      task: said(one, 'task'),
      owner: said(one, 'owner'),
      timeNode: said(one, 'timeNode'),
      standard: said(one, 'standard'),
    };
  });
}

/** A schedule's content with the people who answer for its entries now: a hand-over moves entries, not the words of a paper. */
export function withOwners(content: Content, owners: readonly (string | undefined)[]): Content {
  return { ...content, entries: scheduleRowsOf(content).map((row, n) => ({ ...row, owner: owners[n] ?? row.owner })) };
}
