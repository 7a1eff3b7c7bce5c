import type { Router } from 'express';
import express from 'express';
import { draftsOf } from '../../store/drafts.ts';
import { jobTable, type JobRow } from '../../store/jobs.ts';
import { decidedBy, deskOf, type StepRow } from '../../store/steps.ts';
import { correctionPoint } from '../../domain/job/correction.ts';
import { paperWords } from '../../domain/wording/papers.ts';
import type { ApiDeps } from '../deps.ts';
import { staffOnly } from '../session/identify.ts';
import { pick, type Lang } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { cardView, pointTitle } from '../view/read/cards.ts';
import { namesFor, timeFor } from '../view/read/house.ts';
import { sealsOfDesk } from '../view/read/seals.ts';
import { staffFrame } from '../view/read/staff.ts';
import { dueInWords, momentInWords, type TimeView } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import type { DeskItem } from './page.tsx';
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
    late: step.dueAt !== undefined && step.dueAt < time.now,
  };
}

/** My desk at `/desk`: what waits for me, what I sent out and who holds it, my drafts, what I decided lately. */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();
  routes.get('/desk', staffOnly, async (req, res) => {
    const frame = await staffFrame(deps, req);
    const { lang, who } = frame;
    const me = who.person.id;
    const [waiting, done, drafts, mine, time] = await Promise.all([
      deskOf(deps.store, me, 100),
      decidedBy(deps.store, me, 8),
      draftsOf(deps.store, me),
      jobTable(deps.store)
        .find({ ownerId: me, open: true }, { grams: 0 })
        .sort({ dueSort: 1 })
        .limit(60)
        .lean<Omit<JobRow, 'grams'>[]>(),
      timeFor(deps),
    ]);
    const out = mine.filter((job) => job.waiting.some((desk) => !desk.holders.includes(me)));
    const names = await namesFor(deps.store, {
      people: out.flatMap((job) => [job.ownerId, ...job.holders]),
      clients: out.map((job) => job.clientId),
    });
    sendPage(
      res,
      <DeskPage
        frame={frame}
        view={{
          waiting: waiting.map((step) => deskItem(step, time, lang)),
          out: out.map((job) => cardView(job, names, time, lang)),
          drafts: drafts.map((draft) => ({
            href: draft.processId
              ? `/jobs/${encodeURIComponent(draft.processId)}/papers/${encodeURIComponent(draft.form)}/edit`
              : '/jobs/new',
            title: pick(paperWords(draft.form), lang),
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
