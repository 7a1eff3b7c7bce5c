import { lastDateOfMonth, mondayOf, addDays } from '../calendar/dates.ts';
import type { LocalDate } from '../calendar/types.ts';

/** The timetables a project keeps beside the whole one: of a week and of a month (S-32, §8.1). */
export const timetablePeriods = ['week', 'month'] as const;

/** A part of a timetable by time. */
export type TimetablePeriod = (typeof timetablePeriods)[number];

/** First and last date of a period. */
export interface PeriodDates {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The week, Monday to Sunday, or the month that a date lies in. */
export function periodOn(date: LocalDate, period: TimetablePeriod): PeriodDates {
  if (period === 'month') return { from: `${date.slice(0, 7)}-01`, to: lastDateOfMonth(date) };
  const monday = mondayOf(date);
  return { from: monday, to: addDays(monday, 6) };
}

/** Whether something that runs from one date to another touches a period; without a period everything does. */
export function touches(
  period: PeriodDates | undefined,
  { start, end }: { readonly start: LocalDate; readonly end: LocalDate },
): boolean {
  return period === undefined || (start <= period.to && end >= period.from);
}

/** The stages and key nodes of a timetable that touch a period; without one, all of them. */
export function within<
  T extends {
    readonly rows: readonly { readonly start: LocalDate; readonly end: LocalDate }[];
    readonly keyNodes: readonly { readonly date: LocalDate }[];
  },
>(timetable: T, period: PeriodDates | undefined): T {
  return {
    ...timetable,
    rows: timetable.rows.filter((row) => touches(period, row)),
    keyNodes: timetable.keyNodes.filter(({ date }) => touches(period, { start: date, end: date })),
  };
}
