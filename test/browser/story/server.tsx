import type { Server } from 'node:http';
import express from 'express';
import type { VNode } from 'preact';
import { AfterPage, DecidePage } from '../../../api/approve/page.tsx';
import { securityHeaders } from '../../../api/gate/headers.ts';
import { assetsRouter } from '../../../api/view/assets.ts';
import { problemTable, type ProblemCode } from '../../../api/problem-table.ts';
import { LinkCodePage } from '../../../api/session/link-code-page.tsx';
import { langOf, pick, type Lang } from '../../../api/view/lang.ts';
import { sendPage } from '../../../api/view/page.tsx';
import { ProblemPage } from '../../../api/view/problem.tsx';
import { afterView, clientView, decideView, wrongView } from './approve.tsx';
import { poster } from './artwork.ts';
import { codeView } from './code.tsx';

const sentence = (code: ProblemCode, lang: Lang): string =>
  pick(problemTable[code].words, lang).replace('{max}', '256 KB');

/** Pages by name, drawn from sample data. The service's own end-to-end pictures are taken from the running service. */
export const stories: Readonly<Record<string, (lang: Lang) => VNode>> = {
  decide: (lang) => <DecidePage view={decideView(lang)} />,
  wrong: (lang) => <DecidePage view={wrongView(lang)} />,
  client: (lang) => <DecidePage view={clientView(lang)} />,
  signed: (lang) => <AfterPage view={afterView(lang, 'signed')} />,
  already: (lang) => <AfterPage view={afterView(lang, 'already')} />,
  old: (lang) => <AfterPage view={afterView(lang, 'old')} />,
  received: (lang) => <AfterPage view={afterView(lang, 'received')} />,
  codeClosed: (lang) => <LinkCodePage view={codeView(lang, 'closed')} />,
  codeAsked: (lang) => <LinkCodePage view={codeView(lang, 'asked')} />,
  codeWrong: (lang) => <LinkCodePage view={codeView(lang, 'wrong')} />,
  codeLimited: (lang) => <LinkCodePage view={codeView(lang, 'limited')} />,
  codeIdle: (lang) => <LinkCodePage view={codeView(lang, 'idle')} />,
  missing: (lang) => <ProblemPage lang={lang} status={404} reference="req-4711" />,
  forbidden: (lang) => <ProblemPage lang={lang} status={403} sentence={sentence('FORBIDDEN', lang)} />,
  tooLarge: (lang) => <ProblemPage lang={lang} status={413} sentence={sentence('TOO_LARGE', lang)} />,
  broken: (lang) => <ProblemPage lang={lang} status={500} sentence={sentence('INTERNAL', lang)} reference="req-4712" />,
  busy: (lang) => <ProblemPage lang={lang} status={503} sentence={sentence('UNAVAILABLE', lang)} />,
};

/** Serves the stories under the headers of the real service. Port 0 takes any free one. */
export async function startStories(port = 0): Promise<{ readonly origin: string; readonly server: Server }> {
  const app = express();
  app.use(...securityHeaders('http://127.0.0.1'));
  app.use('/assets', assetsRouter());
  const art = { '/story/art-3.png': await poster('一杯山风'), '/story/art-2.png': await poster('一杯好山风') };
  for (const [path, body] of Object.entries(art)) app.get(path, (_req, res) => void res.type('png').send(body));
  app.get('/story/:name', (req, res, next) => {
    const story = stories[req.params.name];
    if (!story) return next();
    sendPage(res, story(langOf(req.query.lang, undefined, undefined)));
  });
  const server = await new Promise<Server>((ready) => {
    const listening = app.listen(port, '127.0.0.1', () => ready(listening));
  });
  const address = server.address();
  return { origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`, server };
}
