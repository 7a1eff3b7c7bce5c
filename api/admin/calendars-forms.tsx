import type { JSX } from 'preact';
import { addDays } from '../../domain/calendar/dates.ts';
import { stretchesOf } from '../../domain/calendar/stretches.ts';
import type { SingleCalendar, Weekday } from '../../domain/calendar/types.ts';
import { weekdays } from '../../domain/calendar/types.ts';
import type { Words } from '../../domain/process.ts';
import { dayKindWords } from '../../domain/wording/calendar.ts';
import { Field } from '../view/fields.tsx';
import { pick, type Lang } from '../view/lang.ts';
import { Button, FormValue, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { hoursInText, type ChangeKind, type TypedChange } from './calendars-read.ts';
import { calendarWords } from './calendars-words.ts';

/** The days of the week in both languages. */
export const weekdayNames: Readonly<Record<Weekday, Words>> = {
  mon: { zh: '周一', en: 'Mon' },
  tue: { zh: '周二', en: 'Tue' },
  wed: { zh: '周三', en: 'Wed' },
  thu: { zh: '周四', en: 'Thu' },
  fri: { zh: '周五', en: 'Fri' },
  sat: { zh: '周六', en: 'Sat' },
  sun: { zh: '周日', en: 'Sun' },
};

interface FormsProps {
  readonly action: string;
  readonly formValue: string;
  readonly calendar: SingleCalendar;
  readonly year: number;
  readonly revision: number;
  readonly lang: Lang;
  readonly change?: {
    readonly kind: ChangeKind;
    readonly typed: TypedChange;
    readonly errors: Readonly<Record<string, string>>;
  };
}

/** A list of a year as it would be typed, so that correcting one is changing a line. */
function listInText(calendar: SingleCalendar, year: number, lang: Lang): string {
  const marks = lang === 'en' ? { holiday: 'off', makeup: 'work' } : { holiday: '休', makeup: '班' };
  return stretchesOf(calendar, year)
    .flatMap(({ from, to, day: { kind, name } }) =>
      kind === 'holiday' || kind === 'makeup'
        ? [`${from === to ? from : `${from}..${to}`} ${marks[kind]} ${name.zh} / ${name.en}`]
        : [],
    )
    .join('\n');
}

/** The forms that change a calendar: days, a year's list, hours. Each first shows what it would move. */
export function CalendarForms(props: FormsProps): JSX.Element {
  const { action, formValue, calendar, year, revision, lang, change } = props;
  const t = words(lang, calendarWords);
  const listYear = Number(addDays(calendar.publishedThrough, 1).slice(0, 4));
  const wanted = calendar.publishedThrough.startsWith('9999') || year < listYear ? year : listYear;
  const asIs: Readonly<Record<ChangeKind, TypedChange>> = {
    hours: {
      zone: calendar.zone,
      ...Object.fromEntries(weekdays.map((day) => [day, hoursInText(calendar.weekly[day])])),
    },
    days: { kind: 'closed' },
    list: { year: String(wanted), lines: listInText(calendar, wanted, lang) },
    remove: {},
  };
  const typed = (kind: ChangeKind, field: string): string =>
    (change?.kind === kind ? change.typed[field] : asIs[kind][field]) ?? '';
  const wrong = (kind: ChangeKind, field: string): { error?: string } => {
    const error = change?.kind === kind ? change.errors[field] : undefined;
    return error === undefined ? {} : { error };
  };
  const common = (kind: ChangeKind, field: string) => ({
    lang,
    name: field,
    scope: kind,
    value: typed(kind, field),
    ...wrong(kind, field),
  });
  const head = (kind: ChangeKind): JSX.Element => (
    <>
      <FormValue value={formValue} />
      <input type="hidden" name="change" value={kind} />
      <input type="hidden" name="revision" value={revision} />
    </>
  );
  const see = (
    <p class="actions-row code-actions">
      <Button>{t('see')}</Button>
    </p>
  );
  return (
    <>
      <Sheet title={t('addDays')} id="add">
        <form method="post" action={action} novalidate>
          {head('days')}
          <div class="field-row">
            <Field {...common('days', 'from')} label={t('from')} kind={{ type: 'date' }} required />
            <Field {...common('days', 'to')} label={t('to')} kind={{ type: 'date' }} hint={t('toHint')} />
          </div>
          <Field
            {...common('days', 'kind')}
            label={t('kind')}
            required
            kind={{
              type: 'enum',
              choices: (['closed', 'holiday', 'makeup', 'short'] as const).map((kind) => ({
                value: kind,
                label: pick(dayKindWords[kind], lang),
              })),
            }}
          />
          <div class="field-row">
            <Field {...common('days', 'nameZh')} label={t('nameZh')} kind={{ type: 'text' }} maxLength={60} required />
            <Field {...common('days', 'nameEn')} label={t('nameEn')} kind={{ type: 'text' }} maxLength={60} required />
          </div>
          <Field {...common('days', 'hours')} label={t('dayHours')} kind={{ type: 'text' }} hint={t('dayHoursHint')} />
          {see}
        </form>
      </Sheet>
      <Sheet title={t('list')} id="list">
        <form method="post" action={action} novalidate>
          {head('list')}
          <Field {...common('list', 'year')} label={t('listYear')} kind={{ type: 'number' }} required />
          <Field
            {...common('list', 'lines')}
            label={t('listLines')}
            kind={{ type: 'long', rows: 10 }}
            hint={t('listHint')}
            maxLength={12_000}
            required
          />
          {see}
        </form>
      </Sheet>
      <Sheet title={t('hours')} id="change-hours">
        <p class="muted small">{t('hoursHint')}</p>
        <form method="post" action={action} novalidate>
          {head('hours')}
          <div class="week-fields">
            {weekdays.map((day) => (
              <Field
                {...common('hours', day)}
                label={pick(weekdayNames[day], lang)}
                kind={{ type: 'text' }}
                maxLength={120}
              />
            ))}
          </div>
          <Field
            {...common('hours', 'zone')}
            label={t('zone')}
            kind={{ type: 'text' }}
            hint={t('zoneHint')}
            maxLength={60}
            required
          />
          {see}
        </form>
      </Sheet>
    </>
  );
}
