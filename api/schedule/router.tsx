import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { caseKey } from '../../store/cases.ts';
import { scheduleWorkflowId } from '../../workflows/ids.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { onlyMethods } from '../problems.ts';
import { signedIn, staffOnly } from '../session/identify.ts';
import { openJob } from '../staff/job.ts';
import { linkRoutes } from './link.tsx';
import { showSchedule, takeSchedule } from './staff.tsx';
import { showWriting, takeWriting } from './write.tsx';

/**
 * Execution schedules: `/schedules/:key` for the house, where `/jobs/:id/schedule` leads too, and `/e/a/<link>` for an
 * executor who comes by a mail.
 */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();
  const counted = async (req: Request, _res: Response, next: NextFunction): Promise<void> => {
    await deps.limiter.demand(limits.change, signedIn(req).person.id);
    next();
  };
  routes.get('/jobs/:id/schedule', staffOnly, async (req, res, next) => {
    if (req.params.id === 'new') return next('route');
    const job = await openJob(deps, req);
    res.redirect(303, `/schedules/${caseKey(scheduleWorkflowId(job.row._id))}`);
  });
  for (const [path, show, take] of [
    ['/schedules/:key', showSchedule, takeSchedule],
    ['/schedules/:key/write', showWriting, takeWriting],
  ] as const) {
    routes.get(path, staffOnly, (req, res) => show(deps, req, res));
    routes.post(path, staffOnly, counted, (req, res) => take(deps, req, res));
    routes.all(path, staffOnly, onlyMethods('GET', 'HEAD', 'POST'));
  }
  routes.use(linkRoutes(deps));
  return routes;
}
