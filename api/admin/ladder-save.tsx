import type { JSX } from 'preact';
import { stepScope, type LadderScope } from '../../domain/circulation/own-ladders.ts';
import { ladders } from '../../domain/circulation/step-times.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import type { LadderVersion } from '../../store/ladders.ts';
import type { Staff } from '../staff/frame.tsx';
import { Field } from '../view/fields.tsx';
import { pick, type Lang } from '../view/lang.ts';
import { Button, Chip, FormValue, Sheet } from '../view/parts.tsx';
import type { HouseNow } from '../view/read/house.ts';
import type { Watch } from '../view/read/ladders.ts';
import { momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { ladderFields, ladderInFields, type TypedLadder } from './ladder-read.ts';
import { ladderWords } from './ladder-words.ts';

/** A step of a route, or the kind it belongs to, with the version somebody saw there. */
export interface Place {
  readonly scope: LadderScope;
  readonly name: string;
  readonly version: number;
  /** Whether a ladder of the house's own stands there. */
  readonly own: boolean;
  readonly versions: readonly LadderVersion[];
}

/** What a place is called: the step on its route, or the kind. */
export function placeName({ kind, at }: Watch, lang: Lang): string {
  return at ? `${pick(at.route.title, lang)} · ${pick(stepWords(at.step.key), lang)}` : pick(ladders[kind].name, lang);
}

/** The scope of a step that a page is about. */
export function scopeOfStep(watch: Watch): LadderScope {
  return watch.at ? stepScope(watch.at.route.id, watch.at.step.key) : watch.scope;
}

function Reason({ lang, why, error }: { lang: Lang; why: string; error?: string | undefined }): JSX.Element {
  const t = words(lang, ladderWords);
  return (
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
  );
}

/** The form that saves a ladder that was tried: where it counts, and why. */
export function SaveForm({
  places,
  held,
  typed,
  chosen,
  why,
  error,
  running,
  formValue,
  lang,
}: {
  /** The step first, its kind behind it. */
  places: readonly [Place, Place];
  /** What the page is about, kept for the way back: step, calendar, moment. */
  held: Readonly<Record<string, string>>;
  typed: TypedLadder;
  chosen: string;
  why: string;
  error?: string | undefined;
  /** Jobs under way, which keep theirs. */
  running: number;
  formValue: string;
  lang: Lang;
}): JSX.Element {
  const t = words(lang, ladderWords);
  return (
    <Sheet title={t('save')} id="save">
      <p class="muted small">{t('saveLead', { n: running })}</p>
      <form method="post" action="/admin/ladder" novalidate>
        <FormValue value={formValue} />
        {Object.entries({ ...held, ...typed }).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {places.map(({ scope, version }) => (
          <input type="hidden" name={`seen:${scope}`} value={version} />
        ))}
        <Field
          lang={lang}
          name="scope"
          label={t('scope')}
          kind={{
            type: 'enum',
            choices: [
              { value: places[0].scope, label: t('scopeStep', { step: places[0].name }) },
              { value: places[1].scope, label: t('scopeKind', { name: places[1].name }) },
            ],
          }}
          value={chosen}
          required
        />
        <Reason lang={lang} why={why} error={error} />
        <p class="actions-row code-actions">
          <Button kind="ink" name="do" value="save">
            {t('save')}
          </Button>
        </p>
      </form>
    </Sheet>
  );
}

/** Everything that was ever saved for the step and for its kind, newest first, and the way back to the standard. */
export function Versions({
  places,
  held,
  staff,
  house,
  formValue,
  why,
  error,
}: {
  places: readonly Place[];
  held: Readonly<Record<string, string>>;
  staff: Staff;
  house: HouseNow;
  /** Absent for whoever may only look. */
  formValue?: string | undefined;
  why: string;
  /** Why going back was refused, with the scope it was for. */
  error?: { readonly scope: LadderScope; readonly text: string } | undefined;
}): JSX.Element | null {
  const { lang, time } = staff;
  const t = words(lang, ladderWords);
  const kept = places.filter(({ versions }) => versions.length > 0);
  if (kept.length === 0) return null;
  const hrefOf = (version: LadderVersion): string =>
    `/admin/ladder?${new URLSearchParams({ ...held, ...(version.ladder ? { typed: '1', ...ladderInFields(version.ladder) } : {}) }).toString()}`;
  return (
    <Sheet title={t('versions')} id="versions">
      {kept.map(({ scope, name, versions, version: newest, own }) => (
        <>
          <ul class="entries">
            {versions.map((version) => (
              <li class="entry">
                <span class="entry-name">{t('versionOf', { where: name, n: version.version })}</span>
                <span class="entry-what">
                  {t('versionBy', {
                    when: momentInWords(time, version.at, lang),
                    who: house.people.byId.get(version.by)?.name ?? version.by,
                    why: version.words ?? '–',
                  })}
                </span>
                {version.ladder === null ? <Chip>{t('toStandard')}</Chip> : <a href={hrefOf(version)}>{t('look')}</a>}
              </li>
            ))}
          </ul>
          {own && formValue !== undefined ? (
            <details open={error?.scope === scope ? true : undefined}>
              <summary>{t('back')}</summary>
              <p class="muted small">{t('backLead', { where: name })}</p>
              <form method="post" action="/admin/ladder" novalidate>
                <FormValue value={formValue} />
                {Object.entries({ ...held, scope, [`seen:${scope}`]: String(newest) }).map(([field, value]) => (
                  <input type="hidden" name={field} value={value} />
                ))}
                <Reason
                  lang={lang}
                  why={error?.scope === scope ? why : ''}
                  error={error?.scope === scope ? error.text : undefined}
                />
                <p class="actions-row code-actions">
                  <Button name="do" value="back">
                    {t('back')}
                  </Button>
                </p>
              </form>
            </details>
          ) : null}
        </>
      ))}
    </Sheet>
  );
}

/** The fields of a ladder out of what was sent, each cut to what a field can hold. */
export function typedFrom(sent: (name: string) => string): TypedLadder {
  return Object.fromEntries(ladderFields.map((name) => [name, sent(name)]));
}
