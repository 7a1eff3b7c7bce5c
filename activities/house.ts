import type { Connection } from 'mongoose';
import { deadline } from '../domain/calendar/deadline.ts';
import { ladderInstants } from '../domain/calendar/ladder-instants.ts';
import {
  clientCommentLadder,
  clientSignatureLadder,
  internalSignatureLadder,
  refusedOrderLadder,
} from '../domain/calendar/ladders.ts';
import type { Ladder } from '../domain/calendar/ladders.ts';
import type { Calendar } from '../domain/calendar/types.ts';
import type { LadderId, RouteStep, Rung } from '../domain/circulation/types.ts';
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
 * The calendar that a side works by: a client's own, kept under the client's id, else the office's; the office's from
 * the register, else the one the service was started with.
 */
export async function calendarOf(
  connection: Connection,
  side: RouteStep['side'],
  clientId: string,
  office: Calendar,
): Promise<Calendar> {
  const wanted = side === 'client' ? [clientId, 'office'] : ['office'];
  const kept = new Map((await calendars.some(connection, wanted)).map(({ id, value }) => [id, value]));
  return wanted.map((id) => kept.get(id)).find((calendar) => calendar !== undefined) ?? office;
}

const ladders: Readonly<Record<LadderId, Ladder>> = {
  internalSignature: internalSignatureLadder,
  clientSignature: clientSignatureLadder,
  clientComment: clientCommentLadder,
  refusedOrder: refusedOrderLadder,
};

/** When a step is due and when its ladder speaks, counted from a moment (§7.3). */
export interface StepTimes {
  readonly dueAt: Instant;
  readonly provisional: boolean;
  readonly rungs: readonly Rung[];
}

/**
 * Limits of a step counted from `from`. Warnings and rungs are numbered from 1 each, so every one has a name of its own
 * that stays when the times are computed again.
 */
export function timesOf(step: RouteStep, calendar: Calendar, from: Instant): StepTimes {
  const ladder = ladders[step.ladder];
  const limit = deadline(calendar, zoneNamed, from, ladder.limit);
  let warnings = 0;
  const rungs = ladderInstants(calendar, zoneNamed, from, ladder).map(({ n, kind, whom, at }): Rung => {
    if (n === 0) warnings += 1;
    return { n: n === 0 ? warnings : n, kind, whom, at };
  });
  return { dueAt: limit.at, provisional: limit.provisional, rungs };
}
