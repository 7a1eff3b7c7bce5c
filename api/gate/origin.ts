import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Problem } from '../problems.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets a change by a browser in only from our own pages: `Sec-Fetch-Site` where the browser says it, else `Origin`.
 * Programs with a token carry no cookie a foreign page could borrow, so a request with neither header passes only
 * when it brings no session of ours. Never asks Referer: our pages send none.
 */
export function sameSiteOnly(publicBaseUrl: string, sessionCookie: string): RequestHandler {
  return (req: Request, _res: Response, next: NextFunction): void => {
    if (safe.has(req.method)) {
      next();
      return;
    }
    const site = req.headers['sec-fetch-site'];
    const origin = req.headers.origin;
    const bringsSession = (req.headers.cookie ?? '').split(/;\s*/).some((part) => part.startsWith(`${sessionCookie}=`));
    const ours =
      site !== undefined
        ? site === 'same-origin' || (site === 'none' && origin === undefined)
        : origin !== undefined
          ? origin === publicBaseUrl
          : !bringsSession;
    if (!ours) throw new Problem('CROSS_SITE');
    next();
  };
}
