import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Viewer } from '../../domain/people/may.ts';
import type { Person } from '../../domain/people/types.ts';
import type { PersonActor } from '../../domain/process.ts';
import { brandsOfPerson, people } from '../../store/people.ts';
import { sessionOf } from '../../store/sessions.ts';
import type { ApiDeps } from '../deps.ts';
import { fromOf } from '../door/network.ts';
import { limits } from '../gate/limits.ts';
import { Problem } from '../problems.ts';
import { cookieNames, cookieOf, setCookie } from './cookies.ts';
import { chooseLanguage, languageCookie } from './language.ts';
import { absoluteMs, stayingCookie, stayingToken } from './staying.ts';
import { tokenOf } from './tokens.ts';

/** Who is signed in: the person, what they may see, and as whom they act. */
export interface SignedIn {
  readonly person: Person;
  readonly viewer: Viewer;
  readonly actor: PersonActor;
  /** What form values are bound to: the id of the session or token, never the secret itself. */
  readonly holder: string;
  /** The network address of this request; absent where the connection is gone already. */
  readonly from?: string;
  /** The session's token, for signing out; absent for programs. */
  readonly sessionToken?: string;
}

const known = new WeakMap<Request, SignedIn>();

/** Who is signed in with this request; undefined for nobody. */
export function whoIs(req: Request): SignedIn | undefined {
  return known.get(req);
}

/** Who is signed in. Throws the 401 problem for nobody. */
export function signedIn(req: Request): SignedIn {
  const who = known.get(req);
  if (who === undefined)
    throw new Problem('UNAUTHENTICATED', { headers: { 'WWW-Authenticate': 'Bearer realm="jobbag"' } });
  return who;
}

/** Lets only signed-in people on; others are led to the sign-in page and back again. */
export const staffOnly: RequestHandler = (req, res, next) => {
  if (known.has(req)) {
    next();
    return;
  }
  if (req.method === 'GET' && req.accepts('html') !== false) {
    const back = safeWayBack(req.originalUrl);
    res.redirect(303, back === undefined ? '/sign-in' : `/sign-in?next=${encodeURIComponent(back)}`);
    return;
  }
  throw new Problem('UNAUTHENTICATED');
};

/** A path of our own to come back to; undefined for the board itself and for anything that could lead elsewhere. */
export function safeWayBack(path: unknown): string | undefined {
  if (typeof path !== 'string' || path.length > 200) return undefined;
  const bare = path.split('?')[0] ?? '';
  return /^\/[A-Za-z0-9_-]+(\/[A-Za-z0-9_.-]+)*$/.test(bare) && !bare.startsWith('/a/') ? bare : undefined;
}

/**
 * Finds out who is asking: a token in `Authorization`, else the session cookie. The person is read anew every time, so
 * whoever was disabled is out at once. A wrong token is a clear 401; a wrong cookie is nobody.
 */
export function identify(deps: ApiDeps): RequestHandler {
  const names = cookieNames(deps.config.publicBaseUrl);
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    keepLanguage(req, res, names.secure);
    const header = req.headers.authorization;
    if (header !== undefined) {
      known.set(req, await byToken(deps, req, header));
    } else {
      const cookie = cookieOf(req, names.session);
      const who = cookie === undefined ? undefined : await bySession(deps, res, cookie);
      if (who !== undefined) known.set(req, who);
    }
    const who = known.get(req);
    if (who !== undefined) known.set(req, { ...who, ...fromOf(req) });
    if (who !== undefined && cookieOf(req, languageCookie) === undefined) chooseLanguage(req, who.person.language);
    next();
  };
}

async function byToken(deps: ApiDeps, req: Request, header: string): Promise<SignedIn> {
  const text = /^Bearer ([A-Za-z0-9_-]{1,200})$/i.exec(header)?.[1];
  const token = text === undefined ? undefined : await tokenOf(deps.store, text, deps.clock());
  const who = token === undefined ? undefined : await personBehind(deps, token.personId, 'api', token.id);
  if (who !== undefined) return who;
  await deps.limiter.demand(limits.badToken, req.ip ?? '');
  throw new Problem('UNAUTHENTICATED', {
    headers: { 'WWW-Authenticate': 'Bearer realm="jobbag", error="invalid_token"' },
  });
}

async function bySession(deps: ApiDeps, res: Response, cookie: string): Promise<SignedIn | undefined> {
  const now = deps.clock();
  const staying = stayingToken(deps.keys.cookies, cookie, now);
  if (staying === undefined) return undefined;
  const session = await sessionOf(deps.store, staying.token, now);
  if (session === null) return undefined;
  const who = await personBehind(deps, session.personId, 'session', session.id);
  if (who === undefined) return undefined;
  if (staying.renew) {
    const names = cookieNames(deps.config.publicBaseUrl);
    setCookie(res, names.session, stayingCookie(deps.keys.cookies, staying.token, now), {
      secure: names.secure,
      maxAgeMs: absoluteMs,
    });
  }
  return { ...who, sessionToken: staying.token };
}

async function personBehind(
  deps: ApiDeps,
  personId: string,
  proof: 'session' | 'api',
  holder: string,
): Promise<SignedIn | undefined> {
  const [entry, brandIds] = await Promise.all([people.get(deps.store, personId), brandsOfPerson(deps.store, personId)]);
  const person = entry?.value;
  if (person === undefined || !person.active || person.side !== 'agency') return undefined;
  const viewer: Viewer = {
    personId: person.id,
    roles: person.roles,
    side: person.side,
    ...(person.clientId === undefined ? {} : { clientId: person.clientId }),
    brandIds,
  };
  return {
    person,
    viewer,
    actor: { kind: 'person', personId: person.id, roles: person.roles, side: person.side, proof },
    holder,
  };
}

/** `?lang=` is kept in a cookie, so the choice stays while somebody walks through the pages. Nothing of ours changes. */
function keepLanguage(req: Request, res: Response, secure: boolean): void {
  const asked = req.query.lang;
  if (asked !== 'zh-CN' && asked !== 'en') return;
  setCookie(res, languageCookie, asked, { secure, maxAgeMs: 365 * 86_400_000 });
}
