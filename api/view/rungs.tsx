import type { JSX } from 'preact';
import { rungChannelWords, rungWords, whomWords } from '../../domain/wording/history-circulation.ts';
import type { Nudge, Rung } from '../../domain/circulation/types.ts';
import { rungAt } from '../../domain/circulation/clock.ts';
import type { Instant } from '../../domain/instant.ts';
import { addMs } from '../../domain/instant.ts';
import type { Lang } from './lang.ts';
import { pick } from './lang.ts';
import { dueInWords, momentInWords, type TimeView } from './time.tsx';
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
  nudged: { zh: '人工催办', en: 'Reminded by hand' },
  onIt: { zh: '注明正在处理，到此时', en: 'On it until then' },
  nextOne: { zh: '下一个', en: 'next' },
  goingOut: { zh: '正在发出', en: 'going out now' },
  overdue: { zh: '应于{when}，还没有发出', en: 'was due {when}, not out yet' },
  onHold: { zh: '暂停中，不计时', en: 'on hold, no clock runs' },
} as const satisfies Dictionary;

/**
 * So long after its moment a rung is still said to be going out: in a crowded minute each has its turn, and that of ten
 * thousand takes half an hour. Later than that something is wrong, and the page says so.
 */
const goingOutMs = 3_600_000;

/** One rung, or somebody's pressing by hand, as it is shown: what, whom, when, and whether it has happened. */
export interface RungView {
  readonly what: string;
  readonly whom: string;
  /** How they hear it, where that is not a mail at once. */
  readonly how?: string;
  readonly when: string;
  /** The working time until then; the next one only. */
  readonly left?: string;
  readonly at: Instant;
  readonly state: 'done' | 'next' | 'ahead';
}

/** A desk, as far as its ladder is shown. */
export interface DeskLadder {
  readonly openedAt?: Instant;
  readonly rungs: readonly Rung[];
  readonly nudges?: readonly Nudge[];
  /** Until when its holder said they are on it. */
  readonly onItUntil?: Instant;
}

/**
 * The rungs of a desk in the order of their moments, with who pressed for it by hand between them; `nameOf` may know who
 * a title is, `person` who pressed. The first that has not happened is next. One whose moment has passed and that was not
 * climbed yet waits for its turn in a crowded minute, or for a worker. So long as its holder is on it, that stands there too.
 */
export function rungViews(
  desk: DeskLadder,
  time: TimeView,
  lang: Lang,
  {
    nameOf = () => undefined,
    person = (id) => id,
    onHold = false,
  }: {
    readonly nameOf?: (whom: Rung['whom']) => string | undefined;
    readonly person?: (id: string) => string;
    /** The job is on hold: nothing will happen before it goes on. */
    readonly onHold?: boolean;
  } = {},
): readonly RungView[] {
  const sorted = [...desk.rungs].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const next = sorted.find(({ firedAt }) => firedAt === undefined);
  const t = words(lang, rungLineWords);
  const comes = (counted: Instant, isNext: boolean): Pick<RungView, 'when' | 'left' | 'at'> => {
    const at = rungAt(desk, counted);
    if (onHold) return { when: t('onHold'), at };
    if (at <= time.now) {
      const late = addMs(at, goingOutMs) < time.now;
      return { when: late ? t('overdue', { when: momentInWords(time, at, lang) }) : t('goingOut'), at };
    }
    if (!isNext) return { when: momentInWords(time, at, lang), at };
    const { when, left } = dueInWords(time, at, lang);
    return { when, left, at };
  };
  const nudges = (desk.nudges ?? []).map(({ at, by }): RungView => {
    return { what: t('nudged'), whom: person(by), when: momentInWords(time, at, lang), at, state: 'done' };
  });
  const rungs = sorted.map((rung): RungView => ({
    what: pick(rungWords[rung.kind], lang),
    whom: [rung.whom, ...(rung.copy ?? [])]
      .map((whom) => nameOf(whom) ?? pick(whomWords[whom], lang))
      .join(lang === 'en' ? ', ' : '、'),
    ...(rung.by === undefined ? {} : { how: pick(rungChannelWords[rung.by], lang) }),
    ...(rung.firedAt === undefined
      ? comes(rung.at, rung === next)
      : { when: momentInWords(time, rung.firedAt, lang), at: rung.firedAt }),
    state: rung.firedAt !== undefined ? 'done' : rung === next ? 'next' : 'ahead',
  }));
  const { onItUntil: until = '' } = desk;
  const holder = nameOf('holder') ?? pick(whomWords.holder, lang);
  const pause: readonly RungView[] =
    until > time.now
      ? [{ what: t('onIt'), whom: holder, when: momentInWords(time, until, lang), at: until, state: 'ahead' }]
      : [];
  return [...pause, ...rungs, ...nudges].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
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
          {rung.how === undefined ? null : <span class="muted">{rung.how}</span>}
          <time class="num" datetime={rung.at}>
            {rung.when}
          </time>
          {rung.left ? <span class="small">{rung.left}</span> : null}
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
