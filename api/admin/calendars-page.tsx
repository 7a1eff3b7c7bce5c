import type { JSX } from 'preact';
import { calendarOwner } from '../../domain/calendar/desk.ts';
import { stretchesOf, type Stretch } from '../../domain/calendar/stretches.ts';
import type { SingleCalendar } from '../../domain/calendar/types.ts';
import { weekdays } from '../../domain/calendar/types.ts';
import { dayKindWords } from '../../domain/wording/calendar.ts';
import type { Change, Registered } from '../../store/registers.ts';
import type { Telling } from '../../store/tellings.ts';
import type { ApiDeps } from '../deps.ts';
import { newFormValue } from '../staff/form-value.ts';
import type { Staff } from '../staff/frame.tsx';
import { ErrorList } from '../view/fields.tsx';
import { pick, type Lang } from '../view/lang.ts';
import { Button, ButtonLink, Chip, Facts, FormValue, Notice, Sheet } from '../view/parts.tsx';
import type { HouseNow } from '../view/read/house.ts';
import { dateInWords, momentInWords, zoneInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { CalendarForms, weekdayNames } from './calendars-forms.tsx';
import { MissingNotice, pageOf, todayIn } from './calendars-list.tsx';
import type { ChangeKind, TypedChange } from './calendars-read.ts';
import { calendarWords } from './calendars-words.ts';
import { YearView } from './calendars-year.tsx';
import { AdminPage, has, type Told } from './frame.tsx';

/** A calendar on the table: whose, as it stands, and which year is looked at. */
export interface CalendarDesk {
  readonly deps: ApiDeps;
  readonly staff: Staff;
  readonly id: string;
  readonly name: SingleCalendar['name'];
  /** Null while its owner counts by the office's. */
  readonly entry: Registered<SingleCalendar> | null;
  /** The number a change must name, also where there is no entry any more. */
  readonly revision: number;
  /** Who gave the own calendar up, when and why. */
  readonly dropped?: Change;
  readonly calendar: SingleCalendar;
  readonly office: SingleCalendar;
  readonly house: HouseNow;
  readonly year: number;
  readonly purpose: string;
  /** How far its newest version has come to the running jobs; null where it was saved before jobs were told. */
  readonly telling: Telling | null;
}

/** A change that could not be read, with what was typed. */
export interface OpenChange {
  readonly kind: ChangeKind;
  readonly typed: TypedChange;
  readonly errors: Readonly<Record<string, string>>;
}

/** The hours of a week as facts, days in a row with the same hours in one line. */
export function hoursShown(calendar: SingleCalendar, lang: Lang) {
  const t = words(lang, calendarWords);
  const said = (day: (typeof weekdays)[number]): string =>
    calendar.weekly[day].length === 0
      ? t('dayOff')
      : calendar.weekly[day].map(({ from, to }) => `${from}–${to}`).join(lang === 'en' ? ', ' : '、');
  // Days in a row with the same hours are one line, as people say it.
  const runs: { from: (typeof weekdays)[number]; to: (typeof weekdays)[number]; hours: string }[] = [];
  for (const day of weekdays) {
    const last = runs.at(-1);
    if (last?.hours === said(day)) last.to = day;
    else runs.push({ from: day, to: day, hours: said(day) });
  }
  return runs.map(({ from, to, hours }) => ({
    label: [...new Set([from, to])].map((day) => pick(weekdayNames[day], lang)).join(lang === 'en' ? '–' : '至'),
    value: hours,
  }));
}

function Special({ desk, formValue }: { desk: CalendarDesk; formValue?: string }): JSX.Element {
  const { calendar, year, staff } = desk;
  const t = words(staff.lang, calendarWords);
  const found = stretchesOf(calendar, year);
  const dates = ({ from, to, days }: Stretch): string =>
    days === 1 ? dateInWords(from, staff.lang) : `${dateInWords(from, staff.lang)} – ${dateInWords(to, staff.lang)}`;
  return (
    <Sheet title={t('special')} id="special">
      {found.length === 0 ? <p class="muted">{t('noSpecial')}</p> : null}
      <ul class="entries">
        {found.map((stretch) => (
          <li class="entry">
            <span class="entry-name num">{dates(stretch)}</span>
            <span class="entry-what">
              {pick(stretch.day.name, staff.lang)}
              {stretch.day.hours ? (
                <span class="muted small num">
                  {' '}
                  {stretch.day.hours.map(({ from, to }) => `${from}–${to}`).join(', ')}
                </span>
              ) : null}
            </span>
            <Chip tone={stretch.day.kind === 'holiday' ? 'done' : 'plain'}>
              {pick(dayKindWords[stretch.day.kind], staff.lang)}
            </Chip>
            {formValue === undefined ? null : (
              <form method="post" action={pageOf(desk.id)} class="take-out">
                <FormValue value={formValue} />
                <input type="hidden" name="change" value="remove" />
                <input type="hidden" name="revision" value={desk.revision} />
                <input type="hidden" name="from" value={stretch.from} />
                <input type="hidden" name="to" value={stretch.to} />
                <Button kind="quiet">
                  {t('remove')}
                  <span class="hidden"> {dates(stretch)}</span>
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

/** One calendar: a year of it, its hours, the days that differ, and the forms that change it. */
export function CalendarPage({
  desk,
  told,
  change,
}: {
  desk: CalendarDesk;
  told?: Told;
  change?: OpenChange;
}): JSX.Element {
  const { staff, calendar, entry, year, id, deps, house } = desk;
  const { lang, who, time } = staff;
  const t = words(lang, calendarWords);
  const name = pick(desk.name, lang);
  const formValue = has(who, 'calendar.write') ? newFormValue(deps, who, desk.purpose) : undefined;
  const by = entry?.changed ?? desk.dropped;
  return (
    <AdminPage staff={staff} tab="calendar" title={t('ofOwner', { name })} wide {...(told ? { told } : {})}>
      {change && change.kind !== 'remove' ? (
        <ErrorList
          lang={lang}
          errors={Object.entries(change.errors).map(([field, error]) => ({
            name: field,
            label: fieldLabel(field, lang),
            error,
            scope: change.kind,
          }))}
        />
      ) : null}
      {change?.kind === 'remove' && change.errors.from ? <Notice kind="refused" title={change.errors.from} /> : null}
      {entry === null && calendarOwner(id).kind !== 'office' ? <p class="work-lead">{t('notYet', { name })}</p> : null}
      <MissingNotice calendar={calendar} staff={staff} />
      <Sheet
        title={t('yearOf', { year })}
        id="year"
        aside={
          <nav class="year-nav" aria-label={t('years')}>
            {[year - 1, year + 1].map((other) => (
              <a class="btn btn-plain" href={`${pageOf(id)}?year=${other}`}>
                {other < year ? `‹ ${String(other)}` : `${String(other)} ›`}
              </a>
            ))}
          </nav>
        }
      >
        <YearView calendar={calendar} year={year} today={todayIn(calendar, time.now)} lang={lang} />
      </Sheet>
      <Special desk={desk} {...(formValue === undefined ? {} : { formValue })} />
      <Sheet
        title={t('hours')}
        id="hours"
        {...(entry ? { aside: <Chip>{t('version', { n: entry.revision })}</Chip> } : {})}
      >
        <Facts
          facts={[
            ...hoursShown(calendar, lang),
            { label: t('zone'), value: `${calendar.zone} · ${zoneInWords({ now: time.now, calendar }, lang)}` },
            ...(calendar.publishedThrough.startsWith('9999')
              ? []
              : [{ label: t('published'), value: dateInWords(calendar.publishedThrough, lang) }]),
          ]}
        />
        {by ? (
          <p class="muted small">
            {t(entry === null ? 'droppedBy' : 'changedBy', {
              when: momentInWords(time, by.at, lang),
              who: by.by === 'house' ? t('bySystem') : (house.people.byId.get(by.by)?.name ?? by.by),
              why: by.words ?? '–',
            })}
            {desk.telling === null
              ? null
              : ` ${
                  desk.telling.state === 'done'
                    ? t('toldJobs', {
                        n: desk.telling.jobs,
                        cases: desk.telling.cases ? t('toldCases', { n: desk.telling.cases }) : '',
                      })
                    : t('tellingJobs', { n: desk.telling.jobs })
                }`}
          </p>
        ) : null}
      </Sheet>
      {formValue === undefined ? null : (
        <CalendarForms
          action={pageOf(id)}
          formValue={formValue}
          calendar={calendar}
          year={year}
          revision={desk.revision}
          lang={lang}
          {...(change ? { change } : {})}
        />
      )}
      {formValue === undefined || entry === null || calendarOwner(id).kind === 'office' ? null : (
        <Sheet title={t('drop')} id="drop">
          <form method="post" action={pageOf(id)}>
            <FormValue value={formValue} />
            <input type="hidden" name="change" value="drop" />
            <input type="hidden" name="revision" value={desk.revision} />
            <p>{t('dropLead', { name })}</p>
            <p class="actions-row code-actions">
              <Button>{t('see')}</Button>
            </p>
          </form>
        </Sheet>
      )}
      <ButtonLink href="/admin/calendars" kind="quiet">
        {t('calendars')}
      </ButtonLink>
    </AdminPage>
  );
}

function fieldLabel(field: string, lang: Lang): string {
  const t = words(lang, calendarWords);
  const day = weekdays.find((one) => one === field);
  if (day) return pick(weekdayNames[day], lang);
  switch (field) {
    case 'zone':
    case 'from':
    case 'to':
    case 'kind':
    case 'nameZh':
    case 'nameEn':
      return t(field);
    case 'hours':
      return t('dayHours');
    case 'year':
      return t('listYear');
    default:
      return t('listLines');
  }
}
