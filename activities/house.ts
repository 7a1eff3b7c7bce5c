import type { Connection } from 'mongoose';
import { calendarIdsOfDesk, calendarOfDesk } from '../domain/calendar/desk.ts';
import type { DeskSide } from '../domain/calendar/desk.ts';
import type { Ladder } from '../domain/calendar/ladders.ts';
import type { Calendar, SingleCalendar } from '../domain/calendar/types.ts';
import { ladders, stepTimes } from '../domain/circulation/step-times.ts';
import type { StepTimes } from '../domain/circulation/step-times.ts';
import type { RouteStep } from '../domain/circulation/types.ts';
import type { Instant } from '../domain/instant.ts';
import type { HoldingContext } from '../domain/people/holders.ts';
import type { Absence, BrandTeam, Person } from '../domain/people/types.ts';
import { calendars } from '../store/calendars.ts';
import {
  absences,
  absencesOf,
  brandTeams,
  people,
  peopleById,
  peopleOfClient,
  peopleOfSide,
  teamOfBrand,
} from '../store/people.ts';
import type { RegisterView } from '../store/register-view.ts';
import { zoneNamed } from './calendar/zone.ts';

/** What is asked of the registers: whose job it is, and for which moment. */
export interface Asking {
  readonly brandId: string;
  readonly clientId: string;
  readonly ownerId: string;
  readonly authorId: string;
  readonly signedBy: readonly string[];
  readonly at: Instant;
}

const nobody = (brandId: string): BrandTeam => ({ id: '', brandId, members: [], defaults: {} });

/**
 * The registers that desks and mails are made from, as they stood at one look. They come out of memory and are as new as
 * every change that was confirmed before the look; a register too large to be remembered whole is read by its rows.
 */
export interface HouseNow {
  readonly connection: Connection;
  readonly people: RegisterView<Person>;
  readonly teams: RegisterView<BrandTeam>;
  readonly absences: RegisterView<Absence>;
  readonly calendars: RegisterView<SingleCalendar>;
}

/** Looks at the registers: one small command, whatever is asked of them afterwards. */
export async function houseNow(connection: Connection): Promise<HouseNow> {
  // Asked in one turn, so that they share one look at the marks.
  const [everybody, teams, leave, hours] = await Promise.all([
    people.now(connection),
    brandTeams.now(connection),
    absences.now(connection),
    calendars.now(connection),
  ]);
  return { connection, people: everybody, teams, absences: leave, calendars: hours };
}

/** Everybody who could have to do with a job: the house, the client's people, the brand's team, who is on leave. */
export async function holdingIn(house: HouseNow, asking: Asking): Promise<HoldingContext> {
  const { brandId, clientId, ownerId, authorId, signedBy, at } = asking;
  const asked = { at, clientId, ownerId, authorId, signedBy };
  const whole = house.people.complete && house.teams.complete && house.absences.complete;
  if (!whole) return { ...(await readRows(house.connection, asking)), ...asked };
  return {
    team: house.teams.all.find((team) => team.brandId === brandId) ?? nobody(brandId),
    people: [
      ...house.people.all.filter(({ side }) => side === 'agency'),
      ...house.people.all.filter((person) => person.clientId === clientId),
    ],
    absences: house.absences.all,
    ...asked,
  };
}

async function readRows(
  connection: Connection,
  { brandId, clientId }: Asking,
): Promise<Pick<HoldingContext, 'team' | 'people' | 'absences'>> {
  const [agency, client, team] = await Promise.all([
    peopleOfSide(connection, 'agency'),
    peopleOfClient(connection, clientId),
    teamOfBrand(connection, brandId),
  ]);
  const all = [...agency, ...client];
  const leave = await absencesOf(
    connection,
    all.map(({ id }) => id),
  );
  return { team: team ?? nobody(brandId), people: all, absences: leave };
}

/** People by their ids; unknown ids are left out. */
export async function peopleIn(house: HouseNow, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  return house.people.complete ? house.people.byId : peopleById(house.connection, ids);
}

/**
 * The calendar that a desk works by: a client's own, a person's own, else the office's; the office's from the register,
 * else the one the service was started with. `holders`: whose desk it is, who was asked first in front.
 */
export async function calendarIn(
  house: HouseNow,
  side: RouteStep['side'],
  clientId: string,
  office: Calendar,
  holders: readonly string[] = [],
): Promise<Calendar> {
  const desk = { side, clientId, holders };
  return calendarOfDesk(desk, await calendarsIn(house, desk), office);
}

/** The calendars of the register that could rule a desk, by their ids. */
export async function calendarsIn(house: HouseNow, desk: DeskSide): Promise<ReadonlyMap<string, SingleCalendar>> {
  if (house.calendars.complete) return house.calendars.byId;
  const found = await calendars.some(house.connection, calendarIdsOfDesk(desk));
  return new Map(found.map(({ id, value }) => [id, value]));
}

/** The calendar that a desk works by, for who asks nothing else of the registers. */
export async function calendarOf(
  connection: Connection,
  side: RouteStep['side'],
  clientId: string,
  office: Calendar,
  holders: readonly string[] = [],
): Promise<Calendar> {
  return calendarIn(await houseNow(connection), side, clientId, office, holders);
}

/** What counts the limits of a desk: the house's own ladder where its job pinned one, else the one its step names. */
export interface Watched {
  readonly route: Pick<RouteStep, 'ladder'>;
  readonly ladder?: Ladder | undefined;
}

/** Limits of a step counted from `from`, in the zones of this machine. */
export function timesOf({ route, ladder }: Watched, calendar: Calendar, from: Instant): StepTimes {
  return stepTimes(ladder ?? ladders[route.ladder], calendar, zoneNamed, from);
}
