import type { Request } from 'express';
import { scopeOf } from '../../domain/people/may.ts';
import { isAccountService } from '../../domain/people/roles.ts';
import type { Board, BoardQuery, BrandScope, JobCard } from '../../store/board.ts';
import { readBoard, readColumn } from '../../store/board.ts';
import { demoSeen } from '../../store/demo.ts';
import { searchJobs } from '../../store/find-jobs.ts';
import { boardColumns, type BoardColumn } from '../../store/jobs.ts';
import type { ApiDeps } from '../deps.ts';
import { signedIn, type SignedIn } from '../session/identify.ts';
import { languageOf } from '../session/language.ts';
import { cardView, type CardView } from '../view/read/cards.ts';
import { houseNow, namesOf, timeIn, type HouseNow } from '../view/read/house.ts';
import { momentInWords } from '../view/time.tsx';
import { mayRemoveDemo } from './demo.tsx';
import type { BoardPartView, BoardView } from './model.ts';

/** Cards a column of the board carries; the rest is a number and a page of its own. */
const cardsPerColumn = 20;
/** Cards on a page of one column. */
const cardsPerPage = 60;

/** What an address asks of the board. */
interface Asked {
  readonly who: SignedIn;
  /** The brands a person may see, as part of the query itself. */
  readonly scope: BrandScope;
  /** The scope, or the one brand of it that is asked for. */
  readonly narrowed: BrandScope;
  readonly brand: string;
  readonly owner: string;
  readonly late: boolean;
  readonly column?: BoardColumn;
  readonly page: number;
  readonly q: string;
  /** The address of a page of the board with these filters and more. */
  readonly hrefOf: (path: string, more?: Readonly<Record<string, string>>) => string;
}

function text(req: Request, name: string, max: number): string {
  const value = req.query[name];
  return typeof value === 'string' ? value.trim().slice(0, max) : '';
}

function askedOf(req: Request): Asked {
  const who = signedIn(req);
  const reach = scopeOf(who.viewer, 'job.read');
  const scope: BrandScope = reach.kind === 'all' ? 'all' : reach.kind === 'brands' ? reach.brandIds : [];
  const [brand, owner] = [text(req, 'brand', 64), text(req, 'owner', 64)];
  const late = text(req, 'late', 1) === '1';
  const column = boardColumns.find((one) => one === text(req, 'column', 20));
  const page = /^[1-9]\d{0,3}$/.exec(text(req, 'page', 4))?.[0];
  return {
    who,
    scope,
    narrowed: brand !== '' && (scope === 'all' || scope.includes(brand)) ? [brand] : scope,
    brand,
    owner,
    late,
    ...(column ? { column } : {}),
    page: Number(page ?? '1'),
    q: text(req, 'q', 80),
    hrefOf: (path, more = {}) => {
      const kept = { brand, owner, late: late ? '1' : '', lang: text(req, 'lang', 5), ...more };
      const query = new URLSearchParams(Object.entries(kept).filter(([, value]) => value !== ''));
      return query.size > 0 ? `${path}?${query.toString()}` : path;
    },
  };
}

const emptyBoard: Board = { columns: [], counts: { open: 0, late: 0, withClient: 0 } };

function queryOf(deps: ApiDeps, { narrowed, owner }: Asked, limit: number): BoardQuery {
  return { scope: narrowed, now: deps.clock(), limit, ...(owner === '' ? {} : { ownerId: owner }) };
}

/** The part of the board that refreshes itself, as it stands now. */
export async function readPart(deps: ApiDeps, req: Request): Promise<BoardPartView> {
  const asked = askedOf(req);
  const [board, house] = await Promise.all([boardOf(deps, asked), houseNow(deps.store)]);
  return partView(deps, req, asked, board, house);
}

/** Makes the cards of jobs: every board, column and search says them alike. */
async function cardsOf(
  deps: ApiDeps,
  req: Request,
  house: HouseNow,
  jobs: readonly JobCard[],
): Promise<(job: JobCard) => CardView> {
  const time = timeIn(house.calendars, deps);
  const names = await namesOf(deps.store, house, {
    people: jobs.flatMap((job) => [job.ownerId, ...job.holders]),
    clients: jobs.map((job) => job.clientId),
  });
  const lang = languageOf(req);
  return (job) => cardView(job, names, time, lang);
}

function boardOf(deps: ApiDeps, asked: Asked): Promise<Board> {
  if (asked.narrowed !== 'all' && asked.narrowed.length === 0) return Promise.resolve(emptyBoard);
  return readBoard(deps.store, queryOf(deps, asked, cardsPerColumn));
}

async function partView(
  deps: ApiDeps,
  req: Request,
  asked: Asked,
  board: Board,
  house: HouseNow,
): Promise<BoardPartView> {
  const lang = languageOf(req);
  const time = timeIn(house.calendars, deps);
  const card = await cardsOf(
    deps,
    req,
    house,
    board.columns.flatMap(({ cards }) => cards),
  );
  return {
    lang,
    columns: board.columns.map(({ column, cards: held, counts }) => {
      // What is due first stands first, so the late ones are the beginning of a column, however long it is.
      const shown = asked.late ? held.filter(({ dueSort }) => dueSort < time.now) : held;
      const count = Math.max(asked.late ? counts.late : counts.open, shown.length);
      return {
        key: column,
        cards: shown.map(card),
        count,
        more: count - shown.length,
        href: asked.hrefOf('/', { column }),
      };
    }),
    counts: board.counts,
    updated: momentInWords(time, time.now, lang),
  };
}

/** Everything the page at `/` shows: the board, one of its columns, or what was found. */
export async function readPage(deps: ApiDeps, req: Request): Promise<BoardView> {
  const asked = askedOf(req);
  const { who, scope, brand, owner, late } = asked;
  const houseRead = houseNow(deps.store);
  const [house, shown, demo] = await Promise.all([
    houseRead,
    shownOf(deps, req, asked, houseRead),
    asked.q === '' && mayRemoveDemo(who) ? houseRead.then((house) => demoSeen(deps.store, house)) : undefined,
  ]);
  return {
    lang: languageOf(req),
    shown,
    filter: { brand, owner, late },
    brands: house.clients.all
      .flatMap(({ brands }) => brands.map(({ id, name }) => ({ id, name })))
      .filter(({ id }) => scope === 'all' || scope.includes(id)),
    owners: house.people.all
      .filter((person) => person.side === 'agency' && person.active && isAccountService(person.roles))
      .map(({ id, name }) => ({ id, name })),
    ...(demo && demo.people + demo.clients + demo.jobs > 0 ? { demoJobs: demo.jobs } : {}),
  };
}

async function shownOf(
  deps: ApiDeps,
  req: Request,
  asked: Asked,
  houseRead: Promise<HouseNow>,
): Promise<BoardView['shown']> {
  const { scope, narrowed, q, column, page, late, hrefOf } = asked;
  const nothing = (reach: BrandScope): boolean => reach !== 'all' && reach.length === 0;
  if (q !== '') {
    const jobs = nothing(scope) ? [] : await searchJobs(deps.store, { scope, words: q });
    return { kind: 'found', q, cards: jobs.map(await cardsOf(deps, req, await houseRead, jobs)) };
  }
  if (column) {
    const skip = (page - 1) * cardsPerPage;
    const { cards: jobs, count } = nothing(narrowed)
      ? { cards: [], count: 0 }
      : await readColumn(deps.store, { ...queryOf(deps, asked, cardsPerPage), column, skip, late });
    const pages = Math.max(1, Math.ceil(count / cardsPerPage));
    if (page > pages) return shownOf(deps, req, { ...asked, page: pages }, houseRead);
    return {
      kind: 'column',
      key: column,
      cards: jobs.map(await cardsOf(deps, req, await houseRead, jobs)),
      count,
      page,
      pages,
      hrefOf: (no) => hrefOf('/', { column, page: no === 1 ? '' : String(no) }),
      boardHref: hrefOf('/'),
    };
  }
  const [board, house] = await Promise.all([boardOf(deps, asked), houseRead]);
  return { kind: 'board', partHref: hrefOf('/board/part'), ...(await partView(deps, req, asked, board, house)) };
}
