import type { JSX } from 'preact';
import { Field } from '../view/fields.tsx';
import type { Lang } from '../view/lang.ts';
import { Button, FormValue } from '../view/parts.tsx';
import { approveWords } from '../view/words/approve.ts';
import { words } from '../view/words/index.ts';
import type { TakeBackOffer } from './model.ts';

/** Takes a mis-click back: folded away, it first says what will happen, asks why, and only then has its button. */
export function TakeBackForm({ offer, lang }: { offer: TakeBackOffer; lang: Lang }): JSX.Element {
  const t = words(lang, approveWords);
  return (
    <details class="fold take-back" id="take-back" open={offer.open}>
      <summary>{`${offer.title}…`}</summary>
      <p class="muted small">{t('takeBackHow')}</p>
      <ul class="take-back-will">
        {offer.will.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <form method="post" action={offer.action} data-once>
        <FormValue value={offer.formValue} />
        <input type="hidden" name="round" value={String(offer.round)} />
        <input type="hidden" name="hash" value={offer.hash} />
        <Field
          lang={lang}
          name="takeBackWords"
          label={t('takeBackWhy')}
          kind={{ type: 'long', rows: 2 }}
          value={offer.typed}
          error={offer.error}
          maxLength={1000}
        />
        <div class="actions-row">
          <Button kind="ink" name="verdict" value="takeBack">
            {offer.title}
          </Button>
        </div>
      </form>
    </details>
  );
}
