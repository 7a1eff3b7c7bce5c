import type { JSX } from 'preact';
import { rungWords, whomWords } from '../../domain/wording/history-circulation.ts';
import type { Rung } from '../../domain/circulation/types.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Lang } from './lang.ts';
import { pick } from './lang.ts';
import { momentInWords, type TimeView } from './time.tsx';
import type { Dictionary } from './words/dictionary.ts';
import { words } from './words/index.ts';

const rungLineWords = {
  rungsTitle: {
    zh: '{step}的提醒阶梯：已发生的和将要发生的',
    en: 'The ladder of {step}: what has happened, and what comes',
  },
  opened: { zh: '开始等待', en: 'Waiting since' },
  happened: { zh: '已发生', en: 'happened' },
  comes: { zh: '还没到', en: 'still to come' },
  nextOne: { zh: '下一个', en: 'next' },
} as const satisfies Dictionary;

/** One rung as it is shown: what, whom, when, and whether it has happened. */
export interface RungView {
  readonly what: string;
  readonly whom: string;
  readonly when: string;
  readonly at: Instant;
  readonly state: 'done' | 'next' | 'ahead';
}

/** The rungs of a desk in the order of their moments; `nameOf` may know who a title is. The first that has not happened is next. */
export function rungViews(
  desk: { readonly openedAt?: Instant; readonly rungs: readonly Rung[] },
  time: TimeView,
  lang: Lang,
  nameOf: (whom: Rung['whom']) => string | undefined = () => undefined,
): readonly RungView[] {
  const sorted = [...desk.rungs].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const next = sorted.find(({ firedAt }) => firedAt === undefined);
  return sorted.map((rung) => ({
    what: pick(rungWords[rung.kind], lang),
    whom: nameOf(rung.whom) ?? pick(whomWords[rung.whom], lang),
    when: momentInWords(time, rung.firedAt ?? rung.at, lang),
    at: rung.firedAt ?? rung.at,
    state: rung.firedAt !== undefined ? 'done' : rung === next ? 'next' : 'ahead',
  }));
}

/**
 * The ladder of a desk as a small picture that is also a list: a dot a rung on one line, full where it has happened,
 * ringed where the next one stands. On a phone the line runs downwards.
 */
export function RungLine({
  about,
  rungs,
  opened,
  lang,
}: {
  /** Whose ladder it is: the step. */
  about: string;
  rungs: readonly RungView[];
  /** When it began to wait; may be empty. */
  opened: string;
  lang: Lang;
}): JSX.Element | null {
  if (rungs.length === 0) return null;
  const t = words(lang, rungLineWords);
  const states = { done: t('happened'), next: t('nextOne'), ahead: t('comes') } as const;
  return (
    <ol class="rung-line" aria-label={t('rungsTitle', { step: about })}>
      {opened === '' ? null : (
        <li class="rung-done">
          <b>{t('opened')}</b>
          <span class="num">{opened}</span>
        </li>
      )}
      {rungs.map((rung) => (
        <li class={`rung-${rung.state}`}>
          <b>{rung.what}</b>
          <span>{rung.whom}</span>
          <time class="num" datetime={rung.at}>
            {rung.when}
          </time>
          <span class="hidden">{states[rung.state]}</span>
        </li>
      ))}
    </ol>
  );
}

/** The same as a row of dots, for lists; what it shows is said beside it. */
export function RungDots({ rungs }: { rungs: readonly RungView[] }): JSX.Element | null {
  if (rungs.length === 0) return null;
  const step = 14;
  return (
    <svg
      class="rung-dots"
      viewBox={`0 0 ${String(rungs.length * step)} 12`}
      width={rungs.length * step}
      height={12}
      aria-hidden="true"
      focusable="false"
    >
      <line class="tl-line" x1={6} x2={rungs.length * step - 8} y1={6} y2={6} />
      {rungs.map(({ state }, place) => (
        <circle class={`rung-dot rung-dot-${state}`} cx={6 + place * step} cy={6} r={state === 'next' ? 4.5 : 3.5} />
      ))}
    </svg>
  );
}
