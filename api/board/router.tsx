import { createHash } from 'node:crypto';
import type { Router } from 'express';
import express from 'express';
import type { ApiDeps } from '../deps.ts';
import { staffOnly } from '../session/identify.ts';
import { assetHref } from '../view/assets.ts';
import { html, sendPage } from '../view/page.tsx';
import { staffFrame } from '../view/read/staff.ts';
import { demoRoutes } from './demo.tsx';
import type { BoardPartView } from './model.ts';
import { BoardPage, BoardPart } from './page.tsx';
import { readPage, readPart } from './read.ts';

/** The board at `/`, and its part that refreshes itself at `/board/part`. */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();

  routes.get('/', staffOnly, async (req, res) => {
    const [frame, view] = await Promise.all([staffFrame(deps, req), readPage(deps, req)]);
    sendPage(res, <BoardPage view={view} frame={frame} />);
  });

  routes.get('/board/part', staffOnly, async (req, res) => {
    const view = await readPart(deps, req);
    const etag = versionOf(view);
    res.set({ 'Cache-Control': 'private, no-cache', ETag: etag });
    if (req.headers['if-none-match'] === etag) {
      res.status(304).end();
      return;
    }
    res.type('html').send(html(<BoardPart view={view} />, { fragment: true }));
  });

  demoRoutes(routes, deps);
  return routes;
}

/**
 * The version of what is shown: everything that is drawn, so that an unchanged board need not be drawn to know it. The
 * time of the update is no part of it, or nothing would ever be unchanged; the release is, by its style sheet.
 */
function versionOf(view: BoardPartView): string {
  const shown = JSON.stringify([assetHref('app.css'), { ...view, updated: '' }]);
  return `"${createHash('sha256').update(shown).digest('base64url').slice(0, 22)}"`;
}
