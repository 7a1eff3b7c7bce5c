import { describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { epochMsOf } from '../../../domain/instant.ts';
import { roleFacts } from '../../../domain/people/roles.ts';
import type { Person } from '../../../domain/people/types.ts';
import type { TimeCalendars } from '../../../domain/time-kept/account.ts';
import { stepsAhead, type AheadHouse } from '../../../domain/time-kept/ahead.ts';
import { loadOf, nextWorkingDays } from '../../../domain/time-kept/load.ts';
import { inShanghai, office } from '../calendar/calendars.ts';
import { people as roster } from '../job/agency.ts';
import { diary } from './diary.ts';

const calendars: TimeCalendars = { office, zones: zoneNamed, ofDesk: () => office };
const people = Object.entries(roster).map(([id, roles]): Person => {
  const side = roles[0] ? roleFacts[roles[0]].side : 'agency';
  return {
    id,
    name: id,
    roles,
    side,
    language: 'zh-CN',
    mail: { address: `${id}@agency.example`, revision: 1 },
    active: true,
    ...(side === 'client' ? { clientId: 'yunfeng' } : {}),
  };
});
const house: AheadHouse = {
  people,
  absences: [],
  team: {
    id: 'yunfeng',
    brandId: 'yunfeng',
    members: people.filter(({ side }) => side === 'agency').map(({ id, roles }) => ({ personId: id, roles })),
    defaults: {},
  },
};

describe('what comes along a route', () => {
  it('one step after the other, each its limit later, on the desk of whoever would hold it', () => {
    const { agency } = diary('ARTWORK_QC');
    const ahead = stepsAhead(agency.state, house, calendars, agency.at);
    expect(ahead.map(({ step, personId }) => [step, personId])).toEqual([
      ['artDirector', 'artDirector'],
      ['creativeDirector', 'creativeDirector'],
      ['accountExecutive', 'executive'],
      ['accountDirector', 'director'],
      ['client', 'lead'],
    ]);
    for (const [place, one] of ahead.entries()) {
      const before = ahead[place - 1];
      if (before) expect(epochMsOf(one.at)).toBeGreaterThan(epochMsOf(before.at));
    }
  });

  it('R-227: leave that is announced counts; a job on hold brings nothing', () => {
    const { agency } = diary('ARTWORK_QC');
    const away = {
      personId: 'artDirector',
      from: agency.at,
      to: '2030-01-01T00:00:00.000Z',
      standInId: 'creativeDirector',
    };
    const [first] = stepsAhead(agency.state, { ...house, absences: [away] }, calendars, agency.at);
    expect(first?.step).toBe('artDirector');
    expect(first?.personId).not.toBe('artDirector');
    agency.does('director', { type: 'hold', words: '客户停了预算' });
    expect(stepsAhead(agency.state, house, calendars, agency.at)).toEqual([]);
  });
});

describe('the load of desks', () => {
  const friday = inShanghai('2026-03-13 15:00');

  it('looks ten working days ahead, over weekends and holidays', () => {
    const days = nextWorkingDays(calendars, friday);
    expect(days).toHaveLength(10);
    expect(days[0]).toBe('2026-03-13');
    expect(days[1]).toBe('2026-03-16');
    // Spring Festival of 2026: nothing between the 14th, a make-up Saturday, and the 24th of February.
    const festival = nextWorkingDays(calendars, inShanghai('2026-02-13 10:00'));
    expect(festival.slice(0, 3)).toEqual(['2026-02-13', '2026-02-14', '2026-02-24']);
  });

  it('counts what is late apart, what is due by its day, what falls on a weekend on Monday, and what comes', () => {
    const desk = { holders: ['chen'], role: 'COPYWRITER', side: 'agency' as const };
    const load = loadOf(
      [
        { ...desk, dueAt: inShanghai('2026-03-13 12:00') },
        { ...desk, dueAt: inShanghai('2026-03-13 17:00') },
        { ...desk, dueAt: inShanghai('2026-03-14 10:00') },
        { ...desk, dueAt: inShanghai('2026-05-29 10:00') },
        desk,
        { ...desk, holders: ['chen', 'li'], dueAt: inShanghai('2026-03-16 10:00') },
      ],
      [
        { personId: 'wu', role: 'ART_DIRECTOR', side: 'agency', at: inShanghai('2026-03-17 10:00') },
        { role: 'ART_DIRECTOR', side: 'agency', at: inShanghai('2026-03-17 10:00') },
        { personId: 'wu', role: 'ART_DIRECTOR', side: 'agency', at: inShanghai('2026-08-17 10:00') },
      ],
      calendars,
      friday,
    );
    const [chen, li, wu] = load.desks;
    expect(chen).toMatchObject({ personId: 'chen', now: 6, late: 1, later: 2 });
    expect(chen?.days.slice(0, 2)).toEqual([
      { due: 1, coming: 0 },
      { due: 2, coming: 0 },
    ]);
    expect(li).toMatchObject({ personId: 'li', now: 1, late: 0 });
    expect(wu).toMatchObject({ personId: 'wu', now: 0 });
    expect(wu?.days[2]).toEqual({ due: 0, coming: 1 });
    expect(load.nobody).toBe(1);
  });
});
