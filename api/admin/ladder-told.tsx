import type { JSX } from 'preact';
import { describeDue } from '../../domain/calendar/due.ts';
import type { Ladder } from '../../domain/calendar/ladders.ts';
import { sayAfter } from '../../domain/calendar/say-due.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Lang } from '../view/lang.ts';
import { Sheet } from '../view/parts.tsx';
import { momentsOf, type LadderMoment } from '../view/read/ladders.ts';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import { LadderPicture, type PictureMoment } from './ladder-picture.tsx';
import { ladderWords } from './ladder-words.ts';

/** One thing that would happen, in words; `now` is when the ladder in force does the same. */
export interface Told {
  readonly what: string;
  readonly short: string;
  readonly when: string;
  readonly at: Instant;
  readonly whom: string;
  readonly how: string;
  /** `gone`: the ladder in force does it, this one does not. */
  readonly kind: PictureMoment['kind'] | 'gone';
  readonly now?: string;
}

/** What a ladder would do at a step that opens at a moment, beside what the one in force does. Throws CalendarRefusal. */
export function toldOf(
  ladder: Ladder,
  inForce: Ladder | undefined,
  calendar: Calendar,
  from: Instant,
  lang: Lang,
): readonly Told[] {
  const t = words(lang, ladderWords);
  const list = (parts: readonly string[]): string => parts.join(lang === 'en' ? ', ' : '、');
  const say = (at: Instant, provisional = false): string =>
    sayAfter(describeDue(calendar, zoneNamed, { dueAt: at, now: from, provisional }), lang);
  const what = ({ key, kind, n }: LadderMoment): string =>
    kind === 'due' ? t('due') : kind === 'warn' ? t('warn', { percent: key.replace('warn', '') }) : t(kind, { n });
  const how = ({ kind, by, inDigest, leavesAt }: LadderMoment): string => {
    if (kind === 'due') return '–';
    if (leavesAt === undefined) return t(by);
    return t(inDigest ? 'digestAt' : 'mailAt', { when: say(leavesAt) });
  };
  const before = inForce === undefined ? undefined : momentsOf(inForce, calendar, from);
  const nowOf = (key: string): { readonly now?: string } => {
    if (before === undefined) return {};
    const same = before.find((one) => one.key === key);
    return { now: same === undefined ? t('newRung') : say(same.at, same.provisional) };
  };
  const moments = momentsOf(ladder, calendar, from);
  const rungs = moments
    // A rung at the limit says that the limit is there.
    .filter(
      ({ kind, at }) => kind !== 'due' || moments.every((one) => one.kind === 'due' || one.n === 0 || one.at !== at),
    )
    .map((one): Told => ({
      what: what(one),
      short: one.kind === 'warn' ? `${one.key.replace('warn', '')}%` : one.kind === 'due' ? t('due') : one.key,
      when: say(one.at, one.provisional),
      at: one.at,
      whom: one.kind === 'due' ? '–' : list(one.whom.map((who) => t(who))),
      how: how(one),
      kind: one.kind === 'warn' ? 'warn' : one.kind === 'due' ? 'due' : 'rung',
      ...nowOf(one.key),
    }));
  const gone = (before ?? [])
    .filter(({ key, kind }) => kind !== 'due' && moments.every((one) => one.key !== key))
    .map((one): Told => ({
      what: what(one),
      short: '',
      when: t('leftOut'),
      at: one.at,
      whom: '–',
      how: '–',
      kind: 'gone',
      now: say(one.at, one.provisional),
    }));
  const opened: Told = {
    what: t('opened'),
    short: t('opened'),
    when: say(from),
    at: from,
    whom: t('holder'),
    how: t('askMail'),
    kind: 'open',
    ...(before === undefined ? {} : { now: say(from) }),
  };
  return [opened, ...rungs, ...gone];
}

/** What would happen when: a picture and a table that says the same; beside it what happens now, where that differs. */
export function Result({
  told,
  calendar,
  lang,
}: {
  told: readonly Told[];
  calendar: Calendar;
  lang: Lang;
}): JSX.Element {
  const t = words(lang, ladderWords);
  const compared = told.some(({ now }) => now !== undefined);
  const shown = told.flatMap(({ at, short, kind }): PictureMoment[] => (kind === 'gone' ? [] : [{ at, short, kind }]));
  return (
    <Sheet title={compared ? t('resultOfDraft') : t('result')} id="result">
      <LadderPicture calendar={calendar} moments={shown} lang={lang} />
      <div class="rows-scroll" tabIndex={0} role="group" aria-label={t('result')}>
        <table class="rows moved-table">
          <thead>
            <tr>
              <th scope="col">{t('what')}</th>
              <th scope="col">{t('when')}</th>
              {compared ? <th scope="col">{t('nowInForce')}</th> : null}
              <th scope="col">{t('whom')}</th>
              <th scope="col">{t('channel')}</th>
            </tr>
          </thead>
          <tbody>
            {told.map(({ what, when, at, whom, how, now }) => (
              <tr>
                <td data-label={t('what')}>{what}</td>
                <td data-label={t('when')}>
                  <time datetime={at}>{when}</time>
                </td>
                {compared ? (
                  <td data-label={t('nowInForce')} class="muted">
                    {now === when ? t('asNow') : (now ?? '–')}
                  </td>
                ) : null}
                <td data-label={t('whom')}>{whom}</td>
                <td data-label={t('channel')}>{how}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted small">{t('never')}</p>
    </Sheet>
  );
}
