import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';
import { withoutSecrets, type Logger } from '../../config/logging.ts';

/** Gives every request an id that its answer and its log line carry. A caller's own id is not believed: it would be written to the log. */
export const requestIds: RequestHandler = (_req: Request, res: Response, next: NextFunction): void => {
  res.set('X-Request-Id', randomUUID());
  next();
};

/** The path as a log may show it: personal links and everything behind a question mark stay out. */
export function loggedPath(url: string): string {
  return withoutSecrets(url.split('?')[0] ?? '').slice(0, 300);
}

/** One line a request: method, path without links, status, time. No header, cookie, query, body or address of anybody. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: (_req, res) => String(res.getHeader('X-Request-Id') ?? randomUUID()),
    customLogLevel: (_req, res, error) =>
      error !== undefined || res.statusCode >= 500 ? 'error' : res.statusCode >= 400 ? 'info' : 'debug',
    wrapSerializers: false,
    serializers: {
      req: (req: { id?: unknown; method?: string; originalUrl?: string; url?: string }) => ({
        id: req.id,
        method: req.method,
        path: loggedPath(req.originalUrl ?? req.url ?? ''),
      }),
      res: (res: { statusCode?: number }) => ({ status: res.statusCode }),
    },
  });
}
