import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { quietStretches } from '../../../domain/calendar/check-ladder.ts';
import { minutesOfDay, timeOfMinutes } from '../../../domain/calendar/dates.ts';
import { firstLoudMinute, mayLeaveAt } from '../../../domain/calendar/quiet.ts';
import { addMs, compareInstants } from '../../../domain/instant.ts';
import { anyCalendar, anyMoment, inWorkingHours } from './any-calendar.ts';
import { inShanghai, office, shanghai, shown } from './calendars.ts';

const night = { from: '18:00', to: '09:30' };
const leaves = (at: string, quiet = night): string =>
  shown(shanghai, firstLoudMinute(office, shanghai, quiet, inShanghai(at)));

describe('quiet hours of a ladder', { timeout: 120_000 }, () => {
  it('M-22: outside them a mail leaves at once, also at close of business', () => {
    expect(leaves('2026-03-12 17:00')).toBe('2026-03-12 17:00');
    expect(leaves('2026-03-12 10:15')).toBe('2026-03-12 10:15');
    expect(leaves('2026-03-12 09:30')).toBe('2026-03-12 09:30');
  });

  it('M-22: inside them it leaves in the first working minute that is not quiet', () => {
    expect(leaves('2026-03-12 09:00')).toBe('2026-03-12 09:30');
    expect(leaves('2026-03-12 19:00')).toBe('2026-03-13 09:30');
    expect(leaves('2026-03-12 12:10', { from: '12:00', to: '13:30' })).toBe('2026-03-12 13:30');
  });

  it('M-22: over a weekend and over Spring Festival it waits for the office to be there again', () => {
    expect(leaves('2026-03-13 18:30')).toBe('2026-03-16 09:30');
    expect(leaves('2026-02-14 20:00')).toBe('2026-02-24 09:30');
  });

  it('quiet from the afternoon on leaves the morning of the next working day', () => {
    expect(leaves('2026-03-13 15:00', { from: '14:00', to: '00:00' })).toBe('2026-03-16 09:00');
  });

  it('whose hours lie in the quiet ones whole gets it late, never not at all', () => {
    expect(leaves('2026-03-13 20:00', { from: '08:00', to: '07:00' })).toBe('2026-03-16 09:00');
  });

  const time = fc.integer({ min: 0, max: 95 }).map((quarter) => timeOfMinutes(quarter * 15));
  const anyQuiet = fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to);

  it('M-22: for any calendar, quiet hours and moment it never leaves earlier, nor in quiet or closed hours if it waited', () => {
    fc.assert(
      fc.property(anyCalendar, anyQuiet, anyMoment, (calendar, quiet, from) => {
        const at = firstLoudMinute(calendar, zoneNamed, quiet, from);
        expect(compareInstants(at, from)).toBeGreaterThanOrEqual(0);
        expect(firstLoudMinute(calendar, zoneNamed, quiet, at)).toBe(at);
        if (at !== from) expect(inWorkingHours(calendar, at)).toBe(true);
        const { minutes } = zoneNamed(calendar.zone).toLocal(at);
        const wholly = Object.values(calendar.weekly)
          .flat()
          .every((hours) =>
            quietStretches(quiet).some(
              ({ from: start, to }) => start <= minutesOfDay(hours.from) && minutesOfDay(hours.to) <= to,
            ),
          );
        // Only whose hours are all quiet is written to in quiet hours; a public holiday's own hours are not looked at here.
        if (!wholly && Object.keys(calendar.days).length === 0)
          expect(quietStretches(quiet).some((one) => one.from <= minutes && minutes < one.to)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a mail that could not leave at its moment', { timeout: 120_000 }, () => {
  const after = (due: string, now: string, quiet = { from: '20:00', to: '08:00' }): string =>
    shown(shanghai, mayLeaveAt(office, shanghai, quiet, { due: inShanghai(due), now: inShanghai(now) }));

  it.each([
    [
      'due on Friday in quiet hours, nothing ran until a loud Saturday noon',
      '2026-03-13 21:00',
      '2026-03-14 12:00',
      '2026-03-16 09:00',
    ],
    [
      'due on Friday at close of business, nothing ran until Saturday',
      '2026-03-13 17:00',
      '2026-03-14 12:00',
      '2026-03-16 09:00',
    ],
    [
      'due before Spring Festival, nothing ran until a loud day of it',
      '2026-02-14 17:00',
      '2026-02-18 11:00',
      '2026-02-24 09:00',
    ],
    [
      'due in quiet hours of a night, looked at in the loud evening after',
      '2026-03-11 22:00',
      '2026-03-12 19:00',
      '2026-03-12 19:00',
    ],
    [
      'on its own day it leaves at once, also after closing',
      '2026-03-12 17:00',
      '2026-03-12 18:40',
      '2026-03-12 18:40',
    ],
    [
      'on its own day it waits for quiet hours that began meanwhile',
      '2026-03-12 17:00',
      '2026-03-12 20:30',
      '2026-03-13 09:00',
    ],
    ['days later in working hours it leaves at once', '2026-03-12 17:00', '2026-03-16 10:00', '2026-03-16 10:00'],
    ['days later in an evening it waits for the morning', '2026-03-12 17:00', '2026-03-16 18:30', '2026-03-17 09:00'],
  ])('M-22: %s', (_what, due, now, leaves) => {
    expect(after(due, now)).toBe(leaves);
  });

  const time = fc.integer({ min: 0, max: 95 }).map((quarter) => timeOfMinutes(quarter * 15));
  const anyQuiet = fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to);

  it('M-22: for any calendar, quiet hours and moments it leaves on its day or in working hours, and whoever waits for that moment sends', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyQuiet,
        anyMoment,
        fc.integer({ min: 0, max: 20_000 }),
        (calendar, quiet, due, late) => {
          const now = addMs(due, late * 60_000);
          const at = mayLeaveAt(calendar, zoneNamed, quiet, { due, now });
          const zone = zoneNamed(calendar.zone);
          const free = firstLoudMinute(calendar, zoneNamed, quiet, due);
          expect(compareInstants(at, free)).toBeGreaterThanOrEqual(0);
          if (compareInstants(at, now) <= 0 && zone.toLocal(at).date !== zone.toLocal(free).date)
            expect(inWorkingHours(calendar, at)).toBe(true);
          const then = compareInstants(at, now) > 0 ? at : now;
          expect(mayLeaveAt(calendar, zoneNamed, quiet, { due, now: then }) <= then).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
