import { describe, expect, it } from 'vitest';
import { checkCalendar } from '../../../domain/calendar/check.ts';
import { calendarClock24 } from '../../../domain/calendar/clock24.ts';
import { combineCalendars, withAbsences } from '../../../domain/calendar/combine.ts';
import { isWorkingDay } from '../../../domain/calendar/day.ts';
import { CalendarRefusal } from '../../../domain/calendar/refusal.ts';
import type { Calendar } from '../../../domain/calendar/types.ts';
import { addWorkingDays, workingDayOnOrBefore } from '../../../domain/calendar/working-days.ts';
import { addWorkingMinutes, nextOpening, workingMinutesBetween } from '../../../domain/calendar/working.ts';
import { mondayToFriday } from '../../../activities/calendar/holidays.ts';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { farOffice, inShanghai, office, shanghai, shown } from './calendars.ts';

const name = { zh: '台风', en: 'Typhoon' };
const codesOf = (calendar: Calendar) => checkCalendar(calendar).map(({ code, field }) => [code, field]);

describe('checkCalendar', () => {
  it('P-21: the default calendars are sound', () => {
    expect(checkCalendar(office)).toEqual([]);
    expect(checkCalendar(farOffice)).toEqual([]);
  });

  it('refuses a week without a single working hour', () => {
    expect(codesOf({ ...office, weekly: mondayToFriday([]) })).toEqual([['noWorkingHour', 'weekly']]);
    const oneMinuteADay = mondayToFriday([{ from: '09:00', to: '09:01' }]);
    expect(codesOf({ ...office, weekly: oneMinuteADay })).toEqual([['noWorkingHour', 'weekly']]);
  });

  it('refuses hours that end before they start, overlap or cannot be read', () => {
    const weekly = {
      ...office.weekly,
      mon: [{ from: '17:00', to: '09:00' }],
      tue: [
        { from: '12:00', to: '17:00' },
        { from: '09:00', to: '12:30' },
      ],
      wed: [{ from: '9:00', to: '25:00' }],
    };
    expect(codesOf({ ...office, weekly })).toEqual([
      ['hoursOutOfOrder', 'weekly.mon.0'],
      ['hoursOverlap', 'weekly.tue.0'],
      ['timeUnreadable', 'weekly.wed.0'],
    ]);
  });

  it('hours that only touch are sound', () => {
    const weekly = mondayToFriday([
      { from: '09:00', to: '12:00' },
      { from: '12:00', to: '24:00' },
    ]);
    expect(checkCalendar({ ...office, weekly })).toEqual([]);
  });

  it('refuses days that do not fit their kind and absences that end before they start', () => {
    const days = {
      '2026-02-30': { kind: 'closed', name },
      '2026-07-01': { kind: 'short', name },
      '2026-07-02': { kind: 'closed', name, hours: [{ from: '09:00', to: '12:00' }] },
    } as const;
    const absences = [{ from: '2026-03-12T01:00:00.000Z', to: '2026-03-11T01:00:00.000Z' }];
    expect(codesOf({ ...office, days, absences })).toEqual([
      ['dateUnreadable', 'days.2026-02-30'],
      ['shortWithoutHours', 'days.2026-07-01'],
      ['hoursOnClosedDay', 'days.2026-07-02'],
      ['absenceOutOfOrder', 'absences.0'],
    ]);
  });

  it('names the member of a combined calendar', () => {
    const broken = { ...farOffice, weekly: mondayToFriday([]) };
    expect(codesOf(combineCalendars(office, broken))).toEqual([['noWorkingHour', 'also.0.weekly']]);
  });
});

describe('a calendar with nothing but closures ends with a clear refusal', () => {
  const never: Calendar = { ...office, weekly: mondayToFriday([]), days: {} };
  const from = inShanghai('2026-03-10 10:00');
  it.each([
    ['addWorkingMinutes', () => addWorkingMinutes(never, shanghai, from, 60)],
    ['addWorkingDays', () => addWorkingDays(never, shanghai, from, 1)],
    ['calendarClock24', () => calendarClock24(never, shanghai, from)],
    ['nextOpening', () => nextOpening(never, shanghai, from)],
    ['workingDayOnOrBefore', () => workingDayOnOrBefore(never, shanghai, '2026-03-10')],
  ])('%s', (_name, ask) => {
    expect(ask).toThrow(CalendarRefusal);
    expect(ask).toThrow(/noWorkingTime/);
  });

  it('an absence of twenty years ends the same way', () => {
    const away = withAbsences(office, [{ from, to: '2046-03-10T00:00:00.000Z' }]);
    expect(() => addWorkingMinutes(away, shanghai, from, 60)).toThrow(/noWorkingTime/);
  });

  it('refuses amounts that make no sense and moments too far apart', () => {
    expect(() => addWorkingMinutes(office, shanghai, from, -1)).toThrow(/badAmount/);
    expect(() => addWorkingMinutes(office, shanghai, from, Number.POSITIVE_INFINITY)).toThrow(/badAmount/);
    expect(() => addWorkingDays(office, shanghai, from, 0.5)).toThrow(/badAmount/);
    expect(() => workingMinutesBetween(office, shanghai, from, '2099-01-01T00:00:00.000Z')).toThrow(/tooFar/);
  });
});

describe('own closures, short days, absences and combined calendars', () => {
  it('a typhoon day is no working day', () => {
    const closed: Calendar = { ...office, days: { ...office.days, '2026-03-11': { kind: 'closed', name } } };
    expect(isWorkingDay(closed, shanghai, '2026-03-11')).toBe(false);
    const due = addWorkingDays(closed, shanghai, inShanghai('2026-03-10 10:20'), 1);
    expect(shown(shanghai, due.at)).toBe('2026-03-12 17:00');
  });

  it('a short day has its own hours, a make-up day those of the working week', () => {
    const hours = [{ from: '09:00', to: '12:00' }];
    const short: Calendar = { ...office, days: { ...office.days, '2026-03-11': { kind: 'short', name, hours } } };
    const due = addWorkingDays(short, shanghai, inShanghai('2026-03-10 10:20'), 1);
    expect(shown(shanghai, due.at)).toBe('2026-03-11 12:00');
    const makeup = workingMinutesBetween(
      office,
      shanghai,
      inShanghai('2026-02-14 00:00'),
      inShanghai('2026-02-15 00:00'),
    );
    expect(makeup).toBe(480);
  });

  it('a lunch break does not count', () => {
    const weekly = mondayToFriday([
      { from: '09:00', to: '12:00' },
      { from: '13:30', to: '18:00' },
    ]);
    const due = addWorkingMinutes({ ...office, weekly }, shanghai, inShanghai('2026-03-10 11:30'), 60);
    expect(shown(shanghai, due.at)).toBe('2026-03-10 14:00');
  });

  it('R-227: time of absence is closed; a day wholly away is no working day, half a day still is', () => {
    const away = withAbsences(office, [{ from: inShanghai('2026-03-10 12:00'), to: inShanghai('2026-03-12 00:00') }]);
    expect(isWorkingDay(away, shanghai, '2026-03-10')).toBe(true);
    expect(isWorkingDay(away, shanghai, '2026-03-11')).toBe(false);
    const due = addWorkingMinutes(away, shanghai, inShanghai('2026-03-10 11:00'), 120);
    expect(shown(shanghai, due.at)).toBe('2026-03-12 10:00');
  });

  it('R-227: a second absence leaves the first in force', () => {
    const day = (date: string) => ({ from: inShanghai(`${date} 00:00`), to: inShanghai(`${date} 24:00`) });
    const away = withAbsences(withAbsences(office, [day('2026-03-10')]), [day('2026-03-12')]);
    const working = ['2026-03-10', '2026-03-11', '2026-03-12'].map((date) => isWorkingDay(away, shanghai, date));
    expect(working).toEqual([false, true, false]);
  });

  it('a holder in Urumqi and the office in Shanghai share 11:00 to 17:00', () => {
    const both = combineCalendars(office, farOffice);
    expect(shown(shanghai, nextOpening(both, zoneNamed, inShanghai('2026-03-10 09:00')).at)).toBe('2026-03-10 11:00');
    const day = [inShanghai('2026-03-10 00:00'), inShanghai('2026-03-11 00:00')] as const;
    expect(workingMinutesBetween(both, zoneNamed, ...day)).toBe(6 * 60);
    expect(() => nextOpening(both, shanghai, inShanghai('2026-03-10 09:00'))).toThrow(/zoneMissing/);
  });

  it('zones across the date line meet on the right date', () => {
    const weekly = mondayToFriday([{ from: '00:00', to: '24:00' }]);
    const pacific: Calendar = { ...office, id: 'honolulu', zone: 'Pacific/Honolulu', weekly, days: {} };
    // Friday in Honolulu lasts until Saturday 18:00 in Shanghai; Monday there begins on Monday 18:00 in Shanghai.
    const both = combineCalendars({ ...office, days: {} }, pacific);
    expect(isWorkingDay(both, zoneNamed, '2026-03-13')).toBe(true);
    expect(isWorkingDay(both, zoneNamed, '2026-03-16')).toBe(false);
    expect(isWorkingDay(both, zoneNamed, '2026-03-17')).toBe(true);
  });

  it('absences of a combined member count too, and the shorter publication decides what is provisional', () => {
    const away = withAbsences({ ...farOffice, publishedThrough: '2026-03-09' }, [
      { from: inShanghai('2026-03-10 00:00'), to: inShanghai('2026-03-11 00:00') },
    ]);
    const opening = nextOpening(combineCalendars(office, away), zoneNamed, inShanghai('2026-03-10 09:00'));
    expect(opening).toEqual({ at: inShanghai('2026-03-11 11:00'), provisional: true });
  });
});
