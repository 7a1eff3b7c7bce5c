import type { ComponentChildren, JSX } from 'preact';
import { Field } from '../view/fields.tsx';
import { langOfWords, type Lang } from '../view/lang.ts';
import { Actions, Button, Chip, FormValue } from '../view/parts.tsx';
import { Due } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { entryAnchor, type EntryView } from './read.ts';
import { scheduleWords } from './words.ts';

/** What stands in the forms of a page that was refused, by the name of the field; `do` and `entry` say which form it was. */
export type EntryTyped = Readonly<Record<string, string>>;

/** Where forms about entries go, and a fresh value for each of them: every form is a decision of its own. */
export interface EntryForms {
  readonly action: string;
  readonly formValue: () => string;
  readonly typed: EntryTyped;
  /** What is wrong with the form that came back, and with which field of it. */
  readonly error?: { readonly field: string; readonly text: string };
}

/** One task: what, whose, by when, to which standard, and how it stands. Forms come below it, where it is the reader's. */
export function EntryCard(props: {
  readonly entry: EntryView;
  readonly lang: Lang;
  /** Whether this is the place its links lead to. */
  readonly anchored: boolean;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { entry, lang, anchored, children } = props;
  const t = words(lang, scheduleWords);
  const { stage, task, standard, who, away, due, outside, chip, answered, why, done } = entry;
  return (
    <article class={`case-task${entry.late ? ' case-task-late' : ''}`} id={anchored ? entryAnchor(entry) : undefined}>
      {stage === '' ? null : (
        <p class="entry-stage" lang={langOfWords(stage, lang)}>
          {stage}
        </p>
      )}
      <h3>
        <span lang={langOfWords(task, lang)}>{task}</span> <Chip tone={chip.tone}>{chip.text}</Chip>
      </h3>
      <p class="card-line">
        <b>{who}</b>
        {away === undefined ? null : <span class="muted"> {t('away', { who: away })}</span>}
      </p>
      {entry.state === 'done' ? null : (
        <p class="card-line">
          <Due due={due} />
          {outside ? <span class="muted"> · {t('outside')}</span> : null}
        </p>
      )}
      {standard === '' ? null : (
        <p class="small">
          <span class="muted">{t('standard')} </span>
          <span class="entry-standard" lang={langOfWords(standard, lang)}>
            {standard}
          </span>
        </p>
      )}
      {answered === undefined || done !== undefined ? null : <p class="muted small">{answered}</p>}
      {why === undefined ? null : <blockquote lang={langOfWords(why, lang)}>{why}</blockquote>}
      {done === undefined ? null : (
        <p class="small">
          <span class="muted">{done.said}</span>
          <br />
          <span class="muted">{t('evidence')} </span>
          <span lang={langOfWords(done.evidence, lang)}>{done.evidence}</span>
        </p>
      )}
      {children}
    </article>
  );
}

/** The reader's own tasks with what can be done about each; one press confirms all that are asked. */
export function OwnEntries(props: {
  readonly entries: readonly EntryView[];
  readonly forms: EntryForms;
  readonly lang: Lang;
}): JSX.Element {
  const { entries, forms, lang } = props;
  const t = words(lang, scheduleWords);
  const asked = entries.filter((entry) => entry.state === 'asked' && entry.can.confirm);
  return (
    <>
      {asked.length === 0 ? null : (
        <section class="meaning">
          <p class="muted small">{t('confirmMeans')}</p>
          <p class="meaning-words">{t('confirmMeaning')}</p>
          {entries.some(({ away }) => away !== undefined) ? <p class="muted small">{t('standInMeaning')}</p> : null}
        </section>
      )}
      {asked.length < 2 ? null : (
        <form method="post" action={forms.action} class="entry-all" data-once>
          <FormValue value={forms.formValue()} />
          {asked.map(({ id, mark }) => (
            <input type="hidden" name="asked" value={`${id}.${mark}`} />
          ))}
          <Button kind="ink" name="do" value="confirmAll">
            {t('confirmAll', { n: asked.length })}
          </Button>
        </form>
      )}
      {entries.map((entry) => (
        <EntryCard entry={entry} lang={lang} anchored>
          <EntryActs entry={entry} forms={forms} lang={lang} first={asked.length === 1 && entry === asked[0]} />
        </EntryCard>
      ))}
    </>
  );
}

function EntryActs(props: { entry: EntryView; forms: EntryForms; lang: Lang; first: boolean }): JSX.Element {
  const { entry, forms, lang, first } = props;
  const t = words(lang, scheduleWords);
  const { can } = entry;
  return (
    <>
      {can.confirm ? (
        <EntryForm entry={entry} forms={forms}>
          <div class="actions-row">
            <Button kind={first ? 'ink' : 'plain'} name="do" value="confirm">
              {entry.state === 'declined' ? t('confirmAfterAll') : t('confirm')}
              <span class="hidden"> · {entry.task}</span>
            </Button>
          </div>
        </EntryForm>
      ) : null}
      {can.report ? (
        <Fold entry={entry} forms={forms} act="report" summary={t('reportFold')}>
          <Asked
            entry={entry}
            forms={forms}
            lang={lang}
            act="report"
            name="evidence"
            label={t('reportWords')}
            hint={t('reportHint')}
          />
          <Asked
            entry={entry}
            forms={forms}
            lang={lang}
            act="report"
            name="doneAt"
            label={t('doneAt')}
            hint={t('doneAtHint')}
          />
          <Actions>
            <Button kind="plain" name="do" value="report">
              {t('report')}
              <span class="hidden"> · {entry.task}</span>
            </Button>
          </Actions>
        </Fold>
      ) : null}
      {can.decline ? (
        <Fold entry={entry} forms={forms} act="decline" summary={t('declineFold')}>
          <Asked
            entry={entry}
            forms={forms}
            lang={lang}
            act="decline"
            name="words"
            label={t('declineWords')}
            hint={t('declineHint')}
          />
          <Actions>
            <Button kind="plain" name="do" value="decline">
              {t('decline')}
              <span class="hidden"> · {entry.task}</span>
            </Button>
          </Actions>
        </Fold>
      ) : null}
    </>
  );
}

type Act = 'report' | 'decline';

const cameBack = ({ typed }: EntryForms, { id }: EntryView, act: Act): boolean =>
  typed['entry'] === id && typed['do'] === act;

function Fold(props: {
  entry: EntryView;
  forms: EntryForms;
  act: Act;
  summary: string;
  children: ComponentChildren;
}): JSX.Element {
  const { entry, forms, act, summary, children } = props;
  return (
    <details class="fold" open={cameBack(forms, entry, act)}>
      <summary>
        {summary}
        <span class="hidden"> · {entry.task}</span>
      </summary>
      <EntryForm entry={entry} forms={forms}>
        {children}
      </EntryForm>
    </details>
  );
}

/** A form of its own for each answer: Enter in a reason must not confirm. */
function EntryForm(props: { entry: EntryView; forms: EntryForms; children: ComponentChildren }): JSX.Element {
  const { entry, forms, children } = props;
  return (
    <form method="post" action={forms.action} data-once>
      <FormValue value={forms.formValue()} />
      <input type="hidden" name="entry" value={entry.id} />
      <input type="hidden" name="mark" value={entry.mark} />
      {children}
    </form>
  );
}

function Asked(props: {
  entry: EntryView;
  forms: EntryForms;
  lang: Lang;
  act: Act;
  name: 'words' | 'evidence' | 'doneAt';
  label: string;
  hint: string;
}): JSX.Element {
  const { entry, forms, lang, act, name, label, hint } = props;
  const mine = cameBack(forms, entry, act);
  const error = mine && forms.error?.field === name ? forms.error.text : undefined;
  return (
    <Field
      lang={lang}
      scope={`${act}-${entry.id}`}
      name={name}
      label={label}
      hint={hint}
      kind={name === 'doneAt' ? { type: 'datetime' } : { type: 'long', rows: 2 }}
      value={mine ? (forms.typed[name] ?? '') : ''}
      required={name !== 'doneAt'}
      {...(error === undefined ? {} : { error })}
    />
  );
}
