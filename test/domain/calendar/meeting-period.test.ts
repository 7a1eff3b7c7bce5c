import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { furtherPeriods, meetingDueAt, meetingsOverdueBefore } from '../../../domain/calendar/meeting-period.ts';
import { addMs } from '../../../domain/instant.ts';
import { at, inShanghai, office, shanghai, shown } from './calendars.ts';

const due = (from: string, days = 5): string =>
  shown(shanghai, meetingDueAt(office, shanghai, inShanghai(from), days).at);

describe('S-37: by when a project has its next internal meeting', () => {
  test.each([
    ['a Monday is followed by the next', '2026-03-09 10:00', '2026-03-16 17:00'],
    ['the hour does not matter', '2026-03-09 18:30', '2026-03-16 17:00'],
    ['what was held on a Saturday counts from Monday', '2026-03-14 10:00', '2026-03-23 17:00'],
    ['a week of holidays makes it a week longer, the make-up day counts', '2026-09-28 10:00', '2026-10-10 17:00'],
  ])('weekly: %s', (_what, from, until) => {
    expect(due(from)).toBe(until);
  });

  test('a brand may have it every two working days', () => {
    expect(due('2026-03-12 10:00', 2)).toBe('2026-03-16 17:00');
  });

  test('beyond the published holidays the date says that it is provisional', () => {
    expect(meetingDueAt(office, shanghai, inShanghai(`${office.publishedThrough} 10:00`), 5).provisional).toBe(true);
  });

  test('the store is asked for exactly the periods that are over', () => {
    const start = Date.parse('2026-01-05T00:00:00.000Z');
    const year = 350 * 24 * 60 * 60_000;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: year }),
        fc.integer({ min: 0, max: 60 * 24 * 60 * 60_000 }),
        fc.integer({ min: 1, max: 20 }),
        (offset, later, days) => {
          const from = at(start + offset);
          const now = addMs(from, later);
          const over = meetingDueAt(office, shanghai, from, days).at <= now;
          expect(from < meetingsOverdueBefore(office, shanghai, now, days)).toBe(over);
        },
      ),
    );
  });

  test('each further period that passes is one more; holidays are none', () => {
    const dueAt = inShanghai('2026-03-16 17:00');
    const passed = (now: string): number =>
      furtherPeriods(office, shanghai, { dueAt, now: inShanghai(now), workingDays: 5 });
    expect(['2026-03-16 17:00', '2026-03-20 18:00', '2026-03-23 16:59', '2026-03-23 17:00'].map(passed)).toEqual([
      0, 0, 0, 1,
    ]);
    expect(passed('2026-03-30 17:00')).toBe(2);
    const before = inShanghai('2026-09-30 17:00');
    const holiday = { dueAt: before, now: inShanghai('2026-10-07 12:00'), workingDays: 5 };
    expect(furtherPeriods(office, shanghai, holiday)).toBe(0);
  });
});
