import type { Connection } from 'mongoose';
import type { Clock } from '../../config/clock.ts';
import { calendarOfDesk } from '../../domain/calendar/desk.ts';
import { CalendarRefusal } from '../../domain/calendar/refusal.ts';
import { reachOf, type Reach } from '../../domain/circulation/reach.ts';
import type { Instant } from '../../domain/instant.ts';
import type { JobState } from '../../domain/job/state.ts';
import { calendars } from '../../store/calendars.ts';
import { wholeJob } from '../../store/jobs.ts';
import { absencesOf } from '../../store/people.ts';
import { timeIn } from '../view/read/house.ts';
import { zoneNamed } from '../view/zone.ts';
import type { Wish } from './door.ts';

/** What a look at the calendars needs. */
export interface ReachDeps {
  readonly store: Connection;
  readonly clock: Clock;
  readonly config: { readonly agencyZone: string };
}

/** The desk of a job that somebody wants to press for. */
interface Desk {
  readonly circulation: string;
  readonly step: string;
}

/**
 * When the holders of a desk may be written to by hand; undefined where there is no such desk. Pages ask before they
 * offer it, the door when the command comes: the same look both times.
 */
export async function reachOfDesk(
  deps: ReachDeps,
  state: JobState,
  { circulation: id, step: key }: Desk,
  now: Instant = deps.clock(),
): Promise<Reach | undefined> {
  const circulation = Object.hasOwn(state.circulations, id) ? state.circulations[id] : undefined;
  const stay = circulation?.stays.find((one) => one.step === key);
  const step = circulation && state.routes[circulation.route]?.steps.find((one) => one.key === key);
  if (!stay || !step) return undefined;
  const ids = stay.holders.map(({ personId }) => personId);
  const [hours, leave] = await Promise.all([calendars.now(deps.store), absencesOf(deps.store, ids)]);
  const office = timeIn(hours, deps).calendar;
  const of = (holders: readonly string[]) =>
    calendarOfDesk({ side: step.side, clientId: state.clientId, holders }, hours.byId, office);
  const away = (id: string) =>
    leave.filter(({ personId, asked }) => personId === id && asked !== true).map(({ from, to }) => ({ from, to }));
  const holders = ids.map((personId) => ({ personId, calendar: of([personId]), leave: away(personId) }));
  const until = stay.onItUntil === undefined ? {} : { onItUntil: stay.onItUntil };
  try {
    return reachOf({ wall: office.zone, calendar: of(ids), holders, ...until }, zoneNamed, now);
  } catch (error) {
    // A calendar without any working time ahead can say no moment; the core refuses what comes without one.
    if (error instanceof CalendarRefusal) return undefined;
    throw error;
  }
}

/** What a command that presses for a desk brings along; nothing for any other act. */
export async function reachFor(
  deps: ReachDeps,
  processId: string,
  { act }: Pick<Wish, 'act'>,
): Promise<{ readonly reach?: Reach }> {
  if (act.type !== 'nudge') return {};
  const job = await wholeJob(deps.store, processId);
  const reach = job && (await reachOfDesk(deps, job.state, act));
  return reach ? { reach } : {};
}
