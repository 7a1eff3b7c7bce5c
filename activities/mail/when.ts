import { describeDue } from '../../domain/calendar/due.ts';
import { sayDue } from '../../domain/calendar/say-due.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Language } from '../../domain/people/types.ts';
import { zoneNamed } from '../calendar/zone.ts';

const monthsEn = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A date that stays true when the mail is read tomorrow: `3月12日`, `12 Mar`. */
function plainDate(localDate: string, language: Language): string {
  const [, month = '', day = ''] = localDate.split('-');
  return language === 'zh-CN'
    ? `${Number(month)}月${Number(day)}日`
    : `${Number(day)} ${monthsEn[Number(month) - 1] ?? ''}`;
}

/** A moment: `今天 11:05`, `3月9日 11:05`, `today 11:05`, `9 Mar 11:05`; one to come beyond the published calendar says so. */
export function sayWhen(at: Instant, now: Instant, calendar: Calendar, language: Language): string {
  const { day, localDate, localTime, over, provisional } = describeDue(calendar, zoneNamed, { dueAt: at, now });
  const zh = language === 'zh-CN';
  const unsure = provisional && !over ? (zh ? '（暂定）' : ' (provisional)') : '';
  if (day.kind === 'today') return `${zh ? '今天' : 'today'} ${localTime}`;
  if (day.kind === 'yesterday') return `${zh ? '昨天' : 'yesterday'} ${localTime}`;
  return `${plainDate(localDate, language)} ${localTime}${unsure}`;
}

/** A limit in words, taken apart for the eye: the moment, and what is left with the plain date. */
export interface SaidDue {
  readonly moment: string;
  readonly left: string;
  readonly over: boolean;
}

/** `今天 16:30` and `3月12日，还有 3 个工作小时`. */
export function sayLimit(
  dueAt: Instant,
  now: Instant,
  /** What is known of it; absent: whether it lies beyond what the calendar has published. */
  provisional: boolean | undefined,
  calendar: Calendar,
  language: Language,
): SaidDue {
  const parts = describeDue(calendar, zoneNamed, { dueAt, now, provisional });
  const said = sayDue(parts, language);
  const comma = language === 'zh-CN' ? '，' : ', ';
  const cut = said.lastIndexOf(comma);
  const moment = said.slice(0, cut);
  const left = said.slice(cut + comma.length);
  const date = parts.day.kind === 'date' ? '' : `${plainDate(parts.localDate, language)}${comma}`;
  return { moment, left: `${date}${left}`, over: parts.over };
}
