import type { Request, Response } from 'express';
import type { JSX } from 'preact';
import { caseKey, casesLike, countCases, pointOf, areMinutes, type CaseRow } from '../../store/cases.ts';
import { scopeOf } from '../../domain/people/may.ts';
import { openTasks, type Task } from '../../domain/minutes/state.ts';
import { standardCases } from '../../domain/cases/standard.ts';
import { contentIn } from '../cases/read.ts';
import type { ApiDeps } from '../deps.ts';
import { staffFrame, type Staff } from '../staff/frame.tsx';
import { Chain } from '../view/chain.tsx';
import { langOfWords, pick } from '../view/lang.ts';
import { Page, sendPage } from '../view/page.tsx';
import { pageIn } from '../view/paged.ts';
import { ButtonLink, Card, Chip, Empty, Notice, Pagination, Sheet } from '../view/parts.tsx';
import { namesFor } from '../view/read/house.ts';
import { dateInWords, Due, dueInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { actionOf, taskAnchor } from './forms.tsx';
import { capital } from './read.ts';
import { minutesSeals } from './seals.ts';
import { standingChip } from './standing.ts';
import { meetingWords } from './words.ts';

interface MyTask {
  readonly row: CaseRow;
  readonly task: Task;
  /** What is to be done, in the words of the minutes. */
  readonly action: string;
}

/** Tasks shown at once; whoever has more sees those due first. */
const tasksAtOnce = 30;
/** Minutes with tasks of one person that are looked through; nobody has as many. */
const tasksOfMost = 200;
/** Cases on one page. */
const perPage = 40;
/** Standings in which silence decided: the client can still sign. */
const silent = ['DEEMED_CONFIRMED', 'FILED_TACIT'] as const;

/** `GET /meetings`: what is under way, my tasks, and what the client has still to sign. */
export async function showList(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const staff = await staffFrame(deps, req, 'meetings');
  const { person, viewer } = staff.who;
  const scope = scopeOf(viewer, 'job.read');
  const mine =
    scope.kind === 'all'
      ? {}
      : { personId: person.id, brandIds: scope.kind === 'brands' ? scope.brandIds : ([] as readonly string[]) };
  // What silence decided is listed once, where the client is still to be asked.
  const under = { ...mine, but: 'schedule', open: true, apartFrom: silent } as const;
  const agreed = { ...mine, standing: silent } as const;
  const [count, silentCount] = await Promise.all([countCases(deps.store, under), countCases(deps.store, agreed)]);
  const { page, pages, from } = pageIn(count, req.query['page'], perPage);
  const [running, unsigned, taking] = await Promise.all([
    casesLike(deps.store, { ...under, limit: perPage, skip: from }),
    casesLike(deps.store, { ...agreed, limit: perPage }),
    casesLike(deps.store, { executorId: person.id, but: 'schedule', open: true, limit: tasksOfMost }),
  ]);
  const tasks = tasksOf(taking, person.id);
  const shown = await withActions(deps, tasks.slice(0, tasksAtOnce));
  const rows = [...running, ...unsigned];
  const names = await namesFor(deps.store, {
    people: rows.flatMap(({ holders }) => holders),
    clients: rows.map(({ clientId }) => clientId),
  });
  const t = words(staff.lang, meetingWords);
  const card = (row: CaseRow): JSX.Element => (
    <CaseCard row={row} staff={staff} clientName={names.client(row.clientId)} nameOf={names.person} />
  );
  sendPage(
    res,
    <Page {...staff.frame} title={t('title')} kind="wide">
      <header class="work-head case-head">
        <div>
          <h1>{t('title')}</h1>
          <p class="work-lead">{t('lead')}</p>
        </div>
        <div class="actions-row">
          {scopeOf(viewer, 'job.request').kind === 'none' ? null : (
            <>
              <ButtonLink kind="ink" href="/meetings/new?kind=meeting">
                {t('plan')}
              </ButtonLink>
              <ButtonLink href="/meetings/new?kind=minutes">{t('planCall')}</ButtonLink>
            </>
          )}
        </div>
      </header>
      {req.query['received'] === '1' ? <Notice kind="received" title={t('receivedSoon')} /> : null}
      <div class="case-split">
        <section class="case-main" aria-labelledby="running-title">
          <h2 id="running-title" class="case-title">
            {t('running')} <span class="muted num">{count}</span>
          </h2>
          {running.length === 0 ? (
            <Sheet>
              <Empty title={t('none')}>
                <p>{t('noneLead')}</p>
              </Empty>
            </Sheet>
          ) : (
            running.map(card)
          )}
          <Pagination
            page={page}
            pages={pages}
            hrefOf={(no) => (no === 1 ? '/meetings' : `/meetings?page=${String(no)}`)}
            lang={staff.lang}
          />
        </section>
        <div class="case-side">
          <Sheet title={t('myTasks')} id="tasks">
            {tasks.length === 0 ? <p class="muted">{t('noTasks')}</p> : null}
            <ul class="small-list">
              {shown.map((one) => (
                <TaskLine {...one} staff={staff} />
              ))}
            </ul>
            {tasks.length > tasksAtOnce ? (
              <p class="muted small">{t('firstOf', { n: tasksAtOnce, all: tasks.length })}</p>
            ) : null}
          </Sheet>
          {unsigned.length === 0 ? null : (
            <section aria-labelledby="unsigned-title">
              <h2 id="unsigned-title" class="case-title">
                {t('unsigned')} <span class="muted num">{silentCount}</span>
              </h2>
              <p class="muted small case-lead">{t('unsignedLead')}</p>
              {unsigned.map(card)}
              {silentCount > unsigned.length ? (
                <p class="muted small">{t('firstOf', { n: unsigned.length, all: silentCount })}</p>
              ) : null}
            </section>
          )}
        </div>
      </div>
    </Page>,
  );
}

/** The open tasks of one person, what is due first on top. */
function tasksOf(rows: readonly CaseRow[], personId: string): readonly Omit<MyTask, 'action'>[] {
  return rows
    .flatMap((row) => {
      const { state } = pointOf(row);
      return areMinutes(state) ? openTasks(state).map((task) => ({ row, task })) : [];
    })
    .filter(({ task }) => task.executor === personId)
    .sort((a, b) => a.task.keyDate.localeCompare(b.task.keyDate, 'en'));
}

/** What each of these tasks asks for, from the minutes it stands in. */
function withActions(deps: ApiDeps, tasks: readonly Omit<MyTask, 'action'>[]): Promise<readonly MyTask[]> {
  return Promise.all(
    tasks.map(async ({ row, task }) => {
      const content = await contentIn(deps, pointOf(row).state, 'F-15', { copy: true });
      return { row, task, action: actionOf(content, task) };
    }),
  );
}

function TaskLine({ row, task, action, staff }: MyTask & { readonly staff: Staff }): JSX.Element {
  const { lang, time } = staff;
  const said = action === '' ? row.title : action;
  return (
    <li>
      <a href={`/meetings/${caseKey(row._id)}#${taskAnchor(task)}`} lang={langOfWords(said, lang)}>
        {said}
      </a>
      <p class="card-line small">
        {action === '' ? null : <span class="muted">{row.title} · </span>}
        {task.dueAt === undefined ? (
          dateInWords(task.keyDate, lang)
        ) : (
          <Due due={dueInWords(time, task.dueAt, lang, task.provisional)} />
        )}
      </p>
    </li>
  );
}

function CaseCard(props: {
  readonly row: CaseRow;
  readonly staff: Staff;
  readonly clientName: string;
  readonly nameOf: (personId: string) => string;
}): JSX.Element {
  const { row, staff, clientName, nameOf } = props;
  const { lang, time } = staff;
  const t = words(lang, meetingWords);
  const definition = standardCases[row.kind];
  const { title, tone } = standingChip(definition, row.standing);
  const due = row.dueAt === undefined ? undefined : dueInWords(time, row.dueAt, lang, row.provisional);
  const { state } = pointOf(row);
  return (
    <Card
      href={`/meetings/${caseKey(row._id)}`}
      number={definition === undefined ? row.kind : pick(definition.title, lang)}
      title={row.title}
      chip={<Chip tone={tone}>{capital(pick(title, lang))}</Chip>}
      late={due?.over === true}
    >
      {areMinutes(state) && row.open ? (
        <Chain seals={minutesSeals(state, lang, nameOf)} lang={lang} size="tiny" />
      ) : null}
      <p class="card-line">
        {row.holders.length === 0 ? null : <b>{row.holders.map(nameOf).join(lang === 'en' ? ', ' : '、')}</b>}
        {row.holders.length === 0 ? '' : ' · '}
        {clientName}
      </p>
      {due === undefined ? null : (
        <p class="card-line">
          <span class="muted">{row.standing === 'SENT' ? t('window') : t('next')}</span> <Due due={due} />
        </p>
      )}
    </Card>
  );
}
