import { epochMsOf } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { addDays, minutesInDay, minutesOfDay, weekdayOf } from './dates.ts';
import { intersect, subtract, tidy } from './intervals.ts';
import type { Interval } from './intervals.ts';
import { CalendarRefusal } from './refusal.ts';
import type { Calendar, LocalDate, OpenHours, SingleCalendar, Zone, ZoneSource } from './types.ts';
import { weekdays } from './types.ts';

/** The zone a calendar is read in. Throws CalendarRefusal `zoneMissing` when combined calendars need more than the one zone given. */
export function zoneOf(calendar: Calendar, zones: ZoneSource, member: SingleCalendar = calendar): Zone {
  if (typeof zones === 'function') return zones(member.zone);
  if (member.zone !== calendar.zone) throw new CalendarRefusal('zoneMissing', { zone: member.zone });
  return zones;
}

/** The local date at an instant, in the calendar's zone. */
export function localDateAt(calendar: Calendar, zones: ZoneSource, instant: Instant): LocalDate {
  return zoneOf(calendar, zones).toLocal(instant).date;
}

/** Office hours of one date as the calendar writes them, before zones, absences and other calendars; empty on a day off. */
export function hoursOn(calendar: SingleCalendar, date: LocalDate): readonly OpenHours[] {
  const ofWeekday = calendar.weekly[weekdayOf(date)];
  const day = calendar.days[date];
  if (!day) return ofWeekday;
  switch (day.kind) {
    case 'holiday':
    case 'closed':
      return [];
    case 'short':
      return day.hours ?? [];
    case 'makeup':
      return day.hours ?? (ofWeekday.length > 0 ? ofWeekday : firstWorkingWeekday(calendar));
  }
}

function firstWorkingWeekday(calendar: SingleCalendar): readonly OpenHours[] {
  for (const weekday of weekdays) {
    if (calendar.weekly[weekday].length > 0) return calendar.weekly[weekday];
  }
  return [];
}

function writtenIntervals(calendar: SingleCalendar, zone: Zone, date: LocalDate): Interval[] {
  return tidy(
    hoursOn(calendar, date).map(({ from, to }) => ({
      startMs: epochMsOf(zone.toInstant(date, minutesOfDay(from))),
      endMs: epochMsOf(zone.toInstant(date, minutesOfDay(to))),
    })),
  );
}

function closedIntervals(calendar: SingleCalendar): Interval[] {
  return (calendar.absences ?? []).map(({ from, to }) => ({ startMs: epochMsOf(from), endMs: epochMsOf(to) }));
}

/** The whole local day, from its 00:00 to that of the next; 23 or 25 hours long when the clocks change. */
export function wholeDay(zone: Zone, date: LocalDate): Interval {
  return {
    startMs: epochMsOf(zone.toInstant(date, 0)),
    endMs: epochMsOf(zone.toInstant(date, minutesInDay)),
  };
}

function memberIntervals(member: SingleCalendar, memberZone: Zone, frame: Zone, date: LocalDate): Interval[] {
  const first = memberZone.toLocal(frame.toInstant(date, 0)).date;
  const last = memberZone.toLocal(frame.toInstant(date, minutesInDay)).date;
  const found: Interval[] = [];
  // Two zones are at most a day and a bit apart, so a local day touches at most three dates of the other.
  for (let step = 0, d = first; step < 4 && d <= last; step += 1, d = addDays(d, 1)) {
    found.push(...writtenIntervals(member, memberZone, d));
  }
  return subtract(intersect(found, [wholeDay(frame, date)]), closedIntervals(member));
}

// A page with a hundred due moments asks for the same few days again for each. Calendars are never changed in place, so
// what a day holds is true for as long as the calendar object lives; the zones are part of what it was found with.
const foundDays = new WeakMap<Calendar, WeakMap<ZoneSource, Map<LocalDate, readonly Interval[]>>>();

/** Days remembered a calendar, about five years; when there are more it starts again. */
const mostDays = 2_000;

function daysOf(calendar: Calendar, zones: ZoneSource): Map<LocalDate, readonly Interval[]> {
  const byZones = foundDays.get(calendar) ?? new WeakMap<ZoneSource, Map<LocalDate, readonly Interval[]>>();
  foundDays.set(calendar, byZones);
  const days = byZones.get(zones) ?? new Map<LocalDate, readonly Interval[]>();
  byZones.set(zones, days);
  return days;
}

/** Working time of one local date as absolute intervals, sorted: hours, without absences, and open in every combined calendar. */
export function openIntervals(calendar: Calendar, zones: ZoneSource, date: LocalDate): readonly Interval[] {
  const days = daysOf(calendar, zones);
  const known = days.get(date);
  if (known) return known;
  const found = findIntervals(calendar, zones, date);
  if (days.size >= mostDays) days.clear();
  days.set(date, found);
  return found;
}

function findIntervals(calendar: Calendar, zones: ZoneSource, date: LocalDate): Interval[] {
  const zone = zoneOf(calendar, zones);
  let open = writtenIntervals(calendar, zone, date);
  if (open.length === 0) return open;
  if (calendar.absences) open = subtract(open, closedIntervals(calendar));
  for (const member of calendar.also ?? []) {
    if (open.length === 0) break;
    open = intersect(open, memberIntervals(member, zoneOf(calendar, zones, member), zone, date));
  }
  return open;
}

/** Whether any working time lies on the local date; a day wholly covered by absence or closure is none (P-21). */
export function isWorkingDay(calendar: Calendar, zones: ZoneSource, date: LocalDate): boolean {
  return openIntervals(calendar, zones, date).length > 0;
}

/** Last local date for which all combined calendars have published holidays. */
export function publishedThroughAll(calendar: Calendar): LocalDate {
  let earliest = calendar.publishedThrough;
  for (const member of calendar.also ?? []) {
    if (member.publishedThrough < earliest) earliest = member.publishedThrough;
  }
  return earliest;
}
