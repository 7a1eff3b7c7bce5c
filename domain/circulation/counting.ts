import type { Calendar, ZoneSource } from '../calendar/types.ts';
import { addWorkingMinutes, nextOpening, subtractWorkingMinutes, workingMinutesBetween } from '../calendar/working.ts';
import { compareInstants, earlierOf, laterOf } from '../instant.ts';
import type { Instant } from '../instant.ts';
import type { RecountedAct } from './acts.ts';
import { isUnsure, onCalendar } from './calendar-effect.ts';
import type { CalendarShift, Counted, Recount, Shift } from './types.ts';

/** The calendar of a desk as a change found it and as it left it. */
export interface ChangedCalendar {
  readonly before: Calendar;
  readonly after: Calendar;
}

/** What the calendars of a desk were around each change among its shifts, by the change. */
export type ChangedCalendars = ReadonlyMap<CalendarShift, ChangedCalendar>;

/** Where each moment falls after one shift. */
type Move = (moment: Instant) => Instant;

/** The moment reached after that much working time, or before it where the amount is negative. */
function away(calendar: Calendar, zones: ZoneSource, from: Instant, minutes: number): Instant {
  return minutes < 0
    ? subtractWorkingMinutes(calendar, zones, from, -minutes).at
    : addWorkingMinutes(calendar, zones, from, minutes).at;
}

function moveOf(
  calendar: Calendar,
  zones: ZoneSource,
  shift: Exclude<Shift, CalendarShift>,
  first: Instant | undefined,
): Move {
  const between = (from: Instant, to: Instant): number => workingMinutesBetween(calendar, zones, from, to);
  switch (shift.kind) {
    case 'pause': {
      if (first === undefined || compareInstants(first, shift.until) >= 0) return (moment) => moment;
      // The first rung speaks when the pause is over, in working hours; those behind keep their working distance to it.
      const start = nextOpening(calendar, zones, shift.until).at;
      return (moment) => {
        const minutes = between(first, moment);
        return minutes <= 0 ? start : addWorkingMinutes(calendar, zones, start, minutes).at;
      };
    }
    case 'hold':
      // Nobody could act between the two: what was left at the first is what is left at the second.
      return (moment) =>
        compareInstants(moment, shift.from) <= 0
          ? moment
          : addWorkingMinutes(calendar, zones, shift.to, between(shift.from, moment)).at;
    case 'move': {
      const minutes = between(earlierOf(shift.from, shift.to), laterOf(shift.from, shift.to));
      const later = compareInstants(shift.from, shift.to) <= 0;
      return (moment) => away(calendar, zones, moment, later ? minutes : -minutes);
    }
  }
}

/** A desk on its way through the shifts: its rungs ahead, and its date where it is counted. */
type Underway = Counted;

function shiftedBy(
  calendar: Calendar,
  zones: ZoneSource,
  desk: Underway,
  shift: Exclude<Shift, CalendarShift>,
): Underway {
  const first = desk.rungs.map(({ at }) => at).sort()[0];
  // Whoever moved a date that was still being counted saw the old one: it goes from where the count had come to.
  const known = shift.kind === 'move' ? { ...shift, from: desk.dueAt ?? shift.from } : shift;
  const move = moveOf(calendar, zones, known, first);
  // A pause leaves the date of the desk alone; one that was moved by hand stands from then on.
  const counts = shift.kind === 'move' ? undefined : desk.dueAt;
  const dueAt = counts !== undefined && shift.kind === 'hold' ? move(counts) : counts;
  return {
    rungs: desk.rungs.map((rung) => ({ ...rung, at: move(rung.at) })),
    ...(dueAt === undefined ? {} : { dueAt }),
  };
}

/**
 * Where the rungs and the date of a desk fall on a calendar after its shifts: none in closed hours, the working time
 * between them as it was. Each shift is counted on the calendar that was in force then; `changes` knows what a changed
 * one was before and is now, and leaves out those that do not rule the desk. Throws CalendarRefusal like
 * `addWorkingMinutes`.
 */
export function counted(
  calendar: Calendar,
  zones: ZoneSource,
  wanted: Recount,
  changes: ChangedCalendars = new Map(),
): Counted & { readonly provisional: boolean } {
  let desk: Underway = wanted;
  for (const [place, shift] of wanted.shifts.entries()) {
    if (shift.kind === 'calendar') {
      const change = changes.get(shift);
      const { ladder, own, from, at: now } = shift;
      if (change) desk = onCalendar({ ...desk, ladder, ...(own ? { own } : {}), from }, { ...change, zones, now });
      continue;
    }
    const next = wanted.shifts.slice(place).find((one) => one.kind === 'calendar' && changes.has(one));
    const then = next?.kind === 'calendar' ? changes.get(next)?.before : undefined;
    desk = shiftedBy(then ?? calendar, zones, desk, shift);
  }
  const { rungs, dueAt } = desk;
  return {
    rungs: rungs.map(({ kind, n, at }) => ({ kind, n, at })),
    ...(dueAt === undefined ? {} : { dueAt }),
    provisional: dueAt !== undefined && isUnsure(calendar, zones, dueAt),
  };
}

/** The answer to a recount, as the activity that has the calendars gives it. */
export function recountedAct(
  calendar: Calendar,
  zones: ZoneSource,
  wanted: Recount & { readonly circulation: string; readonly round: number; readonly step: string },
  changes: ChangedCalendars = new Map(),
): RecountedAct {
  const { circulation, round, step, seq } = wanted;
  return { type: 'recounted', circulation, round, step, seq, ...counted(calendar, zones, wanted, changes) };
}
