import type { JSX } from 'preact';
import { paperStatusWords } from '../../domain/wording/states.ts';
import { paperWords } from '../../domain/wording/papers.ts';
import type { ScheduleState } from '../../domain/schedule/state.ts';
import type { PaperVersionRow } from '../../store/papers.ts';
import { countSchedule } from '../cases/schedule.ts';
import { scheduleWords } from '../schedule/words.ts';
import { pick, type Lang } from '../view/lang.ts';
import { ButtonLink } from '../view/parts.tsx';
import { momentInWords } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import type { JobSaying } from './read.ts';
import type { JobView } from './model.ts';

/** The execution schedule as the job page tells of it: how far it is, and where it is laid down while there is none. */
export interface ScheduleLine {
  readonly href: string;
  readonly text: string;
  readonly standing?: string;
  readonly late?: string;
}

/** The line of a job's schedule; nothing where there is none and the reader lays none down. */
export function scheduleLine(
  state: ScheduleState | undefined,
  lays: boolean,
  href: string,
  { lang, time }: Pick<JobSaying, 'lang' | 'time'>,
): ScheduleLine | undefined {
  const t = words(lang, scheduleWords);
  const at = `${href}/schedule`;
  if (state === undefined) return lays ? { href: at, text: t('toBegin') } : undefined;
  const { all, confirmed, done, late } = countSchedule(state, time.now);
  const standing = t('onJob', { all, confirmed, done });
  return { href: at, text: t('title'), standing, ...(late > 0 ? { late: t('onJobLate', { n: late }) } : {}) };
}

/** The newest version of the schedule among the papers of the job (F-11): it is filed by its own log, not by the job's. */
export function schedulePapers(
  versions: readonly PaperVersionRow[],
  href: string,
  { lang, names, time }: JobSaying,
): JobView['papers'] {
  const all = versions.filter(({ form }) => form === 'F-11').sort((a, b) => a.version - b.version);
  const paper = all.at(-1);
  if (paper === undefined) return [];
  const at = `${href}/papers/F-11/${String(paper.version)}`;
  return [
    {
      title: `${pick(paperWords(paper.key), lang)} v${String(paper.version)}`,
      href: at,
      status: pick(paperStatusWords[paper.status], lang),
      by: words(lang, boardWords)('by', { who: names.person(paper.by), when: momentInWords(time, paper.at, lang) }),
      ...(all.length > 1 ? { diffHref: `${at}#changes` } : {}),
    },
  ];
}

/** Where the schedule lies, how far it is, what of it is late. */
export function ScheduleLink({ line, lang }: { line: ScheduleLine; lang: Lang }): JSX.Element {
  return (
    <p>
      <ButtonLink href={line.href} kind="quiet">
        {line.text}
      </ButtonLink>
      {line.standing === undefined ? null : <span> · {line.standing}</span>}
      {line.late === undefined ? null : (
        <>
          {lang === 'en' ? ' · ' : '，'}
          <span class="late">{line.late}</span>
        </>
      )}
    </p>
  );
}
