import type { JSX } from 'preact';
import { Field } from '../view/fields.tsx';
import { Button, ButtonLink, FormValue } from '../view/parts.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import type { ActView, JobView } from './model.ts';

function Act({ one, view }: { one: ActView; view: JobView }): JSX.Element {
  const t = words(view.lang, boardWords);
  if (one.href) {
    return (
      <li>
        <ButtonLink href={one.href} kind={one.quiet ? 'quiet' : one.act === 'sign' ? 'ink' : 'plain'}>
          {one.label}
        </ButtonLink>
        <p class="muted small">{one.does}</p>
      </li>
    );
  }
  return (
    <li>
      <details class="fold">
        <summary>{one.label}</summary>
        <form method="post" action={`${view.href}/acts`}>
          <FormValue value={view.formValue} />
          <input type="hidden" name="act" value={one.act} />
          <p class="muted small">{one.does}</p>
          {one.fields?.includes('owner') ? (
            <Field
              lang={view.lang}
              name="to"
              scope={one.act}
              label={t('newOwner')}
              kind={{ type: 'person', choices: view.owners }}
              required
            />
          ) : null}
          {one.fields?.includes('words') ? (
            <Field
              lang={view.lang}
              name="words"
              scope={one.act}
              label={t('actWords')}
              kind={{ type: 'long', rows: 2 }}
              maxLength={2000}
              required
            />
          ) : null}
          <div class="actions-row">
            <Button kind="ink">{one.label}</Button>
          </div>
        </form>
      </details>
    </li>
  );
}

/** What I may do now, and what cannot be done yet and why: the job answers for itself. */
export function ActsPanel({ view }: { view: JobView }): JSX.Element {
  const t = words(view.lang, boardWords);
  return (
    <>
      {view.can.length === 0 ? <p class="muted">{t('nothingPossible')}</p> : null}
      <ul class="acts">
        {view.can.map((one) => (
          <Act one={one} view={view} />
        ))}
      </ul>
      {view.cannot.length > 0 ? (
        <details class="fold">
          <summary>{t('whyNot')}</summary>
          <ul class="acts">
            {view.cannot.map((one) => (
              <li class="no">
                <b>{one.label}</b>
                <p class="muted small">{one.why}</p>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}
