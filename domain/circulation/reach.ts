import { nextOpening, addWorkingMinutes } from '../calendar/working.ts';
import type { Calendar, ClosedSpan, ZoneLookup } from '../calendar/types.ts';
import { compareInstants } from '../instant.ts';
import type { Instant } from '../instant.ts';

/** A step is pressed for by hand at most once in this working time: the shortest stretch between two rungs (§7.3). Minutes. */
export const nudgeRestMinutes = 4 * 60;

/** A moment, and what a clock on the house's wall shows then: `2026-03-16 09:00`. */
export interface Moment {
  readonly at: Instant;
  readonly said: string;
}

/**
 * When the holders of a desk may be pressed by hand, as the calendar says it at the moment of asking. Whoever asks does
 * not say so themselves: the door adds it to the command.
 */
export interface Reach {
  readonly holders: readonly {
    readonly personId: string;
    /** From when on they may be written to; not later than the moment of asking where they may be now. */
    readonly from: Moment;
    /** Why they may not be now. */
    readonly why?: 'closed' | 'leave';
  }[];
  /** When the step may be pressed for again, if it is now. */
  readonly again: Moment;
  /** The end of "I'm on it", where the desk has one. */
  readonly paused?: Moment;
}

/** Whom a desk lies with, by which hours they work and when they are away. */
export interface ReachedDesk {
  /** IANA name of the zone in which the house tells its people the time. */
  readonly wall: string;
  readonly calendar: Calendar;
  readonly holders: readonly {
    readonly personId: string;
    readonly calendar: Calendar;
    readonly leave: readonly ClosedSpan[];
  }[];
  readonly onItUntil?: Instant;
}

/**
 * When a desk may be pressed for: nobody is in their closed hours or on their leave, and a step is not pressed for twice
 * within `nudgeRestMinutes` of the desk's own working time. Throws CalendarRefusal where no working time lies ahead.
 */
export function reachOf({ wall, calendar, holders, onItUntil }: ReachedDesk, zones: ZoneLookup, now: Instant): Reach {
  const moment = (at: Instant): Moment => {
    const { date, minutes } = zones(wall).toLocal(at);
    const two = (n: number): string => String(n).padStart(2, '0');
    return { at, said: `${date} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` };
  };
  return {
    holders: holders.map(({ personId, calendar: hours, leave }) => {
      const there = leave.length === 0 ? hours : { ...hours, absences: [...(hours.absences ?? []), ...leave] };
      const from = nextOpening(there, zones, now).at;
      if (compareInstants(from, now) <= 0) return { personId, from: moment(from) };
      const away = leave.some((span) => span.from <= now && now < span.to);
      return { personId, from: moment(from), why: away ? 'leave' : 'closed' };
    }),
    again: moment(addWorkingMinutes(calendar, zones, now, nudgeRestMinutes).at),
    ...(onItUntil === undefined ? {} : { paused: moment(onItUntil) }),
  };
}
