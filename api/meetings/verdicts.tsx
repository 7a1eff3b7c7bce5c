import type { JSX } from 'preact';
import type { Verdict } from '../../domain/minutes/state.ts';
import { areMinutes, type FoldedCase } from '../../store/cases.ts';
import type { Lang } from '../view/lang.ts';
import { History, Sheet, type HistoryEntry } from '../view/parts.tsx';
import { momentInWords, type TimeView } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { meetingWords } from './words.ts';

const marks = {
  signed: 'sign',
  deemed: 'phase',
  objected: 'back',
  lateObjection: 'plain',
  annulled: 'back',
  unanswered: 'plain',
} as const satisfies Record<Verdict['kind'], HistoryEntry['kind']>;

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
    const who = by === undefined ? t('theClient') : nameOf(by);
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
    <Sheet title={t('verdicts')} id="verdicts">
      <History
        entries={state.verdicts.map((verdict) => ({
          when: said(verdict.at),
          instant: verdict.at,
          who: t('version', { n: verdict.version }),
          what: sentence(verdict),
          kind: marks[verdict.kind],
        }))}
      />
    </Sheet>
  );
}
