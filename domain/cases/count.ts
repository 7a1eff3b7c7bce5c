import { localDateAt, publishedThroughAll } from '../calendar/day.ts';
import { deadline } from '../calendar/deadline.ts';
import type { Calendar, WorkingMoment, ZoneSource } from '../calendar/types.ts';
import {
  closeOfBusiness,
  openingOf,
  workingDayOnOrBefore,
  workingDaysAfter,
  workingDaysBefore,
} from '../calendar/working-days.ts';
import type { Instant } from '../instant.ts';
import type { CaseReport, CountedSpan, CountEffect } from './acts.ts';

/** Where one moment falls on a calendar, on the reading its span stands for. Throws CalendarRefusal. */
export function momentOf(calendar: Calendar, zones: ZoneSource, from: Instant, span: CountedSpan): WorkingMoment {
  if ('openOf' in span) {
    const day = workingDayOnOrBefore(calendar, zones, span.openOf);
    return { at: openingOf(calendar, zones, day), provisional: span.openOf > publishedThroughAll(calendar) };
  }
  if ('moment' in span) {
    const day = localDateAt(calendar, zones, span.moment);
    return { at: span.moment, provisional: day > publishedThroughAll(calendar) };
  }
  if ('around' in span) return aroundDay(calendar, zones, span);
  if (!('closeOf' in span)) return deadline(calendar, zones, from, span);
  const due = workingDayOnOrBefore(calendar, zones, span.closeOf);
  const day = workingDaysAfter(calendar, zones, due, span.workingDaysLater ?? 0);
  const furthest = day > span.closeOf ? day : span.closeOf;
  return { at: closeOfBusiness(calendar, zones, day), provisional: furthest > publishedThroughAll(calendar) };
}

function aroundDay(
  calendar: Calendar,
  zones: ZoneSource,
  span: Extract<CountedSpan, { readonly around: Instant }>,
): WorkingMoment {
  const from = localDateAt(calendar, zones, span.around);
  const days = 'opens' in span ? span.opens : span.closes;
  const day =
    days < 0 ? workingDaysBefore(calendar, zones, from, -days) : workingDaysAfter(calendar, zones, from, days);
  const at = 'opens' in span ? openingOf(calendar, zones, day) : closeOfBusiness(calendar, zones, day);
  return { at, provisional: (day > from ? day : from) > publishedThroughAll(calendar) };
}

/**
 * The calendar's answer to a case: a moment for every span, each on its own reading (P-19, P-20). A day that is no
 * working day ends with the one before it. Throws CalendarRefusal on a calendar without working time.
 */
export function countSpans(
  calendar: Calendar,
  zones: ZoneSource,
  { clock, count, from, spans }: Pick<CountEffect['input'], 'clock' | 'count' | 'from' | 'spans'>,
): Extract<CaseReport, { type: 'counted' }> {
  const moments = spans.map((span) => momentOf(calendar, zones, from, span));
  const unsure = moments.flatMap(({ provisional }, n) => (provisional ? [n] : []));
  const at = moments.map((moment) => moment.at);
  const which = unsure.length > 0 ? { unsure } : {};
  return { type: 'counted', clock, count, at, provisional: unsure.length > 0, ...which };
}
