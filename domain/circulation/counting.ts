import type { Calendar, WorkingMoment, ZoneSource } from '../calendar/types.ts';
import { addWorkingMinutes, nextOpening, subtractWorkingMinutes, workingMinutesBetween } from '../calendar/working.ts';
import { compareInstants, earlierOf, laterOf } from '../instant.ts';
import type { Instant } from '../instant.ts';
import type { RecountedAct } from './acts.ts';
import type { Counted, Recount, Shift } from './types.ts';

/** One moment under way through the shifts; `provisional` once it rested on holidays not published yet. */
type Moment = WorkingMoment;

/** Where each moment falls after one shift. */
type Move = (moment: Moment) => Moment;

/** The moment reached after that much working time, or before it where the amount is negative. */
function away(calendar: Calendar, zones: ZoneSource, from: Instant, minutes: number): Moment {
  return minutes < 0
    ? subtractWorkingMinutes(calendar, zones, from, -minutes)
    : addWorkingMinutes(calendar, zones, from, minutes);
}

function moveOf(calendar: Calendar, zones: ZoneSource, shift: Shift, first: Instant | undefined): Move {
  const between = (from: Instant, to: Instant): number => workingMinutesBetween(calendar, zones, from, to);
  switch (shift.kind) {
    case 'pause': {
      if (first === undefined || compareInstants(first, shift.until) >= 0) return (moment) => moment;
      // The first rung speaks when the pause is over, in working hours; those behind keep their working distance to it.
      const start = nextOpening(calendar, zones, shift.until);
      return ({ at }) => {
        const minutes = between(first, at);
        return minutes <= 0 ? start : addWorkingMinutes(calendar, zones, start.at, minutes);
      };
    }
    case 'hold':
      // Nobody could act between the two: what was left at the first is what is left at the second.
      return (moment) =>
        compareInstants(moment.at, shift.from) <= 0
          ? moment
          : addWorkingMinutes(calendar, zones, shift.to, between(shift.from, moment.at));
    case 'move': {
      const minutes = between(earlierOf(shift.from, shift.to), laterOf(shift.from, shift.to));
      const later = compareInstants(shift.from, shift.to) <= 0;
      return ({ at }) => away(calendar, zones, at, later ? minutes : -minutes);
    }
  }
}

/**
 * Where the rungs and the date of a desk fall on a calendar after its shifts: none in closed hours, the working time
 * between them as it was. A pause and a moved date leave the date alone. Throws CalendarRefusal like `addWorkingMinutes`.
 */
export function counted(
  calendar: Calendar,
  zones: ZoneSource,
  wanted: Recount,
): Counted & { readonly provisional: boolean } {
  let rungs = wanted.rungs.map((rung) => ({ ...rung, provisional: false }));
  let due: Moment | undefined = wanted.dueAt === undefined ? undefined : { at: wanted.dueAt, provisional: false };
  for (const shift of wanted.shifts) {
    const first = rungs.map(({ at }) => at).sort()[0];
    const move = moveOf(calendar, zones, shift, first);
    rungs = rungs.map((rung) => ({ ...rung, ...move(rung) }));
    if (due && shift.kind === 'hold') due = move(due);
  }
  return {
    rungs: rungs.map(({ kind, n, at }) => ({ kind, n, at })),
    ...(due ? { dueAt: due.at } : {}),
    provisional: due?.provisional ?? false,
  };
}

/** The answer to a recount, as the activity that has the calendar gives it. */
export function recountedAct(
  calendar: Calendar,
  zones: ZoneSource,
  wanted: Recount & { readonly circulation: string; readonly round: number; readonly step: string },
): RecountedAct {
  const { circulation, round, step, seq } = wanted;
  return { type: 'recounted', circulation, round, step, seq, ...counted(calendar, zones, wanted) };
}
