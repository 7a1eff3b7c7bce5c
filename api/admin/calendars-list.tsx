import type { JSX } from 'preact';
import { personCalendarId } from '../../domain/calendar/desk.ts';
import { missingList } from '../../domain/calendar/published.ts';
import type { SingleCalendar } from '../../domain/calendar/types.ts';
import type { Client } from '../../store/clients.ts';
import type { Staff } from '../staff/frame.tsx';
import { Field } from '../view/fields.tsx';
import { pick } from '../view/lang.ts';
import { Button, ButtonLink, Notice, Sheet } from '../view/parts.tsx';
import type { HouseNow } from '../view/read/house.ts';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import { calendarWords } from './calendars-words.ts';
import { AdminPage, has } from './frame.tsx';

/** Address of a calendar's page. */
export const pageOf = (id: string): string => `/admin/calendars/${encodeURIComponent(id)}`;

/** Today on the wall clock of a calendar. */
export const todayIn = (calendar: SingleCalendar, now: string): string => zoneNamed(calendar.zone).toLocal(now).date;

/** Tells whoever keeps the calendars that the holidays of a coming year are not in this one. */
export function MissingNotice({ calendar, staff }: { calendar: SingleCalendar; staff: Staff }): JSX.Element | null {
  const t = words(staff.lang, calendarWords);
  const missing = has(staff.who, 'calendar.write')
    ? missingList(calendar, todayIn(calendar, staff.time.now))
    : undefined;
  if (missing === undefined) return null;
  return (
    <Notice kind="remark" title={t('missing', { year: missing.year })}>
      <p>
        {missing.daysLeft > 0 ? t('missingSoon', { n: missing.daysLeft }) : t('missingNow')}{' '}
        <a href={`${pageOf(calendar.id)}?year=${String(missing.year)}#list`}>
          {t('missingDo', { year: missing.year })}
        </a>
      </p>
    </Notice>
  );
}

/** Whose calendars there are, and whose could be made. */
export function CalendarList({
  staff,
  house,
  clients,
}: {
  staff: Staff;
  house: HouseNow;
  clients: readonly Client[];
}): JSX.Element {
  const { lang } = staff;
  const t = words(lang, calendarWords);
  const ours = house.people.all.filter(({ side, active }) => side === 'agency' && active);
  const kept = house.calendars.byId;
  const own = ours.filter(({ id }) => kept.has(personCalendarId(id)));
  return (
    <AdminPage staff={staff} tab="calendar" title={t('calendars')}>
      <p class="work-lead">{t('lead')}</p>
      <MissingNotice calendar={staff.time.calendar} staff={staff} />
      <Sheet>
        <ul class="entries">
          <li class="entry">
            <a class="entry-name" href={pageOf('office')}>
              {pick(staff.time.calendar.name, lang)}
            </a>
            <span class="entry-what num">{staff.time.calendar.zone}</span>
            <span class="entry-side muted small">{t('ofOffice')}</span>
          </li>
        </ul>
      </Sheet>
      {clients.length > 0 ? (
        <Sheet title={t('ofClients')} id="clients">
          <ul class="entries">
            {clients.map(({ id, name }) => (
              <li class="entry">
                <a class="entry-name" href={pageOf(id)}>
                  {name}
                </a>
                <span class="entry-what num">{kept.get(id)?.zone ?? ''}</span>
                <span class="entry-side muted small">{kept.has(id) ? t('own') : t('asOffice')}</span>
              </li>
            ))}
          </ul>
        </Sheet>
      ) : null}
      <Sheet title={t('ofPeople')} id="people">
        {own.length === 0 ? <p class="muted">{t('noneOwn')}</p> : null}
        <ul class="entries">
          {own.map(({ id, name }) => (
            <li class="entry">
              <a class="entry-name" href={pageOf(personCalendarId(id))}>
                {name}
              </a>
              <span class="entry-what num">{kept.get(personCalendarId(id))?.zone ?? ''}</span>
              <span class="entry-side muted small">{t('own')}</span>
            </li>
          ))}
        </ul>
        {has(staff.who, 'calendar.write') ? (
          <form method="get" action="/admin/calendars" class="calendar-whose">
            <Field
              lang={lang}
              name="person"
              label={t('whose')}
              kind={{ type: 'person', choices: ours.map(({ id, name }) => ({ value: id, label: name })) }}
            />
            <p class="actions-row code-actions">
              <Button>{t('openIt')}</Button>
            </p>
          </form>
        ) : null}
      </Sheet>
      <p class="page-act">
        <ButtonLink href="/admin/ladder">{t('tryLadder')}</ButtonLink>
      </p>
    </AdminPage>
  );
}
