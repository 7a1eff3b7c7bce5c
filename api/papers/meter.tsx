import type { JSX } from 'preact';
import { fieldId } from '../view/fields.tsx';
import type { Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import { paperWords } from './words.ts';

/** How far a paper is: what is missing and what is wrong, each with the name of its field. */
export interface Fullness {
  readonly needed: number;
  readonly missing: readonly { readonly key: string; readonly label: string }[];
  readonly wrong: readonly { readonly key: string; readonly label: string }[];
}

/** The completeness of a paper in one line: a bar, what is missing, each leading to its field. */
export function Meter({ fullness, lang }: { fullness: Fullness; lang: Lang }): JSX.Element {
  const t = words(lang, paperWords);
  const { needed, missing, wrong } = fullness;
  const done = Math.max(0, needed - missing.length);
  const links = (list: Fullness['missing']): JSX.Element[] =>
    list.slice(0, 12).map(({ key, label }) => <a href={`#${fieldId(key)}`}>{label}</a>);
  return (
    <div class="fullness">
      <meter class="fullness-bar" min={0} max={Math.max(1, needed)} value={done} aria-label={t('filled')}>
        {`${done}/${needed}`}
      </meter>
      {missing.length === 0 && wrong.length === 0 ? (
        <p class="fullness-done">{t('complete')}</p>
      ) : (
        <>
          {missing.length > 0 ? (
            <p class="fullness-line">
              <b>{t('missingN', { n: missing.length })}</b> {links(missing)}
            </p>
          ) : null}
          {wrong.length > 0 ? (
            <p class="fullness-line">
              <b>{t('wrongN', { n: wrong.length })}</b> {links(wrong)}
            </p>
          ) : null}
        </>
      )}
    </div>
  );
}
