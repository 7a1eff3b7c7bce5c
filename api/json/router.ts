import express, { type Router } from 'express';
import type { ApiDeps } from '../deps.ts';
import { notFound, onlyMethods } from '../problems.ts';
import { languageOf } from '../session/language.ts';
import { sendPage } from '../view/page.tsx';
import { docsPage } from './docs.tsx';
import { allRoutes, openApiDocument } from './openapi.ts';
import { mount } from './route.ts';

/** `/api`: the JSON API under `/v1`, its document, and the page that explains it. */
export function router(deps: ApiDeps): Router {
  const api = express.Router();
  api.get('/v1/openapi.json', (_req, res) => {
    res.json(openApiDocument(deps.config.publicBaseUrl));
  });
  api.all('/v1/openapi.json', onlyMethods('GET', 'HEAD'));
  api.get('/docs', (req, res) => {
    sendPage(res, docsPage(openApiDocument(deps.config.publicBaseUrl), languageOf(req)));
  });
  api.all('/docs', onlyMethods('GET', 'HEAD'));
  const v1 = express.Router();
  mount(v1, deps, allRoutes);
  api.use('/v1', v1);
  api.use(notFound);
  return api;
}
