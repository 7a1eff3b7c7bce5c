import type { Request, Router } from 'express';
import express from 'express';
import { manifestOf } from '../../store/manifests.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { languageOf } from '../session/language.ts';
import { sendPicture, sendRaw } from '../view/serve-file.ts';
import { agencySigned, versionsOf } from './decide-view.ts';
import type { Road } from './read.ts';
import { fileOfWork, worksOf } from './works.ts';
import { readApproval } from './read.ts';

/**
 * The files of the version a page is about, under the same right as the page: the version to sign and the one before,
 * nothing else. Native files only to the agency, or once its signatures are complete (S-85).
 */
export function filesRouter(deps: ApiDeps, roadOf: (req: Request) => Promise<Road>): Router {
  const routes = express.Router({ mergeParams: true });
  routes.get('/files/:hash/:place/:how', async (req, res) => {
    const road = await roadOf(req);
    const approval = await readApproval(deps, road, languageOf(req));
    const { now, before } = approval ? versionsOf(approval) : {};
    const { hash, place, how } = req.params;
    // A link of an old round shows nothing of the new one, and a client nothing before it is the client's turn.
    const kind = approval?.situation.kind;
    if (kind === 'oldRound' || (kind === 'notYet' && road.person.side === 'client')) throw new Problem('NOT_FOUND');
    const own = hash === now?.hash || hash === before?.hash;
    if (
      !approval ||
      !/^\d{1,4}$/.test(place) ||
      (!own && !worksOf(approval).some(({ version }) => version.hash === hash))
    )
      throw new Problem('NOT_FOUND');
    const files = (await manifestOf(deps.store, hash))?.files ?? [];
    const mastersOpen = approval.road.person.side === 'agency' || (hash === now?.hash && agencySigned(approval));
    const file = own ? files[Number(place)] : fileOfWork(approval, hash, files, Number(place));
    if (!file || (own && file.use === 'master' && !mastersOpen)) throw new Problem('NOT_FOUND');
    if (how === 'raw') return sendRaw(req, res, deps.blobs, file);
    if (how === 'picture' || how === 'thumb') return sendPicture(req, res, deps.blobs, file, how);
    throw new Problem('NOT_FOUND');
  });
  return routes;
}
