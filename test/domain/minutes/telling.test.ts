import { describe, expect, test } from 'vitest';
import { nextOfTask, remindsExecutor, taskStillOpen } from '../../../domain/minutes/telling.ts';
import type { Reminded } from '../../../domain/minutes/telling.ts';
import { shanghai, shown } from '../calendar/calendars.ts';
import { said } from '../cases/play.ts';
import { atClient } from './sent.ts';

const reminded = (mark?: number): Reminded => ({
  type: 'taskReminded',
  task: 'v1.1',
  ...(mark === undefined ? {} : { mark }),
});

describe('S-66, M-22: reminders of tasks', () => {
  test('only the morning of its day is told to the executor alone; an executor who is the owner hears of its close alone too', () => {
    const play = atClient();
    expect([0, 1, 2, 3].map((mark) => remindsExecutor(play.state, reminded(mark)))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(remindsExecutor(play.state, reminded())).toBe(false);
    expect(remindsExecutor(play.state, { ...reminded(0), task: 'v9.9' })).toBe(false);
    const own = { ...play.state, tasks: play.state.tasks.map((task) => ({ ...task, executor: 'ae-1' })) };
    expect([0, 1, 2, 3].map((mark) => remindsExecutor(own, reminded(mark)))).toEqual([true, true, false, false]);
  });

  test('behind a mark comes the next one of the same task; behind the last none', () => {
    const play = atClient().until('2026-03-16 09:00');
    expect(shown(shanghai, nextOfTask(play.state, reminded(0)) ?? '')).toBe('2026-03-16 17:00');
    play.until('2026-06-01 10:00');
    expect(nextOfTask(play.state, reminded(3))).toBeUndefined();
  });

  test('a task that was answered, or is somebody else’s by now, reminds nobody', () => {
    const play = atClient().until('2026-03-16 09:00');
    expect(taskStillOpen(play.state, reminded(0), 'artist-1')?.id).toBe('v1.1');
    expect(taskStillOpen(play.state, reminded(0), 'ae-1')).toBeUndefined();
    const words = '缺素材';
    expect(said(play.act('artist-1', { type: 'settleTask', task: 'v1.1', done: false, words }))).toBe('taskSettled');
    expect(taskStillOpen(play.state, reminded(0), 'artist-1')).toBeUndefined();
  });
});
