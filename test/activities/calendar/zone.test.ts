import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isZoneName, zoneNamed } from '../../../activities/calendar/zone.ts';
import { calendarClock24 } from '../../../domain/calendar/clock24.ts';
import { addWorkingDays } from '../../../domain/calendar/working-days.ts';
import { addWorkingMinutes, workingMinutesBetween } from '../../../domain/calendar/working.ts';
import { mondayToFriday } from '../../../activities/calendar/holidays.ts';
import type { Calendar } from '../../../domain/calendar/types.ts';
import { at, berlin, berlinClient, shown, wall } from '../../domain/calendar/calendars.ts';

describe('zones', () => {
  it('reads offsets that are not whole hours, and Urumqi two hours after Shanghai', () => {
    expect(zoneNamed('Asia/Kolkata').toLocal('2026-03-12T08:30:00.000Z')).toEqual({
      date: '2026-03-12',
      minutes: 14 * 60,
      offsetMinutes: 330,
    });
    expect(zoneNamed('Asia/Shanghai').toInstant('2026-03-12', 990)).toBe('2026-03-12T08:30:00.000Z');
    expect(zoneNamed('Asia/Urumqi').toInstant('2026-03-12', 990)).toBe('2026-03-12T10:30:00.000Z');
    expect(zoneNamed('Asia/Shanghai').toInstant('2026-03-12', 1440)).toBe('2026-03-12T16:00:00.000Z');
  });

  it('is kept once made and refuses unknown names and minutes', () => {
    expect(zoneNamed('Europe/Berlin')).toBe(berlin);
    expect(isZoneName('Asia/Nowhere')).toBe(false);
    expect(() => zoneNamed('Asia/Nowhere')).toThrow(/unknown time zone/);
    expect(() => berlin.toInstant('2026-03-12', 1441)).toThrow(/out of range/);
    expect(() => berlin.toInstant('2026-02-30', 0)).toThrow(/not an instant/);
  });

  it('a skipped wall time is the moment of the change (Berlin 29 March 2026, 02:00 to 03:00)', () => {
    for (const minutes of [120, 150, 179, 180]) {
      expect(berlin.toInstant('2026-03-29', minutes)).toBe('2026-03-29T01:00:00.000Z');
    }
    expect(berlin.toInstant('2026-03-29', 119)).toBe('2026-03-29T00:59:00.000Z');
  });

  it('a repeated wall time is the first of the two (Berlin 25 October 2026, 02:00 to 03:00)', () => {
    expect(berlin.toInstant('2026-10-25', 150)).toBe('2026-10-25T00:30:00.000Z');
    expect(berlin.toLocal('2026-10-25T00:30:00.000Z')).toMatchObject({ minutes: 150, offsetMinutes: 120 });
    expect(berlin.toLocal('2026-10-25T01:30:00.000Z')).toMatchObject({ minutes: 150, offsetMinutes: 60 });
  });

  it('also where the clocks go back by half an hour (Lord Howe 5 April 2026, 02:00 to 01:30)', () => {
    const lordHowe = zoneNamed('Australia/Lord_Howe');
    expect(lordHowe.toInstant('2026-04-05', 105)).toBe('2026-04-04T14:45:00.000Z');
    expect(lordHowe.toLocal('2026-04-04T15:15:00.000Z')).toMatchObject({ minutes: 105, offsetMinutes: 630 });
  });

  it('a midnight that does not exist is the moment of the change (Cairo 24 April 2026)', () => {
    const cairo = zoneNamed('Africa/Cairo');
    expect(cairo.toInstant('2026-04-24', 0)).toBe('2026-04-23T22:00:00.000Z');
    expect(cairo.toInstant('2026-04-23', 1440)).toBe('2026-04-23T22:00:00.000Z');
  });

  it('never goes backwards, and a day ends where the next begins', () => {
    const names = ['Europe/Berlin', 'America/Sao_Paulo', 'America/Havana', 'Australia/Lord_Howe', 'Africa/Cairo'];
    const anyDay = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2030, 0, 1) });
    fc.assert(
      fc.property(fc.constantFrom(...names), anyDay, fc.nat(1440), fc.nat(1440), (name, epochMs, a, b) => {
        const zone = zoneNamed(name);
        const date = at(epochMs).slice(0, 10);
        const next = at(epochMs + 86_400_000).slice(0, 10);
        expect(zone.toInstant(date, Math.min(a, b)) <= zone.toInstant(date, Math.max(a, b))).toBe(true);
        expect(zone.toInstant(date, 1440)).toBe(zone.toInstant(next, 0));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a zone with daylight saving', () => {
  const nights: Calendar = {
    ...berlinClient,
    weekly: {
      ...mondayToFriday([{ from: '00:00', to: '24:00' }]),
      sat: [{ from: '00:00', to: '24:00' }],
      sun: [{ from: '00:00', to: '24:00' }],
    },
  };

  it('P-20: one working day across the change keeps the wall time', () => {
    const due = addWorkingDays(berlinClient, berlin, wall(berlin, '2026-03-27 16:30'), 1);
    expect(due.at).toBe('2026-03-30T15:00:00.000Z');
    expect(shown(berlin, due.at)).toBe('2026-03-30 17:00');
  });

  it('P-30: working hours across the change are hours that passed', () => {
    const due = addWorkingMinutes(berlinClient, berlin, wall(berlin, '2026-10-23 16:00'), 120);
    expect(shown(berlin, due.at)).toBe('2026-10-26 10:00');
    const length = (date: string, next: string) =>
      workingMinutesBetween(nights, berlin, wall(berlin, `${date} 00:00`), wall(berlin, `${next} 00:00`)) / 60;
    expect(length('2026-03-29', '2026-03-30')).toBe(23);
    expect(length('2026-10-25', '2026-10-26')).toBe(25);
  });

  it('P-19: 24 consecutive hours stay 24 when a working day has 23', () => {
    const due = calendarClock24(nights, berlin, wall(berlin, '2026-03-28 16:00'));
    expect(shown(berlin, due.at)).toBe('2026-03-29 17:00');
  });
});
