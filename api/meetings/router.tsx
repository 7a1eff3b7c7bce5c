import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { onlyMethods } from '../problems.ts';
import { signedIn, staffOnly } from '../session/identify.ts';
import { showCase, takeCase } from './act.tsx';
import { showBegin, takeBegin } from './begin.tsx';
import { showRaise, takeRaise } from './issue.tsx';
import { linkRoutes } from './link.tsx';
import { showList } from './list.tsx';
import { showWriting, takeWriting } from './write.tsx';

/** Meetings, minutes and issues: `/meetings` and `/issues/new` for the house, `/m/a/<link>` for who confirms or reviews minutes by a mail. */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();
  const counted = async (req: Request, _res: Response, next: NextFunction): Promise<void> => {
    await deps.limiter.demand(limits.change, signedIn(req).person.id);
    next();
  };
  routes.get('/meetings', staffOnly, (req, res) => showList(deps, req, res));
  routes.all('/meetings', staffOnly, onlyMethods('GET', 'HEAD'));
  for (const [path, show, take] of [
    ['/meetings/new', showBegin, takeBegin],
    ['/issues/new', showRaise, takeRaise],
    ['/meetings/:key', showCase, takeCase],
    ['/meetings/:key/write/:move', showWriting, takeWriting],
  ] as const) {
    routes.get(path, staffOnly, (req, res) => show(deps, req, res));
    routes.post(path, staffOnly, counted, (req, res) => take(deps, req, res));
    routes.all(path, staffOnly, onlyMethods('GET', 'HEAD', 'POST'));
  }
  routes.use(linkRoutes(deps));
  return routes;
}
