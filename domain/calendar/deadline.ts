import type { Instant } from '../instant.ts';
import { calendarClock24 } from './clock24.ts';
import { addWorkingMinutes } from './working.ts';
import { addWorkingDays } from './working-days.ts';
import type { Calendar, CalendarProblem, WorkingMoment, WorkingSpan, ZoneSource } from './types.ts';

/** Minutes of an ordinary working day (09:00 to 17:00), used only to compare spans of different kinds. */
export const nominalDayMinutes = 480;

/** The longest span a limit or rung may have: 400 working days, about nineteen months. */
export const longestSpanDays = 400;

/**
 * When a limit that started at `from` is over, on the reading its kind stands for (§7.3, P-19, P-20).
 * Throws CalendarRefusal `badAmount` on an amount below 0 or not a number, `noWorkingTime` on a calendar without any.
 */
export function deadline(calendar: Calendar, zones: ZoneSource, from: Instant, span: WorkingSpan): WorkingMoment {
  if ('workingMinutes' in span) return addWorkingMinutes(calendar, zones, from, span.workingMinutes);
  if ('workingDays' in span) return addWorkingDays(calendar, zones, from, span.workingDays);
  return calendarClock24(calendar, zones, from);
}

/** About how many working minutes a span holds, a day being 480; for comparing spans without a calendar. */
export function nominalMinutes(span: WorkingSpan): number {
  if ('workingMinutes' in span) return span.workingMinutes;
  if ('workingDays' in span) return span.workingDays * nominalDayMinutes;
  return nominalDayMinutes;
}

/** What is wrong with a span as data: unreadable, not above 0, not whole, or longer than `longestSpanDays`. Empty when nothing is. */
export function checkSpan(span: WorkingSpan, field: string): CalendarProblem[] {
  const kinds = ['workingMinutes', 'workingDays', 'clockHours'].filter((kind) => kind in span);
  if (kinds.length !== 1) return [{ code: 'spanUnreadable', field }];
  if ('clockHours' in span) return (span.clockHours as number) === 24 ? [] : [{ code: 'spanUnreadable', field }];
  const amount = 'workingMinutes' in span ? span.workingMinutes : span.workingDays;
  if (!Number.isInteger(amount)) return [{ code: 'spanUnreadable', field }];
  if (amount <= 0) return [{ code: 'spanNotPositive', field, params: { amount } }];
  if (nominalMinutes(span) > longestSpanDays * nominalDayMinutes) {
    return [{ code: 'spanTooLong', field, params: { amount, longestSpanDays } }];
  }
  return [];
}
