import { describe, expect, test } from 'vitest';
import { minutesProcess } from '../../../domain/minutes/process.ts';
import type { MinutesEvent } from '../../../domain/minutes/state.ts';
import { office } from '../calendar/calendars.ts';
import { farAhead, type Minutes } from './sent.ts';

const open = (play: Minutes) => play.state.tasks.filter(({ state }) => state === 'open');

describe('issue 4, 1: a date beyond the published calendar says so, task by task', () => {
  test('only the task whose day nobody has published; once the list is there, none', () => {
    const play = farAhead();
    expect(open(play).map(({ provisional }) => provisional === true)).toEqual([false, true]);
    play.calendar = { ...office, publishedThrough: '2027-12-31' };
    play.report('tell', { type: 'refresh', cause: { kind: 'calendar', calendarId: 'office', revision: 2 } });
    expect(open(play).map(({ provisional }) => provisional === true)).toEqual([false, false]);
  });

  test('what an earlier release counted says it for all of them', () => {
    const play = farAhead();
    const counted = play.events.findLast((event): event is Extract<MinutesEvent, { type: 'tasksCounted' }> => {
      return event.type === 'tasksCounted';
    });
    if (!counted) throw new Error('nothing was counted');
    const { unsure: _unsure, ...old } = counted;
    const stamp = { seq: play.state.seq + 1, at: play.now, receivedAt: play.now, commandId: 'x' };
    const after = minutesProcess.evolve(play.state, old, { ...stamp, actor: { kind: 'system', name: 'open' } });
    expect(after.tasks.filter(({ state }) => state === 'open').map(({ provisional }) => provisional)).toEqual([
      true,
      true,
    ]);
  });
});
