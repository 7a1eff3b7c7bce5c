import type { JSX } from 'preact';
import { paperWords } from '../../domain/wording/papers.ts';
import { caseKey } from '../../store/cases.ts';
import type { MeetingPack } from '../cases/pack.ts';
import { pick } from '../view/lang.ts';
import type { Staff } from '../staff/frame.tsx';
import { momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { meetingWords } from './words.ts';

/** The papers of the pack that the house finds itself, each with the way there. */
export function PackPapers({ pack, staff }: { readonly pack: MeetingPack; readonly staff: Staff }): JSX.Element {
  const { lang, time } = staff;
  const t = words(lang, meetingWords);
  const { minutes, budget } = pack;
  const about = (version: number, at: string): string =>
    `${t('version', { n: version })} · ${momentInWords(time, at, lang)}`;
  return (
    <ul class="small-list case-pack" id="pack">
      <li>
        <b>{t('lastMinutes')}</b>
        {minutes === undefined ? (
          <p class="small muted">{t('noLastMinutes')}</p>
        ) : (
          <p class="small">
            <a href={`/meetings/${caseKey(minutes.row._id)}#paper-F-15`}>{minutes.row.title}</a>{' '}
            <span class="muted num">{about(minutes.version, minutes.at)}</span>
          </p>
        )}
      </li>
      <li>
        <b>{t('latestBudget')}</b>
        {budget === undefined ? (
          <p class="small muted">{t('noBudget')}</p>
        ) : (
          <p class="small">
            <a href={`/jobs/${budget.processId}/papers/${encodeURIComponent(budget.key)}`}>
              {pick(paperWords(budget.key), lang)}
            </a>{' '}
            <span class="muted num">{about(budget.version, budget.at)}</span>
          </p>
        )}
      </li>
    </ul>
  );
}
