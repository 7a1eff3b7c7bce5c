import { describe, expect, test } from 'vitest';
import { shanghaiOffice } from '../../../activities/calendar/holidays.ts';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { timesOf } from '../../../activities/house.ts';
import { calendarOfDesk } from '../../../domain/calendar/desk.ts';
import { addDays } from '../../../domain/calendar/dates.ts';
import { isWorkingDay } from '../../../domain/calendar/day.ts';
import type { Calendar, SingleCalendar } from '../../../domain/calendar/types.ts';
import { nextOpening } from '../../../domain/calendar/working.ts';
import { standardRoutes } from '../../../domain/circulation/routes.ts';
import { addMs } from '../../../domain/instant.ts';
import { jobProcess } from '../../../domain/job/process.ts';
import type { Agency } from '../job/agency.ts';
import { bookUntil, orderPaper, paper } from '../job/agency.ts';
import {
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

type Desk = 'client' | 'accountDirector';
const pointOf = { client: 'timetable', accountDirector: 'workOrder' } as const;

/** A job whose desk opens at a moment, its limits counted on a calendar as the activities count them. */
function opened(desk: Desk, at: string, calendar: Calendar): Agency {
  const agency = bookUntil('OPENED');
  agency.now = Date.parse(addMs(at, -600_000));
  if (desk === 'accountDirector') {
    agency.submit('executive', 'timetable', paper('F-10'));
    agency.signs('timetable', 'client');
    agency.does('executive', {
      type: 'huddle',
      heldAt: agency.at,
      people: ['creativeDirector', 'designer'],
      objections: [],
    });
  }
  agency.carrying = false;
  const point = pointOf[desk];
  agency.submit('executive', point, desk === 'client' ? paper('F-10') : orderPaper());
  const route = standardRoutes[point].steps.find(({ key }) => key === desk);
  if (!route) throw new Error(`${point} has no ${desk}`);
  const times = timesOf({ route }, calendar, at);
  const where = { circulation: agency.running(point).id, round: 1, step: desk };
  const personId = desk === 'client' ? 'contact' : 'director';
  const unreachedAt = addMs(at, 3_600_000);
  agency.send(
    { kind: 'system', name: 'open' },
    { type: 'stepOpened', ...where, holders: [{ personId, grantId: 'g' }], unreachedAt, ...times },
  );
  agency.send(
    { kind: 'system', name: 'mail' },
    { type: 'asked', ...where, personId, outcome: 'accepted', askedAt: at, ...times },
  );
  return agency;
}

/** Lets the clock do everything it has to do: which rung was climbed when, each named once. */
function climbed(agency: Agency): readonly { readonly rung: string; readonly at: string }[] {
  const rungs: { rung: string; at: string }[] = [];
  for (let due = jobProcess.due(agency.state); due; due = jobProcess.due(agency.state)) {
    const before = agency.events.length;
    agency.now = Date.parse(due.at) - 60_000;
    agency.send({ kind: 'system', name: 'clock' }, due.act);
    const event = agency.events.slice(before).find(({ type }) => type === 'rungClimbed');
    if (event?.type !== 'rungClimbed') throw new Error('a due act changed nothing');
    rungs.push({ rung: `${event.kind}${event.n}`, at: due.at });
  }
  expect(agency.events.some((event) => event.type === 'decided' && event.step === 'accountDirector')).toBe(false);
  return rungs;
}

const told = (agency: Agency, zone = shanghai): readonly string[] =>
  climbed(agency).map(({ rung, at }) => `${rung} ${shown(zone, at)}`);

/** The calendar of a client that is closed on Fridays and works on Saturdays. */
const saturdayClient: SingleCalendar = {
  ...shanghaiOffice(),
  id: 'contact-house',
  name: { zh: '另一家的日历', en: 'Another calendar' },
  weekly: { ...shanghaiOffice().weekly, fri: [], sat: [{ from: '10:00', to: '18:00' }] },
};

describe('§7.3 ladders on real calendars, from the opening of a desk to the last rung', () => {
  test.each([
    [
      'the eve of Spring Festival 2025',
      '2025-01-27 16:30',
      [
        'warn1 2025-02-05 10:30',
        'warn2 2025-02-05 11:42',
        'remind1 2025-02-05 12:30',
        'escalate2 2025-02-05 16:30',
        'escalate3 2025-02-06 16:30',
        'escalate4 2025-02-07 16:30',
      ],
    ],
    [
      'the make-up Saturday before Spring Festival 2026',
      '2026-02-14 16:30',
      [
        'warn1 2026-02-24 10:30',
        'warn2 2026-02-24 11:42',
        'remind1 2026-02-24 12:30',
        'escalate2 2026-02-24 16:30',
        'escalate3 2026-02-25 16:30',
        'escalate4 2026-02-26 16:30',
      ],
    ],
    [
      'the Friday before the make-up Saturday of October 2025',
      '2025-10-10 16:30',
      [
        'warn1 2025-10-11 10:30',
        'warn2 2025-10-11 11:42',
        'remind1 2025-10-11 12:30',
        'escalate2 2025-10-11 16:30',
        'escalate3 2025-10-13 16:30',
        'escalate4 2025-10-14 16:30',
      ],
    ],
    [
      'the Friday before the make-up Saturday of October 2026',
      '2026-10-09 16:30',
      [
        'warn1 2026-10-10 10:30',
        'warn2 2026-10-10 11:42',
        'remind1 2026-10-10 12:30',
        'escalate2 2026-10-10 16:30',
        'escalate3 2026-10-12 16:30',
        'escalate4 2026-10-13 16:30',
      ],
    ],
  ])('P-30, P-21: an internal signature on %s', (_title, at, rungs) => {
    expect(told(opened('accountDirector', inShanghai(at), office))).toEqual(rungs);
  });

  test('P-31: a client in a zone whose clocks go forward keeps its own close of business, whatever Shanghai shows', () => {
    const at = wall(berlin, '2026-03-27 16:30');
    expect(told(opened('client', at, berlinClient), berlin)).toEqual([
      'warn1 2026-03-30 12:45',
      'warn2 2026-03-30 15:18',
      'remind1 2026-03-30 17:00',
      'escalate2 2026-03-31 17:00',
      'escalate3 2026-04-01 17:00',
      'escalate4 2026-04-03 17:00',
    ]);
    // 17:00 in Berlin was midnight in Shanghai before the change, and is 23:00 after it.
    expect(shown(shanghai, wall(berlin, '2026-03-27 17:00'))).toBe('2026-03-28 00:00');
    expect(shown(shanghai, wall(berlin, '2026-03-30 17:00'))).toBe('2026-03-30 23:00');
  });

  test('P-30: an office in Urumqi counts its own hours, two behind Shanghai', () => {
    const rungs = told(opened('accountDirector', wall(urumqi, '2026-03-13 16:30'), farOffice), urumqi);
    expect(rungs.slice(0, 3)).toEqual(['warn1 2026-03-16 10:30', 'warn2 2026-03-16 11:42', 'remind1 2026-03-16 12:30']);
    expect(shown(shanghai, wall(urumqi, '2026-03-16 12:30'))).toBe('2026-03-16 14:30');
  });

  test('P-21: a client on another calendar is counted by it, and the agency’s own desk of the same job by the office’s', () => {
    const kept = new Map([[saturdayClient.id, saturdayClient]]);
    const theirs = calendarOfDesk({ side: 'client', clientId: 'contact-house', holders: ['contact'] }, kept, office);
    const ours = calendarOfDesk({ side: 'agency', clientId: 'contact-house', holders: ['director'] }, kept, office);
    const thursday = inShanghai('2026-03-12 16:00');
    // No Friday there, and a Saturday.
    expect(told(opened('client', thursday, theirs))[2]).toBe('remind1 2026-03-14 18:00');
    expect(told(opened('client', thursday, ours))[2]).toBe('remind1 2026-03-13 17:00');
    expect(told(opened('accountDirector', thursday, ours))[2]).toBe('remind1 2026-03-13 12:00');
  });
});

describe('a weekend-proof ladder', () => {
  /** Every Friday of two years on which the office works. */
  const fridays = Array.from({ length: 105 }, (_, week) => addDays('2025-01-03', 7 * week)).filter(
    (date) => date <= '2026-12-31' && isWorkingDay(office, shanghai, date),
  );

  test.each(['client', 'accountDirector'] as const)(
    'P-30, P-31: opened at 16:30 on any Friday of 2025 and 2026, at %s nothing fires before the next working day opens, and each rung once',
    (desk) => {
      expect(fridays.length).toBeGreaterThan(90);
      for (const friday of fridays) {
        const closing = inShanghai(`${friday} 17:00`);
        const opening = nextOpening(office, zoneNamed('Asia/Shanghai'), closing).at;
        const rungs = climbed(opened(desk, inShanghai(`${friday} 16:30`), office));
        expect((rungs[0]?.at ?? '') >= opening, `${friday}: ${JSON.stringify(rungs[0])} before ${opening}`).toBe(true);
        expect(new Set(rungs.map(({ rung }) => rung)).size).toBe(rungs.length);
        expect(rungs.length).toBe(6);
        for (const { at } of rungs) {
          const { date, minutes } = shanghai.toLocal(at);
          expect(
            isWorkingDay(office, shanghai, date) && minutes >= 9 * 60 && minutes <= 17 * 60,
            `${friday}: ${at}`,
          ).toBe(true);
        }
      }
    },
  );
});
