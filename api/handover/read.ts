import { standardRoutes } from '../../domain/circulation/routes.ts';
import type { Route } from '../../domain/circulation/types.ts';
import { partsHanded, reviewsOwn } from '../../domain/cases/hand-over.ts';
import type { Instant } from '../../domain/instant.ts';
import { correctionsOf, desksHanded, ownerMoves, type BrandMove } from '../../domain/job/hand-over.ts';
import { peopleOf } from '../../domain/cases/state.ts';
import { directorOf, type DirectorNeed } from '../../domain/people/hand-over-director.ts';
import {
  checkHandOver,
  handsOwnership,
  signersOfHandOver,
  type HandOver,
  type HandOverContext,
  type HandOverLine,
  type HandOverProblem,
  type WantedHandOver,
} from '../../domain/people/hand-over.ts';
import { may } from '../../domain/people/may.ts';
import { roleFacts } from '../../domain/people/roles.ts';
import { teamRolesOf } from '../../domain/people/team-roles.ts';
import type { Absence, BrandTeam, Person } from '../../domain/people/types.ts';
import { openEntries } from '../../domain/schedule/state.ts';
import { areMinutes, isSchedule, pointOf } from '../../store/cases.ts';
import { clients, type Brand, type Client } from '../../store/clients.ts';
import { draftsCount, unrequestedDrafts } from '../../store/drafts.ts';
import { handOversOf, openCasesOf, openJobsOfBrand } from '../../store/hand-overs.ts';
import { wholeJob } from '../../store/jobs.ts';
import { absences, brandTeams, people } from '../../store/people.ts';
import type { Registered } from '../../store/registers.ts';
import type { ApiDeps } from '../deps.ts';
import type { SignedIn } from '../session/identify.ts';
import { timeFor } from '../view/read/house.ts';
import { zoneNamed } from '../view/zone.ts';

type Deps = Pick<ApiDeps, 'store' | 'clock' | 'config'>;

/** The registers that hand-overs are judged by. */
export interface HandOverBook {
  readonly people: ReadonlyMap<string, Person>;
  readonly teams: readonly BrandTeam[];
  readonly absences: readonly Absence[];
  readonly clients: readonly Client[];
  readonly now: Instant;
  /** IANA name of the office's zone, and today there. */
  readonly zone: string;
  readonly today: string;
}

/** Opens the book of hand-overs. */
export async function handOverBook(deps: Deps): Promise<HandOverBook> {
  const [everybody, teams, leave, register, time] = await Promise.all([
    people.now(deps.store),
    brandTeams.now(deps.store),
    absences.now(deps.store),
    clients.all(deps.store),
    timeFor(deps),
  ]);
  const now = deps.clock();
  const { zone } = time.calendar;
  return {
    people: everybody.byId,
    teams: teams.all,
    absences: leave.all,
    clients: register.map(({ value }) => value),
    now,
    zone,
    today: zoneNamed(zone).toLocal(now).date,
  };
}

/** A brand with its client; undefined where there is none. */
export function brandIn(
  book: Pick<HandOverBook, 'clients'>,
  brandId: string,
): { readonly brand: Brand; readonly client: Client } | undefined {
  for (const client of book.clients) {
    const brand = client.brands.find(({ id }) => id === brandId);
    if (brand) return { brand, client };
  }
  return undefined;
}

/** Whether somebody may start or withdraw a hand-over: its own two, account managers and directors of the brand, who keeps the registers. */
export function mayStart(
  { person, viewer }: Pick<SignedIn, 'person' | 'viewer'>,
  { brandId, from, to }: Pick<HandOver, 'brandId' | 'from' | 'to'>,
): boolean {
  if (may(viewer, 'absence.write', {})) return true;
  return may(viewer, 'team.read', { brandId }) && (person.id === from || person.id === to)
    ? true
    : may(viewer, 'absence.write', { brandId });
}

/** Whether somebody may read a hand-over: whoever has to do with it, and who sees the brand's team. */
export function mayRead({ person, viewer }: Pick<SignedIn, 'person' | 'viewer'>, value: HandOver): boolean {
  const theirs = [value.from, value.startedBy, ...signersOfHandOver(value)].includes(person.id);
  return theirs || may(viewer, 'team.read', { brandId: value.brandId });
}

/** Routes the jobs of a client's brand can take; media only where the team has media people. */
function routesOf(client: Client | undefined, team: BrandTeam | undefined): readonly Route[] {
  const other = client?.qcRoute.route === 'qcSix' ? ['qcSeven', 'proofSeven'] : ['qcSix', 'proofSix'];
  const media = team?.members.some(({ roles }) => roles.some((role) => roleFacts[role].department === 'media'));
  const ofMedia = ['workOrderMedia', 'mediaPlan', 'mediaSchedule'];
  return Object.values(standardRoutes).filter(
    ({ id }) => !other.includes(id) && (media === true || !ofMedia.includes(id)),
  );
}

/** What a hand-over would move, and everything that stands against it. */
export interface HandOverPlan {
  readonly lines: readonly HandOverLine[];
  readonly problems: readonly HandOverProblem[];
  readonly owns: boolean;
  /** Whose signature as account director it needs; unknown where its two people are not known. */
  readonly director?: DirectorNeed;
}

/**
 * Looks at a hand-over by the very rules that will move it; nothing is changed by asking. `except`: the one that is judged.
 */
export async function planHandOver(
  deps: Deps,
  book: HandOverBook,
  wanted: WantedHandOver & Partial<Pick<HandOver, 'giverSigns'>>,
  starter: Person,
  except?: string,
): Promise<HandOverPlan> {
  const { store } = deps;
  const found = brandIn(book, wanted.brandId);
  const team = book.teams.find(({ brandId }) => brandId === wanted.brandId);
  const running = (await handOversOf(store, wanted.brandId)).filter(
    ({ id, value }) => id !== except && (value.state === 'asked' || value.state === 'signed'),
  );
  const context: HandOverContext = {
    people: book.people,
    team,
    clientId: found?.client.id ?? '',
    routes: routesOf(found?.client, team),
    absences: book.absences,
    running: running.map(({ value }) => value),
    now: book.now,
    today: book.today,
    starter,
    ...(wanted.giverSigns === undefined ? {} : { giverSigns: wanted.giverSigns }),
  };
  const problems = checkHandOver(wanted, context);
  const owns = handsOwnership(team, wanted.from, wanted.roles);
  // Without two people there is nothing to look at.
  if (problems.some(({ code }) => code === 'unknownGiver' || code === 'notInTeam' || code === 'clientSide'))
    return { lines: [], problems, owns };
  const giverSigns = wanted.giverSigns ?? giverSignsOf(book, wanted.from, starter);
  const director = directorOf({ ...wanted, giverSigns }, context);
  const own = await linesOf(deps, { ...wanted, owns }, found?.brand);
  return { lines: own.lines, problems: [...problems, ...own.problems], owns, director };
}

/** Who signs as giver: the giver, or whoever starts it in place of somebody who has left. */
export function giverSignsOf(book: Pick<HandOverBook, 'people'>, from: string, starter: Person): string {
  return book.people.get(from)?.active === true ? from : starter.id;
}

/** Jobs that are looked at side by side. */
const atOnce = 12;

/** Every open piece of work of a brand of which something goes over at this moment, and what single jobs have against it. */
export async function linesOf(
  { store }: Pick<ApiDeps, 'store'>,
  move: BrandMove & { readonly brandId: string },
  brand: Brand | undefined,
): Promise<Pick<HandOverPlan, 'lines' | 'problems'>> {
  const lines: HandOverLine[] = [];
  const problems: HandOverProblem[] = [];
  const ids = [...(await openJobsOfBrand(store, move.brandId))];
  for (let first = 0; first < ids.length; first += atOnce) {
    const some = await Promise.all(ids.slice(first, first + atOnce).map((id) => jobLine(store, id, move)));
    for (const one of some) {
      if (one?.line) lines.push(one.line);
      problems.push(...(one?.problems ?? []));
    }
  }
  for (const row of await openCasesOf(store, move.brandId, move.from)) {
    const { state } = pointOf(row);
    const parts = partsHanded(state, move);
    const owned = move.owns && state.ownerId === move.from;
    const tasks = areMinutes(state)
      ? state.tasks.filter((task) => task.state === 'open' && task.executor === move.from).length
      : isSchedule(state)
        ? openEntries(state).filter(({ owner }) => owner === move.from).length
        : 0;
    for (const part of Object.keys(state.parts))
      if (peopleOf(state, part).includes(move.from) && reviewsOwn(state, part, move.to))
        problems.push({ field: 'to', code: 'ownWork', processId: row._id });
    if (!owned && tasks === 0 && parts.length === 0) continue;
    const about = { processId: row._id, kind: 'case' as const, title: row.title, standing: row.standing };
    lines.push({ ...nothing, ...about, owned, tasks, parts });
  }
  for (const { id, form, lineId } of brand ? await unrequestedDrafts(store, move.from, brand) : []) {
    const title = brand?.lines.find((line) => line.id === lineId)?.name ?? '';
    lines.push({ ...nothing, processId: id, kind: 'draft', title, standing: form, owned: false, drafts: 1 });
  }
  return { lines, problems };
}

/** What a line counts where there is nothing to count. */
const nothing = { desks: [], opinions: 0, revisions: [], drafts: 0, tasks: 0, parts: [] } as const;

async function jobLine(
  store: ApiDeps['store'],
  processId: string,
  move: BrandMove,
): Promise<{ readonly line?: HandOverLine; readonly problems: readonly HandOverProblem[] } | undefined> {
  const [job, drafts] = await Promise.all([wholeJob(store, processId), draftsCount(store, processId, move.from)]);
  if (!job) return undefined;
  const { state } = job;
  const owned = ownerMoves(state, move);
  const handed = desksHanded(state, move);
  const desks = [
    ...handed.map(({ circulation, step, stay }) => ({
      circulation: circulation.id,
      step: step.key,
      ...(stay.dueAt === undefined ? {} : { dueAt: stay.dueAt }),
    })),
    ...(owned ? correctionsOf(state) : []).flatMap(({ id, stays }) =>
      stays.flatMap(({ step, state: so }) => (so === 'open' ? [{ circulation: id, step }] : [])),
    ),
  ];
  const problems = handed.flatMap(({ step, refused }): HandOverProblem[] =>
    refused ? [{ field: 'to', code: refused, processId, step: step.key }] : [],
  );
  if (!owned && desks.length === 0 && drafts === 0) return { problems };
  const opinions = owned ? state.opinions.filter(({ answer, withdrawn }) => !answer && !withdrawn).length : 0;
  const open = state.revisions.filter(({ state: so }) => so !== 'CONFIRMED' && so !== 'DROPPED' && so !== 'REFUSED');
  const line: HandOverLine = {
    processId,
    kind: 'job',
    ...(state.jobNumber === undefined ? {} : { jobNumber: state.jobNumber }),
    title: state.title,
    standing: state.phase,
    owned,
    desks,
    opinions,
    revisions: owned ? open.map(({ ordinal }) => ordinal) : [],
    drafts,
    tasks: 0,
    parts: [],
  };
  return { line, problems };
}

/** Titles of a giver that can go over: all they have in the brand's team. */
export function titlesOf(book: HandOverBook, brandId: string, personId: string): HandOver['roles'] {
  return teamRolesOf(
    book.teams.find((team) => team.brandId === brandId),
    personId,
  );
}

/** A hand-over by its id. */
export type HandOverEntry = Registered<HandOver>;
