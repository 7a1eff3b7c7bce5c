import type { JSX } from 'preact';
import { calendarOwner } from '../../domain/calendar/desk.ts';
import { ladders } from '../../domain/circulation/step-times.ts';
import { roleFacts } from '../../domain/people/roles.ts';
import { ErrorList, Field } from '../view/fields.tsx';
import { pick } from '../view/lang.ts';
import { Button, ButtonLink, Notice, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { AdminPage } from './frame.tsx';
import { fieldLabel, LadderFields } from './ladder-form.tsx';
import { placeName, SaveForm, Versions } from './ladder-save.tsx';
import { Result } from './ladder-told.tsx';
import { ladderWords } from './ladder-words.ts';
import type { LadderDesk, LadderSaying } from './ladder-desk.ts';

/** Which ladder jobs started now get at the step, in one sentence. */
function InForce({ desk }: { desk: LadderDesk }): JSX.Element {
  const { watch, inForce, places, staff } = desk;
  const t = words(staff.lang, ladderWords);
  const name = pick(ladders[watch.kind].name, staff.lang);
  const [step, kind] = places;
  return (
    <p class="ladder-force">
      {inForce.from === undefined
        ? t('standardInForce', { name })
        : inForce.from === step.scope
          ? t('stepInForce', { n: step.version })
          : t('kindInForce', { name, n: kind.version })}
    </p>
  );
}

/** The ladder of a step: what happens when, the fields to try another, saving it, and what was ever saved. */
export function LadderPage({
  desk,
  saying,
  held,
}: {
  desk: LadderDesk;
  saying: LadderSaying;
  held: Readonly<Record<string, string>>;
}): JSX.Element {
  const { staff, house, watches, watch, offered, calendar, at, typed, errors, told, refusal, formValue } = desk;
  const { lang } = staff;
  const t = words(lang, ladderWords);
  const calendarName = (id: string, fallback: string): string => {
    const owner = calendarOwner(id);
    if (owner.kind === 'person') return house.people.byId.get(owner.personId)?.name ?? fallback;
    return owner.kind === 'client' ? (house.clients.byId.get(owner.clientId)?.name ?? fallback) : fallback;
  };
  const listed = {
    ...errors,
    ...(saying.whyError === undefined ? {} : { why: saying.whyError }),
  };
  const opened = desk.differs || Object.keys(errors).some((field) => field !== 'at');
  return (
    <AdminPage staff={staff} tab="routes" title={t('ladder')} {...(saying.notice ? { told: saying.notice } : {})}>
      <p class="work-lead">{t('ladderLead')}</p>
      <ErrorList
        lang={lang}
        errors={Object.entries(listed).map(([name, error]) => ({ name, label: fieldLabel(name, lang), error }))}
      />
      {refusal ? <Notice kind="refused" title={refusal} /> : null}
      {told.length > 0 ? <Result told={told} calendar={calendar} lang={lang} /> : null}
      {desk.differs && refusal === undefined && formValue !== undefined ? (
        <SaveForm
          places={desk.places}
          held={{ ...held, typed: '1' }}
          typed={typed}
          chosen={saying.chosen ?? watch.scope}
          why={saying.back ? '' : (saying.why ?? '')}
          error={saying.back ? undefined : saying.whyError}
          running={desk.running}
          formValue={formValue}
          lang={lang}
        />
      ) : null}
      <Sheet>
        <form method="get" action="/admin/ladder" class="ladder-form" novalidate>
          <InForce desk={desk} />
          <input type="hidden" name="typed" value="1" />
          <input type="hidden" name="of" value={watch.scope} />
          <Field
            lang={lang}
            name="step"
            label={t('step')}
            kind={{
              type: 'person',
              choices: watches.map((one) => ({
                value: one.scope,
                label: placeName(one, lang),
                ...(one.at ? { note: pick(roleFacts[one.at.step.role].title, lang) } : {}),
              })),
            }}
            value={watch.scope}
            required
          />
          <div class="field-row">
            <Field
              lang={lang}
              name="calendar"
              label={t('calendar')}
              kind={{
                type: 'person',
                choices: offered.map(({ id, name, zone }) => ({
                  value: id,
                  label: calendarName(id, pick(name, lang)),
                  note: zone,
                })),
              }}
              value={calendar.id}
            />
            <Field
              lang={lang}
              name="at"
              label={t('at')}
              kind={{ type: 'datetime' }}
              hint={t('atHint', { zone: calendar.zone })}
              value={at.replace(' ', 'T')}
              required
              {...(errors.at === undefined ? {} : { error: errors.at })}
            />
          </div>
          <LadderFields watch={watch} typed={typed} errors={errors} open={opened} lang={lang} />
          <p class="actions-row code-actions">
            <Button kind="ink">{t('try')}</Button>
            <ButtonLink href="/admin/routes" kind="quiet">
              {words(lang)('back')}
            </ButtonLink>
          </p>
        </form>
      </Sheet>
      <Versions
        places={desk.places}
        held={held}
        staff={staff}
        house={house}
        formValue={formValue}
        why={saying.why ?? ''}
        error={
          saying.back && saying.whyError !== undefined && saying.chosen !== undefined
            ? { scope: saying.chosen, text: saying.whyError }
            : undefined
        }
      />
    </AdminPage>
  );
}
