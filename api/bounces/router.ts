import { timingSafeEqual } from 'node:crypto';
import express, { type Router } from 'express';
import { sha256 } from '../../store/digest.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { onlyMethods, Problem } from '../problems.ts';
import { takeBounce } from './take.ts';

/**
 * `POST /bounces?to=<return address>`: the message that came back, as it is (`message/rfc822`), from a mail service that
 * knows the secret. There only where one is configured; mounted before anybody asks who is signed in.
 */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();
  const secret = deps.config.bounces?.webhookSecret;
  if (secret === undefined) return routes;
  const known = Buffer.from(sha256(`Bearer ${secret}`));
  routes.post('/bounces', express.raw({ type: 'message/rfc822', limit: '1mb' }), async (req, res) => {
    if (!timingSafeEqual(Buffer.from(sha256(req.headers.authorization ?? '')), known)) {
      await deps.limiter.demand(limits.badToken, req.ip ?? '');
      throw new Problem('UNAUTHENTICATED');
    }
    const to = req.query['to'];
    const body: unknown = req.body;
    if (typeof to !== 'string' || !Buffer.isBuffer(body)) throw new Problem('BAD_REQUEST', { params: { why: 'body' } });
    const taken = await takeBounce(deps, to, body);
    if (taken === 'later') throw new Problem('UNAVAILABLE', { headers: { 'Retry-After': '30' } });
    res.status(200).json({ outcome: taken });
  });
  routes.all('/bounces', onlyMethods('POST'));
  return routes;
}
