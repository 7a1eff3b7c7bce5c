import type { JSX } from 'preact';
import { checkItem } from '../../domain/wording/checklists.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { areMinutes, caseKey, dueOf, holdersOf } from '../../store/cases.ts';
import { movesOf } from '../cases/read.ts';
import { pick, wordingLang } from '../view/lang.ts';
import { Page } from '../view/page.tsx';
import { PaperView } from '../view/paper.tsx';
import { ButtonLink, Chip, Facts, History, Notice, Sheet, type Fact, type HistoryEntry } from '../view/parts.tsx';
import { Due, dueInWords, momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { Checklist, MoveForm, TaskForm } from './forms.tsx';
import type { Remark } from './link-page.tsx';
import { shownPapers, type CaseDesk } from './read.ts';
import { Verdicts } from './verdicts.tsx';
import { meetingWords } from './words.ts';

/** Refusals a page need not say: what is not this person's to do, or not of this hour. */
const unsaid: ReadonlySet<string> = new Set(['NOT_ALLOWED', 'WRONG_PHASE', 'CLOSED', 'ALREADY_DECIDED']);

/** What stands in the forms of a page that was refused. */
export type CaseTyped = Readonly<Record<string, string>>;

/** A meeting or minutes, for people of the house: where it stands, what one can do, papers, checklists, tasks, history. */
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
  return (
    <Page {...staff.frame} title={`${state.title} · ${kind}`}>
      <header class="work-head">
        <p class="muted">{kind}</p>
        <h1>{state.title}</h1>
      </header>
      <div class="stack">
        {remark ? <Notice kind={remark.kind} title={remark.title} /> : null}
        <Sheet title={t('now')} id="now">
          <Facts facts={factsOf(desk)} />
          <Verdicts state={state} time={staff.time} lang={lang} nameOf={saying.nameOf} />
        </Sheet>
        <Sheet title={t('canDo')} id="moves">
          <Moves desk={desk} typed={typed} />
        </Sheet>
        {areMinutes(state) && state.tasks.length > 0 ? (
          <Sheet title={t('tasks')} id="tasks">
            {state.tasks.map((task) => (
              <TaskForm desk={desk} task={task} typed={typed} />
            ))}
          </Sheet>
        ) : null}
        {Object.entries(state.definition.lists).map(([list, items]) => (
          <Checklist desk={desk} list={list} items={items.flatMap((item) => checkItem(item) ?? [])} />
        ))}
        {shownPapers(desk).map((paper) => (
          <Sheet
            title={paper.title}
            id={`paper-${paper.form}`}
            aside={<span class="muted">{t('version', { n: paper.version })}</span>}
          >
            {paper.form === 'F-15' && desk.copyOnly ? <p class="muted">{t('copyOnly')}</p> : null}
            <PaperView lines={paper.lines} lang={lang} />
          </Sheet>
        ))}
        <Sheet title={t('history')} id="history">
          <History entries={history} />
        </Sheet>
      </div>
    </Page>
  );
}

function factsOf({ state, staff, saying }: CaseDesk): readonly Fact[] {
  const { lang, time } = staff;
  const t = words(lang, meetingWords);
  const dueAt = dueOf(state)?.at;
  const standing = state.definition.states[state.state]?.title;
  const provisional = Object.values(state.clocks).some((clock) => clock.provisional === true);
  const flags = state.flags.map((flag) =>
    flag === 'overdue' ? t('overdue') : flag === 'agendaLate' ? t('agendaLate') : flag,
  );
  const window = areMinutes(state) ? state.window : undefined;
  const minutesKey = state.made['hold'] === undefined ? undefined : caseKey(`${state.processId}/minutes`);
  return [
    { label: t('now'), value: <Chip>{standing === undefined ? state.state : pick(standing, lang)}</Chip> },
    { label: t('since'), value: momentInWords(time, state.since, lang) },
    {
      label: t('turn'),
      value: holdersOf(state)
        .map(saying.nameOf)
        .join(lang === 'en' ? ', ' : '、'),
    },
    {
      label: t('next'),
      value: dueAt === undefined ? undefined : <Due due={dueInWords(time, dueAt, lang, provisional)} />,
    },
    { label: t('window'), value: window === undefined ? undefined : momentInWords(time, window.endsAt, lang) },
    { label: t('flags'), value: flags.join(lang === 'en' ? '; ' : '；') },
    { label: t('owner'), value: saying.nameOf(state.ownerId) },
    { label: t('client'), value: saying.nameOf(state.clientId) },
    ...Object.entries(state.definition.parts).map(([part, { title }]) => ({
      label: pick(title, lang),
      value: (state.parts[part] ?? []).map(saying.nameOf).join(lang === 'en' ? ', ' : '、'),
    })),
    {
      label: t('job'),
      value: state.jobId === undefined ? undefined : <a href={`/jobs/${state.jobId}`}>{state.jobId}</a>,
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

function Moves({ desk, typed }: { desk: CaseDesk; typed: CaseTyped }): JSX.Element {
  const { state, staff } = desk;
  const { lang, who } = staff;
  const t = words(lang, meetingWords);
  const moves = movesOf(state, who.actor);
  const open = moves.filter(({ refusal }) => refusal === undefined);
  const barred = moves.filter(({ refusal }) => refusal !== undefined && !unsaid.has(refusal.code));
  // Two moves bring the same minutes, a draft and the submission; their page has a button for each.
  const brought = open.filter(({ move }) => state.definition.moves[move]?.brings !== undefined);
  const written = brought.filter(({ move }) => move !== 'draft');
  return (
    <>
      {open.length === 0 ? <p class="muted">{t('nothing')}</p> : null}
      {written.map(({ move }) => (
        <p>
          <ButtonLink kind="ink" href={`/meetings/${caseKey(state.processId)}/write/${move}`}>
            {pick(state.definition.moves[move]?.title ?? { zh: move, en: move }, lang)}
          </ButtonLink>
        </p>
      ))}
      {open
        .filter((one) => !brought.includes(one))
        .map(({ move }) => (
          <MoveForm desk={desk} move={move} typed={typed} />
        ))}
      {barred.map(({ move, refusal }) => (
        <p class="muted">
          {pick(state.definition.moves[move]?.title ?? { zh: move, en: move }, lang)}
          {lang === 'en' ? ': ' : '：'}
          {refusal === undefined ? '' : sayRefusal(refusal, wordingLang(lang))}
        </p>
      ))}
    </>
  );
}
