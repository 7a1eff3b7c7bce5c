import type { JSX } from 'preact';
import { rungChannels } from '../../domain/calendar/ladders.ts';
import { Field } from '../view/fields.tsx';
import type { Lang } from '../view/lang.ts';
import type { Watch } from '../view/read/ladders.ts';
import { words } from '../view/words/index.ts';
import { nobodyElse, recipientsAt, rowsFor, type TypedLadder } from './ladder-read.ts';
import { ladderWords } from './ladder-words.ts';

/** The fields of a ladder: the limit, its warnings, up to six rungs and quiet hours. */
export function LadderFields({
  watch,
  typed,
  errors,
  open,
  lang,
}: {
  watch: Watch;
  typed: TypedLadder;
  errors: Readonly<Record<string, string>>;
  open: boolean;
  lang: Lang;
}): JSX.Element {
  const t = words(lang, ladderWords);
  const wrong = (field: string): { error?: string } => (errors[field] === undefined ? {} : { error: errors[field] });
  const people = recipientsAt(watch).map((one) => ({ value: one, label: t(one) }));
  const channels = rungChannels.map((one) => ({ value: one, label: t(one) }));
  const also = (n: number) => {
    const several = typed[`copy${n}`] ?? '';
    const named = several.split('+').map((part) => people.find(({ value }) => value === part)?.label ?? part);
    const choices = [{ value: nobodyElse, label: t('nobodyElse') }, ...people];
    return several.includes('+')
      ? [...choices, { value: several, label: named.join(lang === 'en' ? ', ' : '、') }]
      : choices;
  };
  return (
    <details open={open ? true : undefined}>
      <summary>{t('own')}</summary>
      <p class="muted small">{t('ownLead')}</p>
      <div class="field-row">
        <Field
          lang={lang}
          name="limit"
          label={t('limit')}
          kind={{ type: 'number' }}
          value={typed.limit}
          {...wrong('limit')}
        />
        <Field
          lang={lang}
          name="unit"
          label={t('unit')}
          kind={{
            type: 'person',
            choices: [
              { value: 'hours', label: t('hours') },
              { value: 'days', label: t('days') },
            ],
          }}
          value={typed.unit}
        />
      </div>
      <div class="field-row">
        <Field
          lang={lang}
          name="warns"
          label={t('warns')}
          kind={{ type: 'text' }}
          hint={t('warnsHint')}
          value={typed.warns}
          {...wrong('warns')}
        />
        <Field
          lang={lang}
          name="warnBy"
          label={t('warnBy')}
          kind={{ type: 'person', choices: channels }}
          value={typed.warnBy || 'mail'}
          {...wrong('warnBy')}
        />
      </div>
      {rowsFor(typed).map((n) => (
        <fieldset class="ladder-rung">
          <legend>{t('rungN', { n })}</legend>
          <Field
            lang={lang}
            name={`after${n}`}
            label={t('after')}
            kind={{ type: 'number' }}
            value={typed[`after${n}`]}
            {...wrong(`after${n}`)}
          />
          <Field
            lang={lang}
            name={`whom${n}`}
            label={t('toWhom')}
            kind={{ type: 'person', choices: people }}
            value={typed[`whom${n}`]}
            {...wrong(`whom${n}`)}
          />
          <Field
            lang={lang}
            name={`copy${n}`}
            label={t('copyTo')}
            kind={{ type: 'person', choices: also(n) }}
            value={typed[`copy${n}`] || nobodyElse}
            {...wrong(`copy${n}`)}
          />
          <Field
            lang={lang}
            name={`by${n}`}
            label={t('channel')}
            kind={{ type: 'person', choices: channels }}
            value={typed[`by${n}`] || 'mail'}
            {...wrong(`by${n}`)}
          />
        </fieldset>
      ))}
      <div class="field-row ladder-quiet">
        <Field
          lang={lang}
          name="quietFrom"
          label={t('quietFrom')}
          kind={{ type: 'text' }}
          hint={t('quietHint')}
          value={typed.quietFrom}
          {...wrong('quietFrom')}
        />
        <Field
          lang={lang}
          name="quietTo"
          label={t('quietTo')}
          kind={{ type: 'text' }}
          value={typed.quietTo}
          {...wrong('quietTo')}
        />
      </div>
    </details>
  );
}

/** What a field of the form is called where its error is listed. */
export function fieldLabel(field: string, lang: Lang): string {
  const t = words(lang, ladderWords);
  const rung = /^(after|whom|copy|by)(\d)$/.exec(field);
  if (rung) {
    const part = { after: t('after'), whom: t('toWhom'), copy: t('copyTo'), by: t('channel') }[rung[1] ?? 'after'];
    return `${t('rungN', { n: rung[2] ?? '' })} · ${part ?? ''}`;
  }
  switch (field) {
    case 'at':
    case 'limit':
    case 'warns':
    case 'warnBy':
    case 'quietFrom':
    case 'quietTo':
    case 'why':
      return t(field);
    default:
      return field;
  }
}
