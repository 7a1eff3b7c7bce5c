import type { JSX } from 'preact';
import { approveWords } from '../view/words/approve.ts';
import { words } from '../view/words/index.ts';
import { Button, FormValue } from '../view/parts.tsx';
import { Field } from '../view/fields.tsx';
import type { DecideView } from './model.ts';

/** Hidden fields every form of the page carries: which decision, which round, which version was seen. */
function Seen({ view, value }: { view: DecideView; value: string }): JSX.Element {
  return (
    <>
      <FormValue value={value} />
      <input type="hidden" name="round" value={String(view.round)} />
      <input type="hidden" name="hash" value={view.hash} />
    </>
  );
}

function NoteForm({ view }: { view: DecideView }): JSX.Element {
  const t = words(view.lang, approveWords);
  const { typed, errors, lang } = view;
  return (
    <form method="post" action={view.action} data-once>
      <Seen view={view} value={view.formValues.note} />
      <Field
        lang={lang}
        name="noteKind"
        label={t('note')}
        value={typed.noteKind}
        kind={{
          type: 'enum',
          choices: [
            { value: 'comment', label: t('noteComment') },
            { value: 'question', label: t('noteQuestion') },
            { value: 'onIt', label: t('noteOnIt') },
          ],
        }}
      />
      <div class="only-on-it">
        <Field
          lang={lang}
          name="onItUntil"
          label={t('onItUntil')}
          hint={t('onItHint')}
          kind={{ type: 'datetime' }}
          value={typed.onItUntil}
          error={errors.onItUntil}
        />
      </div>
      <Field
        lang={lang}
        name="noteWords"
        label={t('noteWords')}
        kind={{ type: 'long', rows: 2 }}
        value={typed.noteWords}
        error={errors.noteWords}
        maxLength={2000}
      />
      <div class="actions-row">
        <Button kind="plain" name="verdict" value="note">
          {t('sendNote')}
        </Button>
      </div>
    </form>
  );
}

function HandOverForm({ view }: { view: DecideView }): JSX.Element | null {
  const t = words(view.lang, approveWords);
  const { typed, errors, lang, handOver } = view;
  if (!handOver) return null;
  const asking = handOver.kind === 'ask';
  if (!asking && handOver.choices.length === 0) return <p class="muted small">{t('nobodyElse')}</p>;
  return (
    <form method="post" action={view.action} data-once>
      <Seen view={view} value={view.formValues.handOver} />
      {asking ? (
        <>
          <p class="muted small">{t('handOverAskHint')}</p>
          <Field
            lang={lang}
            name="handOverTo"
            label={t('handOverAskWho')}
            kind={{ type: 'text' }}
            value={typed.handOverTo}
            error={errors.handOverTo}
            maxLength={120}
          />
        </>
      ) : (
        <Field
          lang={lang}
          name="handOverTo"
          label={t('handOverTo')}
          kind={{ type: 'person', choices: handOver.choices }}
          value={typed.handOverTo}
          error={errors.handOverTo}
        />
      )}
      <Field
        lang={lang}
        name="handOverWords"
        label={t('handOverWhy')}
        kind={{ type: 'long', rows: 2 }}
        value={typed.handOverWords}
        error={errors.handOverWords}
        maxLength={1000}
      />
      <div class="actions-row">
        <Button kind="plain" name="verdict" value="handOver">
          {asking ? t('handOverAskDo') : t('handOverDo')}
        </Button>
      </div>
    </form>
  );
}

/** What one can do instead of deciding: leave a word, or hand the step over. Folded away, so the page stays one decision. */
export function Aside({ view }: { view: DecideView }): JSX.Element {
  const t = words(view.lang, approveWords);
  const wrong = (names: readonly string[]): boolean => names.some((name) => view.errors[name] !== undefined);
  return (
    <section class="aside" aria-labelledby="aside-title">
      <h2 id="aside-title">{t('more')}</h2>
      <details class="fold" open={wrong(['noteWords', 'onItUntil'])}>
        <summary>{t('note')}</summary>
        <NoteForm view={view} />
      </details>
      {view.handOver ? (
        <details class="fold" open={wrong(['handOverTo', 'handOverWords'])}>
          <summary>{view.handOver.kind === 'ask' ? t('handOverAsk') : t('handOver')}</summary>
          <HandOverForm view={view} />
        </details>
      ) : null}
    </section>
  );
}
