import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { addressKey, people, personByAddress } from '../../store/people.ts';
import { issueLoginCode, loginCodeLimits, tryLoginCode } from '../../store/login-codes.ts';
import { closeSession, openSession, type Session } from '../../store/sessions.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { onlyMethods, parse, Problem } from '../problems.ts';
import { sendPage } from '../view/page.tsx';
import { words } from '../view/words/index.ts';
import { clearCookie, cookieNames, cookieOf, setCookie } from './cookies.ts';
import { safeWayBack, signedIn, whoIs } from './identify.ts';
import { languageCookie, languageOf } from './language.ts';
import { oidcRoutes } from './oidc.ts';
import { AddressPage, CodePage } from './pages.tsx';
import { absoluteMs, stayingCookie } from './staying.ts';
import { sessionWords } from './words.ts';

const addressForm = z.strictObject({ address: z.string().max(1_000), next: z.string().max(200).optional() });
const codeForm = z.strictObject({ code: z.string().max(100), next: z.string().max(200).optional() });
const languageForm = z.strictObject({ language: z.enum(['zh-CN', 'en']), next: z.string().max(200).optional() });
const signOutForm = z.strictObject({ formValue: z.string().max(200).optional() });

const oneAddress = /^[^\s@<>"',;:\\()[\]]{1,64}@[^\s@<>"',;:\\()[\]]{1,190}$/;

/**
 * Signing in and out and the choice of language: `/sign-in`, `/sign-in/code`, `/sign-in/oidc`, `/sign-out`,
 * `/language`. An unknown address, a person of a client and a disabled person see exactly what everybody sees, at the
 * same speed: the code is made for nobody, and no answer waits for the mail server.
 */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();
  const names = cookieNames(deps.config.publicBaseUrl);
  const provider = deps.config.oidc !== undefined;

  routes.get('/sign-in', (req, res) => {
    const next = safeWayBack(req.query.next);
    if (whoIs(req) !== undefined) return res.redirect(303, next ?? '/');
    sendPage(
      res,
      <AddressPage
        lang={languageOf(req)}
        typed=""
        provider={provider}
        {...nextOf(next)}
        failed={req.query.failed === '1'}
      />,
    );
  });

  routes.post('/sign-in', async (req, res) => {
    const form = parse(addressForm, req.body ?? {}, req);
    const next = safeWayBack(form.next);
    const address = form.address.trim();
    const lang = languageOf(req);
    if (!oneAddress.test(address)) {
      const error = words(lang, sessionWords)('addressWrong');
      sendPage(
        res,
        <AddressPage lang={lang} typed={address.slice(0, 254)} error={error} provider={provider} {...nextOf(next)} />,
        422,
      );
      return;
    }
    await deps.limiter.demand(limits.codeAskedFrom, req.ip ?? '');
    await deps.limiter.demand(limits.codeAsked, addressKey(address));
    const person = await personByAddress(deps.store, address);
    const mayEnter = person !== undefined && person.active && person.side === 'agency';
    const { requestId, code } = await issueLoginCode(
      deps.store,
      mayEnter ? person.id : undefined,
      deps.keys.cookies,
      deps.clock(),
    );
    // To the address on file, never to the spelling that was typed.
    if (mayEnter) deps.codeMail.send(person.mail.address, code);
    setCookie(res, names.signIn, requestId, { secure: names.secure, maxAgeMs: loginCodeLimits.lifeMs });
    res.redirect(303, next === undefined ? '/sign-in/code' : `/sign-in/code?next=${encodeURIComponent(next)}`);
  });
  routes.all('/sign-in', onlyMethods('GET', 'HEAD', 'POST'));

  routes.get('/sign-in/code', (req, res) => {
    sendPage(res, <CodePage lang={languageOf(req)} wrong={false} {...nextOf(safeWayBack(req.query.next))} />);
  });

  routes.post('/sign-in/code', async (req, res) => {
    const form = parse(codeForm, req.body ?? {}, req);
    const next = safeWayBack(form.next);
    await deps.limiter.demand(limits.codeTried, req.ip ?? '');
    const requestId = cookieOf(req, names.signIn);
    const code = form.code.replace(/[\s-]/g, '');
    const personId =
      requestId !== undefined && /^[A-Za-z0-9_-]{22}$/.test(requestId) && /^\d{8}$/.test(code)
        ? await tryLoginCode(deps.store, requestId, code, deps.keys.cookies, deps.clock())
        : undefined;
    if (personId === undefined || !(await enter(deps, req, res, personId, 'code'))) {
      sendPage(res, <CodePage lang={languageOf(req)} wrong {...nextOf(next)} />, 422);
      return;
    }
    clearCookie(res, names.signIn, names);
    res.redirect(303, next ?? '/');
  });
  routes.all('/sign-in/code', onlyMethods('GET', 'HEAD', 'POST'));

  oidcRoutes(routes, deps, enter);

  routes.post('/sign-out', async (req, res) => {
    parse(signOutForm, req.body ?? {}, req);
    const token = whoIs(req)?.sessionToken;
    if (token !== undefined) await closeSession(deps.store, token);
    clearCookie(res, names.session, names);
    res.redirect(303, '/sign-in');
  });
  routes.all('/sign-out', onlyMethods('POST'));

  routes.post('/language', async (req, res) => {
    const form = parse(languageForm, req.body ?? {}, req);
    const { person } = signedIn(req);
    const entry = await people.get(deps.store, person.id);
    if (entry === null) throw new Problem('NOT_FOUND');
    const saved = await people.save(
      deps.store,
      entry.id,
      entry.revision,
      { ...entry.value, language: form.language },
      { by: person.id, at: deps.clock() },
    );
    if (!saved.saved) throw new Problem('PRECONDITION');
    setCookie(res, languageCookie, form.language, { secure: names.secure, maxAgeMs: 365 * 86_400_000 });
    res.redirect(303, safeWayBack(form.next) ?? '/');
  });
  routes.all('/language', onlyMethods('POST'));

  return routes;
}

function nextOf(next: string | undefined): { next?: string } {
  return next === undefined ? {} : { next };
}

/** Opens a session for somebody whose identity was proved just now; a session this browser had before ends, so none can be planted. */
async function enter(
  deps: ApiDeps,
  req: Request,
  res: Response,
  personId: string,
  how: Session['how'],
): Promise<boolean> {
  const person = (await people.get(deps.store, personId))?.value;
  if (person === undefined || !person.active || person.side !== 'agency') return false;
  const before = whoIs(req)?.sessionToken;
  if (before !== undefined) await closeSession(deps.store, before);
  const now = deps.clock();
  const { token } = await openSession(deps.store, { personId, how }, now, absoluteMs);
  const names = cookieNames(deps.config.publicBaseUrl);
  setCookie(res, names.session, stayingCookie(deps.keys.cookies, token, now), {
    secure: names.secure,
    maxAgeMs: absoluteMs,
  });
  return true;
}
