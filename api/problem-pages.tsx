import express, { type Request, type Router } from 'express';
import { refusalTable } from '../domain/wording/refusals.ts';
import { notFound, problemTable, type ProblemDetails } from './problems.ts';
import { whoIs } from './session/identify.ts';
import { languageOf } from './session/language.ts';
import { pick } from './view/lang.ts';
import { html, Page, sendPage, staffNav } from './view/page.tsx';
import { ButtonLink, Facts } from './view/parts.tsx';
import { ProblemPage } from './view/problem.tsx';
import { words } from './view/words/index.ts';

/** The friendly page of a problem, in the frame of all pages: what happened, and that nothing was changed. */
export function renderProblem(details: ProblemDetails, req: Request): string {
  const fields = details.errors ?? [];
  const lang = languageOf(req);
  const who = whoIs(req);
  return html(
    <ProblemPage
      lang={lang}
      status={details.status}
      // The uniform 404 says more by itself: where a link that works is found.
      {...(details.code === 'NOT_FOUND' ? {} : { sentence: details.detail })}
      {...(who === undefined ? {} : { nav: staffNav(lang), viewer: { name: who.person.name, by: 'session' as const } })}
      {...(details.requestId === undefined ? {} : { reference: details.requestId })}
    >
      {fields.length === 0 ? null : (
        <ul>
          {fields.map((one) => (
            <li>{one.detail}</li>
          ))}
        </ul>
      )}
      {who === undefined ? null : (
        <p>
          <ButtonLink href="/">{words(lang)('board')}</ButtonLink>
        </p>
      )}
    </ProblemPage>,
  );
}

/** `/problems/<CODE>`: what a problem means, so that the `type` of every problem answer leads somewhere. */
export function problemPages(): Router {
  const router = express.Router();
  router.get('/problems/:code', (req, res, next) => {
    const { code } = req.params;
    const table: Readonly<
      Record<string, { readonly status: number; readonly words: { readonly zh: string; readonly en: string } }>
    > = {
      ...refusalTable,
      ...problemTable,
    };
    const entry = Object.hasOwn(table, code) ? table[code] : undefined;
    if (entry === undefined) return notFound(req, res, next);
    const lang = languageOf(req);
    sendPage(
      res,
      <Page lang={lang} title={code}>
        <header class="work-head">
          <h1>
            <code>{code}</code>
          </h1>
          {/* What a request would fill in is not known here. */}
          <p class="work-lead">{pick(entry.words, lang).replace(/\{\w+\}/g, '…')}</p>
        </header>
        <Facts facts={[{ label: 'HTTP', value: String(entry.status) }]} />
      </Page>,
    );
  });
  return router;
}
