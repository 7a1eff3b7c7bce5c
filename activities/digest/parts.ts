import type { Connection } from 'mongoose';
import { localDateAt, openIntervals } from '../../domain/calendar/day.ts';
import { nextMorning } from '../../domain/calendar/morning.ts';
import { CalendarRefusal } from '../../domain/calendar/refusal.ts';
import { nextOpening } from '../../domain/calendar/working.ts';
import type { Calendar, LocalDate } from '../../domain/calendar/types.ts';
import { compareInstants, instantAt, laterOf } from '../../domain/instant.ts';
import type { Instant } from '../../domain/instant.ts';
import type { JobState } from '../../domain/job/state.ts';
import type { Absence, Person } from '../../domain/people/types.ts';
import { dayCloses } from '../../domain/timetable/idle.ts';
import { jobStateTable, readState } from '../../store/jobs.ts';
import { absencesOf } from '../../store/people.ts';
import { findDigest, noteStarted, planDigest, type DigestRow, type Slot } from '../../store/reminders.ts';
import { rowsById } from '../../store/table.ts';
import { zoneNamed } from '../calendar/zone.ts';
import { calendarIn, type HouseNow } from '../house.ts';

/** How digests come about in the engine, and how long they gather. */
export interface Digests {
  /** Has the engine send a digest at its moment; a second time, from any process, changes nothing. */
  start(digest: { readonly digestId: string; readonly at: Instant }): Promise<void>;
  /** How long a rung that is told at once waits for others to the same person, milliseconds: a minute makes one mail of it. */
  readonly gatherMs: number;
  /** A digest leaves when nothing came in for its reader for so long, milliseconds. */
  readonly quietMs: number;
  /** Rungs of a crowded minute that take their turn in a second. */
  readonly rungsPerSecond: number;
}

/** What is needed to plan a digest. */
export interface PlanDeps {
  readonly connection: Connection;
  readonly office: Calendar;
  readonly digests: Digests;
}

/** Whether a digest can still take something in: it was never taken in hand. */
export function isOpen(digest: DigestRow | undefined): boolean {
  return digest?.state === 'queued' && digest.pile === undefined;
}

/** Plans a digest where it is not planned yet, and has the engine see to it. */
export async function plan(
  { connection, digests }: PlanDeps,
  personId: string,
  slot: Slot,
  now: Instant,
): Promise<DigestRow> {
  return seenTo(connection, digests, await planDigest(connection, personId, slot, now));
}

/** Has the engine see to a digest; whoever died between planning it and this is made up for by the next who comes by. */
export async function seenTo(connection: Connection, digests: Digests, digest: DigestRow): Promise<DigestRow> {
  if (digest.input.started === true) return digest;
  await digests.start({ digestId: digest._id, at: digest.notBefore });
  await noteStarted(connection, digest._id);
  return (await findDigest(connection, digest._id)) ?? digest;
}

/** The hours a person works: their own calendar, their client's or the office's, without the leave they are on. */
export async function hoursOf(house: HouseNow, person: Person, office: Calendar): Promise<Calendar> {
  const { id, side, clientId = '' } = person;
  const calendar = await calendarIn(house, side === 'client' ? 'client' : 'agency', clientId, office, [id]);
  const leave = await leaveOf(house, id);
  if (leave.length === 0) return calendar;
  return { ...calendar, absences: [...(calendar.absences ?? []), ...leave.map(({ from, to }) => ({ from, to }))] };
}

async function leaveOf(house: HouseNow, personId: string): Promise<readonly Absence[]> {
  const all = house.absences.complete ? house.absences.all : await absencesOf(house.connection, [personId]);
  return all.filter((absence) => absence.personId === personId && absence.asked !== true);
}

/**
 * The next morning of somebody who is there until then; undefined where leave that is known by now begins before it, as
 * nobody would be told what waited for the return. For leave that is announced later see `passOn`.
 */
export async function morningWithoutLeave(
  house: HouseNow,
  person: Person,
  office: Calendar,
  now: Instant,
): Promise<Slot | undefined> {
  const morning = morningAfter(await hoursOf(house, person, office), now);
  if (morning === undefined) return undefined;
  const goes = (await leaveOf(house, person.id)).some(
    ({ from }) => compareInstants(from, now) > 0 && compareInstants(from, morning.at) < 0,
  );
  return goes ? undefined : morning;
}

/** When the working day began that it is for whoever works these hours; undefined before it, and on a closed day. */
export function dayBeganAt(hours: Calendar, now: Instant): Instant | undefined {
  const [first] = openIntervals(hours, zoneNamed, localDateAt(hours, zoneNamed, now));
  const at = first && instantAt(first.startMs);
  return at !== undefined && compareInstants(at, now) <= 0 ? at : undefined;
}

/** The next morning of these hours; undefined where no working time lies ahead at all. */
export function morningAfter(hours: Calendar, now: Instant): Slot | undefined {
  return orNothing(() => {
    const { at, date } = nextMorning(hours, zoneNamed, now);
    return { at, day: date };
  });
}

/** When a digest may be read: now in working hours, else when they begin again. */
export function readableAt(hours: Calendar, now: Instant): Instant {
  return laterOf(now, orNothing(() => nextOpening(hours, zoneNamed, now).at) ?? now);
}

/** When a day of a timetable is over, on the office's calendar; undefined where no working day lies near it. */
export async function dayClosesAt(house: HouseNow, office: Calendar, day: LocalDate): Promise<Instant | undefined> {
  const theirs = await calendarIn(house, 'agency', '', office);
  return orNothing(() => dayCloses({ office: theirs, zones: zoneNamed }, day));
}

/** Jobs as they stand now; unknown ids are left out. */
export async function jobsNow(connection: Connection, ids: readonly string[]): Promise<ReadonlyMap<string, JobState>> {
  const rows = await rowsById(jobStateTable, connection, [...new Set(ids)]);
  return new Map([...rows].map(([id, row]) => [id, readState(row)]));
}

function orNothing<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof CalendarRefusal) return undefined;
    throw error;
  }
}
