import { describe, expect, test } from 'vitest';
import { mondayToFriday, shanghaiOffice } from '../../../activities/calendar/holidays.ts';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { nextMorning } from '../../../domain/calendar/morning.ts';
import type { Calendar } from '../../../domain/calendar/types.ts';

const office = shanghaiOffice();
/** 09:00 in Shanghai of a date. */
const nine = (date: string): string => `${date}T01:00:00.000Z`;

describe('§7.3: a digest goes out at the start of its reader’s working day', () => {
  test.each([
    ['in working hours it is the next working day', '2026-03-12T03:06:00.000Z', nine('2026-03-13')],
    ['before the day begins it is this very day', '2026-03-12T00:59:00.000Z', nine('2026-03-12')],
    ['at the moment of opening the day has begun', nine('2026-03-12'), nine('2026-03-13')],
    ['Friday evening it is Monday', '2026-03-13T10:00:00.000Z', nine('2026-03-16')],
    ['before Spring Festival it is the first day behind it', '2026-02-14T10:00:00.000Z', nine('2026-02-24')],
    ['a make-up Saturday is a working day', '2026-02-27T10:00:00.000Z', nine('2026-02-28')],
  ])('%s', (_what, from, at) => {
    expect(nextMorning(office, zoneNamed, from).at).toBe(at);
  });

  test('a break at noon begins no day, and leave moves the morning to the return', () => {
    const broken: Calendar = {
      ...office,
      weekly: mondayToFriday([
        { from: '09:00', to: '12:00' },
        { from: '13:30', to: '18:00' },
      ]),
    };
    expect(nextMorning(broken, zoneNamed, '2026-03-12T04:30:00.000Z')).toEqual({
      at: nine('2026-03-13'),
      date: '2026-03-13',
    });
    const away = { ...office, absences: [{ from: nine('2026-03-13'), to: '2026-03-17T05:00:00.000Z' }] };
    expect(nextMorning(away, zoneNamed, '2026-03-12T04:30:00.000Z')).toEqual({
      at: '2026-03-17T05:00:00.000Z',
      date: '2026-03-17',
    });
  });

  test('a calendar without any working time ahead has no morning and says so', () => {
    const never = { ...office, weekly: mondayToFriday([]), days: {} };
    expect(() => nextMorning(never, zoneNamed, nine('2026-03-12'))).toThrow(
      expect.objectContaining({ code: 'noWorkingTime' }),
    );
  });
});
