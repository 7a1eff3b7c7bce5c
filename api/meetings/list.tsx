import type { Request, Response } from 'express';
import type { JSX } from 'preact';
import { caseKey, casesLike, pointOf, areMinutes, type CaseRow } from '../../store/cases.ts';
import { scopeOf } from '../../domain/people/may.ts';
import { openTasks, type Task } from '../../domain/minutes/state.ts';
import { standardCases } from '../../domain/cases/standard.ts';
import type { ApiDeps } from '../deps.ts';
import { staffFrame, type Staff } from '../staff/frame.tsx';
import { pick } from '../view/lang.ts';
import { Page, sendPage } from '../view/page.tsx';
import { ButtonLink, Card, Chip, Empty, Notice, Sheet } from '../view/parts.tsx';
import { namesFor } from '../view/read/house.ts';
import { dateInWords, Due, dueInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { meetingWords } from './words.ts';

interface MyTask {
  readonly row: CaseRow;
  readonly task: Task;
}

/** `GET /meetings`: my tasks, what is under way, and what the client has still to sign. */
export async function showList(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const staff = await staffFrame(deps, req, 'meetings');
  const { person, viewer } = staff.who;
  const scope = scopeOf(viewer, 'job.read');
  const mine =
    scope.kind === 'all'
      ? {}
      : { personId: person.id, brandIds: scope.kind === 'brands' ? scope.brandIds : ([] as readonly string[]) };
  const [running, unsigned, taking] = await Promise.all([
    casesLike(deps.store, { ...mine, open: true, limit: 100 }),
    casesLike(deps.store, { ...mine, standing: ['DEEMED_CONFIRMED', 'FILED_TACIT'], limit: 50 }),
    casesLike(deps.store, { personId: person.id, open: true, limit: 100 }),
  ]);
  const tasks = taking.flatMap((row): MyTask[] => {
    const { state } = pointOf(row);
    const open = areMinutes(state) ? openTasks(state) : [];
    return open.filter(({ executor }) => executor === person.id).map((task) => ({ row, task }));
  });
  tasks.sort((a, b) => a.task.keyDate.localeCompare(b.task.keyDate, 'en'));
  const rows = [...running, ...unsigned];
  const names = await namesFor(deps.store, {
    people: rows.flatMap(({ holders }) => holders),
    clients: rows.map(({ clientId }) => clientId),
  });
  const t = words(staff.lang, meetingWords);
  sendPage(
    res,
    <Page {...staff.frame} title={t('title')}>
      <header class="work-head">
        <h1>{t('title')}</h1>
        <p class="work-lead">{t('lead')}</p>
        <p>
          <ButtonLink kind="ink" href="/meetings/new?kind=meeting">
            {t('plan')}
          </ButtonLink>{' '}
          <ButtonLink href="/meetings/new?kind=minutes">{t('planCall')}</ButtonLink>
        </p>
      </header>
      <div class="stack">
        {req.query['received'] === '1' ? <Notice kind="received" title={t('receivedSoon')} /> : null}
        <Sheet title={t('myTasks')} id="tasks">
          {tasks.length === 0 ? <p class="muted">{t('noTasks')}</p> : null}
          <ul class="entries">
            {tasks.map(({ row, task }) => (
              <li>
                <a href={`/meetings/${caseKey(row._id)}#task-${task.id.replace('.', '-')}`}>{row.title}</a>{' '}
                {task.dueAt === undefined ? (
                  dateInWords(task.keyDate, staff.lang)
                ) : (
                  <Due due={dueInWords(staff.time, task.dueAt, staff.lang)} />
                )}
              </li>
            ))}
          </ul>
        </Sheet>
        {unsigned.length === 0 ? null : (
          <Sheet title={t('unsigned')} id="unsigned">
            <p class="muted">{t('unsignedLead')}</p>
            {unsigned.map((row) => (
              <CaseCard row={row} staff={staff} clientName={names.client(row.clientId)} nameOf={names.person} />
            ))}
          </Sheet>
        )}
        <Sheet title={t('running')} id="running">
          {running.length === 0 ? <Empty title={t('none')} /> : null}
          {running.map((row) => (
            <CaseCard row={row} staff={staff} clientName={names.client(row.clientId)} nameOf={names.person} />
          ))}
        </Sheet>
      </div>
    </Page>,
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
  const state = definition?.states[row.standing]?.title;
  return (
    <Card
      href={`/meetings/${caseKey(row._id)}`}
      number={definition === undefined ? row.kind : pick(definition.title, lang)}
      title={row.title}
      chip={<Chip>{state === undefined ? row.standing : pick(state, lang)}</Chip>}
    >
      <p class="muted">
        {clientName}
        {row.holders.length === 0 ? '' : ` · ${t('turn')} ${row.holders.map(nameOf).join(lang === 'en' ? ', ' : '、')}`}
      </p>
      {row.dueAt === undefined ? null : <Due due={dueInWords(time, row.dueAt, lang)} />}
    </Card>
  );
}
