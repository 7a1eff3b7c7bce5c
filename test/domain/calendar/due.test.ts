import { describe, expect, it } from 'vitest';
import { describeDue } from '../../../domain/calendar/due.ts';
import { sayAfter, sayDue } from '../../../domain/calendar/say-due.ts';
import { berlin, inShanghai, office, shanghai, berlinClient, farOffice, urumqi } from './calendars.ts';

/** Full-width comma and brackets, spelled by code so that no editor can swap them for narrow ones. */
const comma = '\uff0c';
const open = '\uff08';
const close = '\uff09';

describe('due moments in words', () => {
  // Tuesday 10 March 2026 is today unless a row says otherwise.
  it.each([
    [
      '2026-03-10 13:30',
      '2026-03-10 16:30',
      `今天 16:30${comma}还有 3 个工作小时`,
      'today 16:30, 3 working hours left',
    ],
    [
      '2026-03-10 16:05',
      '2026-03-10 16:30',
      `今天 16:30${comma}还有 25 分钟工作时间`,
      'today 16:30, 25 working minutes left',
    ],
    [
      '2026-03-10 16:29',
      '2026-03-10 16:30',
      `今天 16:30${comma}还有 1 分钟工作时间`,
      'today 16:30, 1 working minute left',
    ],
    ['2026-03-13 16:30', '2026-03-16 11:30', `周一 11:30${comma}还有 3 个工作小时`, 'Mon 11:30, 3 working hours left'],
    ['2026-03-10 10:00', '2026-03-11 10:20', `明天 10:20${comma}还有 1 个工作日`, 'tomorrow 10:20, 1 working day left'],
    [
      '2026-03-10 12:00',
      '2026-03-11 10:20',
      `明天 10:20${comma}还有 6 个工作小时 20 分`,
      'tomorrow 10:20, 6 working hours 20 minutes left',
    ],
    [
      '2026-03-10 10:00',
      '2026-03-19 17:00',
      `3月19日${open}周四${close} 17:00${comma}还有 7 个工作日`,
      'Thu 19 Mar 17:00, 7 working days left',
    ],
    [
      '2026-03-10 10:00',
      '2026-03-09 17:00',
      `昨天 17:00${comma}已超 1 个工作小时`,
      'yesterday 17:00, 1 working hour over',
    ],
    [
      '2026-03-10 10:00',
      '2026-03-05 17:00',
      `3月5日${open}周四${close} 17:00${comma}已超 2 个工作日`,
      'Thu 5 Mar 17:00, 2 working days over',
    ],
    ['2026-03-10 18:00', '2026-03-10 17:00', `今天 17:00${comma}刚到期限`, 'today 17:00, just due'],
    ['2026-03-09 20:00', '2026-03-10 00:00', `明天 00:00${comma}已无工作时间`, 'tomorrow 00:00, no working time left'],
    [
      '2026-12-30 10:00',
      '2027-01-11 17:00',
      `2027年1月11日${open}周一${close} 17:00${open}暂定${close}${comma}还有 8 个工作日`,
      'Mon 11 Jan 2027 17:00 (provisional), 8 working days left',
    ],
  ])('now %s, due %s', (now, due, zh, en) => {
    const parts = describeDue(office, shanghai, { now: inShanghai(now), dueAt: inShanghai(due) });
    expect(sayDue(parts, 'zh-CN')).toBe(zh);
    expect(sayDue(parts, 'en')).toBe(en);
  });

  it('a weekday alone means one of the next six days, never the day a week ahead', () => {
    const now = inShanghai('2026-03-10 10:00');
    const kinds = ['2026-03-12', '2026-03-16', '2026-03-17', '2026-03-08'].map(
      (date) => describeDue(office, shanghai, { now, dueAt: inShanghai(`${date} 17:00`) }).day.kind,
    );
    expect(kinds).toEqual(['weekday', 'weekday', 'date', 'date']);
  });

  it('left is rounded up to minutes, over is rounded down', () => {
    const dueAt = inShanghai('2026-03-10 16:30');
    expect(describeDue(office, shanghai, { dueAt, now: '2026-03-10T05:30:20.000Z' })).toMatchObject({
      over: false,
      workingMinutes: 180,
      amount: { unit: 'hours', hours: 3, minutes: 0 },
    });
    expect(describeDue(office, shanghai, { dueAt, now: '2026-03-10T08:31:50.000Z' })).toMatchObject({
      over: true,
      workingMinutes: 1,
    });
  });

  it('a year mistyped by a century is still said, without an amount nobody can count', () => {
    const now = inShanghai('2026-03-10 10:00');
    const ahead = describeDue(office, shanghai, { now, dueAt: inShanghai('2099-12-16 17:00') });
    expect(sayDue(ahead, 'zh-CN')).toBe('2099年12月16日（周三） 17:00（暂定），还有 十年以上');
    expect(sayDue(ahead, 'en')).toBe('Wed 16 Dec 2099 17:00 (provisional), more than ten years left');
    const over = describeDue(office, shanghai, { now, dueAt: inShanghai('1926-03-10 17:00') });
    expect(sayDue(over, 'en')).toBe('Wed 10 Mar 1926 17:00, more than ten years over');
    expect(sayAfter(ahead, 'en')).toContain('more than ten years later');
  });

  it('the same moment is told in the local time of whoever reads it', () => {
    const moment = { now: inShanghai('2026-03-10 09:30'), dueAt: inShanghai('2026-03-10 17:00') };
    expect(describeDue(office, shanghai, moment).localTime).toBe('17:00');
    expect(describeDue(farOffice, urumqi, moment).localTime).toBe('15:00');
    expect(describeDue(berlinClient, berlin, moment)).toMatchObject({ localTime: '10:00', workingMinutes: 60 });
  });
});
