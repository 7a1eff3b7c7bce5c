import type { Instant } from '../instant.ts';

/** A day on a wall calendar, `YYYY-MM-DD`; which midnight it starts at depends on the zone it is read in. */
export type LocalDate = string;

/** A time on a wall clock, `HH:MM`, 00:00 to 23:59; `24:00` only as the end of a span. */
export type LocalTime = string;

/** What something is called in both languages of the house. */
export interface CalendarName {
  readonly zh: string;
  readonly en: string;
}

/** One stretch of office hours on one day; `from` is before `to`. Work past midnight is two spans on two days. */
export interface OpenHours {
  readonly from: LocalTime;
  readonly to: LocalTime;
}

/** The days of the week in calendar order; ISO number = place in this list + 1. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A day of the week, as a key of the weekly hours. */
export type Weekday = (typeof weekdays)[number];

/** Office hours of an ordinary week; an empty list is a day off, two spans have a break between them. */
export type WeeklyHours = Readonly<Record<Weekday, readonly OpenHours[]>>;

/**
 * Why a date differs from its weekday: public holiday, make-up working day (调休), own closure (a typhoon day),
 * or a day with hours of its own.
 */
export type DayKind = 'holiday' | 'makeup' | 'closed' | 'short';

/**
 * A date that differs from its weekday. `hours`: required for `short`; may be given for `makeup`, which otherwise has
 * the hours of its weekday or, when that is a day off, those of the first working weekday; never for the other two.
 */
export interface CalendarDay {
  readonly kind: DayKind;
  readonly name: CalendarName;
  readonly hours?: readonly OpenHours[];
}

/** Time in which a person or an office is not there at all: from `from` up to, not including, `to`. */
export interface ClosedSpan {
  readonly from: Instant;
  readonly to: Instant;
}

/** Working hours of one office, client or person, as plain data (P-21). */
export interface SingleCalendar {
  readonly id: string;
  readonly name: CalendarName;
  /** IANA name of the zone in which hours and dates are meant, e.g. `Asia/Shanghai`. */
  readonly zone: string;
  readonly weekly: WeeklyHours;
  /** Exceptions by local date. */
  readonly days: Readonly<Record<LocalDate, CalendarDay>>;
  /** Last date whose holidays are published; an answer that looked beyond it is provisional. */
  readonly publishedThrough: LocalDate;
  /** Absences and other closures between two moments. */
  readonly absences?: readonly ClosedSpan[];
}

/**
 * A calendar as every function here takes it. With `also`, only what is working time in all of them counts, while
 * dates and weeks are still read in this calendar's own zone (`combineCalendars` makes such a one).
 */
export interface Calendar extends SingleCalendar {
  readonly also?: readonly SingleCalendar[];
}

/** What a wall clock shows at an instant: `minutes` whole, 0 to 1439; `offsetMinutes` ahead of UTC. */
export interface LocalMoment {
  readonly date: LocalDate;
  readonly minutes: number;
  readonly offsetMinutes: number;
}

/**
 * Arithmetic of one time zone, given from outside so that this folder needs no library.
 * 1. `toInstant` takes minutes of wall clock since 00:00, 0 to 1440 (1440 is 00:00 of the next day).
 * 2. A wall time that a clock change skips means the moment of the change.
 * 3. A wall time that a clock change repeats means the first of the two.
 * So `toInstant` never goes backwards when its arguments go forwards, and an hour that does not exist has no length.
 */
export interface Zone {
  toLocal(instant: Instant): LocalMoment;
  toInstant(localDate: LocalDate, minutes: number): Instant;
}

/** Finds the zone of an IANA name. Throws when there is no such zone. */
export type ZoneLookup = (zoneName: string) => Zone;

/** One zone where all calendars share it, or a look-up where combined calendars lie in different zones. */
export type ZoneSource = Zone | ZoneLookup;

/** An answer in time. `provisional`: it rests on dates whose holidays are not published yet. */
export interface WorkingMoment {
  readonly at: Instant;
  readonly provisional: boolean;
}

/**
 * A limit as routes and ladders store it (§7.3): minutes of working time; the n-th working day after the day of
 * receipt, until close of business (P-20); or 24 consecutive hours without those of non-working days (P-19).
 */
export type WorkingSpan =
  { readonly workingMinutes: number } | { readonly workingDays: number } | { readonly clockHours: 24 };

/** What is wrong with a calendar or ladder: a stable code, the field by path, and values for the sentence. */
export interface CalendarProblem {
  readonly code: CalendarProblemCode;
  readonly field: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Codes of everything `checkCalendar`, `checkSpan` and `checkLadder` can find. */
export type CalendarProblemCode =
  | 'idMissing'
  | 'nameMissing'
  | 'timeUnreadable'
  | 'hoursOutOfOrder'
  | 'hoursOverlap'
  | 'noWorkingHour'
  | 'dateUnreadable'
  | 'shortWithoutHours'
  | 'hoursOnClosedDay'
  | 'absenceUnreadable'
  | 'absenceOutOfOrder'
  | 'spanUnreadable'
  | 'spanNotPositive'
  | 'spanTooLong'
  | 'ladderEmpty'
  | 'rungNumberOutOfOrder'
  | 'rungNotLater'
  | 'percentOutOfRange'
  | 'percentOutOfOrder'
  | 'tooManyRungs'
  | 'spansMixed'
  | 'rungToNobody'
  | 'toldTwice'
  | 'clientToldOfAgency'
  | 'channelUnknown'
  | 'clientByMailOnly'
  | 'quietWholeDay';
