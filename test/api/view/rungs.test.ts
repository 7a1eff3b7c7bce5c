import { describe, expect, test } from 'vitest';
import { rungViews, type DeskLadder } from '../../../api/view/rungs.tsx';
import { addMs } from '../../../domain/instant.ts';
import { office } from '../../domain/calendar/calendars.ts';

/** Thursday 13:00 in Shanghai. */
const now = '2026-03-12T05:00:00.000Z';
const time = { now, calendar: office };
const hour = 3_600_000;

const desk = (...rungs: readonly (readonly [inMs: number, firedInMs?: number])[]): DeskLadder => ({
  rungs: rungs.map(([inMs, firedInMs], place) => ({
    n: place + 1,
    kind: 'remind',
    whom: 'holder',
    at: addMs(now, inMs),
    ...(firedInMs === undefined ? {} : { firedAt: addMs(now, firedInMs) }),
  })),
});
const said = (one: DeskLadder, lang: 'zh-CN' | 'en', onHold = false): string[] =>
  rungViews(one, time, lang, { onHold }).map(({ state, when, left }) =>
    [state, when, ...(left === undefined ? [] : [left])].join(' | '),
  );

describe('M-22: a rung says when it comes, in words', () => {
  test('the next one with the working time until then, those behind it with their moment', () => {
    expect(said(desk([-5 * hour, -5 * hour], [2 * hour], [6 * hour]), 'en')).toEqual([
      'done | today 08:00',
      'next | today 15:00 | 2 working hours left',
      'ahead | today 19:00',
    ]);
    expect(said(desk([24 * hour]), 'zh-CN')).toEqual(['next | 明天 13:00 | 还有 8 个工作小时']);
  });

  test('one whose moment has just passed waits for its turn in a crowded minute: it is going out now', () => {
    for (const passedMs of [0, 20_000, 35 * 60_000]) {
      expect(said(desk([-passedMs], [hour]), 'en')[0]).toBe('next | going out now');
      expect(said(desk([-passedMs], [hour]), 'zh-CN')[0]).toBe('next | 正在发出');
    }
    // Two of one desk, passed while nobody ran: neither is shown as something to come in the past.
    expect(said(desk([-hour / 2], [-hour / 4]), 'en')).toEqual(['next | going out now', 'ahead | going out now']);
  });

  test('one that is hours late says so: nothing may look well when it is not', () => {
    expect(said(desk([-3 * hour]), 'en')).toEqual(['next | was due today 10:00, not out yet']);
    expect(said(desk([-3 * hour]), 'zh-CN')).toEqual(['next | 应于今天 10:00，还没有发出']);
  });

  test('on hold no moment is promised; "I’m on it until" moves the next one to its end', () => {
    expect(said(desk([-2 * hour, -2 * hour], [-hour], [hour]), 'en', true)).toEqual([
      'done | today 11:00',
      'next | on hold, no clock runs',
      'ahead | on hold, no clock runs',
    ]);
    const onIt = { ...desk([-hour], [3 * hour]), onItUntil: addMs(now, 2 * hour) };
    expect(said(onIt, 'en')).toEqual([
      'ahead | today 15:00',
      'next | today 15:00 | 2 working hours left',
      'ahead | today 16:00',
    ]);
    expect(rungViews(onIt, time, 'en', { nameOf: () => 'Nora' })[0]).toMatchObject({
      what: 'On it until then',
      whom: 'Nora',
    });
    // What has passed keeps nothing quiet.
    expect(said({ ...onIt, onItUntil: addMs(now, -hour) }, 'en')).toEqual([
      'next | going out now',
      'ahead | today 16:00',
    ]);
  });

  test('P-21: one beyond the published calendar is provisional', () => {
    const late = { now: '2026-12-31T02:00:00.000Z', calendar: { ...office, publishedThrough: '2026-12-31' } };
    const rungs = [{ n: 1, kind: 'remind', whom: 'holder', at: '2027-01-05T02:00:00.000Z' }] as const;
    expect(rungViews({ rungs }, late, 'en')[0]?.when).toContain('(provisional)');
    expect(rungViews({ rungs }, late, 'zh-CN')[0]?.when).toContain('（暂定）');
  });
});
