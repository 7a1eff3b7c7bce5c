import type { JSX } from 'preact';
import { ErrorList, Field } from '../view/fields.tsx';
import type { Lang } from '../view/lang.ts';
import { Button, FormValue } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import type { Readings } from './codes.ts';
import { adminWords } from './words.ts';

/** The form that names and codes a brand or a line. */
export interface CodeFormView {
  readonly what: 'brand' | 'line';
  readonly action: string;
  readonly formValue: string;
  readonly revision: number;
  readonly name: string;
  readonly code: string;
  readonly codeReason: string;
  /** Present once a name was typed. */
  readonly readings?: Readings;
  readonly errors: Readonly<Record<string, string>>;
  readonly example?: string;
}

/** First the name; then its readings, a suggested code, and where it differs the reason. Two steps without any script. */
export function CodeForm({ view, lang }: { view: CodeFormView; lang: Lang }): JSX.Element {
  const t = words(lang, adminWords);
  const { readings, errors } = view;
  const error = (name: string): { error?: string } => (errors[name] === undefined ? {} : { error: errors[name] });
  const label = view.what === 'brand' ? t('brandName') : t('lineName');
  // Several of these stand on a client's page, one a brand, and each must lead to its own fields.
  const scope = view.action.split('/').slice(3).join('-');
  const labels: Readonly<Record<string, string>> = { name: label, code: t('code'), codeReason: t('otherReason') };
  const han = readings?.suggested.characters.filter((character) => character.kind === 'han') ?? [];
  return (
    <>
      <ErrorList
        lang={lang}
        errors={Object.entries(errors).map(([name, text]) => ({
          name,
          label: labels[name] ?? name,
          error: text,
          scope,
        }))}
      />
      <form method="post" action={view.action} novalidate>
        <FormValue value={view.formValue} />
        <input type="hidden" name="revision" value={String(view.revision)} />
        <Field
          scope={scope}
          lang={lang}
          name="name"
          label={label}
          {...(view.what === 'line' ? { hint: t('lineNameHint') } : {})}
          kind={{ type: 'text' }}
          value={view.name}
          required
          maxLength={60}
          {...error('name')}
        />
        {readings ? (
          <>
            {readings.suggested.undecided ? (
              <fieldset class="field">
                <legend>{t('readings')}</legend>
                {han.map((character, index) =>
                  character.undecided ? (
                    <Field
                      scope={scope}
                      lang={lang}
                      name={`reading[${index}]`}
                      label={t('readingOf', { char: character.char })}
                      kind={{
                        type: 'enum',
                        choices: character.readings.map(({ reading, letter }) => ({
                          value: reading,
                          label: reading,
                          note: letter,
                        })),
                      }}
                      value={readings.chosen[index] ?? ''}
                    />
                  ) : (
                    <input type="hidden" name={`reading[${index}]`} value={readings.chosen[index] ?? ''} />
                  ),
                )}
              </fieldset>
            ) : null}
            <div class="field-row">
              <Field
                scope={scope}
                lang={lang}
                name="code"
                label={t('code')}
                hint={`${readings.initials === undefined ? '' : `${t('initials', { code: readings.initials })} · `}${t('codeHint')}`}
                kind={{ type: 'text' }}
                value={view.code}
                required
                maxLength={12}
                {...error('code')}
              />
              <Field
                scope={scope}
                lang={lang}
                name="codeReason"
                label={t('otherReason')}
                kind={{ type: 'text' }}
                value={view.codeReason}
                maxLength={200}
                {...error('codeReason')}
              />
            </div>
            {view.example ? <p class="muted small">{t('nextExample', { example: view.example })}</p> : null}
          </>
        ) : null}
        <p class="actions-row code-actions">
          {readings ? (
            <Button kind="ink" name="do" value="save">
              {t('register')}
            </Button>
          ) : null}
          <Button kind={readings ? 'plain' : 'ink'} name="do" value="suggest">
            {t('suggest')}
          </Button>
        </p>
      </form>
    </>
  );
}
