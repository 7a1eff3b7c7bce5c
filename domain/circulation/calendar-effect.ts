import { localDateAt, publishedThroughAll } from '../calendar/day.ts';
import type { Ladder } from '../calendar/ladders.ts';
import type { Calendar, ZoneSource } from '../calendar/types.ts';
import { addWorkingMinutes, workingMinutesBetween } from '../calendar/working.ts';
import { compareInstants } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { ladders, stepTimes } from './step-times.ts';
import type { StepTimes } from './step-times.ts';
import type { Counted, LadderId, Rung } from './types.ts';

/** A running desk, as far as its clock depends on a calendar. */
export interface RunningDesk {
  readonly ladder: LadderId;
  /** The house's own ladder that the job pinned for this desk; absent: the one of §7.3 that `ladder` names. */
  readonly own?: Ladder;
  /** The moment its limits count from: when the first was asked, else when it opened. */
  readonly from: Instant;
  readonly dueAt?: Instant;
  /** Somebody moved the date by hand; it is what people agreed on and no calendar moves it. */
  readonly dueMoved?: boolean;
  readonly rungs: readonly Rung[];
}

/** A calendar that changes while desks run. */
export interface CalendarChange {
  readonly before: Calendar;
  readonly after: Calendar;
  readonly zones: ZoneSource;
  /** When the change takes hold. */
  readonly now: Instant;
}

/** What of a desk is counted anew on another calendar; only its rungs ahead need be given. */
export type CountedDesk = Pick<RunningDesk, 'ladder' | 'own' | 'from' | 'dueAt' | 'dueMoved'> & Pick<Counted, 'rungs'>;

/** One moment of a desk that a change of the calendar moves. */
export interface MovedMoment {
  readonly what: 'due' | Rung['kind'];
  /** Number of the rung; 0 for the date. */
  readonly n: number;
  readonly whom?: Rung['whom'];
  readonly was: Instant;
  readonly becomes: Instant;
  readonly provisional: boolean;
}

/** Whether a desk stands as it was counted, without a pause, a hold or a moved date in between. */
function standsAs(desk: CountedDesk, counted: StepTimes): boolean {
  const same = (rung: Counted['rungs'][number]): boolean =>
    counted.rungs.some(({ kind, n, at }) => kind === rung.kind && n === rung.n && at === rung.at);
  return desk.rungs.every(same) && (desk.dueMoved === true || desk.dueAt === undefined || desk.dueAt === counted.dueAt);
}

/**
 * A desk on the calendar that is in force from now on: its date, where it has one that is counted, and its rungs ahead.
 * What stands as opening counted it is counted so again, from the same moment; a desk that stands so already was opened
 * after the change and stays. A desk whose clock was shifted (a pause, a hold) keeps the working time that is left.
 * Throws CalendarRefusal.
 */
export function onCalendar(desk: CountedDesk, change: CalendarChange): Counted {
  const { before, after, zones, now } = change;
  const ladder = desk.own ?? ladders[desk.ladder];
  const anew = stepTimes(ladder, after, zones, desk.from);
  const fresh = standsAs(desk, anew) || standsAs(desk, stepTimes(ladder, before, zones, desk.from)) ? anew : undefined;
  const kept = (at: Instant): Instant =>
    compareInstants(at, now) <= 0
      ? at
      : addWorkingMinutes(after, zones, now, workingMinutesBetween(before, zones, now, at)).at;
  const rungs = desk.rungs.map(({ kind, n, at }) => {
    const same = fresh?.rungs.find((rung) => rung.kind === kind && rung.n === n);
    return { kind, n, at: same ? same.at : kept(at) };
  });
  if (desk.dueAt === undefined || desk.dueMoved === true) return { rungs };
  return { rungs, dueAt: fresh ? fresh.dueAt : kept(desk.dueAt) };
}

/** Whether a moment lies beyond what is published of a calendar: it is shown as provisional. */
export function isUnsure(calendar: Calendar, zones: ZoneSource, at: Instant): boolean {
  return localDateAt(calendar, zones, at) > publishedThroughAll(calendar);
}

/**
 * What a change of its calendar moves on a running desk: the date and the rungs that are still ahead. Rungs that fired
 * stay fired, a date moved by hand stays. Empty when nothing moves; throws CalendarRefusal.
 */
export function movedByCalendar(desk: RunningDesk, change: CalendarChange): readonly MovedMoment[] {
  const ahead = desk.rungs.filter(({ firedAt }) => firedAt === undefined);
  const counted = onCalendar({ ...desk, rungs: ahead }, change);
  const moved: MovedMoment[] = [];
  const look = (what: MovedMoment['what'], n: number, was: Instant, becomes: Instant, whom?: Rung['whom']): void => {
    const provisional = isUnsure(change.after, change.zones, becomes);
    if (becomes !== was) moved.push({ what, n, ...(whom === undefined ? {} : { whom }), was, becomes, provisional });
  };
  if (desk.dueAt !== undefined && counted.dueAt !== undefined) look('due', 0, desk.dueAt, counted.dueAt);
  for (const [place, { kind, n, whom, at }] of ahead.entries()) look(kind, n, at, counted.rungs[place]?.at ?? at, whom);
  return moved;
}
