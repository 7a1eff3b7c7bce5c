import type { JSX } from 'preact';
import type { HandOver, HandOverWait } from '../../domain/people/hand-over.ts';
import { RungLine, rungViews, type RungView } from '../view/rungs.tsx';
import { Due, dueInWords, momentInWords, type DueWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import type { HandOverSaying } from './saying.ts';
import { handOverWords } from './words.ts';

/** As what a signature that is waited for is given, in words. */
export function partInWords({ part }: Pick<HandOverWait, 'part'>, { lang }: Pick<HandOverSaying, 'lang'>): string {
  return words(lang, handOverWords)(part === 'director' ? 'accountDirector' : part);
}

/** When a signature is wanted, in words; undefined where nothing could be counted. */
export function dueOfWait(
  { dueAt, provisional }: HandOverWait,
  { time, lang }: Pick<HandOverSaying, 'time' | 'lang'>,
): DueWords | undefined {
  return dueAt === undefined ? undefined : dueInWords(time, dueAt, lang, provisional ?? false);
}

/** The rungs of a signature as they are shown: whom each tells by name, where that is known beforehand. */
export function rungsOfWait(
  value: Pick<HandOver, 'startedBy'>,
  { personId, since, rungs }: HandOverWait,
  { time, lang, nameOf }: Omit<HandOverSaying, 'linked'>,
): readonly RungView[] {
  return rungViews({ openedAt: since, rungs }, time, lang, {
    nameOf: (whom) => (whom === 'holder' ? nameOf(personId) : whom === 'ae' ? nameOf(value.startedBy) : undefined),
  });
}

/** The ladders of the signatures that are waited for: what has happened, and what comes while nobody signs (M-22). */
export function HandOverLadders({ value, saying }: { value: HandOver; saying: HandOverSaying }): JSX.Element | null {
  const { lang, time, nameOf } = saying;
  const waits = value.state === 'asked' ? (value.waits ?? []).filter(({ rungs }) => rungs.length > 0) : [];
  if (waits.length === 0) return null;
  const t = words(lang, handOverWords);
  return (
    <>
      {waits.map((wait) => {
        const due = dueOfWait(wait, saying);
        const about = t('signatureOf', { part: partInWords(wait, saying), name: nameOf(wait.personId) });
        return (
          <article class="round">
            <div class="round-head">
              <h3>{about}</h3>
              {due === undefined ? null : <Due due={due} />}
            </div>
            <div class="round-ladder">
              <RungLine
                about={about}
                opened={momentInWords(time, wait.since, lang)}
                rungs={rungsOfWait(value, wait, saying)}
                lang={lang}
              />
            </div>
          </article>
        );
      })}
      <p class="small muted">{t('ladderRule')}</p>
    </>
  );
}
