import type { JSX } from 'preact';
import { Chain } from '../view/chain.tsx';
import { Page, staffNav } from '../view/page.tsx';
import { Changes, PaperView } from '../view/paper.tsx';
import { Button, ButtonLink, Chip, Facts, FormValue, History, Notice, Sheet } from '../view/parts.tsx';
import type { Frame } from '../view/read/staff.ts';
import { RungLine } from '../view/rungs.tsx';
import { Due } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import { timetableWords } from '../view/words/timetable.ts';
import { ActsPanel } from './acts.tsx';
import type { JobView, PaperPageView } from './model.ts';
import { DateForm } from './dates.tsx';
import { Issues } from './issues.tsx';
import { Meetings } from './meetings.tsx';
import { NudgeForm } from './nudges.tsx';
import { ScheduleLink } from './schedule.tsx';
import { Timeline } from './timeline.tsx';

type FrameOf = Pick<Frame, 'lang' | 'viewer' | 'deskCount' | 'signOutValue'>;

function Pieces({ view }: { view: JobView }): JSX.Element {
  const t = words(view.lang, boardWords);
  if (view.pieces.length === 0) return <p class="muted">{t('noPieces')}</p>;
  return (
    <>
      {view.pieces.map((piece) => (
        <article class="piece">
          {piece.thumb ? (
            <img class="thumb" src={piece.thumb} alt="" loading="lazy" />
          ) : (
            <span class="thumb thumb-none" aria-hidden="true">
              –
            </span>
          )}
          <div>
            <h3>{piece.name}</h3>
            <p class="card-line">{[piece.state, piece.specification].filter(Boolean).join(' · ')}</p>
            <p class="versions">
              {piece.versions.map((version) => (
                <a href={version.href} class={`chip chip-${version.tone}`}>
                  {[version.label, version.verdict].filter(Boolean).join(' · ')}
                </a>
              ))}
              {piece.uploadHref ? (
                <ButtonLink href={piece.uploadHref} kind="quiet">
                  + {t('version')}
                </ButtonLink>
              ) : null}
            </p>
          </div>
        </article>
      ))}
    </>
  );
}

/** What goes round now stands open; where nothing does, the last two that were over. */
const roundsAtOnce = 2;

function Rounds({ view }: { view: JobView }): JSX.Element {
  const t = words(view.lang, boardWords);
  if (view.rounds.length === 0) return <p class="muted">{t('noRounds')}</p>;
  const running = view.rounds.filter(({ open }) => open).length;
  const first = view.rounds.slice(0, Math.max(running, roundsAtOnce));
  const rest = view.rounds.slice(first.length);
  return (
    <>
      <RoundList view={view} rounds={first} />
      {rest.length > 0 ? (
        <details class="fold">
          <summary>{t('roundsOver', { n: rest.length })}</summary>
          <RoundList view={view} rounds={rest} />
        </details>
      ) : null}
    </>
  );
}

function RoundList({ view, rounds }: { view: JobView; rounds: JobView['rounds'] }): JSX.Element {
  return (
    <>
      {rounds.map((round) => (
        <article class="round">
          <div class="round-head">
            <h3>
              {round.title} <span class="muted small">{round.round}</span>
            </h3>
            <span class="small">{round.due ? <Due due={round.due} /> : <Chip>{round.status}</Chip>}</span>
          </div>
          <Chain seals={round.seals} lang={view.lang} />
          {round.ladders.map(({ step, opened, rungs, nudge, date }) => (
            <div class="round-ladder">
              <RungLine about={step} opened={opened} rungs={rungs} lang={view.lang} />
              {nudge ? <NudgeForm nudge={nudge} href={view.href} lang={view.lang} /> : null}
              {date ? <DateForm date={date} about={step} href={view.href} lang={view.lang} /> : null}
            </div>
          ))}
          {round.before.length > 0 ? (
            <ul class="small muted">
              {round.before.map((line) => (
                <li>{line}</li>
              ))}
            </ul>
          ) : null}
        </article>
      ))}
    </>
  );
}

function Papers({ view }: { view: JobView }): JSX.Element {
  const t = words(view.lang, boardWords);
  if (view.papers.length === 0) return <p class="muted">{t('noPapers')}</p>;
  return (
    <ul class="small-list">
      {view.papers.map((paper) => (
        <li>
          <a href={paper.href}>{paper.title}</a> <Chip>{paper.status}</Chip>
          <p class="muted small">
            {paper.by}
            {paper.diffHref ? (
              <>
                {' '}
                · <a href={paper.diffHref}>{t('compareWith')}</a>
              </>
            ) : null}
          </p>
        </li>
      ))}
    </ul>
  );
}

type MailLine = NonNullable<JobView['mails']>[number];

/** Mails that are shown without being asked for. */
const mailsAtOnce = 8;

function Mails({ view, mails }: { view: JobView; mails: readonly MailLine[] }): JSX.Element {
  const t = words(view.lang, boardWords);
  if (mails.length === 0) return <p class="muted">{t('noMails')}</p>;
  // What failed or can be sent again is never hidden behind a fold.
  const [first, rest] = [
    mails.filter((mail, index) => index < mailsAtOnce || mail.failed || mail.again),
    mails.filter((mail, index) => index >= mailsAtOnce && !mail.failed && !mail.again),
  ];
  return (
    <>
      <MailList view={view} mails={first} />
      {rest.length > 0 ? (
        <details class="fold">
          <summary>{t('mailsOlder', { n: rest.length })}</summary>
          <MailList view={view} mails={rest} />
        </details>
      ) : null}
    </>
  );
}

function MailList({ view, mails }: { view: JobView; mails: readonly MailLine[] }): JSX.Element {
  const t = words(view.lang, boardWords);
  return (
    <ul class="small-list">
      {mails.map((mail) => (
        <li>
          <b>{mail.to}</b> · {mail.about}
          <p class="small muted">
            {mail.state} · <span class="num">{mail.when}</span>
            {mail.why ? ` · ${mail.why}` : ''}
          </p>
          {mail.personHref ? (
            <p class="small">
              <a href={mail.personHref}>{t('addressOf')}</a>
            </p>
          ) : null}
          {mail.again ? (
            <form method="post" action={`${view.href}/mails`}>
              <FormValue value={view.formValue} />
              <input type="hidden" name="mail" value={mail.id} />
              <Button kind="plain">
                {t('sendAgain')}
                <span class="hidden"> · {mail.to}</span>
              </Button>
            </form>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function HistoryKinds({ view }: { view: JobView }): JSX.Element {
  const t = words(view.lang, boardWords);
  return (
    <nav class="history-kinds no-print" aria-label={t('filterHistory')}>
      {view.historyKinds.map((kind) => (
        <a href={kind.href} aria-current={kind.current ? 'true' : undefined}>
          {kind.label}
        </a>
      ))}
    </nav>
  );
}

/** A job on one page: the five answers first, what can be done and why the rest cannot, then everything that lies in the bag. */
export function JobPage({ view, frame }: { view: JobView; frame: FrameOf }): JSX.Element {
  const t = words(view.lang, boardWords);
  return (
    <Page
      lang={view.lang}
      title={[view.number, view.title].filter(Boolean).join(' ')}
      kind="wide"
      nav={staffNav(view.lang, frame.deskCount)}
      current="board"
      viewer={frame.viewer}
      search=""
      signOutValue={frame.signOutValue}
    >
      <header class="job-head">
        <p class="head-job">
          {view.number ? <span class="code">{view.number}</span> : null}
          <span>{view.client}</span>
          <span>{view.brand}</span>
          {view.chips.map((chip) => (
            <Chip tone={chip.tone}>{chip.text}</Chip>
          ))}
        </p>
        <h1>{view.title}</h1>
        {view.remark ? <Notice kind={view.remark.kind} title={view.remark.text} /> : null}
        <Facts class="job-facts" facts={view.facts} />
      </header>
      <div class="job-split">
        <div>
          <Sheet id="pieces" title={t('pieces')}>
            <Pieces view={view} />
          </Sheet>
          <Sheet id="rounds" title={t('rounds')}>
            <Rounds view={view} />
          </Sheet>
          {view.meetings ? (
            <Sheet id="meetings" title={t('projectMeetings')}>
              <Meetings view={view.meetings} lang={view.lang} />
            </Sheet>
          ) : null}
          {view.stays.length > 0 ? (
            <Sheet id="timeline" title={t('timeline')}>
              <Timeline stays={view.stays} lang={view.lang} />
              <p>
                <ButtonLink href={`${view.href}/time`} kind="quiet">
                  {t('wholeTime')}
                </ButtonLink>{' '}
                <ButtonLink href={`${view.href}/timetable`} kind="quiet">
                  {words(view.lang, timetableWords)('timetable')}
                </ButtonLink>
              </p>
            </Sheet>
          ) : null}
        </div>
        <div class="job-side">
          <Sheet id="acts" title={t('whyStands')}>
            <ActsPanel view={view} />
          </Sheet>
          <Issues
            issues={view.issues}
            {...(view.raiseHref === undefined ? {} : { raiseHref: view.raiseHref })}
            lang={view.lang}
          />
          <Sheet id="papers" title={t('papers')}>
            <Papers view={view} />
            {view.schedule ? <ScheduleLink line={view.schedule} lang={view.lang} /> : null}
            {view.callHref ? (
              <p>
                <ButtonLink href={view.callHref} kind="quiet">
                  {t('writeCall')}
                </ButtonLink>
              </p>
            ) : null}
          </Sheet>
          {view.mails ? (
            <Sheet id="mails" title={t('mailsOfJob')}>
              <Mails view={view} mails={view.mails} />
            </Sheet>
          ) : null}
        </div>
        <div>
          <Sheet id="history" title={t('history')}>
            <HistoryKinds view={view} />
            {view.history.length === 0 ? <p class="muted">{t('historyNone')}</p> : <History entries={view.history} />}
            {view.olderHref ? (
              <p>
                <ButtonLink href={view.olderHref}>{t('older')}</ButtonLink>
              </p>
            ) : null}
          </Sheet>
        </div>
      </div>
    </Page>
  );
}

/** One version of a paper: as it reads, as it prints, and what it says differently from the one before. */
export function PaperPage({ view, frame }: { view: PaperPageView; frame: FrameOf }): JSX.Element {
  const t = words(view.lang, boardWords);
  return (
    <Page
      lang={view.lang}
      title={view.title}
      nav={staffNav(view.lang, frame.deskCount)}
      viewer={frame.viewer}
      search=""
      signOutValue={frame.signOutValue}
      scripts={['print']}
    >
      <header class="job-head">
        <p class="head-job">
          {view.number ? <span class="code">{view.number}</span> : null}
          <a href={view.jobHref}>{view.jobTitle}</a>
        </p>
        <h1>{view.title}</h1>
        <Facts class="head-facts" facts={view.facts} />
        <p class="versions no-print">
          {view.versions.map((version) => (
            <a
              class={`chip${version.current ? ' chip-client' : ''}`}
              href={version.href}
              aria-current={version.current ? 'page' : undefined}
            >
              {version.label}
            </a>
          ))}
          <button type="button" class="btn btn-quiet" data-print hidden>
            {t('print')}
          </button>
        </p>
      </header>
      {view.changes ? (
        <Sheet id="changes" title={view.changes.title}>
          <Changes changes={view.changes.lines} lang={view.lang} />
        </Sheet>
      ) : null}
      <Sheet id="paper">
        <PaperView lines={view.lines} lang={view.lang} />
      </Sheet>
    </Page>
  );
}
