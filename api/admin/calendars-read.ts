import { checkCalendar } from '../../domain/calendar/check.ts';
import { daysBetween, isLocalDate } from '../../domain/calendar/dates.ts';
import { datesFrom, longestStretchDays, withoutStretch, withStretch } from '../../domain/calendar/stretches.ts';
import type { CalendarDay, DayKind, OpenHours, SingleCalendar, Weekday } from '../../domain/calendar/types.ts';
import { weekdays } from '../../domain/calendar/types.ts';
import { sayCalendarProblem } from '../../domain/wording/calendar.ts';
import type { FormFields } from '../gate/form-body.ts';
import { oneText } from '../staff/typed.ts';
import { pick, type Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import { isZoneName } from '../view/zone.ts';
import { calendarWords } from './calendars-words.ts';

/** The kinds of change a calendar's page offers. */
export const changeKinds = ['hours', 'days', 'list', 'remove'] as const;

/** Which of them. */
export type ChangeKind = (typeof changeKinds)[number];

/** What was typed, by field; it comes back as it was. */
export type TypedChange = Readonly<Record<string, string>>;

/** A calendar as a typed change would leave it, or what to change in it, by field. */
export type ReadChange = { readonly next: SingleCalendar } | { readonly errors: Readonly<Record<string, string>> };

const fieldsOf: Readonly<Record<ChangeKind, readonly string[]>> = {
  hours: ['zone', ...weekdays],
  days: ['from', 'to', 'kind', 'nameZh', 'nameEn', 'hours'],
  list: ['year', 'lines'],
  remove: ['from', 'to'],
};

/** The fields of one kind of change out of a posted form. */
export function typedChange(kind: ChangeKind, body: FormFields): TypedChange {
  return Object.fromEntries(
    fieldsOf[kind].map((field) => [
      field,
      oneText(body[field])
        .slice(0, field === 'lines' ? 12_000 : 300)
        .trim(),
    ]),
  );
}

/** Hours as people type them, and as the page shows them again. */
export function hoursInText(hours: readonly OpenHours[]): string {
  return hours.map(({ from, to }) => `${from}-${to}`).join(', ');
}

const wholeTime = (time: string): string => time.replace('：', ':').padStart(5, '0');

/** Reads "09:00-12:00, 13:30-18:00"; undefined when it is no list of spans. No text means no hours. */
export function hoursOfText(text: string): readonly OpenHours[] | undefined {
  const spans = text
    .split(/[,，、;；]/)
    .map((span) => span.trim())
    .filter((span) => span !== '');
  const read = spans.map((span) => /^(\d{1,2}[:：]\d{2})\s*[-–—~至]\s*(\d{1,2}[:：]\d{2})$/.exec(span));
  const hours: OpenHours[] = [];
  for (const match of read) {
    if (match?.[1] === undefined || match[2] === undefined) return undefined;
    hours.push({ from: wholeTime(match[1]), to: wholeTime(match[2]) });
  }
  return hours.sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** Reads a change over a calendar. Whatever is wrong stands beside its field, with what would be right. */
export function readChange(calendar: SingleCalendar, kind: ChangeKind, typed: TypedChange, lang: Lang): ReadChange {
  const read = readers[kind](calendar, typed, lang);
  if ('errors' in read) return read;
  const problems = checkCalendar(read.next);
  if (problems.length === 0) return read;
  const errors: Record<string, string> = {};
  for (const problem of problems) {
    const [first = '', second = ''] = problem.field.split('.');
    const field =
      first === 'weekly' ? second || 'mon' : kind === 'days' ? dayField(problem.field) : (fieldsOf[kind][0] ?? '');
    errors[field] ??= pick(sayCalendarProblem(problem), lang);
  }
  return { errors };
}

function dayField(path: string): string {
  return path.endsWith('.name') ? 'nameZh' : path.includes('.hours') ? 'hours' : 'hours';
}

type Reader = (calendar: SingleCalendar, typed: TypedChange, lang: Lang) => ReadChange;

const readers: Readonly<Record<ChangeKind, Reader>> = {
  hours(calendar, typed, lang) {
    const t = words(lang, calendarWords);
    const errors: Record<string, string> = {};
    const zone = typed.zone ?? '';
    if (!isZoneName(zone)) errors.zone = t('zoneUnknown', { zone });
    const weekly: Record<Weekday, readonly OpenHours[]> = { ...calendar.weekly };
    for (const weekday of weekdays) {
      const text = typed[weekday] ?? '';
      const hours = hoursOfText(text);
      if (hours === undefined) errors[weekday] = t('hoursUnreadable', { text });
      else weekly[weekday] = hours;
    }
    return Object.keys(errors).length > 0 ? { errors } : { next: { ...calendar, zone, weekly } };
  },

  days(calendar, typed, lang) {
    const t = words(lang, calendarWords);
    const { errors, from, to } = readDates(typed, lang);
    const kind = (['holiday', 'makeup', 'closed', 'short'] as const).find((one) => one === typed.kind);
    if (kind === undefined) errors.kind = t('kindBad');
    const text = typed.hours ?? '';
    const hours = hoursOfText(text);
    if (hours === undefined) errors.hours = t('hoursUnreadable', { text });
    for (const field of ['nameZh', 'nameEn'] as const)
      if ((typed[field] ?? '') === '' || [...(typed[field] ?? '')].length > 60)
        errors[field] = pick(sayCalendarProblem({ code: 'nameMissing', field }), lang);
    if (Object.keys(errors).length > 0 || kind === undefined || hours === undefined) return { errors };
    const day: CalendarDay = {
      kind,
      name: { zh: typed.nameZh ?? '', en: typed.nameEn ?? '' },
      ...(hours.length > 0 ? { hours } : {}),
    };
    return { next: withStretch(calendar, from, to, day) };
  },

  list: readList,

  remove(calendar, typed, lang) {
    const { errors, from, to } = readDates(typed, lang);
    if (Object.keys(errors).length > 0) return { errors };
    if (!datesFrom(from, to).some((date) => Object.hasOwn(calendar.days, date)))
      return { errors: { from: words(lang, calendarWords)('nothingThere') } };
    return { next: withoutStretch(calendar, from, to) };
  },
};

function readDates(
  typed: TypedChange,
  lang: Lang,
): { readonly errors: Record<string, string>; readonly from: string; readonly to: string } {
  const t = words(lang, calendarWords);
  const errors: Record<string, string> = {};
  const from = typed.from ?? '';
  const to = (typed.to ?? '') === '' ? from : (typed.to ?? '');
  if (!isLocalDate(from)) errors.from = t('dateBad');
  if (!isLocalDate(to)) errors.to = t('dateBad');
  if (Object.keys(errors).length === 0) {
    if (to < from) errors.to = t('endsEarly', { from, to });
    else if (daysBetween(from, to) >= longestStretchDays) errors.to = t('tooLong', { max: longestStretchDays });
  }
  return { errors, from, to };
}

const listLine =
  /^(\d{4}-\d{2}-\d{2})(?:\s*(?:\.\.|–|—|~|至|to)\s*(\d{4}-\d{2}-\d{2}))?\s+(休|班|off|work)\s+([^/]{1,60}?)\s*\/\s*([^/]{1,60})$/;

/** A year's list over a calendar: the holidays and make-up days of that year are replaced, the house's own days stay. */
function readList(calendar: SingleCalendar, typed: TypedChange, lang: Lang): ReadChange {
  const t = words(lang, calendarWords);
  const year = typed.year ?? '';
  if (!/^20[2-9]\d$/.test(year)) return { errors: { year: t('listYearBad') } };
  const lines = (typed.lines ?? '').split('\n').map((line) => line.trim());
  const found = new Map<string, CalendarDay>();
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const n = index + 1;
    const match = listLine.exec(line);
    const [, from = '', until, kind = '', zh = '', en = ''] = match ?? [];
    const to = until ?? from;
    if (!match || !isLocalDate(from) || !isLocalDate(to))
      return { errors: { lines: t('listLineBad', { n, line: line.slice(0, 80) }) } };
    if (to < from) return { errors: { lines: `${String(n)}: ${t('endsEarly', { from, to })}` } };
    if (!from.startsWith(year) || !to.startsWith(year)) return { errors: { lines: t('listOtherYear', { n, year }) } };
    const what: DayKind = kind === '休' || kind === 'off' ? 'holiday' : 'makeup';
    for (const date of datesFrom(from, to)) {
      if (found.has(date)) return { errors: { lines: t('listTwice', { date }) } };
      found.set(date, { kind: what, name: { zh: zh.trim(), en: en.trim() } });
    }
  }
  if (![...found.values()].some(({ kind }) => kind === 'holiday'))
    return { errors: { lines: t('listEmpty', { year }) } };
  const stays = ([date, { kind }]: [string, CalendarDay]): boolean =>
    !date.startsWith(`${year}-`) || kind === 'closed' || kind === 'short';
  const days = { ...Object.fromEntries(found), ...Object.fromEntries(Object.entries(calendar.days).filter(stays)) };
  const end = `${year}-12-31`;
  const publishedThrough = calendar.publishedThrough > end ? calendar.publishedThrough : end;
  return { next: { ...calendar, days, publishedThrough } };
}
