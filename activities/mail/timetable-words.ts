import { nominalDayMinutes } from '../../domain/calendar/deadline.ts';
import type { LocalDate } from '../../domain/calendar/types.ts';
import type { TimetableEvent } from '../../domain/job/timetable.ts';
import type { Language } from '../../domain/people/types.ts';
import { workingTimeWords } from '../../domain/wording/timetable.ts';
import { DateTime } from 'luxon';

/** A day of a timetable as a mail says it: `2026年9月25日（周五）`, `Fri 25 Sep 2026`. */
function sayDay(date: LocalDate, language: Language): string {
  const day = DateTime.fromISO(date, { zone: 'utc', locale: language });
  if (language !== 'zh-CN') return day.toFormat('ccc d LLL yyyy');
  return `${day.year}年${day.month}月${day.day}日（${day.toFormat('ccc').replace('星期', '周')}）`;
}

/**
 * What a mail about the timetable quotes: the node and its day, the stage, how the float was used, the two dates. A day
 * that is only expected and lies behind `published` says that it is provisional.
 */
export function timetableWords(event: TimetableEvent, language: Language, published?: LocalDate): string {
  const zh = language === 'zh-CN';
  const unsure = zh ? '（暂定）' : ' (provisional)';
  const expected = (date: LocalDate): string =>
    `${day(date)}${published !== undefined && date > published ? unsure : ''}`;
  const long = (ms: number): string => workingTimeWords(ms, zh ? 'zh' : 'en');
  const day = (date: LocalDate): string => sayDay(date, language);
  switch (event.type) {
    case 'nodeAnnounced':
      return zh ? `${event.node.name}：${day(event.node.date)}` : `${event.node.name}: ${day(event.node.date)}`;
    case 'stageWarned':
      return zh
        ? `“${event.stage}”到${day(event.end)}为止，时间已过 ${event.percent}%。`
        : `“${event.stage}” runs until ${day(event.end)}; ${event.percent}% of its time has passed.`;
    case 'floatUsedUp': {
      const { clientMs, agencyMs, holdMs, floatDays, forecastDate } = event;
      const parts = (
        [
          [clientMs, '客户', 'client'],
          [agencyMs, '公司', 'agency'],
          [holdMs, '暂停', 'on hold'],
        ] as const
      ).filter(([ms]) => ms > 0);
      const kept = workingTimeWords(floatDays * nominalDayMinutes * 60_000, zh ? 'zh' : 'en');
      return zh
        ? `原留 ${kept}。${parts.map(([ms, who]) => `${who} ${long(ms)}`).join('，')}。现在预计${expected(forecastDate)}交付。`
        : `Kept free: ${kept}. ${parts.map(([ms, , who]) => `${who}: ${long(ms)}`).join(', ')}. Delivery is now expected on ${expected(forecastDate)}.`;
    }
    case 'extensionDrafted':
      return zh
        ? `交付日期 ${day(event.oldDate)} → ${expected(event.newDate)}，其中客户延误 ${long(event.clientMs)}。`
        : `Delivery ${day(event.oldDate)} → ${expected(event.newDate)}, for ${long(event.clientMs)} of the client’s delay.`;
    case 'baselineAccepted':
    case 'timetableLook':
    case 'timetableCounted':
    case 'nodeReached':
      return '';
  }
}
