import type { JobState } from '../../domain/job/state.ts';
import type { BrandTeam, Person } from '../../domain/people/types.ts';
import type { PersonActor } from '../../domain/process.ts';
import type { Grant } from '../../store/grants.ts';
import { wholeJob } from '../../store/jobs.ts';
import type { ApiDeps } from '../deps.ts';
import type { LinkComer } from '../session/link-code.tsx';
import type { Lang } from '../view/lang.ts';
import { pick } from '../view/lang.ts';
import { shortHash } from '../view/forms.ts';
import type { HouseNames } from '../view/read/house.ts';
import { namesFor, peopleIn, roleTitle, teamFor, timeFor, titleAt } from '../view/read/house.ts';
import { pointTitle } from '../view/read/cards.ts';
import { sealsOf } from '../view/read/seals.ts';
import type { TimeView } from '../view/time.tsx';
import { zoneInWords } from '../view/time.tsx';
import { paperWords } from '../../domain/wording/papers.ts';
import type { HeadView } from './model.ts';
import type { Found, Place, Situation } from './place.ts';
import { findPlace, situationOf } from './place.ts';

/** Who opened the page, by which road, and where its forms post to. */
export interface Road {
  readonly place: Place;
  readonly person: Person;
  readonly by: 'link' | 'session';
  /** The grant behind a personal link. */
  readonly grant?: Grant;
  /** Whether a link opened only because its reader typed a mailed code in this browser. */
  readonly proved?: boolean;
  /** What form values are bound to: the grant or the session. */
  readonly holder: string;
  /** Address of the page; forms post to it and files lie under it. */
  readonly base: string;
}

/** Everything read for one approver's page. */
export interface Approval {
  readonly road: Road;
  readonly lang: Lang;
  readonly seq: number;
  readonly state: JobState;
  readonly found: Found;
  readonly situation: Situation;
  readonly names: HouseNames;
  readonly team: BrandTeam | undefined;
  readonly time: TimeView;
  /** Name of the agency in the language of the page. */
  readonly house: string;
}

/** Reads the job a road leads to; undefined when it leads nowhere (any more). Reads only. */
export async function readApproval(
  deps: Pick<ApiDeps, 'store' | 'clock' | 'config'>,
  road: Road,
  lang: Lang,
): Promise<Approval | undefined> {
  const job = await wholeJob(deps.store, road.place.processId);
  const found = job ? findPlace(job.state, road.place) : undefined;
  if (!job || !found) return undefined;
  const { state } = job;
  const [names, team, time] = await Promise.all([
    namesFor(deps.store, { people: [...peopleIn(state), road.person.id], clients: [state.clientId] }),
    teamFor(deps.store, state.brandId),
    timeFor(deps, found.step.side === 'client' ? state.clientId : undefined),
  ]);
  return {
    road,
    lang,
    seq: job.row.seq,
    state,
    found,
    situation: situationOf(state, found, road.place),
    names,
    team,
    time,
    house: pick(deps.config.agencyName, lang),
  };
}

/** Who acts here, as far as the proof of an old link asks. */
export function comerOf({ road, lang }: Pick<Approval, 'road' | 'lang'>): LinkComer {
  const { grant, person, base, proved = false } = road;
  return { ...(grant === undefined ? {} : { grant }), person, base, lang, proved };
}

/** The person as an actor; roles and side are the register's, the proof is the road's. */
export function actorOf(approval: Approval): PersonActor {
  const { person, by } = approval.road;
  const standInFor = approval.situation.kind === 'open' ? approval.situation.holder.standInFor : undefined;
  return {
    kind: 'person',
    personId: person.id,
    roles: person.roles,
    side: person.side,
    proof: by,
    ...(standInFor ? { standInFor } : {}),
  };
}

/** What the circulation is about, in words: the piece's name, or the paper's. */
export function aboutInWords({ state, found, lang }: Pick<Approval, 'state' | 'found' | 'lang'>): string {
  const { about } = found.circulation;
  const what =
    about.kind === 'piece' ? (state.pieces[about.pieceId]?.name ?? about.pieceId) : pick(paperWords(about.paper), lang);
  return `${state.title} · ${what}`;
}

/** The head of every page under this road. */
export function headOf(approval: Approval): HeadView {
  const { state, found, lang, names, team, road, situation } = approval;
  const person = road.person;
  const standInFor = situation.kind === 'open' ? situation.holder.standInFor : undefined;
  return {
    lang,
    house: approval.house,
    zone: zoneInWords(approval.time, lang),
    viewer: {
      name: person.name,
      title: roleTitle(titleAt(person, team, found.step), lang),
      by: road.by,
      ...(standInFor ? { standInFor: names.person(standInFor) } : {}),
    },
    ...(state.jobNumber ? { jobNumber: state.jobNumber } : {}),
    brand: names.brand(state.brandId),
    title: aboutInWords(approval),
    point: pointTitle(found.circulation.point, lang),
    seals: sealsOf(found.circulation, found.route, lang, names.person),
  };
}

/** "9f3c 71aa", or nothing. */
export function hashInWords(hash: string | undefined): string {
  return hash ? shortHash(hash) : '';
}
