import type { JSX } from 'preact';
import type { Verdict } from '../../domain/minutes/state.ts';
import { areMinutes, type FoldedCase } from '../../store/cases.ts';
import type { Lang } from '../view/lang.ts';
import { momentInWords, type TimeView } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { meetingWords } from './words.ts';

/** What the versions of minutes came to, oldest first; nothing is ever taken out of this list. */
export function Verdicts(props: {
  readonly state: FoldedCase;
  readonly time: TimeView;
  readonly lang: Lang;
  readonly nameOf: (personId: string) => string;
}): JSX.Element | null {
  const { state, time, lang, nameOf } = props;
  if (!areMinutes(state) || state.verdicts.length === 0) return null;
  const t = words(lang, meetingWords);
  const said = (at: string): string => momentInWords(time, at, lang);
  const sentence = ({ kind, by, window }: Verdict): string => {
    const who = by === undefined ? '' : nameOf(by);
    switch (kind) {
      case 'signed':
        return t('signedBy', { who });
      case 'objected':
        return t('objected', { who });
      case 'lateObjection':
        return t('lateObjection', { who });
      case 'annulled':
        return t('annulled');
      case 'unanswered':
        return t('unanswered', { who });
      case 'deemed':
        return t('deemed', {
          accepted: window === undefined ? '–' : said(window.acceptedAt),
          ends: window === undefined ? '–' : said(window.endsAt),
        });
    }
  };
  return (
    <section aria-label={t('verdicts')}>
      <ul class="entries">
        {state.verdicts.map((verdict) => (
          <li>
            <time class="num" datetime={verdict.at}>
              {said(verdict.at)}
            </time>{' '}
            {sentence(verdict)} <span class="muted small">{t('version', { n: verdict.version })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
