import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { router as admin } from './admin/router.tsx';
import { router as approve } from './approve/router.tsx';
import { router as bounces } from './bounces/router.ts';
import { router as board } from './board/router.tsx';
import { router as client } from './client/router.tsx';
import type { ApiDeps } from './deps.ts';
import { router as desk } from './desk/router.tsx';
import { bodyReader, cleanAddress } from './gate/bodies.ts';
import { securityHeaders } from './gate/headers.ts';
import { limits } from './gate/limits.ts';
import { sameSiteOnly } from './gate/origin.ts';
import { requestIds, requestLog } from './gate/requests.ts';
import { handOverLinks } from './handover/link.tsx';
import { healthRouter } from './health.ts';
import { router as newjob } from './newjob/router.tsx';
import { router as papers } from './papers/router.tsx';
import { router as job } from './job/router.tsx';
import { router as meetings } from './meetings/router.tsx';
import { router as json } from './json/router.ts';
import { notFound, Problem, problemHandler } from './problems.ts';
import { problemPages, renderProblem } from './problem-pages.tsx';
import { cookieNames } from './session/cookies.ts';
import { identify } from './session/identify.ts';
import { personalLinks } from './session/personal-links.tsx';
import { router as schedule } from './schedule/router.tsx';
import { router as session } from './session/router.tsx';
import { router as time } from './time/router.tsx';
import { router as upload } from './upload/router.tsx';
import { assetsRouter } from './view/assets.ts';

/**
 * The whole API as one Express app, without a listener. Order: what every request gets; what refuses without looking at
 * the content; who asks, and whether the personal link they came by opens; the readers; the uniform 404; the one error
 * handler.
 */
export function createApp(deps: ApiDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  // The exact number of proxies in front, so nobody else can say where a request came from.
  app.set('trust proxy', deps.config.trustProxyHops === 0 ? false : deps.config.trustProxyHops);

  app.use(requestIds, requestLog(deps.logger), deps.metrics.requests);
  if (deps.tracing !== undefined) app.use(deps.tracing.requests);
  app.use(
    ...securityHeaders(deps.config.publicBaseUrl),
    inTime(deps.config.requestTimeoutMs),
    onlyKnownMethods,
    cleanAddress,
  );
  app.use(healthRouter(deps));
  app.use('/assets', assetsRouter());
  app.use(notTooFast(deps), sameSiteOnly(deps.config.publicBaseUrl, cookieNames(deps.config.publicBaseUrl).session));
  app.use(bounces(deps));
  app.use('/api', ...bodyReader('json', isUpload));
  app.use(forPages(bodyReader('form', isUpload)));
  app.use(identify(deps), personalLinks(deps));

  app.use(approve(deps), session(deps), board(deps), desk(deps), newjob(deps), papers(deps), upload(deps), job(deps));
  app.use(meetings(deps), schedule(deps), time(deps), admin(deps), client(deps), handOverLinks(deps));
  app.use('/api', json(deps));
  app.use(problemPages());

  app.use(notFound);
  app.use(problemHandler({ logger: deps.logger, render: renderProblem }));
  return app;
}

/**
 * Requests whose body is a stream of files, left unread here: their handler reads it under its own limits and checks the
 * type again. A handler that expects no files finds no body at all.
 */
function isUpload(req: Request): boolean {
  if (req.is('multipart/form-data') !== 'multipart/form-data') return false;
  return !req.originalUrl.startsWith('/api/') || /\/files(\?|$)/.test(req.originalUrl);
}

/** Everything that is not below `/api`. */
function forPages(handlers: readonly RequestHandler[]): RequestHandler[] {
  return handlers.map(
    (handler) => (req, res, next) => (req.path.startsWith('/api/') ? next() : handler(req, res, next)),
  );
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);

function onlyKnownMethods(req: Request, _res: Response, next: NextFunction): void {
  if (!knownMethods.has(req.method)) {
    const allow = [...knownMethods].join(', ');
    throw new Problem('METHOD', { params: { allow }, headers: { Allow: allow } });
  }
  next();
}

/** Sheds floods of readings before the store is asked for anything. */
function notTooFast(deps: ApiDeps): RequestHandler {
  return (req, _res, next) => {
    const { allowed, retryAfterSeconds } = deps.limiter.useHere(limits.reading, req.ip ?? '');
    if (!allowed) throw new Problem('TOO_MANY', { headers: { 'Retry-After': String(retryAfterSeconds) } });
    next();
  };
}

/**
 * Answers "unavailable" when a request takes longer than anybody would wait, also one that never arrives whole: its
 * connection is closed with the answer. Uploads have the server's own limit.
 */
function inTime(limitMs: number): RequestHandler {
  return (req, res, next) => {
    const timer = setTimeout(() => {
      if (res.headersSent || isUpload(req)) return;
      next(new Problem('UNAVAILABLE', { headers: { 'Retry-After': '5', Connection: 'close' } }));
    }, limitMs);
    timer.unref();
    res.on('close', () => clearTimeout(timer));
    next();
  };
}
