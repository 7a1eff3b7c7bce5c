import type { ComponentChildren, JSX } from 'preact';
import type { Lang } from '../view/lang.ts';
import { Chip } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { amount, percent } from './amount.ts';
import type { ShareLine } from './model.ts';
import { timeWords } from './words.ts';

/**
 * A table that scrolls by itself where it is wider than the screen. With `cards` a phone shows each row as a card of its
 * own; its cells then carry their head as `data-label`.
 */
export function Rows({
  label,
  heads,
  cards = false,
  children,
}: {
  label: string;
  cards?: boolean;
  heads: readonly { readonly text: string; readonly number?: boolean }[];
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="rows-scroll" tabIndex={0} role="group" aria-label={label}>
      <table class={`rows time-rows${cards ? ' moved-table' : ''}`}>
        <thead>
          <tr>
            {heads.map(({ text, number }) => (
              <th scope="col" class={number ? 'time-number' : undefined}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        {children}
      </table>
    </div>
  );
}

/** Whose side it is: the client's in manila, ours plain. */
export function Side({ side, lang }: { side: 'agency' | 'client'; lang: Lang }): JSX.Element {
  const t = words(lang, timeWords);
  return side === 'client' ? <Chip tone="client">{t('client')}</Chip> : <Chip>{t('agency')}</Chip>;
}

/** A bar as long as its part of the longest; it says nothing that its number beside it does not. */
export function ShareBar({ part, side }: { part: number; side?: 'agency' | 'client' }): JSX.Element {
  return (
    <svg class="share-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="share-ground" x={0} y={0} width={100} height={10} />
      <rect
        class={side === 'client' ? 'share-client' : 'share-agency'}
        x={0}
        y={0}
        width={Math.max(part > 0 ? 1 : 0, Math.min(100, part * 100))}
        height={10}
      />
    </svg>
  );
}

/** Somebody or something, how much of the time, and a bar. `whole` is what the per cent are of. */
export function ShareTable(props: {
  lang: Lang;
  label: string;
  name: string;
  lines: readonly ShareLine[];
  whole: number;
}): JSX.Element {
  const { lang, label, name, lines, whole } = props;
  const t = words(lang, timeWords);
  const longest = Math.max(1, ...lines.map(({ shareMs }) => shareMs));
  return (
    <Rows label={label} heads={[{ text: name }, { text: t('share'), number: true }, { text: '%', number: true }]}>
      <tbody>
        {lines.map((line) => (
          <tr>
            <td>
              <span class="share-name">
                {line.name}
                {line.more ? <span class="muted small"> {line.more}</span> : null}
                {line.side === 'client' ? (
                  <>
                    {' '}
                    <Side side="client" lang={lang} />
                  </>
                ) : null}
              </span>
              <ShareBar part={line.shareMs / longest} {...(line.side ? { side: line.side } : {})} />
            </td>
            <td class="num time-number">{amount(line.shareMs, lang)}</td>
            <td class="num time-number">{percent(line.shareMs, whole)}</td>
          </tr>
        ))}
      </tbody>
    </Rows>
  );
}
