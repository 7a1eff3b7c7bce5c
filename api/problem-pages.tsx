import express, { type Request, type Router } from 'express';
import { refusalTable } from '../domain/wording/refusals.ts';
import { notFound, problemTable, type ProblemDetails } from './problems.ts';
import { languageOf } from './session/language.ts';
import { pick } from './view/lang.ts';
import { html, Page, sendPage } from './view/page.tsx';
import { Facts } from './view/parts.tsx';
import { ProblemPage } from './view/problem.tsx';

/** The friendly page of a problem, in the frame of all pages: what happened, and that nothing was changed. */
export function renderProblem(details: ProblemDetails, req: Request): string {
  const fields = details.errors ?? [];
  return html(
    <ProblemPage
      lang={languageOf(req)}
      status={details.status}
      sentence={details.detail}
      {...(details.requestId === undefined ? {} : { reference: details.requestId })}
    >
      {fields.length === 0 ? null : (
        <ul>
          {fields.map((one) => (
            <li>{one.detail}</li>
          ))}
        </ul>
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
        <h1>
          <code>{code}</code>
        </h1>
        <p>{pick(entry.words, lang)}</p>
        <Facts facts={[{ label: 'HTTP', value: String(entry.status) }]} />
      </Page>,
    );
  });
  return router;
}
