import { localDateAt, publishedThroughAll } from '../calendar/day.ts';
import type { Calendar, ZoneSource } from '../calendar/types.ts';
import { addWorkingMinutes, workingMinutesBetween } from '../calendar/working.ts';
import { compareInstants } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { ladders, stepTimes } from './step-times.ts';
import type { StepTimes } from './step-times.ts';
import type { LadderId, Rung } from './types.ts';

/** A running desk, as far as its clock depends on a calendar. */
export interface RunningDesk {
  readonly ladder: LadderId;
  /** The moment its limits count from: when the first was asked, else when it opened. */
  readonly from: Instant;
  readonly dueAt?: Instant;
  /** Somebody moved the date by hand; it is what people agreed on and no calendar moves it. */
  readonly dueMoved?: boolean;
  readonly rungs: readonly Rung[];
}

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

const ahead = (rungs: readonly Rung[]): readonly Rung[] => rungs.filter(({ firedAt }) => firedAt === undefined);

/** Whether a desk stands as it was counted, without a pause, a hold or a moved date in between. */
function standsAs(desk: RunningDesk, counted: StepTimes): boolean {
  const same = (rung: Rung): boolean =>
    counted.rungs.some(({ kind, n, at }) => kind === rung.kind && n === rung.n && at === rung.at);
  return ahead(desk.rungs).every(same) && (desk.dueMoved === true || desk.dueAt === counted.dueAt);
}

/**
 * What a change of its calendar moves on a running desk: the date and the rungs that are still ahead, each counted as
 * opening counts them. Rungs that fired stay fired, a date moved by hand stays. A desk whose clock was shifted (a pause,
 * a hold) keeps the working time that is left at `now`. Empty when nothing moves; throws CalendarRefusal.
 */
export function movedByCalendar(
  desk: RunningDesk,
  change: { readonly before: Calendar; readonly after: Calendar; readonly zones: ZoneSource; readonly now: Instant },
): readonly MovedMoment[] {
  const { before, after, zones, now } = change;
  const counted = stepTimes(ladders[desk.ladder], before, zones, desk.from);
  const fresh = standsAs(desk, counted) ? stepTimes(ladders[desk.ladder], after, zones, desk.from) : undefined;
  const kept = (at: Instant): Instant =>
    compareInstants(at, now) <= 0
      ? at
      : addWorkingMinutes(after, zones, now, workingMinutesBetween(before, zones, now, at)).at;
  const unsure = (at: Instant): boolean => localDateAt(after, zones, at) > publishedThroughAll(after);

  const moved: MovedMoment[] = [];
  const look = (what: MovedMoment['what'], n: number, was: Instant, becomes: Instant, whom?: Rung['whom']): void => {
    if (becomes !== was)
      moved.push({ what, n, ...(whom === undefined ? {} : { whom }), was, becomes, provisional: unsure(becomes) });
  };
  if (desk.dueAt !== undefined && desk.dueMoved !== true)
    look('due', 0, desk.dueAt, fresh ? fresh.dueAt : kept(desk.dueAt));
  for (const { kind, n, whom, at } of ahead(desk.rungs)) {
    const same = fresh?.rungs.find((rung) => rung.kind === kind && rung.n === n);
    look(kind, n, at, same ? same.at : kept(at), whom);
  }
  return moved;
}
