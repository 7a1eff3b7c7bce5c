import { beforeEach, describe, expect, it } from 'vitest';
import { clients } from '../../store/clients.ts';
import { jobTable } from '../../store/jobs.ts';
import { meetingPeriods, overdueMeetings, periodOf } from '../../store/meetings.ts';
import { met, project } from '../activities/digest/projects.ts';
import { goOn } from '../activities/digest/desk.ts';
import { inShanghai, office, shanghai } from '../domain/calendar/calendars.ts';
import { ownStore } from './store.ts';

const store = ownStore();
const opened = inShanghai('2026-03-02 10:00');

async function overdue(now: string, scope: 'all' | readonly string[] = 'all', limit = 50) {
  const periods = await meetingPeriods(store(), 5);
  const asked = { scope, periods, office, zones: shanghai, now: inShanghai(now), limit };
  const { jobs, count } = await overdueMeetings(store(), asked);
  return { ids: jobs.map(({ _id }) => _id), count };
}

beforeEach(async () => {
  await jobTable(store()).deleteMany({});
});

describe('S-37: a project without an internal meeting in the set period is listed', () => {
  it('from the close of the day on which the period ends, until a meeting is recorded, and again a period later', async () => {
    const id = await project(store(), { openedAt: opened });
    expect((await overdue('2026-03-09 16:59')).ids).toEqual([]);
    expect((await overdue('2026-03-09 17:00')).ids).toEqual([id]);
    await goOn(store(), id, inShanghai('2026-03-10 11:00'), met(inShanghai('2026-03-10 09:30')));
    expect((await overdue('2026-03-17 16:59')).ids).toEqual([]);
    expect((await overdue('2026-03-17 17:00')).ids).toEqual([id]);
  });

  it('what never met longest stands first, and there are more than are shown', async () => {
    const late = await project(store(), { openedAt: inShanghai('2026-02-25 10:00') });
    const later = await project(store(), { openedAt: opened });
    await project(store(), { openedAt: inShanghai('2026-03-11 10:00') });
    expect(await overdue('2026-03-12 12:00')).toEqual({ ids: [late, later], count: 2 });
    expect(await overdue('2026-03-12 12:00', 'all', 1)).toEqual({ ids: [late], count: 2 });
  });

  it('a call alone is no meeting; on hold, delivered or cancelled nobody is asked to meet', async () => {
    const at = inShanghai('2026-03-05 10:00');
    const called = {
      type: 'meetingCalled',
      at: inShanghai('2026-03-13 10:00'),
      place: '会议室',
      people: ['designer'],
      by: 'executive',
    } as const;
    const waits = await project(store(), { openedAt: opened, then: [called] });
    const rests = await project(store(), { openedAt: opened, then: [{ type: 'held', by: 'manager', words: '等' }] });
    await project(store(), {
      openedAt: opened,
      then: [{ type: 'phaseChanged', from: 'CREATING', to: 'DELIVERED' }],
    });
    await project(store(), {
      openedAt: opened,
      then: [
        { type: 'cancelled', by: 'manager', words: '客户取消' },
        { type: 'phaseChanged', from: 'CREATING', to: 'CANCELLED' },
      ],
    });
    expect((await overdue('2026-03-12 12:00')).ids).toEqual([waits]);
    // A job that goes on has a whole period before it.
    await goOn(store(), rests, at, { type: 'resumed', by: 'manager' });
    expect((await overdue('2026-03-12 16:59')).ids).toEqual([waits]);
    expect((await overdue('2026-03-12 17:00')).ids.sort()).toEqual([rests, waits].sort());
  });

  it('a brand may have a period of its own; nobody sees the projects of others', async () => {
    const brand = (id: string, more: { meetingDays?: number } = {}) => ({
      id,
      name: id,
      code: id.toUpperCase(),
      lines: [],
      active: true,
      ...more,
    });
    const client = {
      id: 'c1',
      name: '云峰茶业',
      kind: 'fullService' as const,
      contacts: [],
      brands: [brand('quick', { meetingDays: 2 }), brand('slow', { meetingDays: 20 }), brand('usual')],
      qcRoute: { route: 'qcSeven' as const, chosenBy: 'director' },
      active: true,
    };
    await clients.save(store(), 'c1', 0, client, { by: 'director', at: opened });
    const quick = await project(store(), { openedAt: opened, brandId: 'quick' });
    const slow = await project(store(), { openedAt: opened, brandId: 'slow' });
    const usual = await project(store(), { openedAt: opened, brandId: 'usual' });
    const periods = await meetingPeriods(store(), 5);
    expect(['quick', 'slow', 'usual'].map((id) => periodOf(periods, id))).toEqual([2, 20, 5]);
    expect((await overdue('2026-03-04 17:00')).ids).toEqual([quick]);
    expect((await overdue('2026-03-09 17:00')).ids.sort()).toEqual([quick, usual].sort());
    expect((await overdue('2026-03-30 17:00')).ids.sort()).toEqual([quick, slow, usual].sort());
    expect((await overdue('2026-03-30 17:00', ['slow'])).ids).toEqual([slow]);
    expect((await overdue('2026-03-30 17:00', [])).ids).toEqual([]);
  });
});
