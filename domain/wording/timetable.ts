import { nominalDayMinutes } from '../calendar/deadline.ts';
import type { TimetableEvent } from '../job/timetable.ts';
import type { Words } from '../process.ts';
import type { Delays } from '../timetable/delay.ts';
import type { ExtensionDue, Milestone } from '../timetable/types.ts';
import { inRow, type Lang } from './language.ts';
import { dayInWords, personInWords, type HistoryNames } from './names.ts';
import { pointWords } from './points.ts';
import { stepWords } from './steps.ts';

/** By what the job itself shows that a key node is reached. */
export const milestoneWords: Readonly<Record<Milestone, Words>> = {
  orderAccepted: { zh: '工作单接单', en: 'Order accepted' },
  proposal: { zh: '提案', en: 'Proposal shown' },
  creativeApproval: { zh: '创意确认', en: 'Creative approved' },
  materialFinished: { zh: '物料完成', en: 'Material finished' },
  delivery: { zh: '交付', en: 'Delivered' },
  mediaStart: { zh: '投放开始', en: 'Media starts' },
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = nominalDayMinutes * minuteMs;

/** An amount of working time in words: "40 分钟", "3 个工作小时", "2.5 个工作日"; a day is eight hours. */
export function workingTimeWords(ms: number, lang: Lang): string {
  const tenth = (amount: number): number => Math.round(amount * 10) / 10;
  const en = (amount: number, one: string): string => `${String(amount)} working ${one}${amount === 1 ? '' : 's'}`;
  if (ms < hourMs) {
    const minutes = Math.max(0, Math.round(ms / minuteMs));
    return lang === 'zh' ? `${String(minutes)} 分钟` : en(minutes, 'minute');
  }
  const [amount, zh, one] =
    ms < dayMs ? [tenth(ms / hourMs), '工作小时', 'hour'] : [tenth(ms / dayMs), '工作日', 'day'];
  return lang === 'zh' ? `${String(amount)} 个${zh}` : en(amount, one);
}

/** What happened to a job's timetable, as one sentence of its readable history. */
export function timetableSentence(event: TimetableEvent, names: HistoryNames, lang: Lang): string {
  const say = (zh: string, en: string): string => (lang === 'zh' ? zh : en);
  const long = (ms: number): string => workingTimeWords(ms, lang);
  const day = (date: string): string => dayInWords(date, names, lang);
  switch (event.type) {
    case 'baselineAccepted': {
      const { version, countedFrom } = event.baseline;
      const delivery = day(event.baseline.deliveryDate);
      if (countedFrom !== undefined)
        return say(
          `客户先前接受的工作进度表第 ${version} 版从现在起由系统计时，${delivery} 交付`,
          `Version ${version} of the timetable, which the client accepted earlier, has a clock from now on; delivery ${delivery}`,
        );
      return say(
        `客户接受了工作进度表第 ${version} 版，作为双方基准，${delivery} 交付`,
        `The client accepted version ${version} of the timetable as the baseline; delivery ${delivery}`,
      );
    }
    case 'timetableLook':
      return say('核对工作进度', 'Progress is compared with the timetable');
    case 'timetableCounted':
      return say('已按工作日历核算进度表的提醒', 'Notices of the timetable are counted on the working calendar');
    case 'nodeAnnounced': {
      const { name } = event.node;
      const date = day(event.node.date);
      return event.told
        ? say(`已预告客户关键节点“${name}”（${date}）`, `Key node “${name}” (${date}) is announced to the client`)
        : say(
            `关键节点“${name}”（${date}）已过，未再预告`,
            `Key node “${name}” (${date}) has passed; nothing is announced`,
          );
    }
    case 'nodeReached':
      return say(
        `${personInWords(event.by, names, lang)}确认关键节点“${event.name}”（${day(event.date)}）已完成`,
        `${personInWords(event.by, names, lang)} marked key node “${event.name}” (${day(event.date)}) as reached`,
      );
    case 'stageWarned':
      return say(
        `阶段“${event.stage}”的时间已过 ${event.percent}%，已提醒客户主任`,
        `${event.percent}% of the time of stage “${event.stage}” has passed; the account executive was warned`,
      );
    case 'floatUsedUp':
      return say(
        `弹性时间已用完，预计 ${day(event.forecastDate)} 交付（客户 ${long(event.clientMs)}，公司 ${long(event.agencyMs)}）`,
        `The float is used up; delivery is expected on ${day(event.forecastDate)} (client ${long(event.clientMs)}, agency ${long(event.agencyMs)})`,
      );
    case 'extensionDrafted':
      return say(
        `客户延误 ${long(event.clientMs)}，已拟好延期：${day(event.oldDate)} → ${day(event.newDate)}，待客户同意`,
        `The client’s delay of ${long(event.clientMs)} moves the delivery; an extension is drafted: ${day(event.oldDate)} → ${day(event.newDate)}, until the client agrees the old date stands`,
      );
  }
}

/** Client's desks that a reason names; the rest are put together. */
const mostNamed = 3;

/**
 * Why a later date is asked for, out of the accounting of whose time it was: how long the client's answers took beyond
 * their dates, and what of that moves the delivery. A person reads it over before it goes to the client.
 */
export function extensionReason(
  { clientMs }: Pick<ExtensionDue, 'clientMs'>,
  lateDesks: Delays['lateDesks'],
  lang: Lang,
): string {
  const long = (ms: number): string => workingTimeWords(ms, lang);
  const desks = lateDesks.filter(({ side }) => side === 'client');
  const named = desks.slice(0, mostNamed).map(({ point, step, ms }) => {
    const known: Readonly<Record<string, Words>> = pointWords;
    const what = (Object.hasOwn(known, point) ? known[point] : undefined) ?? stepWords(step);
    return lang === 'zh' ? `${what.zh} ${long(ms)}` : `${what.en} ${long(ms)}`;
  });
  const rest = desks.slice(mostNamed).reduce((sum, { ms }) => sum + ms, 0);
  const lines = inRow(
    rest > 0 ? [...named, lang === 'zh' ? `其他 ${long(rest)}` : `others ${long(rest)}`] : named,
    lang,
  );
  return lang === 'zh'
    ? `客户答复超出约定时间：${lines}。其中 ${long(clientMs)}影响交付。`
    : `The client’s answers came after their dates: ${lines}. Of this, ${long(clientMs)} move the delivery.`;
}
