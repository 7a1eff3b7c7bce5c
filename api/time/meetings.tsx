import type { JSX } from 'preact';
import type { Lang } from '../view/lang.ts';
import { ButtonLink } from '../view/parts.tsx';
import { Due } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import type { MeetingLine } from './meetings-read.ts';
import { timeWords } from './words.ts';

/** The running jobs without an internal meeting in their set period, with the way to call one. */
export function MeetingsDue(props: {
  readonly lines: readonly MeetingLine[];
  readonly count: number;
  readonly lang: Lang;
}): JSX.Element | null {
  const { lines, count, lang } = props;
  const t = words(lang, timeWords);
  if (count === 0) return null;
  return (
    <section aria-labelledby="meetings-due">
      <h2 id="meetings-due" class="late-head">
        {t('meetingsDue')} <span class="num late">{count}</span>
      </h2>
      <ol class="late-lines">
        {lines.map((line) => (
          <Line line={line} lang={lang} />
        ))}
      </ol>
      {count > lines.length ? <p class="muted small">{t('meetingsMore', { n: count - lines.length })}</p> : null}
    </section>
  );
}

function Line({ line, lang }: { readonly line: MeetingLine; readonly lang: Lang }): JSX.Element {
  const t = words(lang, timeWords);
  return (
    <li class="late-line late-line-red">
      <div class="late-job">
        <p class="card-head">
          <span class="num">{line.number ?? line.brand}</span>
        </p>
        <h3>
          <a href={line.href}>{line.title}</a>
        </h3>
        <p class="small muted">{line.brand}</p>
      </div>
      <div>
        <p>
          <b>{line.manager === '' ? line.owner : line.manager}</b>
        </p>
        <p class="small muted">{line.manager === '' ? t('jobOwner') : t('accountManager')}</p>
      </div>
      <div>
        <p>
          <Due due={line.due} />
        </p>
        <p class="small">{line.metAt === undefined ? t('neverMet') : t('lastMet', { when: line.metAt })}</p>
        {line.called === undefined ? null : <p class="small">{t('meetingCalled', { when: line.called })}</p>}
      </div>
      <div class="actions-row">
        <ButtonLink href={`${line.href}/acts/callMeeting`}>
          {t('callMeeting')}
          <span class="hidden"> · {line.title}</span>
        </ButtonLink>
        <ButtonLink href={`${line.href}/acts/recordMeeting`} kind="quiet">
          {t('recordMeeting')}
          <span class="hidden"> · {line.title}</span>
        </ButtonLink>
      </div>
    </li>
  );
}
