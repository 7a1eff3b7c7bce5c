import type { JSX } from 'preact';
import { DateTime } from 'luxon';
import { addDays, weekdayNumberOf } from '../../domain/calendar/dates.ts';
import { hoursOn } from '../../domain/calendar/day.ts';
import type { DayKind, LocalDate, SingleCalendar } from '../../domain/calendar/types.ts';
import { dayKindWords } from '../../domain/wording/calendar.ts';
import { pick, type Lang } from '../view/lang.ts';
import { dateInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { calendarWords } from './calendars-words.ts';

/** What stands in the corner of a day, so that its kind needs no colour to be told. */
export const dayMarks: Readonly<Record<DayKind, { readonly zh: string; readonly en: string }>> = {
  holiday: { zh: '休', en: 'H' },
  makeup: { zh: '班', en: 'W' },
  closed: { zh: '停', en: 'C' },
  short: { zh: '短', en: 'S' },
};

const initials: Readonly<Record<Lang, readonly string[]>> = {
  'zh-CN': ['一', '二', '三', '四', '五', '六', '日'],
  en: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'],
};

function monthName(year: number, month: number, lang: Lang): string {
  const name = DateTime.utc(year, month).setLocale('en').toFormat('LLLL');
  return words(lang, calendarWords)('monthOf', { year, month: lang === 'en' ? name : month });
}

/** The weeks of a month, Monday first; days of the neighbours are left out. */
function weeksOf(year: number, month: number): readonly (readonly (LocalDate | undefined)[])[] {
  const first = `${String(year)}-${String(month).padStart(2, '0')}-01`;
  const weeks: (LocalDate | undefined)[][] = [];
  let week: (LocalDate | undefined)[] = Array.from({ length: weekdayNumberOf(first) - 1 }, () => undefined);
  for (let date = first; date.startsWith(first.slice(0, 7)); date = addDays(date, 1)) {
    week.push(date);
    if (week.length === 7) {
      weeks.push(week);
      week = [];
    }
  }
  if (week.length > 0) weeks.push([...week, ...Array.from({ length: 7 - week.length }, () => undefined)]);
  return weeks;
}

function Day({
  date,
  calendar,
  today,
  lang,
}: {
  date: LocalDate;
  calendar: SingleCalendar;
  today: LocalDate;
  lang: Lang;
}) {
  const day = calendar.days[date];
  const off = hoursOn(calendar, date).length === 0;
  const classes = [
    'day',
    off ? 'day-off' : '',
    day ? `day-${day.kind}` : '',
    date === today ? 'day-today' : '',
    date > calendar.publishedThrough ? 'day-unsure' : '',
  ].filter(Boolean);
  const said = day ? `${pick(day.name, lang)}, ${pick(dayKindWords[day.kind], lang)}` : undefined;
  return (
    <td class={classes.join(' ')} title={said} aria-current={date === today ? 'date' : undefined}>
      <span class="num">{Number(date.slice(8))}</span>
      {day ? (
        <>
          <span class="day-mark" aria-hidden="true">
            {pick(dayMarks[day.kind], lang)}
          </span>
          <span class="hidden"> {said}</span>
        </>
      ) : null}
    </td>
  );
}

function Month(props: {
  year: number;
  month: number;
  calendar: SingleCalendar;
  today: LocalDate;
  lang: Lang;
}): JSX.Element {
  const { year, month, calendar, today, lang } = props;
  const t = words(lang, calendarWords);
  const weeks = weeksOf(year, month);
  const last = weeks.flat().findLast((date) => date !== undefined) ?? '';
  return (
    <table class="month">
      <caption>
        {monthName(year, month, lang)}
        {last > calendar.publishedThrough ? <span class="month-unsure"> {t('unsure')}</span> : null}
      </caption>
      <thead>
        <tr>
          {initials[lang].map((name, index) => (
            <th scope="col" class={index > 4 ? 'day-off' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr>
            {week.map((date) =>
              date === undefined ? <td /> : <Day date={date} calendar={calendar} today={today} lang={lang} />,
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Working days of a year, by the calendar's own hours. */
export function workingDaysOf(calendar: SingleCalendar, year: number): number {
  let count = 0;
  for (let date = `${String(year)}-01-01`; date.startsWith(String(year)); date = addDays(date, 1))
    if (hoursOn(calendar, date).length > 0) count += 1;
  return count;
}

/** A year at a glance: twelve months, each day that differs marked with a character and a shape, never by colour alone. */
export function YearView({
  calendar,
  year,
  today,
  lang,
}: {
  calendar: SingleCalendar;
  year: number;
  today: LocalDate;
  lang: Lang;
}): JSX.Element {
  const t = words(lang, calendarWords);
  return (
    <>
      <p class="year-legend" aria-label={t('legend')} role="group">
        {(['holiday', 'makeup', 'closed', 'short'] as const).map((kind) => (
          <span class="year-legend-one">
            <span class={`day day-sample day-${kind}`}>
              <span class="day-mark" aria-hidden="true">
                {pick(dayMarks[kind], lang)}
              </span>
            </span>
            {pick(dayKindWords[kind], lang)}
          </span>
        ))}
        <span class="year-legend-one">
          <span class="day day-sample day-off day-rest" aria-hidden="true">
            <span class="num">6</span>
          </span>
          {t('dayOff')}
        </span>
        <span class="muted">{t('workingDays', { n: workingDaysOf(calendar, year) })}</span>
      </p>
      {calendar.publishedThrough < `${String(year)}-12-31` ? (
        <p class="muted small">{t('unsureYear', { date: dateInWords(calendar.publishedThrough, lang) })}</p>
      ) : null}
      <div class="year">
        {Array.from({ length: 12 }, (_, index) => (
          <Month year={year} month={index + 1} calendar={calendar} today={today} lang={lang} />
        ))}
      </div>
    </>
  );
}
