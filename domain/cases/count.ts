import { publishedThroughAll } from '../calendar/day.ts';
import { deadline } from '../calendar/deadline.ts';
import type { Calendar, ZoneSource } from '../calendar/types.ts';
import { closeOfBusiness, workingDayOnOrBefore } from '../calendar/working-days.ts';
import type { CaseReport, CountEffect } from './acts.ts';

/**
 * The calendar's answer to a case: a moment for every span, each on its own reading (P-19, P-20). A day that is no
 * working day ends with the one before it. Throws CalendarRefusal on a calendar without working time.
 */
export function countSpans(
  calendar: Calendar,
  zones: ZoneSource,
  { clock, count, from, spans }: CountEffect['input'],
): Extract<CaseReport, { type: 'counted' }> {
  const moments = spans.map((span) => {
    if (!('closeOf' in span)) return deadline(calendar, zones, from, span);
    const day = workingDayOnOrBefore(calendar, zones, span.closeOf);
    return { at: closeOfBusiness(calendar, zones, day), provisional: span.closeOf > publishedThroughAll(calendar) };
  });
  const provisional = moments.some((moment) => moment.provisional);
  return { type: 'counted', clock, count, at: moments.map(({ at }) => at), provisional };
}
