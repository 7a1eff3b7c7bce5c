import type { JSX } from 'preact';
import { DateTime } from 'luxon';
import { daysBetween, timeOfMinutes } from '../../domain/calendar/dates.ts';
import { publishedThroughAll } from '../../domain/calendar/day.ts';
import { describeDue } from '../../domain/calendar/due.ts';
import { sayDue } from '../../domain/calendar/say-due.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import type { Instant } from '../../domain/instant.ts';
import { epochMsOf } from '../../domain/instant.ts';
import type { Lang } from './lang.ts';
import { words } from './words/index.ts';
import { zoneNamed } from './zone.ts';

/** What a page needs to speak about time: now, and the office's calendar (its zone is the one dates are shown in). */
export interface TimeView {
  readonly now: Instant;
  readonly calendar: Calendar;
}

/** A due moment in words, ready to show. */
export interface DueWords {
  readonly at: Instant;
  /** "今天 16:30" */
  readonly when: string;
  /** "还有 3 个工作小时" */
  readonly left: string;
  readonly over: boolean;
}

/** A due moment in words: the day and time, and the working time that is left or over. */
export function dueInWords(time: TimeView, dueAt: Instant, lang: Lang, provisional?: boolean): DueWords {
  const parts = describeDue(time.calendar, zoneNamed, { dueAt, now: time.now, provisional });
  const sentence = sayDue(parts, lang);
  const mark = lang === 'en' ? ', ' : '，';
  const cut = sentence.lastIndexOf(mark);
  return {
    at: dueAt,
    when: cut < 0 ? sentence : sentence.slice(0, cut),
    left: cut < 0 ? '' : sentence.slice(cut + mark.length),
    over: parts.over,
  };
}

/** Shows a due moment: the time firm, what is left quiet; late in the colour of late. */
export function Due({ due }: { due: DueWords }): JSX.Element {
  return (
    <time class={`due${due.over ? ' due-late' : ''}`} datetime={due.at}>
      <b class="num">{due.when}</b> <span>{due.left}</span>
    </time>
  );
}

/**
 * A moment in words: "今天 11:05", "周二 09:30", "11月3日 17:00"; the year only when it is another one. One to come that lies
 * beyond what is published of the calendar says that it is provisional.
 */
export function momentInWords(time: TimeView, at: Instant, lang: Lang): string {
  const { date } = zoneNamed(time.calendar.zone).toLocal(at);
  const unsure = at > time.now && date > publishedThroughAll(time.calendar);
  return `${plainMoment(time, at, lang)}${unsure ? words(lang)('provisional') : ''}`;
}

function plainMoment(time: TimeView, at: Instant, lang: Lang): string {
  const t = words(lang);
  const zone = zoneNamed(time.calendar.zone);
  const then = zone.toLocal(at);
  const clock = timeOfMinutes(then.minutes);
  const days = daysBetween(then.date, zone.toLocal(time.now).date);
  if (days === 0) return `${t('today')} ${clock}`;
  if (days === 1) return `${t('yesterday')} ${clock}`;
  if (days === -1) return `${t('tomorrow')} ${clock}`;
  return `${dayInWords(time, at, lang)} ${clock}`;
}

/** A calendar day as papers say it, true whenever it is read: "2026年12月27日（周日）", "Sun 27 Dec 2026". No day stays as it is. */
export function dateInWords(date: string, lang: Lang): string {
  const day = DateTime.fromISO(date, { zone: 'utc', locale: lang });
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !day.isValid) return date;
  if (lang === 'en') return day.toFormat('ccc d LLL yyyy');
  return `${day.year}年${day.month}月${day.day}日（${day.toFormat('ccc').replace('星期', '周')}）`;
}

/** The zone in which a page tells its times: "中国标准时间（UTC+8）", "China Standard Time (UTC+8)". */
export function zoneInWords(time: TimeView, lang: Lang): string {
  const here = DateTime.fromMillis(epochMsOf(time.now), { zone: time.calendar.zone, locale: lang });
  const offset = `UTC${here.toFormat('Z')}`;
  return lang === 'en'
    ? `${here.offsetNameLong ?? time.calendar.zone} (${offset})`
    : `${here.offsetNameLong ?? time.calendar.zone}（${offset}）`;
}

// A history says a hundred moments; making a formatter costs more than all of them.
const weekdayNames = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { weekday: 'short', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' }),
} as const satisfies Record<Lang, Intl.DateTimeFormat>;
const monthNames = new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' });

/** The day of a moment: "周二" within the last six days, else the date. */
export function dayInWords(time: TimeView, at: Instant, lang: Lang): string {
  const zone = zoneNamed(time.calendar.zone);
  const [now, { date }] = [zone.toLocal(time.now).date, zone.toLocal(at)];
  const days = daysBetween(date, now);
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const noon = Date.UTC(year, month - 1, day, 12);
  if (days > 1 && days < 7) return weekdayNames[lang].format(noon);
  const sameYear = date.slice(0, 4) === now.slice(0, 4);
  if (lang === 'en') return `${String(day)} ${monthNames.format(noon)}${sameYear ? '' : ` ${String(year)}`}`;
  return `${sameYear ? '' : `${String(year)}年`}${String(month)}月${String(day)}日`;
}
