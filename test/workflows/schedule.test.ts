import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zoneNamed } from '../../activities/calendar/zone.ts';
import type { Entry, ScheduleState } from '../../domain/schedule/state.ts';
import { addDays } from '../../domain/calendar/dates.ts';
import { rebuildReadModels } from '../../ops/rebuild.ts';
import { verifyExport } from '../../ops/verify.ts';
import { caseTable, isSchedule } from '../../store/cases.ts';
import { exportLog } from '../../store/export.ts';
import { paperVersionsOf } from '../../store/papers.ts';
import { people } from '../../store/people.ts';
import { about } from '../domain/cases/play.ts';
import { person } from '../domain/people/house.ts';
import { ownStore } from '../store/store.ts';
import { CaseHouse } from './case-house.ts';
import { wall } from './skipping.ts';

const store = ownStore();
let house: CaseHouse;
let keys: string;
beforeAll(async () => {
  keys = await mkdtemp(join(tmpdir(), 'jobbag-schedule-'));
  house = await CaseHouse.open(store, keys);
  const change = { by: 'admin', at: '2026-03-01T00:00:00.000Z' };
  for (const id of ['artist-1', 'media-1']) await people.save(store(), id, 0, person(id, ['ARTIST']), change);
});
afterAll(async () => {
  await house.close();
  await rm(keys, { recursive: true, force: true });
});

const zone = zoneNamed('Asia/Shanghai');

async function scheduleOf(id: string): Promise<ScheduleState> {
  const state = await house.shown(id);
  if (!isSchedule(state)) throw new Error('no schedule');
  return state;
}
const entryOf = async (id: string, entry = 'e1'): Promise<Entry> => {
  const found = (await scheduleOf(id)).entries.find((one) => one.id === entry);
  if (!found) throw new Error(`no ${entry}`);
  return found;
};

/** A schedule begun at a moment of the week, with one task of the artist's some days later at 16:00. */
async function laid(weekday: string, time: string, days: number): Promise<{ id: string; jobId: string }> {
  const key = randomUUID();
  const [id, jobId] = [`schedule-${key}`, `job-${key}`];
  await house.sleepUntil(weekday, time);
  await house.start(id, 'schedule', 'ae-1', { type: 'begin', ...about, parts: {}, jobId });
  const day = addDays(zone.toLocal(await house.moment()).date, days);
  const entry = {
    stage: '执行',
    task: '现场搭建',
    owner: 'artist-1',
    timeNode: zone.toInstant(day, 16 * 60),
    standard: '到位',
  };
  const paper = await house.paper('F-11', { entries: [entry] });
  await house.act(id, 'ae-1', { type: 'move', move: 'layDown', paper });
  return { id, jobId };
}

const subjects = (personId: string, about: string): string[] =>
  house.mailsTo(personId).filter((subject) => subject.includes(about));

describe('F-11 on the engine', () => {
  test('R-53, R-57, S-42: asked at once, reminded on the morning of the working day before, once, and late only after its date', async () => {
    const { id } = await laid('Thu', '10:00', 4);
    expect(subjects('artist-1', '请确认您在执行排期中的任务')).toHaveLength(1);
    const { mark, rungs = [] } = await entryOf(id);
    expect(rungs.slice(3).map(({ at }) => wall(at))).toEqual(['Fri 09:00', 'Mon 16:00', 'Tue 17:00', 'Thu 17:00']);
    await house.act(id, 'artist-1', { type: 'confirmEntry', entry: 'e1', mark });
    expect((await entryOf(id)).answer).toMatchObject({ by: 'artist-1' });
    await house.sleepUntil('Fri', '08:59');
    expect(subjects('artist-1', '快到时间节点')).toHaveLength(0);
    await house.sleepUntil('Fri', '09:05');
    expect(subjects('artist-1', '快到时间节点')).toHaveLength(1);
    await house.sleepUntil('Mon', '15:55');
    expect(subjects('artist-1', '快到时间节点')).toHaveLength(1);
    expect(subjects('ae-1', '已过时间节点')).toHaveLength(0);
    await house.sleepUntil('Mon', '16:05');
    for (const one of ['artist-1', 'ae-1']) expect(subjects(one, '已过时间节点'), one).toHaveLength(1);
    await house.act(id, 'artist-1', { type: 'reportEntry', entry: 'e1', mark, evidence: '现场照片' });
    expect((await scheduleOf(id)).state).toBe('FULFILLED');
    const sent = house.mailsTo('am-1').length;
    await house.sleepUntil('Fri', '17:30');
    expect(house.mailsTo('am-1'), 'what is done reminds nobody').toHaveLength(sent);
  });

  test('design §2: a worker that is away while a rung is due sends it once when it is back, and a confirmation left meanwhile counts', async () => {
    const { id } = await laid('Tue', '10:00', 2);
    const { mark } = await entryOf(id);
    const before = subjects('artist-1', '还没有确认').length;
    await house.away('Wed', '09:00', () =>
      house.leave(
        id,
        { kind: 'person', personId: 'artist-1', roles: [], side: 'agency', proof: 'link' },
        {
          type: 'confirmEntry',
          entry: 'e1',
          mark,
        },
      ),
    );
    expect((await entryOf(id)).state).toBe('confirmed');
    expect(subjects('artist-1', '还没有确认').length - before).toBeLessThanOrEqual(1);
    expect(subjects('artist-1', '快到时间节点').length).toBeGreaterThanOrEqual(1);
  });

  test('design §7: its papers are filed in the job, dropping the read models and folding again gives the same, its log verifies', async () => {
    const { id, jobId } = await laid('Mon', '11:00', 3);
    const rows = () => caseTable(store()).find({}).sort({ _id: 1 }).lean();
    const [before, filed] = [await rows(), await paperVersionsOf(store(), jobId)];
    expect(filed).toMatchObject([{ key: 'F-11', version: 1, status: 'filed', by: 'ae-1' }]);
    await rebuildReadModels(store());
    expect(await rows()).toEqual(before);
    expect(await paperVersionsOf(store(), jobId)).toEqual(filed);
    const log = await exportLog(store(), id);
    expect(verifyExport(JSON.stringify(log)).ok).toBe(true);
  });
});
