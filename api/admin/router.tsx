import express, { type Router } from 'express';
import type { ApiDeps } from '../deps.ts';
import { staffOnly } from '../session/identify.ts';
import { absenceRoutes } from './absences.tsx';
import { calendarRoutes } from './calendars.tsx';
import { brandRoutes } from './brand-page.tsx';
import { clientRoutes } from './clients.tsx';
import { handOverRoutes } from './hand-overs.tsx';
import { houseRoutes } from './house-pages.tsx';
import { ladderRoutes } from './ladder.tsx';
import { peopleRoutes } from './people.tsx';
import { routeRoutes } from './routes-page.tsx';
import { statusLinkRoute } from './status-link.ts';
import { teamRoutes } from './teams.tsx';

/** `/admin`: the registers of the house. The menu's shorter addresses lead here. */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();
  for (const [from, to] of [
    ['/admin', '/admin/people'],
    ['/people', '/admin/people'],
    ['/clients', '/admin/clients'],
  ] as const) {
    routes.get(from, staffOnly, (_req, res) => res.redirect(303, to));
  }
  peopleRoutes(routes, deps);
  teamRoutes(routes, deps);
  statusLinkRoute(routes, deps);
  brandRoutes(routes, deps);
  clientRoutes(routes, deps);
  routeRoutes(routes, deps);
  calendarRoutes(routes, deps);
  absenceRoutes(routes, deps);
  handOverRoutes(routes, deps);
  ladderRoutes(routes, deps);
  houseRoutes(routes, deps);
  return routes;
}
