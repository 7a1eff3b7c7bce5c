import express, { type Router } from 'express';
import { answersOn } from '../store/reachable.ts';
import type { ApiDeps } from './deps.ts';

/** Milliseconds a part may take to say that it is there. */
const answerWithinMs = 2_000;

/**
 * `/healthz`: this process lives. `/readyz`: engine and document store answer, else 503 with the name of the one that
 * does not. Both tell no version, address or error text.
 */
export function healthRouter(deps: Pick<ApiDeps, 'engine' | 'store'>): Router {
  const router = express.Router();
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'up' });
  });
  router.get('/readyz', async (_req, res) => {
    const [engine, store] = await Promise.all([deps.engine.answers(answerWithinMs), answersOn(deps.store)]);
    res.status(engine && store ? 200 : 503).json({
      status: engine && store ? 'ready' : 'not ready',
      engine: engine ? 'up' : 'down',
      store: store ? 'up' : 'down',
    });
  });
  return router;
}
