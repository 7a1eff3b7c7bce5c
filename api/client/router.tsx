import express, { type Router } from 'express';
import { localDateAt } from '../../domain/calendar/day.ts';
import type { JobPhase, JobState } from '../../domain/job/state.ts';
import { openNodes } from '../../domain/job/timetable.ts';
import { phaseWords } from '../../domain/wording/phases.ts';
import { baselineOf } from '../../domain/timetable/baseline.ts';
import { nodeKey } from '../../domain/timetable/types.ts';
import { circulationWords } from '../../domain/wording/points.ts';
import type { Words } from '../../domain/process.ts';
import { clients } from '../../store/clients.ts';
import { jobStateTable, jobTable, readState, type JobRow, type JobStateRow } from '../../store/jobs.ts';
import { externalTimetable, planOf, readTimetable } from '../../papers/timing/timetable.ts';
import { frozenPapers } from '../../store/papers.ts';
import { peopleById } from '../../store/people.ts';
import { op } from '../../store/table.ts';
import type { ApiDeps } from '../deps.ts';
import { onlyMethods } from '../problems.ts';
import { deadLink } from '../session/guest.ts';
import { openedLink } from '../session/personal-links.tsx';
import { opensStatus } from '../staff/status-link.ts';
import { langOfWords, pick, type Lang } from '../view/lang.ts';
import { Page, sendPage } from '../view/page.tsx';
import { Chip, Empty, Facts, Sheet, type Fact } from '../view/parts.tsx';
import { timeFor } from '../view/read/house.ts';
import { timetablePicture } from '../view/read/timetable.ts';
import { dateInWords, Due, dueInWords, momentInWords, zoneInWords, type TimeView } from '../view/time.tsx';
import { TimetableChart } from '../view/timetable.tsx';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import { clientWords } from './words.ts';

/** Most jobs a page shows of each kind. */
const mostOpen = 100;
const mostFinished = 10;

/** What the outside is told of a phase: never who inside is at fault or who refused. */
const outsideWords: Readonly<Partial<Record<JobPhase, Words>>> = {
  ASSESSING: { zh: '研究与评估', en: 'Being studied' },
  ORDER_SIGNOFF: { zh: '安排中', en: 'Being scheduled' },
  OPENED: { zh: '已立项，安排中', en: 'Opened, being scheduled' },
  INTERNAL_REVIEW: { zh: '创作中', en: 'Creating' },
};

interface StatusJob {
  readonly row: JobRow;
  readonly state: JobState | undefined;
  readonly timetable?: ReturnType<typeof externalTimetable>;
}

/**
 * `/c/a/<link>`: a client's own jobs, for reading. The link alone says who reads, and nothing on the page can be pressed.
 * Every personal link of the house stands behind `/a/`, because that is what all logs take out of a path.
 */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();
  routes.get('/c/a/:link', async (req, res) => {
    const { lang, person, ...link } = openedLink(req);
    const client = opensStatus(link, person) ? (await clients.get(deps.store, person.clientId))?.value : undefined;
    if (!client?.active) {
      deadLink(deps, req);
    }
    const [jobs, time] = await Promise.all([jobsOf(deps, client.id), timeFor(deps, client.id)]);
    const owners = await peopleById(
      deps.store,
      jobs.map(({ row }) => row.ownerId),
    );
    const t = words(lang, clientWords);
    const waiting = jobs
      .filter(({ row }) => row.open)
      .flatMap(({ row }) => row.waiting.filter((desk) => desk.side === 'client').map((desk) => ({ row, desk })));
    const open = jobs.filter(({ row }) => row.open);
    const done = jobs.filter(({ row }) => !row.open);
    const card = (job: StatusJob) => (
      <JobCard job={job} owner={owners.get(job.row.ownerId)?.name ?? ''} time={time} lang={lang} />
    );
    sendPage(
      res,
      <Page
        lang={lang}
        title={t('title', { client: client.name })}
        house={pick(deps.config.agencyName, lang)}
        viewer={{ name: person.name, by: 'link' }}
      >
        <header class="work-head">
          <h1>{t('title', { client: client.name })}</h1>
          <p class="work-lead">
            {t('lead')}{' '}
            <span class="muted small">
              {t('updated', { when: momentInWords(time, time.now, lang) })} · {zoneInWords(time, lang)}
            </span>
          </p>
        </header>
        <Sheet title={t('waits')} id="waits" class={waiting.length > 0 ? 'sheet-client' : ''}>
          {waiting.length === 0 ? <p class="muted">{t('waitsNone')}</p> : null}
          <ul class="entries">
            {waiting.map(({ row, desk }) => (
              <li class="waits">
                <b>{row.title}</b> <span>{t('waitsFor', { what: pick(circulationWords(desk.point), lang) })}</span>{' '}
                {desk.dueAt ? <Due due={dueInWords(time, desk.dueAt, lang, desk.provisional)} /> : null}
              </li>
            ))}
          </ul>
        </Sheet>
        {jobs.length === 0 ? <Empty title={t('none')} /> : null}
        {open.length > 0 ? <h2 class="status-title">{t('running')}</h2> : null}
        {open.map(card)}
        {done.length > 0 ? <h2 class="status-title">{t('finished')}</h2> : null}
        {done.map(card)}
      </Page>,
    );
  });
  routes.all('/c/a/:link', onlyMethods('GET', 'HEAD'));
  return routes;
}

/** Jobs of one client: the scope lies in the query itself, so nobody else's is ever read. */
async function jobsOf(deps: ApiDeps, clientId: string): Promise<StatusJob[]> {
  const table = jobTable(deps.store);
  const [open, done] = await Promise.all([
    table.find({ clientId, open: true }).sort({ since: -1 }).limit(mostOpen).lean<JobRow[]>(),
    table.find({ clientId, open: false }).sort({ since: -1 }).limit(mostFinished).lean<JobRow[]>(),
  ]);
  const rows = [...open, ...done];
  const states = await jobStateTable(deps.store)
    .find({ _id: op({ $in: rows.map((row) => row._id) }) })
    .lean<JobStateRow[]>();
  const byId = new Map(states.map((state) => [state._id, readState(state)]));
  // Only a timetable the client accepted is a date the client was promised, whatever is asked since.
  const accepted = new Map(
    [...byId].flatMap(([id, state]) => {
      const baseline = baselineOf(state);
      return baseline ? [[id, baseline.hash] as const] : [];
    }),
  );
  const papers = await frozenPapers(deps.store, [...accepted.values()]);
  return rows.map((row) => {
    const state = byId.get(row._id);
    const content = readTimetable(papers.get(accepted.get(row._id) ?? '')?.content);
    // The outside version alone leaves the house.
    return { row, state, ...(content ? { timetable: externalTimetable(content) } : {}) };
  });
}

function JobCard({ job, owner, time, lang }: { job: StatusJob; owner: string; time: TimeView; lang: Lang }) {
  const t = words(lang, clientWords);
  const { row, timetable } = job;
  const promised = timetable?.deliveryDate;
  const facts: Fact[] = [
    { label: t('state'), value: pick(outsideWords[row.phase] ?? phaseWords[row.phase], lang) },
    { label: t('since'), value: momentInWords(time, row.since, lang) },
    { label: t('delivery'), value: promised === undefined ? undefined : dateInWords(promised, lang) },
    {
      label: t('wanted'),
      value: promised === undefined && row.wantedDate !== undefined ? dateInWords(row.wantedDate, lang) : undefined,
    },
    { label: t('ae'), value: owner },
  ];
  return (
    <Sheet level={3} title={row.title} class="status-job" aside={<span class="code">{row.jobNumber ?? ''}</span>}>
      {row.withClient || row.onHold ? (
        <p class="work-chips">
          {row.withClient ? <Chip tone="client">{t('waits')}</Chip> : null}
          {row.onHold ? <Chip>{t('onHold')}</Chip> : null}
        </p>
      ) : null}
      <Facts facts={facts} />
      {timetable && job.state ? <Agreed timetable={timetable} state={job.state} time={time} lang={lang} /> : null}
    </Sheet>
  );
}

/** The agreed dates: the outside version of the timetable, and which of its nodes are reached (R-46, S-41). */
function Agreed(props: {
  timetable: ReturnType<typeof externalTimetable>;
  state: JobState;
  time: TimeView;
  lang: Lang;
}) {
  const { timetable, state, time, lang } = props;
  const t = words(lang, clientWords);
  const open = openNodes(state);
  const plan = planOf({ ...timetable, floatDays: 0 });
  const lines = plan.nodes.map((node) => ({
    ...node,
    reached: state.timetable !== undefined && !open.some((one) => nodeKey(one) === nodeKey(node)),
  }));
  const today = localDateAt(time.calendar, zoneNamed, time.now);
  const reached = new Set(lines.flatMap((line, place) => (line.reached ? [place] : [])));
  return (
    <details class="fold status-nodes">
      <summary>{t('dates')}</summary>
      <TimetableChart picture={timetablePicture(plan, undefined, today, lang, { reached })} lang={lang} />
      <table class="rows rows-stack">
        <thead>
          <tr>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('date')}</th>
            <th scope="col">{t('state')}</th>
          </tr>
        </thead>
        <tbody>
          {timetable.rows.map((row) => (
            <tr>
              <td data-label={t('what')} lang={langOfWords(row.stage, lang)}>
                {row.stage}
              </td>
              <td data-label={t('date')} class="num">
                {dateInWords(row.start, lang)} – {dateInWords(row.end, lang)}
              </td>
              <td data-label={t('state')} />
            </tr>
          ))}
          {lines.map(({ name, date, clientApproval, reached: isReached }) => (
            <tr>
              <td data-label={t('what')}>
                <b lang={langOfWords(name, lang)}>{name}</b>{' '}
                {clientApproval ? <Chip tone="client">{t('yourApproval')}</Chip> : null}
              </td>
              <td data-label={t('date')} class="num">
                {dateInWords(date, lang)}
              </td>
              <td data-label={t('state')}>
                <span>{isReached ? <Chip tone="done">{t('reached')}</Chip> : t('ahead')}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
