import { addDays } from '../calendar/dates.ts';
import { isWorkingDay, localDateAt } from '../calendar/day.ts';
import type { LocalDate } from '../calendar/types.ts';
import type { Instant } from '../instant.ts';
import type { TimeCalendars } from './account.ts';

/** Working days the load is looked ahead: two weeks. */
export const loadDays = 10;
/** Days looked at to find them: two weeks around a long holiday. */
const mostDays = 60;

/** Something on a desk now, with everybody who holds it. */
export interface OnDesk {
  readonly holders: readonly string[];
  readonly role: string;
  readonly side: 'agency' | 'client';
  readonly dueAt?: Instant;
}

/** Something expected on a desk. */
export interface Expected {
  readonly personId?: string;
  readonly role: string;
  readonly side: 'agency' | 'client';
  readonly at: Instant;
}

/** One working day of a desk: what is due on it and what is expected to come in. */
export interface LoadDay {
  readonly due: number;
  readonly coming: number;
}

/** What lies on one person's desk and what comes. */
export interface DeskLoad {
  readonly personId: string;
  readonly side: 'agency' | 'client';
  readonly roles: readonly string[];
  /** Things that wait for the person now, and those of them whose date has passed. */
  readonly now: number;
  readonly late: number;
  /** Due after the two weeks, or without a date. */
  readonly later: number;
  /** A day for each of `Load.dates`. */
  readonly days: readonly LoadDay[];
}

/** The load of all desks now and in the next two weeks. */
export interface Load {
  /** The next ten working days of the office, today among them while it is one. */
  readonly dates: readonly LocalDate[];
  /** Late ones first, then the fullest. */
  readonly desks: readonly DeskLoad[];
  /** Steps expected for which nobody is found yet. */
  readonly nobody: number;
}

/** The next working days of the office, from the day of `now` on. */
export function nextWorkingDays({ office, zones }: TimeCalendars, now: Instant, days = loadDays): readonly LocalDate[] {
  const found: LocalDate[] = [];
  for (let n = 0, date = localDateAt(office, zones, now); n < mostDays && found.length < days; n += 1) {
    if (isWorkingDay(office, zones, date)) found.push(date);
    date = addDays(date, 1);
  }
  return found;
}

/**
 * Lays what is open and what is expected on the days of the next two weeks. What is due on a day off counts for the
 * working day after it; what is late is counted apart and on no day.
 */
export function loadOf(
  open: readonly OnDesk[],
  expected: readonly Expected[],
  calendars: TimeCalendars,
  now: Instant,
): Load {
  const dates = nextWorkingDays(calendars, now);
  const desks = new Map<
    string,
    {
      side: 'agency' | 'client';
      roles: Set<string>;
      now: number;
      late: number;
      later: number;
      days: { due: number; coming: number }[];
    }
  >();
  const deskOf = (personId: string, side: 'agency' | 'client', role: string) => {
    const desk = desks.get(personId) ?? {
      side,
      roles: new Set<string>(),
      now: 0,
      late: 0,
      later: 0,
      days: dates.map(() => ({ due: 0, coming: 0 })),
    };
    desk.roles.add(role);
    desks.set(personId, desk);
    return desk;
  };
  const dayOf = (at: Instant): number => {
    const date = localDateAt(calendars.office, calendars.zones, at);
    return dates.findIndex((one) => one >= date);
  };
  for (const { holders, role, side, dueAt } of open) {
    for (const personId of holders) {
      const desk = deskOf(personId, side, role);
      desk.now += 1;
      const day = dueAt === undefined ? undefined : desk.days[dayOf(dueAt)];
      if (dueAt !== undefined && dueAt < now) desk.late += 1;
      else if (day) day.due += 1;
      else desk.later += 1;
    }
  }
  let nobody = 0;
  for (const { personId, role, side, at } of expected) {
    const place = dayOf(at);
    if (place < 0) continue;
    if (personId === undefined) {
      nobody += 1;
      continue;
    }
    const day = deskOf(personId, side, role).days[place];
    if (day) day.coming += 1;
  }
  return {
    dates,
    desks: [...desks.entries()]
      .map(([personId, { roles, ...desk }]) => ({ personId, roles: [...roles].sort(), ...desk }))
      .sort((a, b) => b.late - a.late || b.now - a.now || coming(b) - coming(a) || (a.personId < b.personId ? -1 : 1)),
    nobody,
  };
}

const coming = ({ days }: Pick<DeskLoad, 'days'>): number => days.reduce((sum, day) => sum + day.coming, 0);
