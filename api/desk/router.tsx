import type { Router } from 'express';
import express from 'express';
import { draftsOf } from '../../store/drafts.ts';
import { jobTable, type JobRow } from '../../store/jobs.ts';
import { decidedBy, deskCount, deskOf, type StepRow } from '../../store/steps.ts';
import { waitingCount } from '../../store/waiting.ts';
import { correctionPoint } from '../../domain/job/correction.ts';
import type { Rung } from '../../domain/circulation/types.ts';
import { rungWords } from '../../domain/wording/history-circulation.ts';
import { paperWords } from '../../domain/wording/papers.ts';
import type { ApiDeps } from '../deps.ts';
import { handOverCards } from '../handover/desk.ts';
import { titleOfKept } from '../newjob/draft.ts';
import { signedIn, staffOnly, type SignedIn } from '../session/identify.ts';
import { jobActPurpose, newFormValue } from '../staff/form-value.ts';
import { languageOf } from '../session/language.ts';
import { pick, type Lang } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { cardView, pointTitle } from '../view/read/cards.ts';
import { houseNow, namesOf, timeIn } from '../view/read/house.ts';
import { sealsOfDesk } from '../view/read/seals.ts';
import { frameAround } from '../view/read/staff.ts';
import { dueInWords, momentInWords, type TimeView } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import { readDeskCases } from './cases.ts';
import { extensionCards } from './extensions.ts';
import type { DeskItem, DeskOut } from './page.tsx';
import { deskOpinions } from './opinions.tsx';
import { DeskPage } from './page.tsx';

/** A step as it lies on a desk; its address is the approver's page by the session road. */
function deskItem(step: StepRow, time: TimeView, lang: Lang): DeskItem {
  const t = words(lang, boardWords);
  // A refused order is not signed but corrected: the form itself is the way on.
  const correct = step.point === correctionPoint;
  const due = step.dueAt ? dueInWords(time, step.dueAt, lang, step.provisional) : undefined;
  return {
    href: `/desk/${encodeURIComponent(step.processId)}/${encodeURIComponent(step.circulation)}/${encodeURIComponent(step.step)}`,
    button: t(correct ? 'correct' : 'look'),
    ...(step.jobNumber ? { number: step.jobNumber } : {}),
    title: step.title,
    point: pointTitle(step.point, lang),
    round: t('roundVersion', { round: step.round, version: step.version }),
    seals: sealsOfDesk(step, lang),
    ...(due ? { due } : {}),
    ...toldTo(step, time, lang),
    late: step.dueAt !== undefined && step.dueAt < time.now,
  };
}

/** The newest rung that was told to whoever holds the desk; a ladder may tell it here and nowhere else. */
function toldTo({ rungs }: StepRow, time: TimeView, lang: Lang): { readonly told?: string } {
  const newest = rungs
    .flatMap(({ kind, whom, firedAt }) => (whom === 'holder' && firedAt !== undefined ? [{ kind, firedAt }] : []))
    .reduce<{ kind: Rung['kind']; firedAt: string } | undefined>(
      (last, one) => (last === undefined || last.firedAt < one.firedAt ? one : last),
      undefined,
    );
  return newest ? { told: `${pick(rungWords[newest.kind], lang)} · ${momentInWords(time, newest.firedAt, lang)}` } : {};
}

/** Things on one page of the desk, and jobs of one's own beside it. */
const itemsPerPage = 40;
const jobsBeside = 60;

/** My desk at `/desk`: what waits for me, what I sent out and who holds it, my drafts, what I decided lately. */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();
  routes.get('/desk', staffOnly, async (req, res) => {
    const me = signedIn(req).person.id;
    const lang = languageOf(req);
    const asked = pageIn(req.query.page);
    const [waiting, steps, count, done, drafts, mine, house] = await Promise.all([
      deskOf(deps.store, me, itemsPerPage, (asked - 1) * itemsPerPage),
      deskCount(deps.store, me),
      waitingCount(deps.store, me),
      decidedBy(deps.store, me, 8),
      draftsOf(deps.store, me),
      ownJobs(deps.store, me),
      houseNow(deps.store),
    ]);
    const pages = Math.max(1, Math.ceil(steps / itemsPerPage));
    const page = Math.min(asked, pages);
    const here = page === asked ? waiting : await deskOf(deps.store, me, itemsPerPage, (page - 1) * itemsPerPage);
    const time = timeIn(house.calendars, deps);
    const cases =
      page === 1
        ? (
            await Promise.all([
              handOverCards(deps, me, time, lang),
              extensionCards(deps, me, lang),
              readDeskCases(deps, me, time, lang),
            ])
          ).flat()
        : [];
    const opinions = await deskOpinions(deps, signedIn(req), time, lang);
    const out = mine.filter((job) => job.waiting.some((desk) => !desk.holders.includes(me)));
    const names = await namesOf(deps.store, house, {
      people: out.flatMap((job) => [job.ownerId, ...job.holders]),
      clients: out.map((job) => job.clientId),
    });
    sendPage(
      res,
      <DeskPage
        frame={frameAround(deps, req, count)}
        view={{
          waiting: here.map((step) => deskItem(step, time, lang)),
          cases,
          count,
          page,
          pages,
          out: out.map((job) => ({ card: cardView(job, names, time, lang), ...nudgeOf(deps, signedIn(req), job) })),
          ...(opinions ? { opinions } : {}),
          ...(req.query.nudged === '1' ? { nudged: true as const } : {}),
          drafts: drafts.map((draft) => ({
            href: draft.processId
              ? `/jobs/${encodeURIComponent(draft.processId)}/papers/${encodeURIComponent(draft.form)}/edit`
              : `/jobs/new?draft=${encodeURIComponent(draft.id)}`,
            title: [pick(paperWords(draft.form), lang), titleOfKept(draft.content)].filter(Boolean).join(' · '),
            when: momentInWords(time, draft.updatedAt, lang),
          })),
          done: done.map((step) => ({
            href: `/jobs/${encodeURIComponent(step.jobNumber ?? step.processId)}`,
            title: `${step.title} · ${pointTitle(step.point, lang)}`,
            when: step.closedAt ? momentInWords(time, step.closedAt, lang) : '',
          })),
        }}
      />,
    );
  });
  return routes;
}

/** The desk of a job of mine that is due first and lies with somebody else. */
function nudgeOf(deps: ApiDeps, who: SignedIn, job: JobRow): Pick<DeskOut, 'nudge'> {
  const desk = job.waiting.find(({ holders }) => holders.some((id) => id !== who.person.id));
  if (!desk || job.onHold) return {};
  const { circulation, round, step } = desk;
  const href = `/jobs/${encodeURIComponent(job._id)}/nudges`;
  return { nudge: { href, circulation, round, step, formValue: newFormValue(deps, who, jobActPurpose) } };
}

function pageIn(value: unknown): number {
  return typeof value === 'string' && /^[1-9]\d{0,2}$/.test(value) ? Number(value) : 1;
}

/** Open jobs a person owns, due first. */
function ownJobs(store: ApiDeps['store'], ownerId: string): Promise<JobRow[]> {
  return jobTable(store).find({ ownerId, open: true }).sort({ dueSort: 1 }).limit(jobsBeside).lean<JobRow[]>();
}
