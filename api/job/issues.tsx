import type { JSX } from 'preact';
import { limitOf } from '../../domain/cases/limit.ts';
import { epochMsOf } from '../../domain/instant.ts';
import { caseKey, pointOf, type CaseRow } from '../../store/cases.ts';
import { pick, type Lang } from '../view/lang.ts';
import { ButtonLink, Chip, Sheet } from '../view/parts.tsx';
import type { HouseNames } from '../view/read/house.ts';
import { Due, dueInWords, momentInWords, type DueWords, type TimeView } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import type { StayView } from './model.ts';

/** An issue of the job as its page shows it (M-16). */
export interface IssueView {
  readonly href: string;
  readonly title: string;
  readonly standing: string;
  readonly open: boolean;
  /** Whose desk it lies on, by name. */
  readonly who: string;
  readonly since: string;
  /** By when the client is to be told, or the issue to be settled. */
  readonly due?: DueWords;
}

interface Saying {
  readonly lang: Lang;
  readonly names: HouseNames;
  readonly time: TimeView;
}

/** The issues of a job: open ones first, those whose limit passed longest ago on top. */
export function issueViews(rows: readonly CaseRow[], { lang, names, time }: Saying): readonly IssueView[] {
  const found = rows.map((row) => {
    const { state } = pointOf(row);
    const limit = limitOf(state);
    return { row, state, limit, place: `${row.open ? '0' : '1'} ${limit?.at ?? '9999'}` };
  });
  found.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  return found.map(({ row, state, limit }) => {
    const standing = state.definition.states[state.state]?.title;
    return {
      href: `/meetings/${caseKey(row._id)}`,
      title: row.title,
      standing: standing === undefined ? row.standing : pick(standing, lang),
      open: row.open,
      who: row.holders.map(names.person).join(lang === 'en' ? ', ' : '、'),
      since: momentInWords(time, state.from, lang),
      ...(limit === undefined ? {} : { due: dueInWords(time, limit.at, lang, limit.provisional || undefined) }),
    };
  });
}

/** The issues as bars of the job's timeline: from when things went wrong until they were settled. */
export function issueStays(rows: readonly CaseRow[], { lang, names, time }: Saying): readonly StayView[] {
  return rows.map((row) => {
    const { state } = pointOf(row);
    const until = row.open ? undefined : state.since;
    return {
      label: `${pick(state.definition.title, lang)} · ${row.title}`,
      who: names.person(row.ownerId),
      side: 'agency',
      fromMs: epochMsOf(state.from),
      untilMs: epochMsOf(until ?? time.now),
      from: momentInWords(time, state.from, lang),
      ...(until === undefined ? {} : { until: momentInWords(time, until, lang) }),
    };
  });
}

/** What goes wrong on the job and with whom it lies, and the way to raise something. Nothing where there is neither. */
export function Issues(props: {
  readonly issues: readonly IssueView[];
  readonly raiseHref?: string;
  readonly lang: Lang;
}): JSX.Element | null {
  const { issues, raiseHref, lang } = props;
  const t = words(lang, boardWords);
  if (issues.length === 0 && raiseHref === undefined) return null;
  return (
    <Sheet id="issues" title={t('issues')}>
      {issues.length === 0 ? <p class="muted">{t('noIssues')}</p> : null}
      {issues.length === 0 ? null : (
        <ul class="small-list">
          {issues.map((issue) => (
            <li>
              <a href={issue.href}>{issue.title}</a> <Chip tone={issue.open ? 'plain' : 'done'}>{issue.standing}</Chip>
              <p class="small">
                {issue.who === '' ? null : <b>{issue.who}</b>}
                {issue.who === '' || issue.due === undefined ? null : ' · '}
                {issue.due === undefined ? null : <Due due={issue.due} />}
              </p>
              <p class="muted small">{t('issueSince', { when: issue.since })}</p>
            </li>
          ))}
        </ul>
      )}
      {raiseHref === undefined ? null : (
        <p>
          <ButtonLink href={raiseHref} kind="quiet">
            {t('raiseIssue')}
          </ButtonLink>
        </p>
      )}
    </Sheet>
  );
}
