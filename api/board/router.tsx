import { createHash } from 'node:crypto';
import type { Request, Router } from 'express';
import express from 'express';
import { scopeOf } from '../../domain/people/may.ts';
import type { Board, BrandScope } from '../../store/board.ts';
import { readBoard } from '../../store/board.ts';
import { clients } from '../../store/clients.ts';
import { searchJobs } from '../../store/find-jobs.ts';
import { peopleOfSide } from '../../store/people.ts';
import { isAccountService } from '../../domain/people/roles.ts';
import type { ApiDeps } from '../deps.ts';
import { staffOnly, type SignedIn } from '../session/identify.ts';
import { html, sendPage } from '../view/page.tsx';
import { cardView } from '../view/read/cards.ts';
import { namesFor, timeFor } from '../view/read/house.ts';
import { staffFrame } from '../view/read/staff.ts';
import { momentInWords } from '../view/time.tsx';
import type { Lang } from '../view/lang.ts';
import { demoSize } from '../../store/demo.ts';
import { demoRoutes, mayRemoveDemo } from './demo.tsx';
import type { BoardView } from './page.tsx';
import { BoardPage, BoardPart } from './page.tsx';
import { languageOf } from '../session/language.ts';
import { signedIn } from '../session/identify.ts';

/** Cards a column carries; the rest is a number. */
const cardsPerColumn = 40;

/** The board at `/`, and its part that refreshes itself at `/board/part`. */
export function router(deps: ApiDeps): Router {
  const routes = express.Router();

  routes.get('/', staffOnly, async (req, res) => {
    const [frame, view] = await Promise.all([
      staffFrame(deps, req),
      boardView(deps, signedIn(req), languageOf(req), req),
    ]);
    sendPage(
      res,
      <BoardPage view={view} viewer={frame.viewer} deskCount={frame.deskCount} signOutValue={frame.signOutValue} />,
    );
  });

  routes.get('/board/part', staffOnly, async (req, res) => {
    const view = await boardView(deps, signedIn(req), languageOf(req), req);
    // The time of the update is not part of the content, or nothing would ever be unchanged.
    const etag = `"${createHash('sha256')
      .update(html(<BoardPart view={{ ...view, updated: '' }} />, { fragment: true }))
      .digest('base64url')
      .slice(0, 22)}"`;
    res.set({ 'Cache-Control': 'private, no-cache', ETag: etag });
    if (req.headers['if-none-match'] === etag) {
      res.status(304).end();
      return;
    }
    res.type('html').send(html(<BoardPart view={view} />, { fragment: true }));
  });

  demoRoutes(routes, deps);
  return routes;
}

function text(req: Request, name: string, max: number): string {
  const value = req.query[name];
  return typeof value === 'string' ? value.trim().slice(0, max) : '';
}

/** The brands a person may see, as part of the query itself. */
function scopeFor(who: SignedIn): BrandScope {
  const scope = scopeOf(who.viewer, 'job.read');
  return scope.kind === 'all' ? 'all' : scope.kind === 'brands' ? scope.brandIds : [];
}

async function boardView(deps: ApiDeps, who: SignedIn, lang: Lang, req: Request): Promise<BoardView> {
  const scope = scopeFor(who);
  const [brand, owner, q] = [text(req, 'brand', 64), text(req, 'owner', 64), text(req, 'q', 80)];
  const late = text(req, 'late', 1) === '1';
  const time = await timeFor(deps);
  const narrowed: BrandScope = brand !== '' && (scope === 'all' || scope.includes(brand)) ? [brand] : scope;
  const query = { scope: narrowed, now: time.now, limit: cardsPerColumn, ...(owner === '' ? {} : { ownerId: owner }) };
  const nobody: Board = { columns: [], counts: { open: 0, late: 0, withClient: 0 } };
  const [board, rows, houseClients, agency, demo] = await Promise.all([
    narrowed !== 'all' && narrowed.length === 0 ? nobody : readBoard(deps.store, query),
    q === '' || (scope !== 'all' && scope.length === 0) ? [] : searchJobs(deps.store, { scope, words: q }),
    clients.all(deps.store),
    peopleOfSide(deps.store, 'agency'),
    mayRemoveDemo(who) ? demoSize(deps.store) : undefined,
  ]);
  const cards = [...board.columns.flatMap((column) => column.cards), ...rows];
  const names = await namesFor(deps.store, {
    people: cards.flatMap((card) => [card.ownerId, ...card.holders]),
    clients: cards.map((card) => card.clientId),
  });
  const kept = new URLSearchParams(
    Object.entries({ brand, owner, late: late ? '1' : '', lang: text(req, 'lang', 5) }).filter(
      ([, value]) => value !== '',
    ),
  );
  return {
    lang,
    columns: board.columns.map(({ column, cards: held, counts }) => {
      const shown = held.map((card) => cardView(card, names, time, lang)).filter((card) => !late || card.late);
      const count = late ? counts.late : counts.open;
      return { key: column, cards: shown, count, more: Math.max(0, count - shown.length) };
    }),
    counts: board.counts,
    ...(q === '' ? {} : { found: { q, cards: rows.map((row) => cardView(row, names, time, lang)) } }),
    filter: { brand, owner, late },
    brands: houseClients
      .flatMap(({ value }) => value.brands.map(({ id, name }) => ({ id, name })))
      .filter(({ id }) => scope === 'all' || scope.includes(id)),
    owners: agency
      .filter((person) => person.active && isAccountService(person.roles))
      .map(({ id, name }) => ({ id, name })),
    updated: momentInWords(time, time.now, lang),
    ...(demo && demo.people + demo.clients + demo.jobs > 0 ? { demoJobs: demo.jobs } : {}),
    partHref: `/board/part${kept.size > 0 ? `?${kept.toString()}` : ''}`,
  };
}
