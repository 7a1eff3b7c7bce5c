import { closeOfBusiness, openingOf, workingDayOnOrAfter, workingDayOnOrBefore } from '../calendar/working-days.ts';
import type { LocalDate } from '../calendar/types.ts';
import { addWorkingMinutes, subtractWorkingMinutes } from '../calendar/working.ts';
import type { Instant } from '../instant.ts';
import { earlierOf, laterOf } from '../instant.ts';
import type { TimeCalendars } from '../time-kept/account.ts';
import { workingMs } from '../time-kept/account.ts';
import type { PlannedStage } from './types.ts';

/** The office's calendar and zones, by which timetables are counted. */
export type OfficeTime = Pick<TimeCalendars, 'office' | 'zones'>;

const minuteMs = 60_000;

/** When a day of a timetable is over: its close of business, or that of the working day before. */
export function dayCloses({ office, zones }: OfficeTime, date: LocalDate): Instant {
  return closeOfBusiness(office, zones, workingDayOnOrBefore(office, zones, date));
}

/** When a day of a timetable begins: its opening, or that of the working day after. */
export function dayOpens({ office, zones }: OfficeTime, date: LocalDate): Instant {
  return openingOf(office, zones, workingDayOnOrAfter(office, zones, date));
}

/** A moment moved on by working time; none leaves it where it is. */
export function movedBy({ office, zones }: OfficeTime, at: Instant, ms: number): Instant {
  return ms <= 0 ? at : addWorkingMinutes(office, zones, at, ms / minuteMs).at;
}

/** A moment moved back by working time. */
export function movedBack({ office, zones }: OfficeTime, at: Instant, ms: number): Instant {
  return ms <= 0 ? at : subtractWorkingMinutes(office, zones, at, ms / minuteMs).at;
}

/** Time between two stages in which nothing is planned: room that takes up a delay. */
export interface Idle {
  readonly from: Instant;
  readonly to: Instant;
}

/** The room between stages. What lies before the first and after the last is none: there the float is what counts. */
export function idleOf(stages: readonly PlannedStage[], time: OfficeTime): readonly Idle[] {
  const spans = stages
    .map(({ start, end }) => ({ from: dayOpens(time, start), to: dayCloses(time, end) }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const idle: Idle[] = [];
  let until = spans[0]?.to;
  for (const { from, to } of spans.slice(1)) {
    if (until === undefined) break;
    if (until < from) idle.push({ from: until, to: from });
    until = laterOf(until, to);
  }
  return idle;
}

/** How much room lies between two moments, milliseconds of working time. */
export function idleBetween(idle: readonly Idle[], from: Instant, to: Instant, { office, zones }: OfficeTime): number {
  return idle.reduce((sum, one) => {
    const [start, end] = [laterOf(one.from, from), earlierOf(one.to, to)];
    return start < end ? sum + workingMs(office, zones, start, end) : sum;
  }, 0);
}
