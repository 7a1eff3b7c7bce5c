import { describe, expect, it } from 'vitest';
import {
  chineseCalendar,
  chinesePublicDays,
  mondayToFriday,
  shanghaiOffice,
  urumqiOffice,
} from '../../../activities/calendar/holidays.ts';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { checkCalendar } from '../../../domain/calendar/check.ts';
import { isWorkingDay } from '../../../domain/calendar/day.ts';
import { addDays } from '../../../domain/calendar/dates.ts';
import { deadline } from '../../../domain/calendar/deadline.ts';
import { inShanghai, shanghai, shown, urumqi } from '../../domain/calendar/calendars.ts';

function workingDates(from: string, to: string): string[] {
  const found: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    if (isWorkingDay(shanghaiOffice(), shanghai, date)) found.push(date.slice(5));
  }
  return found;
}

describe('P-21: Chinese public holidays and make-up working days', () => {
  it('Spring Festival 2024 to 2026 as published', () => {
    expect(workingDates('2024-02-03', '2024-02-19')).toEqual([
      '02-04',
      '02-05',
      '02-06',
      '02-07',
      '02-08',
      '02-09',
      '02-18',
      '02-19',
    ]);
    expect(workingDates('2025-01-25', '2025-02-09')).toEqual(['01-26', '01-27', '02-05', '02-06', '02-07', '02-08']);
    expect(workingDates('2026-02-13', '2026-03-01')).toEqual([
      '02-13',
      '02-14',
      '02-24',
      '02-25',
      '02-26',
      '02-27',
      '02-28',
    ]);
  });

  it('National Day with its make-up days 2024 to 2026 as published', () => {
    expect(workingDates('2024-09-28', '2024-10-13')).toEqual([
      '09-29',
      '09-30',
      '10-08',
      '10-09',
      '10-10',
      '10-11',
      '10-12',
    ]);
    expect(workingDates('2025-09-27', '2025-10-12')).toEqual(['09-28', '09-29', '09-30', '10-09', '10-10', '10-11']);
    expect(workingDates('2026-09-19', '2026-10-11')).toEqual([
      '09-20',
      '09-21',
      '09-22',
      '09-23',
      '09-24',
      '09-28',
      '09-29',
      '09-30',
      '10-08',
      '10-09',
      '10-10',
    ]);
  });

  it('names each day in both languages and tells make-up days from holidays', () => {
    const { days } = chinesePublicDays();
    expect(days['2026-02-17']).toEqual({ kind: 'holiday', name: { zh: '春节', en: 'Spring Festival' } });
    expect(days['2026-10-10']?.kind).toBe('makeup');
    expect(days['2026-10-10']?.name.zh).toContain('国庆节');
  });

  it('ends with a whole published year, and what lies beyond is provisional', () => {
    const { publishedThrough } = chinesePublicDays();
    expect(publishedThrough >= '2026-12-31').toBe(true);
    expect(publishedThrough.endsWith('-12-31')).toBe(true);
    const lastMorning = inShanghai(`${publishedThrough} 09:00`);
    const span = { workingDays: 3 } as const;
    expect(deadline(shanghaiOffice(), shanghai, lastMorning, span).provisional).toBe(true);
    expect(deadline(shanghaiOffice(), shanghai, inShanghai('2026-03-10 09:00'), span).provisional).toBe(false);
  });

  it('own closures win over the published list', () => {
    const name = { zh: '台风', en: 'Typhoon' };
    const own = chineseCalendar({ ...shanghaiOffice(), ownDays: { '2026-10-10': { kind: 'closed', name } } });
    expect(isWorkingDay(own, shanghai, '2026-10-10')).toBe(false);
  });
});

describe('an office in Urumqi', () => {
  it('P-20: closes at 17:00 local time, which is 19:00 in Shanghai', () => {
    const due = deadline(urumqiOffice(), urumqi, inShanghai('2026-03-10 10:20'), { workingDays: 1 });
    expect(shown(urumqi, due.at)).toBe('2026-03-11 17:00');
    expect(shown(shanghai, due.at)).toBe('2026-03-11 19:00');
  });

  it('P-20: receipt at 01:00 in Shanghai is still the day before in Urumqi', () => {
    const due = deadline(urumqiOffice(), urumqi, inShanghai('2026-03-11 01:00'), { workingDays: 1 });
    expect(shown(urumqi, due.at)).toBe('2026-03-11 17:00');
  });

  it('may keep Beijing time with later hours instead', () => {
    const late = chineseCalendar({
      ...urumqiOffice(),
      zone: 'Asia/Shanghai',
      weekly: mondayToFriday([
        { from: '10:00', to: '14:00' },
        { from: '15:30', to: '19:30' },
      ]),
    });
    expect(checkCalendar(late)).toEqual([]);
    const due = deadline(late, zoneNamed(late.zone), inShanghai('2026-03-10 13:00'), { workingMinutes: 120 });
    expect(shown(shanghai, due.at)).toBe('2026-03-10 16:30');
  });
});
