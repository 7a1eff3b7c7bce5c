import type { Router } from 'express';
import express from 'express';
import type { ApiDeps } from '../deps.ts';
import { staffOnly } from '../session/identify.ts';
import { openJob } from '../staff/job.ts';
import { sendPage } from '../view/page.tsx';
import { staffFrame } from '../view/read/staff.ts';
import { JobTimePage } from './job-page.tsx';
import { readJobTime } from './job-read.ts';

/** Whose time it was: a job's at `/jobs/:id/time`. Everything here only reads. */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();

  routes.get('/jobs/:id/time', staffOnly, async (req, res, next) => {
    if (req.params.id === 'new') return next('route');
    const [frame, job] = await Promise.all([staffFrame(deps, req), openJob(deps, req)]);
    sendPage(res, <JobTimePage frame={frame} view={await readJobTime(deps, job, frame.lang)} />);
  });

  return routes;
}
