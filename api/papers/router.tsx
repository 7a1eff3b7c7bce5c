import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { paperWords as paperTitle } from '../../domain/wording/papers.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { onlyMethods, Problem } from '../problems.ts';
import { signedIn, staffOnly } from '../session/identify.ts';
import { openJob } from '../staff/job.ts';
import { pick } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { words } from '../view/words/index.ts';
import { actRoutes } from './acts/routes.tsx';
import { begin, openPaper } from './desk.ts';
import { NotWrittenPage } from './page.tsx';
import { readKey } from './road.ts';
import { autosave, showPaper, takePaper } from './write.tsx';
import { paperWords } from './words.ts';

/**
 * Writing: `/jobs/:id/papers/:key/edit` for every form, with drafts that save themselves, and `/jobs/:id/acts/:act` for the
 * acts that bring no paper. A paper's own address leads to its newest version.
 */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();
  const counted = async (req: Request, _res: Response, next: NextFunction): Promise<void> => {
    await deps.limiter.demand(limits.change, signedIn(req).person.id);
    next();
  };

  routes.get('/jobs/:id/papers/:key', staffOnly, async (req, res) => {
    const job = await openJob(deps, req);
    const paper = readKey(String(req.params.key));
    // The schedule's versions are filed by its own log; its page names the newest.
    if (paper?.key === 'F-11') return res.redirect(303, `${job.base}/schedule`);
    const newest = paper && job.state.papers[paper.key];
    if (!paper || !newest) throw new Problem('NOT_FOUND');
    res.redirect(303, `${job.base}/papers/${encodeURIComponent(paper.key)}/${newest.version}`);
  });

  routes.get('/jobs/:id/papers/:key/edit', staffOnly, async (req, res) => {
    const desk = await openPaper(deps, req);
    const { road, staff, job } = desk;
    if (road.kind === 'none') {
      const title = pick(paperTitle(desk.paper.key), staff.lang);
      return sendPage(
        res,
        <NotWrittenPage
          staff={staff}
          title={title}
          why={words(staff.lang, paperWords)(road.why)}
          jobHref={job.base}
          links={
            road.why === 'onSchedule'
              ? [{ href: `${job.base}/schedule`, label: words(staff.lang, paperWords)('openSchedule') }]
              : []
          }
        />,
        road.why === 'noSuchRevision' ? 404 : 200,
      );
    }
    const { typed, origin } = await begin(deps, desk);
    showPaper(deps, res, desk, typed, 200, { origin });
  });

  for (const where of ['edit', 'upload']) {
    routes.post(`/jobs/:id/papers/:key/${where}`, staffOnly, counted, async (req, res) => {
      const desk = await openPaper(deps, req);
      if (desk.road.kind === 'none') throw new Problem('NOT_FOUND');
      await takePaper(deps, req, res, desk);
    });
  }
  routes.get('/jobs/:id/papers/:key/upload', staffOnly, async (req, res) => {
    const job = await openJob(deps, req);
    res.redirect(303, `${job.base}/papers/${encodeURIComponent(String(req.params.key))}/edit`);
  });
  routes.post('/jobs/:id/papers/:key/draft', staffOnly, counted, async (req, res) => {
    const desk = await openPaper(deps, req);
    if (desk.road.kind === 'none') throw new Problem('NOT_FOUND');
    await autosave(deps, req, res, desk);
  });
  for (const where of ['edit', 'upload'])
    routes.all(`/jobs/:id/papers/:key/${where}`, staffOnly, onlyMethods('GET', 'HEAD', 'POST'));

  routes.use(actRoutes(deps, counted));
  return routes;
}
