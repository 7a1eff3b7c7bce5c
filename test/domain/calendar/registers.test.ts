import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { zoneNamed as zoneOfPages } from '../../../api/view/zone.ts';
import { calendarOfDesk, calendarOwner, personCalendarId } from '../../../domain/calendar/desk.ts';
import { minutesOfDay } from '../../../domain/calendar/dates.ts';
import { describeDue } from '../../../domain/calendar/due.ts';
import { missingList } from '../../../domain/calendar/published.ts';
import { sayAfter } from '../../../domain/calendar/say-due.ts';
import { stretchesOf, withoutStretch, withStretch } from '../../../domain/calendar/stretches.ts';
import { addWorkingMinutes, subtractWorkingMinutes, workingMinutesBetween } from '../../../domain/calendar/working.ts';
import { at, berlinClient, farOffice, inShanghai, office, shanghai, shown } from './calendars.ts';

describe('whose calendar rules a desk', () => {
  const kept = new Map([
    ['office', office],
    ['c1', berlinClient],
    [personCalendarId('lin'), farOffice],
  ]);
  it('P-21: a client’s own at their desk, a person’s own at theirs, else the office’s', () => {
    const rules = (side: 'agency' | 'client', clientId: string, ...holders: string[]) =>
      calendarOfDesk({ side, clientId, holders }, kept, office).id;
    expect(rules('client', 'c1', 'lin')).toBe('berlin');
    expect(rules('client', 'c2')).toBe('office');
    expect(rules('agency', 'c1', 'lin')).toBe('office-urumqi');
    expect(rules('agency', 'c1', 'chen', 'lin')).toBe('office');
    expect(rules('agency', 'c1')).toBe('office');
    expect(calendarOfDesk({ side: 'agency', clientId: 'c1', holders: [] }, new Map(), farOffice)).toBe(farOffice);
    expect(calendarOwner(personCalendarId('lin'))).toEqual({ kind: 'person', personId: 'lin' });
  });
});

describe('the list of next year', () => {
  it('P-21: is asked for 60 days before the published one ends, and named by its year', () => {
    const calendar = { ...office, publishedThrough: '2026-12-31' };
    expect(missingList(calendar, '2026-11-01')).toBeUndefined();
    expect(missingList(calendar, '2026-11-02')).toEqual({ year: 2027, from: '2027-01-01', daysLeft: 60 });
    expect(missingList(calendar, '2027-01-05')).toMatchObject({ year: 2027, daysLeft: -4 });
  });
});

describe('days that differ, as stretches', () => {
  it('P-21: days in a row for one reason are one stretch; putting one in and taking it out changes nothing else', () => {
    const spring = stretchesOf(office, 2026).find(({ day }) => day.name.zh === '春节');
    expect(spring).toMatchObject({ from: '2026-02-15', to: '2026-02-23', days: 9 });
    const name = { zh: '台风', en: 'Typhoon' };
    const closed = withStretch(office, '2026-07-30', '2026-08-01', { kind: 'closed', name });
    expect(stretchesOf(closed, 2026).length).toBe(stretchesOf(office, 2026).length + 1);
    expect(withoutStretch(closed, '2026-07-30', '2026-08-01')).toEqual(office);
  });
});

describe('moments before and after', () => {
  it.each([
    ['P-30: two working hours Monday 10:00 is Friday 16:00', '2026-03-16 10:00', 120, '2026-03-13 16:00'],
    [
      'P-30: behind Spring Festival 2026 on the make-up Saturday before it',
      '2026-02-24 10:00',
      120,
      '2026-02-14 16:00',
    ],
    ['P-30: behind National Day 2025 on 30 September', '2025-10-09 10:00', 120, '2025-09-30 16:00'],
  ])('%s', (_what, meeting, minutes, before) => {
    expect(shown(shanghai, subtractWorkingMinutes(office, shanghai, inShanghai(meeting), minutes).at)).toBe(before);
  });

  it.each([
    [
      '2026-03-13 16:30',
      '2026-03-16 11:30',
      '3月16日（周一） 11:30，3 个工作小时后',
      'Mon 16 Mar 11:30, 3 working hours later',
    ],
    [
      '2026-12-31 16:30',
      '2027-01-04 17:00',
      '1月4日（周一） 17:00（暂定），2 个工作日后',
      'Mon 4 Jan 17:00 (provisional), 2 working days later',
    ],
    ['2026-03-13 16:30', '2026-03-13 16:30', '3月13日（周五） 16:30，开始时', 'Fri 13 Mar 16:30, at the start'],
  ])('from %s to %s is said with its date and the working time between', (from, to, zh, en) => {
    const parts = describeDue(office, shanghai, { now: inShanghai(from), dueAt: inShanghai(to) });
    expect([sayAfter(parts, 'zh-CN'), sayAfter(parts, 'en')]).toEqual([zh, en]);
  });

  it('P-30: for any start and duration going back measures what going forth measures', () => {
    const anyMoment = fc
      .integer({ min: Date.UTC(2025, 0, 2), max: Date.UTC(2026, 11, 1) })
      .map((epochMs) => at(epochMs));
    fc.assert(
      fc.property(
        anyMoment,
        fc.integer({ min: 1, max: 6000 }),
        fc.constantFrom(office, farOffice, berlinClient),
        (from, minutes, calendar) => {
          const due = addWorkingMinutes(calendar, zoneNamed, from, minutes).at;
          const back = subtractWorkingMinutes(calendar, zoneNamed, due, minutes).at;
          expect(workingMinutesBetween(calendar, zoneNamed, back, due)).toBe(minutes);
          expect(back >= from).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('zones', () => {
  it('P-21: pages and activities read every wall clock alike, also where it skips or repeats an hour', () => {
    const names = ['Asia/Shanghai', 'Asia/Urumqi', 'Europe/Berlin', 'Africa/Cairo', 'Australia/Lord_Howe'];
    for (const name of names) {
      for (const date of ['2026-03-29', '2026-10-25', '2026-04-24', '2026-10-04', '2026-06-01']) {
        for (const time of ['00:00', '00:30', '02:15', '02:30', '12:00', '24:00'])
          expect(zoneOfPages(name).toInstant(date, minutesOfDay(time))).toBe(
            zoneNamed(name).toInstant(date, minutesOfDay(time)),
          );
      }
    }
    expect(() => zoneOfPages('Asia/Nowhere')).toThrow(/unknown time zone/);
  });
});
