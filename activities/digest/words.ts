import type { Words } from '../../domain/process.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

/** The parts of a digest. */
export const parts = {
  waiting: {
    lead: w(
      '最迟的在最前。不处理不等于同意：系统不会替任何人作决定。',
      'The latest comes first. Silence decides nothing: the system never answers for anybody.',
    ),
    count: w('{n} 件等您处理', '{n} waiting for you'),
    most: 20,
  },
  cases: {
    lead: w(
      '会议、会议记录和其中的任务。不处理不等于同意：系统不会替任何人作决定。',
      'From meetings, minutes and the tasks in them. Silence decides nothing: the system never answers for anybody.',
    ),
    count: w('{n} 件会议事项等您处理', '{n} waiting from meetings'),
    most: 20,
  },
  timetable: {
    lead: w(
      '您负责的工作，日期最近的在最前。客户同意之前，原来的交付日期有效。',
      'Of the jobs you answer for, the nearest day first. Until the client agrees, the old delivery date stands.',
    ),
    count: w('{n} 项进度提醒', '{n} on timetables'),
    most: 20,
  },
  escalated: {
    lead: w(
      '期限已过，还在下列各人处。请催办、移交给别人，或与各方改期。',
      'Past their limits and still with the people named. Please press, hand over, or move the date.',
    ),
    count: w('{n} 步停滞，请过问', '{n} standing still'),
    most: 20,
  },
  standing: {
    lead: w(
      '每个工作日列出一次，直到有人处理；系统不会替任何人作决定。',
      'Listed once every working day until somebody acts; the system never decides a step.',
    ),
    count: w('{n} 步各级都已告知，仍未处理', '{n} still standing after the last reminder'),
    most: 100,
  },
} as const;

/** One part of a digest. */
export type PartName = keyof typeof parts;

/** A part that lists steps: what the reader is to sign, what stalls with others, what nobody is left to be told of. */
export type StepPart = Exclude<PartName, 'cases' | 'timetable'>;

/** The parts in the order they are read: what the reader is to do, what stalls with others, what goes on in their jobs. */
export const order: readonly PartName[] = ['waiting', 'cases', 'escalated', 'timetable', 'standing'];

/** Small sentences of digests. */
export const labels = {
  both: w('，', ', '),
  with: w('在{holder}处', 'with {holder}'),
  since: w('自{since} 起', 'since {since}'),
  open: w('打开处理', 'Open'),
  job: w('打开工作页', 'Open the job'),
  moreDesk: w('另有 {n} 件，在您的桌面上。', 'and {n} more, on your desk.'),
  desk: w('打开我的桌面', 'Open my desk'),
  moreLate: w('另有 {n} 步，在迟误一览里。', 'and {n} more, on the page of what is late.'),
  late: w('打开迟误一览', 'See all that is late'),
  page: w('打开查看', 'Open'),
  inFor: w('代{name}', 'in for {name}'),
  moreCases: w('另有 {n} 件，在会议一览里。', 'and {n} more, among the meetings.'),
  meetings: w('打开会议一览', 'See all meetings'),
  moreTimetable: w('另有 {n} 项，见各工作的进度表。', 'and {n} more, each on the timetable of its job.'),
  moreClient: w(
    '另有 {n} 件；链接在您先前收到的邮件里。',
    'and {n} more; their links are in the mails you already have.',
  ),
} as const satisfies Record<string, Words>;
