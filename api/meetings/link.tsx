import type { Request, Response, Router } from 'express';
import express from 'express';
import { askedInstead, askedNow } from '../../domain/cases/holders.ts';
import type { PersonActor } from '../../domain/process.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { checkFormValue, mintFormValue } from '../../store/form-values.ts';
import { contentIn, movesOf, readCase, whyNotAct, type ReadCase } from '../cases/read.ts';
import { sendCaseAct } from '../cases/send.ts';
import type { ApiDeps } from '../deps.ts';
import { statusOfRefusal } from '../door/answer.ts';
import { fromOf } from '../door/network.ts';
import { limits } from '../gate/limits.ts';
import { onlyMethods, Problem } from '../problems.ts';
import { deadLink } from '../session/guest.ts';
import { noteUse, proven, whyCode } from '../session/link-code.tsx';
import { codeWords } from '../session/link-code-words.ts';
import { openedLink, type OpenedLink } from '../session/personal-links.tsx';
import { bodyOf } from '../staff/form-value.ts';
import { oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { formValueName } from '../view/forms.ts';
import { pick, wordingLang } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { namesFor, timeFor } from '../view/read/house.ts';
import { contentOf, formOf, sayingFor } from '../view/read/papers.ts';
import { words } from '../view/words/index.ts';
import { LinkPage, type LinkView, type Remark } from './link-page.tsx';
import { linesOf } from './read.ts';
import { meetingWords } from './words.ts';

/** How long a page that was opened may wait before its button must be pressed again; milliseconds. */
const formAgeMs = 30 * 60_000;

/** What a link to minutes is for: the mail that brought it, and the moves its holder may make by it. */
const movesByLink = {
  confirmMinutes: ['sign', 'object'],
  reviewMinutes: ['approve', 'return'],
} as const;

type Asking = keyof typeof movesByLink;

/** Who came by which link, and the case as it stands. */
interface Guest extends OpenedLink {
  readonly asking: Asking;
  readonly actor: PersonActor;
  readonly found: ReadCase;
}

/**
 * `/m/a/<link>`: minutes for the client who confirms them, and for who reviews them first. GET changes nothing; the buttons
 * post, and what they post is judged by the minutes themselves.
 */
export function linkRoutes(deps: ApiDeps): Router {
  const routes = express.Router();
  routes.get('/m/a/:link', async (req, res) => {
    const guest = await guestOf(deps, req);
    await show(deps, res, guest, 200, { fresh: req.query.done === '1' });
  });
  routes.post('/m/a/:link', async (req, res) => {
    const guest = await guestOf(deps, req);
    await deps.limiter.demand(limits.link, guest.grant.id);
    await take(deps, req, res, guest);
  });
  routes.all('/m/a/:link', onlyMethods('GET', 'HEAD', 'POST'));
  return routes;
}

async function guestOf(deps: ApiDeps, req: Request): Promise<Guest> {
  const link = openedLink(req);
  const found = await readCase(deps, link.grant.processId);
  const asking = link.grant.step;
  if (!found || (asking !== 'confirmMinutes' && asking !== 'reviewMinutes')) {
    deadLink(deps, req);
  }
  const { id: personId, roles, side } = link.person;
  return { ...link, asking, actor: { kind: 'person', personId, roles, side, proof: 'link' }, found };
}

/** The hash of what this guest is shown now: the copy for a client, the whole version for who reviews it. */
function hashNow({ found, asking }: Guest): string | undefined {
  const paper = found.state.papers['F-15'];
  const hash = asking === 'confirmMinutes' ? paper?.facts['copyHash'] : paper?.hash;
  return typeof hash === 'string' ? hash : undefined;
}

/**
 * Who has it now, where whoever came by this link handed it over or only stood in: the link shows nothing more and does
 * nothing more. Undefined where it is still theirs, or where what they did with it is the answer.
 */
function movedTo({ found, asking, person, grant }: Guest, current: boolean): readonly string[] | undefined {
  const waits = askedNow(found.state).includes(grant.step);
  return waits || !current ? askedInstead(found.state, asking, person.id) : undefined;
}

const purposeOf = (move: string): string => `minutes:${move}`;

/** What a page that comes back says and keeps. */
interface Again {
  readonly remark?: Remark;
  /** The words that were sent with a move. */
  readonly typed?: Readonly<Record<string, string>>;
  /** What is wrong with them. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly fresh?: boolean;
}

async function show(deps: ApiDeps, res: Response, guest: Guest, status: number, again: Again = {}): Promise<void> {
  const { found, grant, lang, asking } = guest;
  const { state } = found;
  const { remark, typed = {}, errors = {}, fresh = false } = again;
  const newest = hashNow(guest) === grant.hash;
  const gone = movedTo(guest, newest);
  const current = newest && gone === undefined;
  const [time, names, content] = await Promise.all([
    timeFor(deps, asking === 'confirmMinutes' ? state.clientId : undefined),
    namesFor(deps.store, { people: [], clients: [state.clientId] }),
    // An older link shows nothing of a version it was not made for.
    current ? contentIn(deps, state, 'F-15', { copy: asking === 'confirmMinutes' }) : undefined,
  ]);
  const form = formOf('F-15');
  const shown = contentOf(content);
  const people = [
    state.ownerId,
    ...(gone ?? []),
    ...Object.values(state.parts).flat(),
    ...Object.values(state.made).map(({ by }) => by),
  ];
  const saying = await sayingFor(deps.store, state, [shown, { who: people }], { lang, time });
  const open = current ? movesOf(state, guest.actor).filter(({ refusal }) => refusal === undefined) : [];
  const allowed: readonly string[] = movesByLink[asking];
  const mine = open.filter(({ move }) => allowed.includes(move));
  // Whoever is going to be asked for a code is told so before they write.
  const why = remark === undefined && mine.length > 0 ? await whyCode(deps, guest) : undefined;
  const told: Remark | undefined = why ? { kind: 'remark', title: words(lang, codeWords)(why) } : remark;
  const value = (move: string): string =>
    mintFormValue(deps.keys.forms, { holder: grant.id, purpose: purposeOf(move) }, deps.clock());
  const view: LinkView = {
    lang,
    time,
    asking,
    state,
    current,
    version: grant.round,
    hash: grant.hash,
    base: guest.base,
    house: pick(deps.config.agencyName, lang),
    reader: guest.person.name,
    client: names.client(state.clientId),
    lines: form && current ? linesOf(form, shown, saying) : [],
    nameOf: saying.nameOf,
    ...(gone === undefined ? {} : { movedTo: gone.map(saying.nameOf) }),
    forms: mine.map(({ move }) => ({
      move,
      needsWords: state.definition.moves[move]?.words === true,
      value: value(move),
      words: typed[move] ?? '',
      ...(errors[move] === undefined ? {} : { error: errors[move] }),
    })),
    ...(told === undefined ? {} : { remark: told }),
    fresh,
  };
  sendPage(res, <LinkPage view={view} />, status);
}

async function take(deps: ApiDeps, req: Request, res: Response, guest: Guest): Promise<void> {
  const { grant, found, lang } = guest;
  const t = words(lang, { ...meetingWords, ...staffWords });
  const body = bodyOf(req.body);
  const move = oneText(body['do']);
  const said = oneText(body['words']);
  const typed = { [move]: said };
  const allowed: readonly string[] = movesByLink[guest.asking];
  if (!allowed.includes(move)) return show(deps, res, guest, 422);
  if (movedTo(guest, hashNow(guest) === grant.hash) !== undefined) return show(deps, res, guest, 409);
  const again = (status: number, title: string): Promise<void> =>
    show(deps, res, guest, status, { remark: { kind: 'refused', title }, typed });
  const binding = { holder: grant.id, purpose: purposeOf(move) };
  const verdict = checkFormValue(deps.keys.forms, oneText(body[formValueName]), binding, deps.clock(), formAgeMs);
  if (!verdict.ok) return again(409, t('stale'));
  const act = { type: 'move', move, hash: grant.hash, ...(said.trim() === '' ? {} : { words: said }) } as const;
  // Words that are missing are asked for at once; the minutes would say the same a moment later.
  const missing = said.trim() === '' && found.state.definition.moves[move]?.words === true;
  const no = missing
    ? whyNotAct(found.state, { id: verdict.commandId, actor: guest.actor, at: deps.clock(), act })
    : undefined;
  if (no?.field === 'words')
    return show(deps, res, guest, statusOfRefusal(no), {
      typed,
      errors: { [move]: sayRefusal(no, wordingLang(lang)) },
    });
  if (!(await proven(deps, req, res, guest))) return;
  const sent = await sendCaseAct(deps, { actor: guest.actor, ...fromOf(req) }, found.row._id, verdict.commandId, act);
  if (sent.kind === 'accepted' || sent.kind === 'received') await noteUse(deps, guest);
  switch (sent.kind) {
    case 'accepted':
      return res.redirect(303, `${guest.base}?done=1`);
    case 'received':
      return show(deps, res, guest, 202, { remark: { kind: 'received', title: t('receivedSoon') } });
    case 'wrong': {
      const [first] = sent.problems;
      const title = first === undefined ? t('wrongAbove') : pick(first, lang);
      if (first?.field !== 'words') return again(422, title);
      return show(deps, res, guest, 422, { typed, errors: { [move]: title } });
    }
    case 'refused': {
      const title = sayRefusal(sent.refusal, wordingLang(lang));
      if (sent.refusal.field !== 'words') return again(sent.status, title);
      return show(deps, res, guest, sent.status, { typed, errors: { [move]: title } });
    }
    case 'closed':
    case 'unknown':
      throw new Problem('NOT_FOUND');
    case 'unavailable':
      res.set('Retry-After', String(sent.retryAfterSeconds));
      return again(503, t('busyKept'));
  }
}
