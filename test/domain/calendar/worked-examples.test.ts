import { describe, expect, it } from 'vitest';
import { calendarClock24 } from '../../../domain/calendar/clock24.ts';
import { deadline } from '../../../domain/calendar/deadline.ts';
import {
  addWorkingDays,
  closeOfBusiness,
  lastWorkingDayOfMonth,
  lastWorkingDayOfWeek,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
  workingDaysBefore,
} from '../../../domain/calendar/working-days.ts';
import { addWorkingMinutes, nextOpening, workingMinutesBetween } from '../../../domain/calendar/working.ts';
import { inShanghai, office, shanghai, shown } from './calendars.ts';

const show = (instant: string) => shown(shanghai, instant);

describe('§7.3 24-hour clock', () => {
  // March 2026: Monday is the 9th; three days off 1 to 3 January 2026 with the 4th a make-up Sunday.
  it.each([
    ['Tue 10:20 is due Wed 10:20', '2026-03-10 10:20', '2026-03-11 10:20'],
    ['Fri 16:00 is due Mon 16:00', '2026-03-13 16:00', '2026-03-16 16:00'],
    ['Sat 10:00 runs from Mon 00:00, due Tue 00:00', '2026-03-14 10:00', '2026-03-17 00:00'],
    ['the day before a 3-day holiday 16:00 is due the first working day 16:00', '2026-06-18 16:00', '2026-06-22 16:00'],
    ['before a holiday that ends in a make-up Sunday, that Sunday counts', '2025-12-31 16:00', '2026-01-04 16:00'],
    ['before Spring Festival 2025 it waits eight days', '2025-01-27 16:00', '2025-02-05 16:00'],
  ])('P-19: %s', (_title, from, due) => {
    expect(show(calendarClock24(office, shanghai, inShanghai(from)).at)).toBe(due);
    expect(deadline(office, shanghai, inShanghai(from), { clockHours: 24 }).at).toBe(inShanghai(due));
  });
});

describe('§7.3 one working day', () => {
  it.each([
    ['Tue 10:20 is due Wed 17:00', '2026-03-10 10:20', 1, '2026-03-11 17:00'],
    ['Fri 16:30 is due Mon 17:00', '2026-03-13 16:30', 1, '2026-03-16 17:00'],
    ['Sat is due Tue 17:00', '2026-03-14 11:00', 1, '2026-03-17 17:00'],
    ['late in the evening is still that day', '2026-03-10 23:59', 1, '2026-03-11 17:00'],
    ['five days are a working week', '2026-03-10 10:20', 5, '2026-03-17 17:00'],
    [
      'received in the National Day week 2025, a day after the first working day',
      '2025-10-03 12:00',
      1,
      '2025-10-10 17:00',
    ],
    ['the next working day may be a make-up Saturday (2025)', '2025-10-10 09:00', 1, '2025-10-11 17:00'],
    ['the next working day may be a make-up Saturday (2026)', '2026-10-09 09:00', 1, '2026-10-10 17:00'],
    ['the next working day may be a make-up Sunday (2026)', '2026-09-18 09:00', 1, '2026-09-20 17:00'],
    ['before Spring Festival 2026 (Sat 14 Feb works)', '2026-02-13 10:00', 2, '2026-02-24 17:00'],
    ['before Spring Festival 2025', '2025-01-27 10:00', 1, '2025-02-05 17:00'],
  ])('P-20: %s', (_title, from, workingDays, due) => {
    expect(show(addWorkingDays(office, shanghai, inShanghai(from), workingDays).at)).toBe(due);
    expect(deadline(office, shanghai, inShanghai(from), { workingDays }).at).toBe(inShanghai(due));
  });
});

describe('working hours', () => {
  it.each([
    ['4 hours from Fri 16:30 end Mon 12:30', '2026-03-13 16:30', 240, '2026-03-16 12:30'],
    ['a full day ends at close, not at the next opening', '2026-03-10 09:00', 480, '2026-03-10 17:00'],
    ['counting starts at opening when begun at night', '2026-03-10 03:00', 60, '2026-03-10 10:00'],
    ['nothing to wait for on a Sunday means Monday opening', '2026-03-15 12:00', 0, '2026-03-16 09:00'],
    ['over Spring Festival 2026', '2026-02-14 16:00', 120, '2026-02-24 10:00'],
    ['over National Day 2025 (make-up Sat 11 Oct)', '2025-10-10 16:00', 600, '2025-10-13 10:00'],
    ['a make-up Sunday works before National Day 2025', '2025-09-26 17:00', 60, '2025-09-28 10:00'],
  ])('P-30: %s', (_title, from, minutes, due) => {
    expect(show(addWorkingMinutes(office, shanghai, inShanghai(from), minutes).at)).toBe(due);
  });

  it('P-21: measures only Mon to Fri 09:00 to 17:00, negative backwards', () => {
    const friday = inShanghai('2026-03-13 16:00');
    const monday = inShanghai('2026-03-16 09:30');
    expect(workingMinutesBetween(office, shanghai, friday, monday)).toBe(90);
    expect(workingMinutesBetween(office, shanghai, monday, friday)).toBe(-90);
    expect(workingMinutesBetween(office, shanghai, friday, '2026-03-13T08:00:30.000Z')).toBe(0.5);
  });

  it('P-30: nothing to wait for at the moment of closing means that moment', () => {
    expect(show(addWorkingMinutes(office, shanghai, inShanghai('2026-03-13 17:00'), 0).at)).toBe('2026-03-13 17:00');
  });

  it('P-21: the moment of closing is already closed', () => {
    expect(show(nextOpening(office, shanghai, inShanghai('2026-03-13 17:00')).at)).toBe('2026-03-16 09:00');
    expect(show(nextOpening(office, shanghai, inShanghai('2026-03-13 16:59')).at)).toBe('2026-03-13 16:59');
    expect(show(closeOfBusiness(office, shanghai, '2026-03-13'))).toBe('2026-03-13 17:00');
  });
});

describe('report dates', () => {
  it.each([
    ['an ordinary week ends on Friday', '2026-03-11', '2026-03-13'],
    ['a make-up Sunday ends the week (2025)', '2025-09-24', '2025-09-28'],
    ['a make-up Saturday ends the week (2026)', '2026-02-10', '2026-02-14'],
    ['a week off has no last working day', '2026-02-18', undefined],
    ['the short week of National Day 2026 ends on the make-up Saturday', '2026-10-05', '2026-10-10'],
  ])('P-22: %s', (_title, date, last) => {
    expect(lastWorkingDayOfWeek(office, shanghai, date)).toBe(last);
  });

  it('P-22: "Monday" is the first working day of the next week', () => {
    expect(workingDayOnOrAfter(office, shanghai, '2026-02-16')).toBe('2026-02-24');
    expect(workingDayOnOrAfter(office, shanghai, '2026-03-16')).toBe('2026-03-16');
  });

  it.each([
    ['the 10th on a Friday stays', '2026-04-10', '2026-04-10'],
    ['the 15th on a Sunday moves to Friday the 13th', '2026-03-15', '2026-03-13'],
    ['the 10th on a make-up Saturday stays', '2026-10-10', '2026-10-10'],
    ['the 15th inside Spring Festival moves to the make-up Saturday', '2026-02-15', '2026-02-14'],
  ])('P-23: %s', (_title, date, moved) => {
    expect(workingDayOnOrBefore(office, shanghai, date)).toBe(moved);
  });

  it('P-24: annual summary on the last working day of January', () => {
    expect(lastWorkingDayOfMonth(office, shanghai, '2026-01-01')).toBe('2026-01-30');
    expect(lastWorkingDayOfMonth(office, shanghai, '2025-01-15')).toBe('2025-01-27');
  });

  it('§7.3 clean-up on the last working day of the month, also a make-up Saturday', () => {
    expect(lastWorkingDayOfMonth(office, shanghai, '2026-02-03')).toBe('2026-02-28');
  });

  it('R-54: a key node is announced three working days before', () => {
    expect(workingDaysBefore(office, shanghai, '2026-03-16', 3)).toBe('2026-03-11');
    expect(workingDaysBefore(office, shanghai, '2026-10-09', 3)).toBe('2026-09-29');
  });
});
