import type { Connection } from 'mongoose';
import type { Clock } from '../../../config/clock.ts';
import type { Calendar, SingleCalendar } from '../../../domain/calendar/types.ts';
import type { JobState } from '../../../domain/job/state.ts';
import type { Role } from '../../../domain/people/roles.ts';
import { roleFacts } from '../../../domain/people/roles.ts';
import type { BrandTeam, Person } from '../../../domain/people/types.ts';
import { calendars } from '../../../store/calendars.ts';
import type { Client } from '../../../store/clients.ts';
import { clients } from '../../../store/clients.ts';
import { people, teamOfBrand } from '../../../store/people.ts';
import type { RegisterView } from '../../../store/register-view.ts';
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

/** Everything a page may name: read together, so that it costs one look at the store (`store/register-view.ts`). */
export interface HouseNow {
  readonly people: RegisterView<Person>;
  readonly clients: RegisterView<Client>;
  readonly calendars: RegisterView<SingleCalendar>;
}

/** The house's people, clients and calendars as they stand now. */
export async function houseNow(store: Connection): Promise<HouseNow> {
  const [everybody, houses, hours] = await Promise.all([people.now(store), clients.now(store), calendars.now(store)]);
  return { people: everybody, clients: houses, calendars: hours };
}

type Below = Readonly<Record<'brands' | 'lines', ReadonlyMap<string, string>>>;

// Brands and lines by name, made once for a register as it stands and not for every page.
const namesBelow = new WeakMap<RegisterView<Client>, Below>();

function namesBelowClients(houses: RegisterView<Client>): Below {
  const known = namesBelow.get(houses);
  if (known) return known;
  const brands = houses.all.flatMap((client) => client.brands);
  const named = (these: readonly { readonly id: string; readonly name: string }[]): ReadonlyMap<string, string> =>
    new Map(these.map(({ id, name }) => [id, name]));
  const made = { brands: named(brands), lines: named(brands.flatMap((brand) => brand.lines)) };
  namesBelow.set(houses, made);
  return made;
}

function namesIn(house: Pick<HouseNow, 'people' | 'clients'>): HouseNames {
  const { brands, lines } = namesBelowClients(house.clients);
  return {
    line: (id) => lines.get(id) ?? id,
    person: (id) => house.people.byId.get(id)?.name ?? id,
    client: (id) => house.clients.byId.get(id)?.name ?? id,
    brand: (id) => brands.get(id) ?? id,
    people: house.people.byId,
  };
}

/** What a page names. */
export interface Named {
  readonly people: readonly string[];
  readonly clients: readonly string[];
}

/** The names of these people, and of the clients and brands of these clients. */
export async function namesFor(store: Connection, ids: Named): Promise<HouseNames> {
  const [everybody, houses] = await Promise.all([people.now(store), clients.now(store)]);
  return namesOf(store, { people: everybody, clients: houses }, ids);
}

/** The same out of registers that were read already. */
export async function namesOf(
  store: Connection,
  house: Pick<HouseNow, 'people' | 'clients'>,
  ids: Named,
): Promise<HouseNames> {
  if (house.people.complete && house.clients.complete) return namesIn(house);
  // A register longer than one reading does not hold everybody; then exactly these are read.
  const [some, theirs] = await Promise.all([
    people.some(store, [...new Set(ids.people)]),
    clients.some(store, [...new Set(ids.clients)]),
  ]);
  return namesIn({ people: viewOf(some), clients: viewOf(theirs) });
}

function viewOf<T>(entries: readonly { readonly id: string; readonly value: T }[]): RegisterView<T> {
  return {
    all: entries.map(({ value }) => value),
    byId: new Map(entries.map(({ id, value }) => [id, value])),
    complete: false,
  };
}

/** Everybody a job's state names: holders, signers, authors, its owner. */
export function peopleIn(state: JobState): string[] {
  const ids = new Set<string>([state.ownerId]);
  for (const circulation of Object.values(state.circulations)) {
    ids.add(circulation.authorId);
    for (const stay of circulation.stays) {
      for (const { by } of stay.nudges ?? []) ids.add(by);
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
  for (const met of [state.meetings?.last, state.meetings?.called])
    for (const id of met ? [met.by, ...met.people] : []) ids.add(id);
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
  return timeIn(await calendars.now(deps.store), deps, clientId);
}

/** The same out of calendars that were read already. */
export function timeIn(
  hours: RegisterView<SingleCalendar>,
  deps: { readonly clock: Clock; readonly config: { readonly agencyZone: string } },
  clientId?: string,
): TimeView {
  const theirs = clientId === undefined ? undefined : hours.byId.get(clientId);
  return { now: deps.clock(), calendar: theirs ?? hours.byId.get('office') ?? plainOffice(deps.config.agencyZone) };
}

/** The team of a job's brand; undefined while nobody made one. */
export function teamFor(store: Connection, brandId: string): Promise<BrandTeam | undefined> {
  return teamOfBrand(store, brandId);
}
