import type { Connection } from 'mongoose';
import { calendarIdsOfDesk, calendarOfDesk } from '../domain/calendar/desk.ts';
import type { Calendar } from '../domain/calendar/types.ts';
import { ladders, stepTimes } from '../domain/circulation/step-times.ts';
import type { StepTimes } from '../domain/circulation/step-times.ts';
import type { RouteStep } from '../domain/circulation/types.ts';
import type { Instant } from '../domain/instant.ts';
import type { HoldingContext } from '../domain/people/holders.ts';
import type { BrandTeam } from '../domain/people/types.ts';
import { calendars } from '../store/calendars.ts';
import { absences, peopleById, peopleOfClient, peopleOfSide, teamOfBrand } from '../store/people.ts';
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

/** Reads everybody who could have to do with a job: the house, the client's people, the brand's team, who is on leave. */
export async function readHouse(connection: Connection, asking: Asking): Promise<HoldingContext> {
  const { brandId, clientId, ownerId, authorId, signedBy, at } = asking;
  const [agency, client, team, leave] = await Promise.all([
    peopleOfSide(connection, 'agency'),
    peopleOfClient(connection, clientId),
    teamOfBrand(connection, brandId),
    absences.all(connection),
  ]);
  return {
    team: team ?? nobody(brandId),
    people: [...agency, ...client],
    absences: leave.map(({ value }) => value),
    at,
    clientId,
    ownerId,
    authorId,
    signedBy,
  };
}

/**
 * Only those a desk mostly lies with: the brand's team, the job's owner, the paper's author, the client's people. With
 * nobody of them away and nothing handed over, who holds a step in their own right is the same as with the whole house.
 */
export async function readTeam(connection: Connection, asking: Asking): Promise<HoldingContext> {
  const { brandId, clientId, ownerId, authorId } = asking;
  const [team, client, leave] = await Promise.all([
    teamOfBrand(connection, brandId),
    peopleOfClient(connection, clientId),
    absences.all(connection),
  ]);
  const near = await peopleById(connection, [
    ownerId,
    authorId,
    ...(team?.members ?? []).map(({ personId }) => personId),
  ]);
  const others = client.filter(({ id }) => !near.has(id));
  return {
    ...asking,
    team: team ?? nobody(brandId),
    people: [...near.values(), ...others],
    absences: leave.map(({ value }) => value),
  };
}

/**
 * The calendar that a desk works by: a client's own, a person's own, else the office's; the office's from the register,
 * else the one the service was started with. `holders`: whose desk it is, who was asked first in front.
 */
export async function calendarOf(
  connection: Connection,
  side: RouteStep['side'],
  clientId: string,
  office: Calendar,
  holders: readonly string[] = [],
): Promise<Calendar> {
  const desk = { side, clientId, holders };
  const found = await calendars.some(connection, calendarIdsOfDesk(desk));
  return calendarOfDesk(desk, new Map(found.map(({ id, value }) => [id, value])), office);
}

/** Limits of a step counted from `from`, in the zones of this machine. */
export function timesOf(step: RouteStep, calendar: Calendar, from: Instant): StepTimes {
  return stepTimes(ladders[step.ladder], calendar, zoneNamed, from);
}
