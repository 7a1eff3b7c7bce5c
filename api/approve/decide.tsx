import type { JSX } from 'preact';
import { approveWords } from '../view/words/approve.ts';
import { words } from '../view/words/index.ts';
import { Actions, Button, FormValue, Sheet } from '../view/parts.tsx';
import { ErrorList, Field } from '../view/fields.tsx';
import { fieldId } from '../view/inputs.tsx';
import type { CheckItem, DecideView } from './model.ts';

const signKey = {
  submit: 'sign',
  view: 'signView',
  review: 'sign',
  accept: 'signAccept',
  confirm: 'signConfirm',
  receipt: 'signReceipt',
} as const;

/** What the signing button of this step says. */
export function signLabel(view: DecideView): string {
  return words(view.lang, approveWords)(signKey[view.act]);
}

function Check({ item, view }: { item: CheckItem; view: DecideView }): JSX.Element {
  const t = words(view.lang, approveWords);
  const typed = view.typed.checklist[item.id];
  const error = view.errors[`check.${item.id}`];
  const id = fieldId(`check.${item.id}`);
  return (
    <fieldset
      class={`check${error ? ' field-bad' : ''}`}
      id={id}
      tabIndex={-1}
      aria-describedby={error ? `${id}-error` : undefined}
    >
      <legend>
        {item.words}
        {item.lawWords && item.lawWords.length > 0 ? (
          <span class="chip chip-law check-law">
            {t('lawFlag', { n: item.lawWords.length, words: item.lawWords.join(view.lang === 'en' ? ', ' : '、') })}
          </span>
        ) : null}
      </legend>
      {error ? (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
      <div class="segments">
        {(['pass', 'fail', 'na'] as const).map((answer) => (
          <label class={`segment segment-${answer}`}>
            <input type="radio" name={`check.${item.id}`} value={answer} checked={typed?.answer === answer} />
            <span>{t(answer)}</span>
          </label>
        ))}
      </div>
      <div class="check-note">
        <textarea
          name={`checkNote.${item.id}`}
          rows={1}
          maxLength={500}
          aria-label={t('checkNoteFor', { item: item.words })}
          placeholder={t('checkNote')}
        >
          {typed?.note ?? ''}
        </textarea>
      </div>
    </fieldset>
  );
}

/** The checklist of the role; clients see none. */
export function Checklist({ view }: { view: DecideView }): JSX.Element | null {
  const t = words(view.lang, approveWords);
  if (view.checklist.length === 0 && !view.sample) return null;
  return (
    <Sheet
      id="checklist"
      title={view.checklist.length > 0 ? t('checklist', { n: view.checklist.length }) : t('sample')}
      aside={
        view.checklist.length > 0 ? (
          <span data-checks-left={t('checksLeft', { n: '#' })} data-checks-done={t('checksDone')} aria-live="polite" />
        ) : undefined
      }
    >
      {view.sample ? (
        <div class={`sample${view.errors.sample ? ' field-bad' : ''}`}>
          <label class="choice" for={fieldId('sample')}>
            <input
              type="checkbox"
              id={fieldId('sample')}
              name="sample"
              value="true"
              checked={view.typed.sample}
              aria-describedby="sample-why"
            />
            <span>
              <b>{t('sampleBox')}</b>
              <span class="muted small block" id="sample-why">
                {view.sample.words ?? t('sampleNone')}
              </span>
            </span>
          </label>
          {view.errors.sample ? <p class="error">{view.errors.sample}</p> : null}
        </div>
      ) : null}
      {view.checklist.map((item) => (
        <Check item={item} view={view} />
      ))}
    </Sheet>
  );
}

function BackFields({ view }: { view: DecideView }): JSX.Element {
  const t = words(view.lang, approveWords);
  const kinds = view.noes.map(({ kind }) => kind);
  const only = kinds.length === 1 ? kinds[0] : undefined;
  const refusing = kinds.includes('refuse');
  const reasons = view.noes.flatMap((offer) =>
    offer.reasons.map((reason) => (only ? reason : { ...reason, note: t(offer.kind) })),
  );
  const unique = reasons.filter(
    (reason, index) => reasons.findIndex((other) => other.value === reason.value) === index,
  );
  const field = { lang: view.lang } as const;
  return (
    <div class="back-fields">
      {only ? (
        <input type="hidden" name="backKind" value={only} />
      ) : (
        <Field
          {...field}
          name="backKind"
          label={t('backKind')}
          kind={{ type: 'enum', choices: kinds.map((kind) => ({ value: kind, label: t(kind) })) }}
          value={view.typed.backKind ?? kinds[0]}
        />
      )}
      <Field
        {...field}
        name="reason"
        label={only === 'refuse' ? t('refuseReason') : t('reason')}
        kind={{ type: 'enum', choices: unique }}
        value={view.typed.reason}
        error={view.errors.reason}
      />
      {refusing ? (
        <Field
          {...field}
          name="missing"
          label={t('missing')}
          hint={t('missingHint')}
          kind={{ type: 'long', rows: 2 }}
          value={view.typed.missing}
          error={view.errors.missing}
          maxLength={2000}
        />
      ) : null}
      <Field
        {...field}
        name="backWords"
        label={t('backWords')}
        hint={t('backWordsHint')}
        kind={{ type: 'long', rows: 4 }}
        value={view.typed.backWords}
        error={view.errors.backWords}
        maxLength={3000}
      />
      {view.art ? (
        <div
          class="pin-field"
          data-pin-list
          data-pin-words={t('pinWords', { n: '#' })}
          data-pin-remove={t('pinRemove', { n: '#' })}
          data-pin-how={t('pinsHow')}
        >
          <Field
            {...field}
            name="pins"
            label={t('pins')}
            hint={t('pinsHint')}
            kind={{ type: 'long', rows: 2 }}
            value={view.typed.pins}
            maxLength={2000}
            error={view.errors.pins}
          />
        </div>
      ) : null}
    </div>
  );
}

/** Everything wrong with what was typed, each line leading to its place. */
export function DecideErrors({ view }: { view: DecideView }): JSX.Element | null {
  const t = words(view.lang, approveWords);
  const labels: Readonly<Record<string, string>> = {
    reason: t('reason'),
    missing: t('missing'),
    backWords: t('backWords'),
    pins: t('pins'),
    sample: t('sample'),
    signWords: t('signWords'),
    noteWords: t('noteWords'),
    onItUntil: t('onItUntil'),
    handOverTo: t('handOverTo'),
    handOverWords: t('handOverWhy'),
  };
  const label = (name: string): string =>
    labels[name] ?? view.checklist.find(({ id }) => `check.${id}` === name)?.words ?? name;
  return (
    <ErrorList
      lang={view.lang}
      errors={Object.entries(view.errors).map(([name, error]) => ({ name, label: label(name), error }))}
    />
  );
}

/**
 * The form that signs or sends back. The first button is disabled on purpose: Enter inside the form then does nothing,
 * so nobody signs by a slip of the keyboard.
 */
export function DecideForm({ view }: { view: DecideView }): JSX.Element {
  const t = words(view.lang, approveWords);
  return (
    <form class="decide" id="decide" method="post" action={view.action} data-once>
      <button type="submit" class="hidden" disabled aria-hidden="true" tabIndex={-1} />
      <FormValue value={view.formValues.decide} />
      <input type="hidden" name="round" value={String(view.round)} />
      <input type="hidden" name="hash" value={view.hash} />
      <section class="meaning">
        <h2>{t('meaning')}</h2>
        <p class="meaning-words">{view.meaning}</p>
        {view.viewer.standInFor ? (
          <p class="meaning-standin">{t('standIn', { name: view.viewer.standInFor })}</p>
        ) : null}
        <p class="muted small">{t('bound')}</p>
      </section>
      <Checklist view={view} />
      <details class="fold sign-words" open={view.typed.signWords !== ''}>
        <summary>{t('signWords')}</summary>
        <textarea name="signWords" id={fieldId('signWords')} rows={2} maxLength={1000} aria-label={t('signWords')}>
          {view.typed.signWords}
        </textarea>
      </details>
      <Actions fixed lead={<span class="bar-meaning">{view.meaning}</span>}>
        {view.noes.length > 0 ? (
          <a class="btn btn-plain" href="#back" data-opens="back">
            {t('sendBack')}
          </a>
        ) : null}
        <Button kind="seal" name="verdict" value="sign">
          {signLabel(view)}
        </Button>
      </Actions>
      {view.noes.length > 0 ? (
        <details class="fold back" id="back" open={view.backOpen}>
          <summary>{t('sendBackTitle')}</summary>
          <BackFields view={view} />
          <div class="actions-row">
            <Button kind="ink" name="verdict" value="back">
              {view.noes.length === 1 && view.noes[0] ? t(view.noes[0].kind) : t('sendBackTitle')}
            </Button>
          </div>
        </details>
      ) : null}
    </form>
  );
}
