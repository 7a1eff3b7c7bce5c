import type { CalendarProblem, CalendarProblemCode, DayKind } from '../calendar/types.ts';
import type { Words } from '../process.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

/** What a day that differs from its weekday is called. */
export const dayKindWords: Readonly<Record<DayKind, Words>> = {
  holiday: w('放假', 'holiday'),
  makeup: w('调休上班', 'make-up working day'),
  closed: w('停工', 'closed'),
  short: w('短工作日', 'short day'),
};

/** Every finding about a calendar or a ladder: what is wrong, and what would be right. Gaps in braces. */
const problemWords: Readonly<Record<CalendarProblemCode, Words>> = {
  idMissing: w('缺少编号', 'The id is missing'),
  nameMissing: w('请写中文和英文的名称', 'Please give the name in both languages'),
  timeUnreadable: w(
    '“{time}”不是时间，请写成 09:00 这样，最晚 24:00',
    '“{time}” is no time; write it like 09:00, 24:00 at the latest',
  ),
  hoursOutOfOrder: w(
    '{from}–{to} 结束不晚于开始；过夜的时间请分写在两天',
    '{from}–{to} ends before it starts; hours past midnight are two spans on two days',
  ),
  hoursOverlap: w(
    '{from}–{to} 与同一天的另一段重叠，请合成一段',
    '{from}–{to} overlaps another span of that day; make them one',
  ),
  noWorkingHour: w(
    '一周里至少要有一个小时工作时间，否则任何期限都算不出来',
    'An ordinary week must hold at least one working hour, or no deadline can be counted',
  ),
  dateUnreadable: w(
    '“{date}”不是存在的日期，请写成 2027-02-11 这样',
    '“{date}” is no date that exists; write it like 2027-02-11',
  ),
  shortWithoutHours: w('{date} 是短工作日，请写明那天的时间', '{date} is a short day; say which hours it has'),
  hoursOnClosedDay: w('{date} 不上班，不要写工作时间', '{date} is a day off; leave its hours empty'),
  absenceUnreadable: w('“{moment}”不是时刻', '“{moment}” is no moment'),
  absenceOutOfOrder: w('停工结束（{to}）早于开始（{from}）', 'The closure ends ({to}) before it starts ({from})'),
  spanUnreadable: w('请写一个整数', 'Please write a whole number'),
  spanNotPositive: w('时限要大于 0，不能是 {amount}', 'The time must be above 0, not {amount}'),
  spanTooLong: w(
    '{amount} 太长，最多 {longestSpanDays} 个工作日',
    '{amount} is too long; {longestSpanDays} working days at most',
  ),
  ladderEmpty: w('至少要有一级提醒', 'There must be at least one rung'),
  rungNumberOutOfOrder: w(
    '各级要按 1、2、3 编号，这里应是 {expected}',
    'Rungs are numbered 1, 2, 3; this one should be {expected}',
  ),
  rungNotLater: w(
    '第 {n} 级要晚于第 {before} 级，请改大',
    'Rung {n} must come later than rung {before}; make it larger',
  ),
  percentOutOfRange: w(
    '预警要在 1% 到 99% 之间，不能是 {percent}',
    'A warning lies between 1 and 99 %, not at {percent}',
  ),
  percentOutOfOrder: w('预警的百分比要一个比一个大', 'Warnings must ascend'),
  tooManyRungs: w(
    '写了 {count} 级，最多 {mostRungs} 级；请去掉几级，提醒太多就没人看了',
    'There are {count} rungs, {mostRungs} at most; take some out, as nobody reads what comes too often',
  ),
  spansMixed: w(
    '第 {n} 级与前一级单位不同；一个阶梯里只用小时，或只用天',
    'Rung {n} counts in another unit than the one before; use hours only or days only in one ladder',
  ),
  rungToNobody: w('第 {n} 级没有人可提醒，请选一个人', 'Rung {n} tells nobody; choose somebody'),
  toldTwice: w('第 {n} 级把同一个人写了两次，请去掉一次', 'Rung {n} names somebody twice; take one out'),
  clientToldOfAgency: w(
    '第 {n} 级要写信给客户，但这一步在公司内部；请选公司的人',
    'Rung {n} would write to the client about a step of the agency; choose somebody of the agency',
  ),
  channelUnknown: w('没有“{by}”这种方式，请选列出的一种', 'There is no channel “{by}”; choose one of those offered'),
  clientByMailOnly: w('客户没有桌面和摘要，请选邮件', 'A client has neither desk nor digest here; choose mail'),
  quietWholeDay: w(
    '免打扰 {from}–{to} 盖住了全部办公时间，邮件就永远发不出去；请改短',
    'Quiet hours {from}–{to} cover every office hour, so no mail could ever leave; make them shorter',
  ),
};

/** A finding about a calendar or a ladder as a sentence. */
export function sayCalendarProblem({ code, params = {} }: CalendarProblem): Words {
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (gap, name: string) => (Object.hasOwn(params, name) ? String(params[name]) : gap));
  return { zh: fill(problemWords[code].zh), en: fill(problemWords[code].en) };
}
