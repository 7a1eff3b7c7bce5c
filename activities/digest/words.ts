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
  issues: {
    lead: w(
      '您负责的工作中出现的问题：先告知客户，再写明原因和解决方案。不处理不等于已解决。',
      'Issues of jobs you answer for: the client is told first, then cause and solution go on record. Silence settles nothing.',
    ),
    count: w('{n} 件问题等您处理', '{n} waiting from issues'),
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
  entries: {
    lead: w(
      '执行排期中由您负责、快到或已过时间节点的任务。不处理不等于同意：系统不会替任何人确认。',
      'Tasks of execution schedules that are yours and near their date, or past it. Silence confirms nothing.',
    ),
    count: w('{n} 项排期任务等您处理', '{n} scheduled tasks'),
    most: 20,
  },
  meetings: {
    lead: w(
      '这些工作在设定的周期里没有开内部会议，拖得最久的在最前；每个周期只提醒一次。',
      'These jobs had no internal meeting within their set period, the longest first; you are told once a period.',
    ),
    count: w('{n} 项工作该开内部会议', '{n} due for a project meeting'),
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
      '还在下列各人处，没有人处理。请催办、移交给别人，或与各方改期。',
      'Still with the people named, and nobody has acted. Please press, hand over, or move the date.',
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
  handOvers: {
    lead: w(
      '品牌交接还等这些人签字。每个工作日列出一次，直到有人签字或取消；系统不会替任何人签字。',
      'Hand-overs of brands wait for these signatures. Listed once every working day until somebody signs or withdraws; the system signs for nobody.',
    ),
    count: w('{n} 项交接各级都已告知，仍未签完', '{n} hand-overs not signed after the last reminder'),
    most: 20,
  },
  decided: {
    lead: w(
      '您所在小组的工作有了这些决定，供您知道，不需要处理。',
      'Decided in the jobs of your teams, so that you know; there is nothing to do.',
    ),
    count: w('{n} 项工作有新决定', 'decisions in {n} jobs'),
    most: 20,
  },
} as const;

/** One part of a digest. */
export type PartName = keyof typeof parts;

/** A part that lists steps: what the reader is to sign, what stalls with others, what nobody is left to be told of. */
export type StepPart = Extract<PartName, 'waiting' | 'escalated' | 'standing'>;

/** The parts in the order they are read: what the reader is to do, what stalls with others, what goes on in their jobs. */
export const order: readonly PartName[] = [
  'waiting',
  'issues',
  'cases',
  'entries',
  'escalated',
  'timetable',
  'meetings',
  'standing',
  'handOvers',
  'decided',
];

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
  handOver: w('品牌交接', 'Hand-over'),
  moreHandOvers: w('另有 {n} 项，在迟误一览里。', 'and {n} more, on the page of what is late.'),
  callMeeting: w('召集会议', 'Call the meeting'),
  moreMeetings: w('另有 {n} 项，在迟误一览里。', 'and {n} more, on the page of what is late.'),
  moreDecided: w('另有 {n} 项工作，在看板上。', 'and {n} more jobs, on the board.'),
  board: w('打开看板', 'Open the board'),
  moreClient: w(
    '另有 {n} 件；链接在您先前收到的邮件里。',
    'and {n} more; their links are in the mails you already have.',
  ),
} as const satisfies Record<string, Words>;
