import type { Connection } from 'mongoose';
import type { Clock } from '../../../config/clock.ts';
import type { Calendar } from '../../../domain/calendar/types.ts';
import type { JobState } from '../../../domain/job/state.ts';
import type { Role } from '../../../domain/people/roles.ts';
import { roleFacts } from '../../../domain/people/roles.ts';
import type { BrandTeam, Person } from '../../../domain/people/types.ts';
import { calendarsOf } from '../../../store/calendars.ts';
import type { Client } from '../../../store/clients.ts';
import { clients } from '../../../store/clients.ts';
import { peopleById, teamOfBrand } from '../../../store/people.ts';
import type { Lang } from '../lang.ts';
import { pick } from '../lang.ts';
import type { TimeView } from '../time.tsx';

/** Names of a job's surroundings, read once for a page. Unknown ids stay visible as ids rather than vanish. */
export interface HouseNames {
  readonly person: (id: string) => string;
  readonly client: (id: string) => string;
  readonly brand: (id: string) => string;
  readonly line: (id: string) => string;
  readonly people: ReadonlyMap<string, Person>;
}

/** The names of these people, and of the clients and brands of these clients. */
export async function namesFor(
  store: Connection,
  ids: { readonly people: readonly string[]; readonly clients: readonly string[] },
): Promise<HouseNames> {
  const [people, found] = await Promise.all([
    peopleById(store, ids.people),
    clients.some(store, [...new Set(ids.clients)]),
  ]);
  const byId = new Map<string, Client>(found.map(({ value }) => [value.id, value]));
  const brands = new Map(
    [...byId.values()].flatMap((client) => client.brands.map((brand) => [brand.id, brand.name] as const)),
  );
  const lines = new Map(
    [...byId.values()].flatMap((client) =>
      client.brands.flatMap((brand) => brand.lines.map((line) => [line.id, line.name] as const)),
    ),
  );
  return {
    line: (id) => lines.get(id) ?? id,
    person: (id) => people.get(id)?.name ?? id,
    client: (id) => byId.get(id)?.name ?? id,
    brand: (id) => brands.get(id) ?? id,
    people,
  };
}

/** Everybody a job's state names: holders, signers, authors, its owner. */
export function peopleIn(state: JobState): string[] {
  const ids = new Set<string>([state.ownerId]);
  for (const circulation of Object.values(state.circulations)) {
    ids.add(circulation.authorId);
    for (const stay of circulation.stays) {
      for (const { personId, standInFor } of [...stay.holders, ...stay.decisions]) {
        ids.add(personId);
        if (standInFor) ids.add(standInFor);
      }
    }
    for (const { by } of circulation.closedRounds) if (by) ids.add(by);
  }
  for (const paper of Object.values(state.papers)) ids.add(paper.by);
  for (const piece of Object.values(state.pieces)) for (const version of piece.versions) ids.add(version.by);
  for (const opinion of state.opinions) ids.add(opinion.from);
  return [...ids];
}

/** A role in the language of the page. */
export function roleTitle(role: Role, lang: Lang): string {
  return pick(roleFacts[role].title, lang);
}

/** The title under which a person sits at a step: the step's own if they hold it in the team or house, else one the step allows too. */
export function titleAt(
  person: Person | undefined,
  team: BrandTeam | undefined,
  step: { readonly role: Role; readonly alsoRoles: readonly Role[] },
): Role {
  const held = new Set<Role>([
    ...(person?.roles ?? []),
    ...(team?.members.find(({ personId }) => personId === person?.id)?.roles ?? []),
  ]);
  return [step.role, ...step.alsoRoles].find((role) => held.has(role)) ?? step.role;
}

const everyDay = [{ from: '09:00', to: '17:00' }] as const;

/** The default of P-21, for the moment before the first worker has put the house's calendar into the register. */
function plainOffice(zone: string): Calendar {
  return {
    id: 'office',
    name: { zh: '公司', en: 'Office' },
    zone,
    weekly: { mon: everyDay, tue: everyDay, wed: everyDay, thu: everyDay, fri: everyDay, sat: [], sun: [] },
    days: {},
    publishedThrough: '9999-12-31',
  };
}

/** Now and the calendar that pages speak in: the client's own for a client's step, else the office's. */
export async function timeFor(
  deps: { readonly store: Connection; readonly clock: Clock; readonly config: { readonly agencyZone: string } },
  clientId?: string,
): Promise<TimeView> {
  const wanted = clientId === undefined ? ['office'] : [clientId, 'office'];
  const [first] = await calendarsOf(deps.store, wanted);
  return { now: deps.clock(), calendar: first ?? plainOffice(deps.config.agencyZone) };
}

/** The team of a job's brand; undefined while nobody made one. */
export function teamFor(store: Connection, brandId: string): Promise<BrandTeam | undefined> {
  return teamOfBrand(store, brandId);
}
