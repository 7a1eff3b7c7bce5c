import { addDays, daysBetween } from './dates.ts';
import type { LocalDate, SingleCalendar } from './types.ts';

/** How many days before the published holidays end an admin is told that the next list is missing. */
export const listNoticeDays = 60;

/** How many days before that an admin is told once more. */
export const listNearDays = 14;

/** A list of holidays that will be needed and is not in the calendar. */
export interface MissingList {
  /** The year whose list is missing. */
  readonly year: number;
  /** From this date on every answer is provisional. */
  readonly from: LocalDate;
  /** Days until then, 0 or below when it has come. */
  readonly daysLeft: number;
}

/**
 * Whether the next year's holidays must be brought in now: 60 days before the published ones end, because China's list
 * comes in November and dates beyond it are only provisional. Undefined while there is time.
 */
export function missingList(calendar: SingleCalendar, today: LocalDate): MissingList | undefined {
  const daysLeft = daysBetween(today, calendar.publishedThrough) + 1;
  if (daysLeft > listNoticeDays) return undefined;
  const from = addDays(calendar.publishedThrough, 1);
  return { year: Number(from.slice(0, 4)), from, daysLeft };
}
