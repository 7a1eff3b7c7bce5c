import type { JSX } from 'preact';
import { checkItem } from '../../domain/wording/checklists.ts';
import { areMinutes, caseKey, dueOf, holdersOf, isDueProvisional } from '../../store/cases.ts';
import { pick } from '../view/lang.ts';
import { Page } from '../view/page.tsx';
import { PaperView } from '../view/paper.tsx';
import { Chip, Facts, History, Notice, Sheet, type Fact, type HistoryEntry } from '../view/parts.tsx';
import { Due, dueInWords, momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { Checklists } from './checklists.tsx';
import { TaskForm } from './forms.tsx';
import type { Remark } from './link-page.tsx';
import { clientTold } from '../../domain/cases/issue.ts';
import { issueWords } from './issue-words.ts';
import { Moves } from './moves.tsx';
import { capital, shownPapers, type CaseDesk, type CaseTyped } from './read.ts';
import { Road } from './road.tsx';
import { standingChip } from './standing.ts';
import { Verdicts } from './verdicts.tsx';
import { meetingWords } from './words.ts';

/** A meeting or minutes, for people of the house: where it stands, what one can do, tasks, papers, checklists, history. */
export function CasePage(props: {
  readonly desk: CaseDesk;
  readonly history: readonly HistoryEntry[];
  readonly remark?: Remark;
  readonly typed?: CaseTyped;
}): JSX.Element {
  const { desk, history, remark, typed = {} } = props;
  const { staff, state, saying } = desk;
  const { lang } = staff;
  const t = words(lang, meetingWords);
  const kind = pick(state.definition.title, lang);
  const lists = Object.entries(state.definition.lists).map(([list, items]) => ({
    list,
    items: items.flatMap((item) => checkItem(item) ?? []),
  }));
  const tasks = areMinutes(state) ? state.tasks : [];
  const papers = shownPapers(desk);
  return (
    <Page {...staff.frame} title={`${state.title} · ${kind}`} kind="wide">
      <header class="job-head">
        <p class="head-job">
          <span>{kind}</span>
          <span>{desk.client}</span>
          {desk.brand === desk.client ? null : <span>{desk.brand}</span>}
        </p>
        <h1>{state.title}</h1>
        {remark ? <Notice kind={remark.kind} title={remark.title} /> : null}
        <Facts class="job-facts" facts={factsOf(desk)} />
        <Road desk={desk} />
      </header>
      <div class="case-split">
        <div class="case-main">
          <Sheet title={t('canDo')} id="moves">
            <Moves desk={desk} typed={typed} />
          </Sheet>
          {tasks.length > 0 ? (
            <Sheet title={t('tasks')} id="tasks">
              {tasks.map((task) => (
                <TaskForm desk={desk} task={task} typed={typed} />
              ))}
            </Sheet>
          ) : null}
          {papers.map((paper) => (
            <Sheet title={paper.title} id={`paper-${paper.form}`} aside={t('version', { n: paper.version })}>
              {paper.form === 'F-15' && desk.copyOnly ? <p class="muted small">{t('copyOnly')}</p> : null}
              <PaperView lines={paper.lines} lang={lang} />
            </Sheet>
          ))}
          {lists.length > 0 ? <Checklists desk={desk} lists={lists} typed={typed} /> : null}
        </div>
        <div class="case-side">
          <Verdicts state={state} time={staff.time} lang={lang} nameOf={saying.nameOf} />
          <Sheet title={t('people')} id="people">
            <Facts facts={peopleOf(desk)} />
          </Sheet>
          <Sheet title={t('history')} id="history">
            <History entries={history} />
          </Sheet>
        </div>
      </div>
    </Page>
  );
}

/** The five things one asks first. */
function factsOf(desk: CaseDesk): readonly Fact[] {
  const { state, staff, saying } = desk;
  const { lang, time } = staff;
  const t = words(lang, { ...meetingWords, ...issueWords });
  const dueAt = dueOf(state)?.at;
  const provisional = isDueProvisional(state) || undefined;
  const flags = state.flags.map((flag) =>
    flag === 'overdue'
      ? t('overdue')
      : flag === 'agendaLate'
        ? t('agendaLate')
        : flag === 'clientToldLate'
          ? t('clientToldLate')
          : flag,
  );
  const isIssue = state.definition.id === 'issue';
  const told = clientTold(state);
  const toldWords = {
    who: told === undefined ? '' : saying.nameOf(told.personId),
    when: told === undefined ? '' : momentInWords(time, told.at, lang),
  };
  const window = areMinutes(state) && state.state === 'SENT' ? state.window : undefined;
  // Once it was held, when it was held counts, not when the notice had called it for.
  const heldAt = state.made['hold']?.happenedAt ?? state.papers['F-13']?.facts['meetingTime'];
  const standing = standingChip(state.definition, state.state);
  const due = dueAt === undefined ? undefined : <Due due={dueInWords(time, dueAt, lang, provisional)} />;
  return [
    {
      label: t('now'),
      value: (
        <>
          <Chip tone={standing.tone}>{capital(pick(standing.title, lang))}</Chip>
          <span class="muted small block case-since">
            {t('sinceWhen', { when: momentInWords(time, state.since, lang) })}
          </span>
        </>
      ),
    },
    {
      label: t('turn'),
      value: holdersOf(state)
        .map(saying.nameOf)
        .join(lang === 'en' ? ', ' : '、'),
    },
    { label: window === undefined ? t('next') : t('window'), value: due },
    {
      label: t('meetingAt'),
      value: typeof heldAt === 'string' && heldAt !== '' ? momentInWords(time, heldAt, lang) : undefined,
    },
    { label: t('foundAt'), value: isIssue ? momentInWords(time, state.from, lang) : undefined },
    {
      label: t('toldFact'),
      value: !isIssue
        ? undefined
        : told === undefined
          ? t('notTold')
          : t(told.way === 'mail' ? 'toldByMail' : 'toldByPhone', toldWords),
    },
    {
      label: t('flags'),
      value: flags.length === 0 ? undefined : <span class="late">{flags.join(lang === 'en' ? '; ' : '；')}</span>,
    },
  ];
}

/** Who has which part, and what this case hangs together with. */
function peopleOf({ state, staff, saying }: CaseDesk): readonly Fact[] {
  const { lang } = staff;
  const t = words(lang, meetingWords);
  const minutesKey = state.made['hold'] === undefined ? undefined : caseKey(`${state.processId}/minutes`);
  return [
    { label: t('owner'), value: saying.nameOf(state.ownerId) },
    ...Object.entries(state.definition.parts).map(([part, { title }]) => ({
      label: capital(pick(title, lang)),
      value: (state.parts[part] ?? []).map(saying.nameOf).join(lang === 'en' ? ', ' : '、'),
    })),
    {
      label: t('job'),
      value: state.jobId === undefined ? undefined : <a href={`/jobs/${state.jobId}`}>{t('toJob')}</a>,
    },
    {
      label: t('toMeeting'),
      value: state.origin === undefined ? undefined : <a href={`/meetings/${caseKey(state.origin)}`}>{state.title}</a>,
    },
    {
      label: t('toMinutes'),
      value: minutesKey === undefined ? undefined : <a href={`/meetings/${minutesKey}`}>{state.title}</a>,
    },
  ];
}
