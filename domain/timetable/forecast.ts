import { localDateAt } from '../calendar/day.ts';
import { workingDayOnOrBefore, workingDaysBefore } from '../calendar/working-days.ts';
import type { LocalDate } from '../calendar/types.ts';
import { nextOpening } from '../calendar/working.ts';
import type { Instant } from '../instant.ts';
import { earlierOf, laterOf } from '../instant.ts';
import { workingMs } from '../time-kept/account.ts';
import type { Walk } from '../time-kept/walk.ts';
import type { Delays } from './delay.ts';
import { delaysSince } from './delay.ts';
import type { OfficeTime } from './idle.ts';
import { dayCloses, dayOpens, idleBetween, idleOf, movedBack, movedBy } from './idle.ts';
import { milestonesReached } from './milestones.ts';
import type { Baseline, DelayParts, ExtensionDue, PlannedNode, PlannedStage, TimetablePlan } from './types.ts';
import { nodeKey } from './types.ts';

/** Less working time than this is no delay for which anybody would move a date, milliseconds. */
export const leastDelayMs = 60 * 60_000;

/** A moment that was planned, and when it comes now. */
export interface MovedMoment {
  /** When it was to be: the close of its day. */
  readonly at: Instant;
  readonly forecastAt: Instant;
  readonly forecastDate: LocalDate;
  /** How far it moved, milliseconds of working time. */
  readonly movedMs: number;
}

/** A key node: reached, ahead, or past its day without anybody saying that it was reached. */
export interface NodeForecast extends PlannedNode, MovedMoment {
  readonly state: 'reached' | 'ahead' | 'unseen';
  readonly reachedAt?: Instant;
  /** How much later it may still come before the delivery moves, milliseconds of working time; ahead only. */
  readonly floatMs?: number;
}

/** A stage, and when it begins and ends now. */
export interface StageForecast extends PlannedStage {
  readonly from: Instant;
  readonly to: Instant;
  readonly forecastFrom: Instant;
  readonly forecastTo: Instant;
  readonly forecastStart: LocalDate;
  readonly forecastEnd: LocalDate;
}

/** The delivery: when it was promised, when it comes, and what of that is the client's delay. */
export interface DeliveryForecast extends MovedMoment {
  readonly date: LocalDate;
  readonly reachedAt?: Instant;
  /** What of `movedMs` there would not be without the client's delay. */
  readonly clientMs: number;
}

/** What became of a timetable. Amounts are milliseconds of the office's working time. */
export interface Forecast extends DelayParts {
  /** How far the work is behind the baseline: the client's part, the agency's and the holds'. */
  readonly delayMs: number;
  readonly lateDesks: Delays['lateDesks'];
  readonly lateNow: Delays['lateNow'];
  readonly nodes: readonly NodeForecast[];
  readonly stages: readonly StageForecast[];
  readonly delivery: DeliveryForecast;
  /** The float as it was planned, and what is left of it. */
  readonly floatMs: number;
  readonly floatLeftMs: number;
  readonly floatUsedUp: boolean;
  readonly extension?: ExtensionDue;
}

/** What a forecast is made from. `done`: nodes that a person marked as reached, by their key. */
export interface ForecastSource {
  readonly plan: TimetablePlan;
  readonly baseline: Pick<Baseline, 'acceptedAt' | 'deliveryDate'>;
  readonly walk: Pick<Walk, 'passages' | 'desks'>;
  readonly done?: Readonly<Record<string, Instant>>;
}

/**
 * What becomes of a timetable, counted in the office's working time.
 * 1. Only what happened since the client accepted it counts: its dates were agreed on knowing the rest.
 * 2. The delay is how far the last node reached was behind its day, and what held the job up since (`delaysSince`);
 *    a node or delivery whose day is over and that is not reached makes it as great as that is late.
 * 3. What was caught up is taken off the agency's part, then the holds', then the client's.
 * 4. A planned moment moves by the delay, less the room between stages that lies ahead of it; the delivery also less
 *    the float. None moves before its day.
 * 5. Of the delivery's move, the client's is what there would not be without the client's delay.
 * Throws CalendarRefusal where dates lie further apart than any calendar looks.
 */
export function forecast(source: ForecastSource, time: OfficeTime, now: Instant): Forecast {
  const { plan, baseline, walk, done = {} } = source;
  const { office, zones } = time;
  const reached = milestonesReached(walk.passages);
  const deliveredAt = reached.delivery;
  // After the delivery nothing holds it up any more.
  const until = deliveredAt === undefined ? now : earlierOf(deliveredAt, now);
  const deliveryAt = dayCloses(time, plan.deliveryDate);
  const nodes = plan.nodes.map((node) => {
    const reachedAt = done[nodeKey(node)] ?? (node.milestone === undefined ? undefined : reached[node.milestone]);
    return { ...node, at: dayCloses(time, node.date), ...(reachedAt === undefined ? {} : { reachedAt }) };
  });
  const all = delaysSince(walk, baseline.acceptedAt, time, until);
  const delayMs = delayOf({ nodes, deliveryAt, deliveredAt, baseline, walk }, time, until);
  const clientMs = Math.min(all.clientMs, delayMs);
  const holdMs = Math.min(all.holdMs, delayMs - clientMs);
  const agencyMs = delayMs - clientMs - holdMs;

  const idle = idleOf(plan.stages, time);
  const floatMs = floatOf(plan, deliveryAt, time);
  const behind = (delay: number, at: Instant): number =>
    Math.max(0, delay - idleBetween(idle, movedBack(time, until, delay), at, time));
  const pushed = (delay: number): number => Math.max(0, behind(delay, deliveryAt) - floatMs);
  const overdueMs = Math.max(0, workingMs(office, zones, deliveryAt, until));
  const pushMs = deliveredAt === undefined ? Math.max(pushed(delayMs), overdueMs) : overdueMs;
  const without = Math.max(pushed(delayMs - clientMs), overdueMs - clientMs);
  const clientPushMs = Math.max(0, Math.min(clientMs, pushMs - without));
  const floatLeftMs = pushMs > 0 ? 0 : Math.max(0, floatMs - behind(delayMs, deliveryAt));

  const passed = movedBack(time, until, delayMs);
  // Compared in working time: the close of a day and the next opening are the same place in the plan.
  const beforeHere = (at: Instant): number => workingMs(office, zones, at, until) - delayMs;
  const comes = (at: Instant): Instant => (beforeHere(at) > 0 ? at : movedBy(time, at, behind(delayMs, at)));
  // What begins just when a day closes begins with the next.
  const begins = (at: Instant): Instant => {
    const moves = comes(at);
    return moves === at ? at : nextOpening(office, zones, moves).at;
  };
  const moved = (at: Instant, forecastAt: Instant): MovedMoment => ({
    at,
    forecastAt,
    forecastDate: localDateAt(office, zones, forecastAt),
    movedMs: workingMs(office, zones, at, forecastAt),
  });
  const deliveryComes = deliveredAt ?? movedBy(time, deliveryAt, pushMs);
  const newDate = localDateAt(office, zones, movedBy(time, deliveryAt, clientPushMs));
  const asks = deliveredAt === undefined && clientPushMs >= leastDelayMs && newDate > plan.deliveryDate;
  return {
    delayMs,
    clientMs,
    agencyMs,
    holdMs,
    lateDesks: all.lateDesks,
    lateNow: deliveredAt === undefined ? all.lateNow : [],
    nodes: nodes.map((node) => {
      if (node.reachedAt !== undefined) return { ...node, ...moved(node.at, node.reachedAt), state: 'reached' };
      const forecastAt = comes(node.at);
      const ahead = node.milestone !== undefined || forecastAt > until;
      const after = laterOf(node.at, passed);
      return {
        ...node,
        ...moved(node.at, forecastAt),
        ...(ahead
          ? { state: 'ahead', floatMs: idleBetween(idle, after, deliveryAt, time) + floatLeftMs }
          : { state: 'unseen' }),
      };
    }),
    stages: plan.stages.map((stage) => {
      const [from, to] = [dayOpens(time, stage.start), dayCloses(time, stage.end)];
      // A stage that was to end just where the work stands has ended; one that was to begin there has not begun.
      const [forecastFrom, forecastTo] = [begins(from), delayMs > 0 && beforeHere(to) >= 0 ? to : comes(to)];
      const dateOf = (at: Instant): LocalDate => localDateAt(office, zones, at);
      const dates = { forecastStart: dateOf(forecastFrom), forecastEnd: dateOf(forecastTo) };
      return { ...stage, from, to, forecastFrom, forecastTo, ...dates };
    }),
    delivery: {
      date: plan.deliveryDate,
      ...moved(deliveryAt, deliveryComes),
      clientMs: clientPushMs,
      ...(deliveredAt === undefined ? {} : { reachedAt: deliveredAt }),
    },
    floatMs,
    floatLeftMs,
    floatUsedUp: deliveredAt === undefined && floatLeftMs === 0 && behind(delayMs, deliveryAt) >= leastDelayMs,
    ...(asks ? { extension: { oldDate: plan.deliveryDate, newDate, clientMs: clientPushMs } } : {}),
  };
}

interface Position {
  readonly nodes: readonly (PlannedNode & { readonly at: Instant; readonly reachedAt?: Instant })[];
  readonly deliveryAt: Instant;
  readonly deliveredAt: Instant | undefined;
  readonly baseline: Pick<Baseline, 'acceptedAt'>;
  readonly walk: ForecastSource['walk'];
}

/** How far the work is behind its timetable. */
function delayOf({ nodes, deliveryAt, deliveredAt, baseline, walk }: Position, time: OfficeTime, now: Instant): number {
  const { office, zones } = time;
  const since = baseline.acceptedAt;
  const marks = [
    ...nodes.flatMap(({ at, reachedAt }) => (reachedAt === undefined ? [] : [{ at, reachedAt }])),
    ...(deliveredAt === undefined ? [] : [{ at: deliveryAt, reachedAt: deliveredAt }]),
  ].filter(({ reachedAt }) => reachedAt >= since && reachedAt <= now);
  const last = marks.reduce<(typeof marks)[number] | undefined>(
    (best, one) =>
      best === undefined || one.reachedAt > best.reachedAt || (one.reachedAt === best.reachedAt && one.at > best.at)
        ? one
        : best,
    undefined,
  );
  const lag = last === undefined ? 0 : workingMs(office, zones, last.at, last.reachedAt);
  const { clientMs, agencyMs, holdMs } = delaysSince(walk, last?.reachedAt ?? since, time, now);
  const waited = [
    ...nodes.filter(({ milestone, reachedAt }) => milestone !== undefined && reachedAt === undefined),
    ...(deliveredAt === undefined ? [{ at: deliveryAt }] : []),
  ].filter(({ at }) => at >= since);
  const overdue = waited.map(({ at }) => workingMs(office, zones, at, now));
  return Math.max(0, lag + clientMs + agencyMs + holdMs, ...overdue);
}

/** The float in working time: the working days before the delivery that are kept free. */
function floatOf({ floatDays, deliveryDate }: TimetablePlan, deliveryAt: Instant, time: OfficeTime): number {
  const { office, zones } = time;
  const last = workingDayOnOrBefore(office, zones, deliveryDate);
  const before = workingDaysBefore(office, zones, last, Math.max(0, Math.floor(floatDays)));
  return Math.max(0, workingMs(office, zones, dayCloses(time, before), deliveryAt));
}
