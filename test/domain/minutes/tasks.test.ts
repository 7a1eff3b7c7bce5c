import { describe, expect, test } from 'vitest';
import { taskLadder } from '../../../domain/minutes/task-ladder.ts';
import { minutesProcess } from '../../../domain/minutes/process.ts';
import type { MinutesState } from '../../../domain/minutes/state.ts';
import { inShanghai, shanghai, shown } from '../calendar/calendars.ts';
import { paperOf, said } from '../cases/play.ts';
import { atClient, move, type Minutes } from './sent.ts';

const task = { type: 'settleTask', task: 'v1.1' } as const;
const tasksTo = (play: Minutes, key: string): string[] => play.mailsTo(key).filter((one) => one.startsWith('task'));

describe('S-66, M-22: the ladder of a task', () => {
  test('the morning of its day, its close, then the account manager and the director, each once', () => {
    const play = atClient();
    play.until('2026-03-16 08:59');
    expect(tasksTo(play, 'artist-1')).toEqual([]);
    play.until('2026-03-16 09:00');
    expect(tasksTo(play, 'artist-1')).toEqual(['taskDue']);
    expect(tasksTo(play, 'ae-1')).toEqual([]);
    play.until('2026-03-16 17:00');
    expect(tasksTo(play, 'ae-1')).toEqual(['taskOverdue']);
    play.until('2026-03-17 17:00');
    expect(tasksTo(play, 'ACCOUNT_MANAGER')).toEqual(['taskOverdue']);
    expect(tasksTo(play, 'ACCOUNT_DIRECTOR')).toEqual([]);
    play.until('2026-03-19 16:59');
    expect(tasksTo(play, 'ACCOUNT_DIRECTOR')).toEqual([]);
    play.until('2026-06-01 10:00');
    expect(tasksTo(play, 'ACCOUNT_DIRECTOR')).toEqual(['taskStalled']);
    expect(tasksTo(play, 'artist-1')).toEqual(['taskDue', 'taskOverdue', 'taskOverdue', 'taskStalled']);
  });

  test('done or not done ends it; not done may still be done later, and is told to the owner with its reason', () => {
    const play = atClient().until('2026-03-16 10:00');
    expect(said(play.act('artist-1', { ...task, done: false, words: '缺素材' }))).toBe('taskSettled');
    play.until('2026-06-01 10:00');
    expect(tasksTo(play, 'artist-1')).toEqual(['taskDue']);
    expect(tasksTo(play, 'ae-1')).toEqual(['taskSettled']);
    expect(play.mails.find(({ notice }) => notice === 'taskSettled')?.words).toBe('缺素材');
    expect(said(play.act('artist-1', { ...task, done: true }))).toBe('taskSettled');
    expect(play.state.tasks).toMatchObject([{ state: 'done', settledBy: 'artist-1' }]);
  });

  test('a day that is over when the minutes go out brings one mail, not four; a Saturday ends with the Friday before', () => {
    const play = atClient();
    play.act('client-1', move('object', { hash: play.state.papers['F-15']?.facts['copyHash'], words: '日期不对' }));
    const rows = ['2026-02-02', '2026-03-14'].map((keyDate) => ({ action: '改', executor: 'artist-1', keyDate }));
    const better = paperOf('F-15', { nextSteps: rows });
    play.act('ae-1', move('submit', { paper: better }));
    play.act('am-1', move('approve', { hash: better.hash }));
    play.until('2026-03-10 10:30');
    expect(tasksTo(play, 'artist-1')).toEqual(['taskStalled']);
    const [, saturday] = play.state.tasks.filter(({ state }) => state === 'open');
    expect(saturday?.marks?.map(({ at }) => shown(shanghai, at))).toEqual([
      '2026-03-13 09:00',
      '2026-03-13 17:00',
      '2026-03-16 17:00',
      '2026-03-18 17:00',
    ]);
  });

  test('R-230: no mark decides anything: the task stays open and the minutes stay where they are', () => {
    const play = atClient();
    play.act('client-1', move('sign', { hash: play.state.papers['F-15']?.facts['copyHash'] }));
    play.until('2026-06-01 10:00');
    expect(play.state.tasks).toMatchObject([{ state: 'open' }]);
    expect(play.state.tasks[0]?.marks?.every(({ rangAt }) => rangAt !== undefined)).toBe(true);
    expect(play.state.state).toBe('CONFIRMED');
  });

  test('a mark that was reached is not reached twice, nor before its time, nor by a person', () => {
    const play = atClient().until('2026-03-16 09:00');
    const due = (mark: number) => play.report('clock', { type: 'taskDue', task: 'v1.1', mark });
    for (const mark of [0, 1, 2, 99, -1]) expect(said(due(mark))).toBe('');
    expect(said(play.act('artist-1', { type: 'taskDue', task: 'v1.1', mark: 1 }, inShanghai('2026-03-16 17:00')))).toBe(
      '',
    );
  });

  test('states of 0.1.0: a task counted by its close alone rings once, there, and is then followed by hand', () => {
    const play = atClient();
    const old: MinutesState = {
      ...play.state,
      tasks: play.state.tasks.map(({ marks: _marks, ...one }) => ({ ...one, dueAt: inShanghai('2026-03-16 17:00') })),
    };
    const ring = { type: 'taskDue', task: 'v1.1' } as const;
    expect(minutesProcess.due({ ...old, clocks: {} })).toEqual({ at: inShanghai('2026-03-16 17:00'), act: ring });
    play.state = old;
    play.until('2026-06-01 10:00');
    expect(tasksTo(play, 'artist-1')).toEqual(['taskOverdue']);
    const counted = {
      type: 'tasksCounted',
      count: 1,
      at: [inShanghai('2026-03-20 17:00')],
      provisional: false,
    } as const;
    const stamp = {
      seq: 99,
      at: play.now,
      receivedAt: play.now,
      commandId: 'x',
      actor: { kind: 'system', name: 'open' },
    } as const;
    expect(minutesProcess.evolve(old, counted, stamp).tasks[0]?.dueAt).toBe(inShanghai('2026-03-20 17:00'));
  });

  test('its ladder goes up in time', () => {
    const play = atClient();
    const marks = play.state.tasks[0]?.marks ?? [];
    expect(marks).toHaveLength(taskLadder.length);
    expect(marks.every(({ at }, n) => n === 0 || at > (marks[n - 1]?.at ?? ''))).toBe(true);
  });
});
