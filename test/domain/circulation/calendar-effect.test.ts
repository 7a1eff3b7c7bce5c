import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { localDateAt, openIntervals } from '../../../domain/calendar/day.ts';
import { addDays } from '../../../domain/calendar/dates.ts';
import { withStretch } from '../../../domain/calendar/stretches.ts';
import type { Calendar } from '../../../domain/calendar/types.ts';
import { workingMinutesBetween } from '../../../domain/calendar/working.ts';
import { movedByCalendar, type RunningDesk } from '../../../domain/circulation/calendar-effect.ts';
import { ladders, stepTimes } from '../../../domain/circulation/step-times.ts';
import type { LadderId } from '../../../domain/circulation/types.ts';
import { compareInstants, epochMsOf } from '../../../domain/instant.ts';
import type { Instant } from '../../../domain/instant.ts';
import {
  at,
  berlin,
  berlinClient,
  farOffice,
  inShanghai,
  office,
  shanghai,
  shown,
  urumqi,
  wall,
} from '../calendar/calendars.ts';

const times = (ladder: LadderId, calendar: Calendar, from: Instant) =>
  stepTimes(ladders[ladder], calendar, zoneNamed, from);
function running(ladder: LadderId, calendar: Calendar, from: Instant): RunningDesk {
  const { dueAt, rungs } = times(ladder, calendar, from);
  return { ladder, from, dueAt, rungs };
}
const typhoonOn = (date: string): Calendar =>
  withStretch(office, date, date, { kind: 'closed', name: { zh: '台风', en: 'Typhoon' } });
const change = (before: Calendar, after: Calendar, now: Instant) => ({ before, after, zones: zoneNamed, now });

describe('the limits of a step over the year', () => {
  it.each([
    ['Spring Festival 2025', '2025-01-27 16:00', '2025-02-05 12:00', '2025-02-07 16:00'],
    [
      'Spring Festival 2026, with a make-up Saturday before it',
      '2026-02-13 16:00',
      '2026-02-14 12:00',
      '2026-02-25 16:00',
    ],
    [
      'National Day 2025, with a make-up Saturday behind it',
      '2025-09-30 16:00',
      '2025-10-09 12:00',
      '2025-10-11 16:00',
    ],
    [
      'National Day 2026, with a make-up Saturday behind it',
      '2026-09-30 16:00',
      '2026-10-08 12:00',
      '2026-10-10 16:00',
    ],
    ['a make-up Sunday before National Day 2026', '2026-09-18 16:00', '2026-09-20 12:00', '2026-09-22 16:00'],
  ])('P-30: an internal signature over %s', (_name, from, due, last) => {
    const found = times('internalSignature', office, inShanghai(from));
    expect([shown(shanghai, found.dueAt), shown(shanghai, found.rungs.at(-1)?.at ?? '')]).toEqual([due, last]);
  });

  it('P-21: in Urumqi the same step counts Urumqi’s hours', () => {
    const found = times('internalSignature', farOffice, wall(urumqi, '2026-03-13 16:30'));
    expect(shown(urumqi, found.dueAt)).toBe('2026-03-16 12:30');
    expect(shown(shanghai, found.dueAt)).toBe('2026-03-16 14:30');
  });

  it('P-31: a client in Berlin has Berlin’s days, also over a change of the clocks, and none of China’s holidays', () => {
    // Friday 27 March 2026; the clocks go forward on Sunday: 17:00 is an hour earlier in UTC.
    const spring = times('clientSignature', berlinClient, wall(berlin, '2026-03-26 15:00'));
    expect(spring.dueAt).toBe('2026-03-27T16:00:00.000Z');
    expect(spring.rungs.filter(({ kind }) => kind !== 'warn').map((rung) => rung.at)).toEqual([
      '2026-03-27T16:00:00.000Z',
      '2026-03-30T15:00:00.000Z',
      '2026-03-31T15:00:00.000Z',
      '2026-04-02T15:00:00.000Z',
    ]);
    const october = times('clientSignature', berlinClient, wall(berlin, '2026-10-01 10:00'));
    expect(shown(berlin, october.dueAt)).toBe('2026-10-02 17:00');
    expect(shown(shanghai, times('clientSignature', office, wall(berlin, '2026-10-01 10:00')).dueAt)).toBe(
      '2026-10-09 17:00',
    );
  });
});

describe('what a changed calendar moves on a running desk', () => {
  it('M-22: a typhoon day moves what lies on it and behind it by a working day, and nothing before', () => {
    const desk = running('internalSignature', office, inShanghai('2026-03-10 16:00'));
    const moved = movedByCalendar(desk, change(office, typhoonOn('2026-03-11'), inShanghai('2026-03-11 07:00')));
    expect(moved.find(({ what }) => what === 'due')).toMatchObject({
      was: inShanghai('2026-03-11 12:00'),
      becomes: inShanghai('2026-03-12 12:00'),
      provisional: false,
    });
    expect(moved.length).toBe(1 + desk.rungs.length);
    expect(movedByCalendar(desk, change(office, typhoonOn('2026-06-11'), inShanghai('2026-03-11 07:00')))).toEqual([]);
  });

  it('M-22: a rung that fired stays fired and is not moved; a date moved by hand stays', () => {
    const plain = running('internalSignature', office, inShanghai('2026-03-10 10:00'));
    const rungs = plain.rungs.map((rung) =>
      rung.at <= inShanghai('2026-03-10 17:00') ? { ...rung, firedAt: rung.at } : rung,
    );
    const desk: RunningDesk = { ...plain, rungs, dueAt: inShanghai('2026-03-11 16:00'), dueMoved: true };
    const moved = movedByCalendar(desk, change(office, typhoonOn('2026-03-11'), inShanghai('2026-03-11 07:00')));
    expect(moved.map(({ what, n }) => `${what} ${String(n)}`)).toEqual(['escalate 2', 'escalate 3', 'escalate 4']);
  });

  it('M-22: a desk whose clock was paused keeps the working time that is left', () => {
    const plain = running('internalSignature', office, inShanghai('2026-03-10 10:00'));
    const desk: RunningDesk = {
      ...plain,
      rungs: plain.rungs.map((rung) => ({ ...rung, at: inShanghai('2026-03-11 15:00') })),
    };
    const now = inShanghai('2026-03-10 16:00');
    const moved = movedByCalendar(desk, change(office, typhoonOn('2026-03-11'), now));
    // Seven hours are left on Tuesday 16:00: one today, six behind the typhoon.
    expect(moved.filter(({ what }) => what !== 'due').map(({ becomes }) => shown(shanghai, becomes))).toEqual(
      plain.rungs.map(() => '2026-03-12 15:00'),
    );
  });

  it('P-21: what comes to lie beyond the published holidays is told as provisional', () => {
    const desk = running('internalSignature', office, inShanghai('2026-12-31 10:00'));
    const moved = movedByCalendar(desk, change(office, typhoonOn('2026-12-31'), inShanghai('2026-12-31 07:00')));
    expect(moved.every(({ provisional }) => provisional)).toBe(true);
  });

  const anyFrom = fc.integer({ min: Date.UTC(2025, 0, 2), max: Date.UTC(2026, 9, 1) }).map((epochMs) => at(epochMs));
  const anyLadder = fc.constantFrom<LadderId>('internalSignature', 'clientSignature', 'clientComment', 'refusedOrder');
  const anyClosure = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 9 }));

  it('M-22: for any closure what moves is what opening would count, never earlier, never into closed hours', () => {
    fc.assert(
      fc.property(
        anyLadder,
        anyFrom,
        anyClosure,
        fc.constantFrom(office, farOffice, berlinClient),
        (ladder, from, [away, days], before) => {
          const start = addDays(localDateAt(before, zoneNamed, from), away);
          const name = { zh: '停工', en: 'Closed' };
          const after = withStretch(before, start, addDays(start, days), { kind: 'closed', name });
          const desk = running(ladder, before, from);
          const fresh = times(ladder, after, from);
          for (const { what, n, was, becomes } of movedByCalendar(desk, change(before, after, from))) {
            const wanted =
              what === 'due' ? fresh.dueAt : fresh.rungs.find((rung) => rung.kind === what && rung.n === n)?.at;
            expect(becomes).toBe(wanted);
            expect(compareInstants(becomes, was)).toBeGreaterThan(0);
            const ms = epochMsOf(becomes);
            const open = openIntervals(after, zoneNamed, localDateAt(after, zoneNamed, becomes));
            expect(open.some(({ startMs, endMs }) => startMs <= ms && ms <= endMs)).toBe(true);
            expect(workingMinutesBetween(after, zoneNamed, from, becomes)).toBeGreaterThanOrEqual(0);
          }
          expect(movedByCalendar(desk, change(before, before, from))).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });
});
