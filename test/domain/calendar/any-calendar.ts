import fc from 'fast-check';
import { chinesePublicDays } from '../../../activities/calendar/holidays.ts';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { checkCalendar } from '../../../domain/calendar/check.ts';
import { addDays, timeOfMinutes } from '../../../domain/calendar/dates.ts';
import { openIntervals } from '../../../domain/calendar/day.ts';
import type { Calendar, OpenHours } from '../../../domain/calendar/types.ts';
import { addMs, epochMsOf } from '../../../domain/instant.ts';
import { at } from './calendars.ts';

const zoneNames = [
  'Asia/Shanghai',
  'Asia/Urumqi',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Africa/Cairo',
];

/** Up to three spans of whole quarters of an hour that neither touch nor overlap. */
const anyHours = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 })
  .map((quarters): OpenHours[] => {
    const sorted = [...quarters].sort((a, b) => a - b).map((quarter) => timeOfMinutes(quarter * 15));
    const hours: OpenHours[] = [];
    for (let i = 0; i + 1 < sorted.length; i += 2) hours.push({ from: sorted[i] ?? '', to: sorted[i + 1] ?? '' });
    return hours;
  });

const maybeHours = fc.oneof(anyHours, fc.constant<OpenHours[]>([]));

/** A moment in the years whose holidays are known, or shortly behind them. */
export const anyMoment = fc
  .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2027, 11, 31) })
  .map((epochMs) => at(epochMs));

/** A calendar in any zone, with any hours, holidays and absences, that `checkCalendar` finds nothing wrong with. */
export const anyCalendar: fc.Arbitrary<Calendar> = fc
  .record({
    zone: fc.constantFrom(...zoneNames),
    weekly: fc.record({
      mon: anyHours,
      tue: maybeHours,
      wed: maybeHours,
      thu: maybeHours,
      fri: maybeHours,
      sat: maybeHours,
      sun: maybeHours,
    }),
    chinese: fc.boolean(),
    absences: fc.array(
      fc
        .tuple(anyMoment, fc.integer({ min: 1, max: 20 * 86_400_000 }))
        .map(([from, ms]) => ({ from, to: addMs(from, ms) })),
      { maxLength: 3 },
    ),
  })
  .map(({ zone, weekly, chinese, absences }) => ({
    id: zone,
    name: { zh: '任意', en: 'Any' },
    zone,
    weekly,
    days: chinese ? chinesePublicDays().days : {},
    publishedThrough: '2026-12-31',
    absences,
  }))
  .filter((calendar) => checkCalendar(calendar).length === 0);

/** Whether a moment lies in open hours; the moment of closing still does. */
export function inWorkingHours(calendar: Calendar, instant: string): boolean {
  const zone = zoneNamed(calendar.zone);
  const { date } = zone.toLocal(instant);
  const ms = epochMsOf(instant);
  return [addDays(date, -1), date]
    .flatMap((day) => openIntervals(calendar, zoneNamed, day))
    .some(({ startMs, endMs }) => startMs <= ms && ms <= endMs);
}
