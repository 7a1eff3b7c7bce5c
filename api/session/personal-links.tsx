import type { NextFunction, Request, RequestHandler, Response, Router } from 'express';
import express from 'express';
import { compareInstants } from '../../domain/instant.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Grant } from '../../store/grants.ts';
import { checkLink, linkRoads, roadOf } from '../../store/links.ts';
import { people } from '../../store/people.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import type { Lang } from '../view/lang.ts';
import { cookieNames, cookieOf, setCookie } from './cookies.ts';
import { deadLink, languageOfGuest } from './guest.ts';
import { languageOf } from './language.ts';
import { askForCode, codeOnly, codeTyped } from './link-code.tsx';
import { proofCookie, proofHolds, proofMs } from './link-proof.ts';

/** A personal link that opens: whose it is, where its forms post to, and what its reader had to prove. */
export interface OpenedLink {
  readonly grant: Grant;
  readonly person: Person;
  /** Address of the page, e.g. `/a/<token>`; its files lie below. */
  readonly base: string;
  readonly lang: Lang;
  /** Whether the reader had to prove by a code that they read the address of today, and did so in this browser. */
  readonly proved: boolean;
}

const opened = new WeakMap<Request, OpenedLink>();

/** The link this request came by; whoever shows something under a link asks here. Throws the uniform 404 where none was opened. */
export function openedLink(req: Request): OpenedLink {
  const link = opened.get(req);
  if (link === undefined) throw new Problem('NOT_FOUND');
  return link;
}

/**
 * Stands before every reader of a personal link and decides, once for all of them, whether it opens: it is ours, it is on its
 * own road, its person is active, and it was mailed to the address of today. A link that was mailed before that address was
 * corrected opens nothing, no page and no file, until its reader typed a code mailed to the address of today; then it opens in
 * that browser as ever. GET and HEAD change nothing: a code is mailed only by the button.
 */
export function personalLinks(deps: ApiDeps): Router {
  const routes = express.Router();
  for (const road of linkRoads) routes.use(`${road}:link`, gate(deps, road));
  return routes;
}

function gate(deps: ApiDeps, road: string): RequestHandler {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    // Any other method is refused by the readers, whatever the link.
    if (!['GET', 'HEAD', 'POST'].includes(req.method)) return next();
    const link = await find(deps, req, road);
    const moved = wasMoved(link);
    const proved = moved && holdsProof(deps, req, link);
    if (moved && !proved) return prove(deps, req, res, link, next);
    opened.set(req, { ...link, proved });
    // Sent twice, or from a page of before: what the code was for is open by now.
    if (proved && req.method === 'POST' && codeOnly(req.body)) return res.redirect(303, link.base);
    next();
  };
}

type Found = Omit<OpenedLink, 'proved'>;

async function find(deps: ApiDeps, req: Request, road: string): Promise<Found> {
  const token = String(req.params.link);
  const verdict = await checkLink(deps.store, token, deps.keys.links);
  const grant = verdict.ok && roadOf(verdict.grant) === road ? verdict.grant : undefined;
  const person = grant && (await people.get(deps.store, grant.personId))?.value;
  if (!grant || !person?.active) deadLink(deps, req);
  // As the page behind it speaks: an approver's page goes by the browser.
  const lang = road === '/a/' ? languageOf(req) : languageOfGuest(req, person);
  return { grant, person, base: `${road}${token}`, lang };
}

/** Whether a link was made before its person's address was corrected: who reads the old mailbox may hold it. */
function wasMoved({ grant, person }: Found): boolean {
  const { since } = person.mail;
  return since !== undefined && compareInstants(grant.mintedAt, since) <= 0;
}

function holdsProof(deps: ApiDeps, req: Request, link: Found): boolean {
  const cookie = cookieOf(req, cookieNames(deps.config.publicBaseUrl).link);
  return cookie !== undefined && proofHolds(deps.keys.cookies, cookie, link, deps.clock());
}

/**
 * Asks for the code, or takes it. A form that was sent with it, from a page opened before the correction, goes on to its
 * reader as it is, so that nothing typed is lost.
 */
async function prove(deps: ApiDeps, req: Request, res: Response, link: Found, next: NextFunction): Promise<void> {
  if (req.method !== 'POST') {
    // A file in a page, or its address opened by itself: no picture, but a browser shows why.
    askForCode(deps, req, res, link, req.path === '/' ? 200 : 403);
    return;
  }
  if (!(await codeTyped(deps, req, res, link, 'moved'))) return;
  const { link: name, secure } = cookieNames(deps.config.publicBaseUrl);
  const value = proofCookie(deps.keys.cookies, link, deps.clock());
  setCookie(res, name, value, { secure, maxAgeMs: proofMs, path: link.base });
  if (codeOnly(req.body)) return res.redirect(303, `${link.base}?proved=1`);
  opened.set(req, { ...link, proved: true });
  next();
}
