import type { Request } from 'express';
import type { Person } from '../../domain/people/types.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { Problem } from '../problems.ts';
import type { Lang } from '../view/lang.ts';
import { languageCookie, languageOf } from './language.ts';

/**
 * The one answer to a link that opens nothing, whatever is wrong with it: throws the uniform 404, or 429 where too many came
 * from the same address. Counted in this process only: a reading must write nothing.
 */
export function deadLink(deps: Pick<ApiDeps, 'limiter'>, req: Request): never {
  if (!deps.limiter.useHere(limits.badLink, req.ip ?? '').allowed)
    throw new Problem('TOO_MANY', { headers: { 'Retry-After': '60' } });
  throw new Problem('NOT_FOUND');
}

/** The language for somebody who came by a link: what they chose in this browser, else the one they are written to in. */
export function languageOfGuest(req: Request, person: Pick<Person, 'language'>): Lang {
  const chosen = req.query.lang !== undefined || (req.headers.cookie ?? '').includes(`${languageCookie}=`);
  return chosen ? languageOf(req) : person.language;
}
