import type { Router } from 'express';
import express from 'express';
import { timetablePeriods } from '../../domain/timetable/period.ts';
import type { ApiDeps } from '../deps.ts';
import { staffOnly } from '../session/identify.ts';
import { openJob } from '../staff/job.ts';
import { sendPage } from '../view/page.tsx';
import { staffFrame } from '../view/read/staff.ts';
import { JobTimePage } from './job-page.tsx';
import { readJobTime } from './job-read.ts';
import { LatePage } from './late-page.tsx';
import { readLate } from './late-read.ts';
import { MeetingsDue } from './meetings.tsx';
import { readMeetingsDue } from './meetings-read.ts';
import { LoadPage } from './load-page.tsx';
import { readLoad } from './load-read.ts';
import { SpentPage } from './spent-page.tsx';
import { readSpent } from './spent-read.ts';
import { TimetablePage } from './timetable-page.tsx';
import { readTimetable } from './timetable-read.ts';

/**
 * Whose time it was: a job's at `/jobs/:id/time`, its timetable at `/jobs/:id/timetable`; what is late and why at `/late`,
 * the load per desk at `/load`, where time goes at `/spent`. Everything here only reads.
 */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();

  routes.get('/jobs/:id/time', staffOnly, async (req, res, next) => {
    if (req.params.id === 'new') return next('route');
    const [frame, job] = await Promise.all([staffFrame(deps, req), openJob(deps, req)]);
    sendPage(res, <JobTimePage frame={frame} view={await readJobTime(deps, job, frame.lang)} />);
  });

  routes.get('/jobs/:id/timetable', staffOnly, async (req, res, next) => {
    if (req.params.id === 'new') return next('route');
    const [frame, job] = await Promise.all([staffFrame(deps, req), openJob(deps, req)]);
    const period = timetablePeriods.find((one) => one === req.query.period);
    const asked = { outside: req.query.version === 'outside', ...(period === undefined ? {} : { period }) };
    sendPage(res, <TimetablePage frame={frame} view={await readTimetable(deps, job, frame.lang, asked)} />);
  });

  routes.get('/late', staffOnly, async (req, res) => {
    const [frame, view, meetings] = await Promise.all([
      staffFrame(deps, req),
      readLate(deps, req),
      readMeetingsDue(deps, req),
    ]);
    sendPage(
      res,
      <LatePage view={view} frame={frame}>
        <MeetingsDue {...meetings} />
      </LatePage>,
    );
  });

  routes.get('/load', staffOnly, async (req, res) => {
    const [frame, view] = await Promise.all([staffFrame(deps, req), readLoad(deps, req)]);
    sendPage(res, <LoadPage view={view} frame={frame} />);
  });

  routes.get('/spent', staffOnly, async (req, res) => {
    const [frame, view] = await Promise.all([staffFrame(deps, req), readSpent(deps, req)]);
    sendPage(res, <SpentPage view={view} frame={frame} />);
  });

  return routes;
}
