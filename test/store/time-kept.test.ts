import { describe, expect, test } from 'vitest';
import { initialJobState } from '../../domain/job/process.ts';
import { startOfWalk, walkOn } from '../../domain/time-kept/walk.ts';
import { logTable } from '../../store/log.ts';
import { record } from '../../store/recorder.ts';
import { walkOfJob } from '../../store/time-kept.ts';
import { diary } from '../domain/time-kept/diary.ts';
import { ownStore } from './store.ts';

const store = ownStore();

describe('a job’s log walked', () => {
  test('going on from memory is the same as walking it from the start, also where other entries stand there now', async () => {
    const processId = 'job-test';
    const { entries } = diary('ORDER_SIGNOFF');
    const half = Math.floor(entries.length / 2);
    const head = await record(
      store(),
      { processId, after: initialJobState(processId).head, entries: entries.slice(0, half) },
      entries.at(-1)?.stamp.at ?? '',
    );
    expect(await walkOfJob(store(), processId)).toEqual(walkOn(startOfWalk(processId), entries.slice(0, half)));
    await record(store(), { processId, after: head, entries: entries.slice(half) }, entries.at(-1)?.stamp.at ?? '');
    expect(await walkOfJob(store(), processId)).toEqual(walkOn(startOfWalk(processId), entries));

    // The same id, another job: as when a demonstration is removed and made anew beside a running house.
    await logTable(store()).deleteMany({ processId });
    await store().collection('jobStates').deleteMany({});
    const other = diary('OPENED').entries.map(({ event, stamp }) => ({
      event: event.type === 'requested' ? { ...event, title: '另一项' } : event,
      stamp,
    }));
    expect(await walkOfJob(store(), processId)).toEqual(startOfWalk(processId));
    await record(
      store(),
      { processId: 'job-other', after: initialJobState('job-other').head, entries: other },
      other.at(-1)?.stamp.at ?? '',
    );
    const walk = await walkOfJob(store(), 'job-other');
    expect(walk.state.title).toBe('另一项');
    expect(walk.passages.length).toBeGreaterThan(2);
  });
});
