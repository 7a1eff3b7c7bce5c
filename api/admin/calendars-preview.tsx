import type { JSX } from 'preact';
import type { SingleCalendar } from '../../domain/calendar/types.ts';
import { newFormValue } from '../staff/form-value.ts';
import { Field } from '../view/fields.tsx';
import { pick } from '../view/lang.ts';
import { Button, ButtonLink, Facts, FormValue, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { EffectView, type CalendarEffect } from './calendars-effect.tsx';
import { pageOf, todayIn } from './calendars-list.tsx';
import { hoursShown, type CalendarDesk } from './calendars-page.tsx';
import type { ChangeKind, TypedChange } from './calendars-read.ts';
import { calendarWords } from './calendars-words.ts';
import { YearView } from './calendars-year.tsx';
import { AdminPage } from './frame.tsx';

/** What a change would do, before it is saved; the same form, with the reason, saves it. */
export function PreviewPage({
  desk,
  kind,
  typed,
  next,
  effect,
  why,
  error,
}: {
  desk: CalendarDesk;
  kind: ChangeKind | 'drop';
  typed: TypedChange;
  /** Absent: the own calendar is given up. */
  next?: SingleCalendar;
  effect: CalendarEffect;
  why: string;
  error?: string;
}): JSX.Element {
  const { staff, deps, id, calendar, office } = desk;
  const { lang, who } = staff;
  const t = words(lang, calendarWords);
  const touched = /^20[2-9]\d/.exec(typed.from ?? typed.year ?? '')?.[0];
  const year = touched === undefined ? desk.year : Number(touched);
  const shown = next ?? office;
  return (
    <AdminPage
      staff={staff}
      tab="calendar"
      title={t('ofOwner', { name: pick(desk.name, lang) })}
      wide
      told={{ kind: 'remark', title: t('nothingSaved') }}
    >
      {kind === 'drop' ? <p class="work-lead">{t('dropPreview', { name: pick(desk.name, lang) })}</p> : null}
      <Sheet title={t('effect')} id="effect">
        <EffectView effect={effect} staff={staff} />
        <p class="muted small">{t('runningLater')}</p>
      </Sheet>
      <Sheet title={t(kind === 'drop' ? 'drop' : 'save')} id="save">
        <form method="post" action={pageOf(id)} novalidate>
          <FormValue value={newFormValue(deps, who, desk.purpose)} />
          <input type="hidden" name="change" value={kind} />
          <input type="hidden" name="revision" value={desk.revision} />
          {Object.entries(typed).map(([name, value]) =>
            name === 'lines' ? (
              <textarea name={name} hidden>
                {value}
              </textarea>
            ) : (
              <input type="hidden" name={name} value={value} />
            ),
          )}
          <Field
            lang={lang}
            name="why"
            label={t('why')}
            hint={t('whyHint')}
            kind={{ type: 'text' }}
            value={why}
            required
            maxLength={400}
            {...(error === undefined ? {} : { error })}
          />
          <p class="actions-row code-actions">
            <Button kind="ink" name="do" value="save">
              {t(kind === 'drop' ? 'dropIt' : 'save')}
            </Button>
            <ButtonLink href={`${pageOf(id)}?year=${year}`} kind="quiet">
              {t('back')}
            </ButtonLink>
          </p>
        </form>
      </Sheet>
      <Sheet title={t('yearOf', { year })} id="year">
        {kind === 'hours' || kind === 'drop' ? (
          <Facts facts={[...hoursShown(shown, lang), { label: t('zone'), value: shown.zone }]} />
        ) : null}
        <YearView calendar={shown} year={year} today={todayIn(calendar, staff.time.now)} lang={lang} />
      </Sheet>
    </AdminPage>
  );
}
