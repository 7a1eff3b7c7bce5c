import { describe, expect, test } from 'vitest';
import { mondayToFriday } from '../../../activities/calendar/holidays.ts';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { nextMorning } from '../../../domain/calendar/morning.ts';
import type { Calendar } from '../../../domain/calendar/types.ts';
import { ladders, stepTimes } from '../../../domain/circulation/step-times.ts';
import { climbedAllAt, nextRungOf, waitsForMorning } from '../../../domain/circulation/telling.ts';
import type { LadderId, Rung } from '../../../domain/circulation/types.ts';

const office: Calendar = {
  id: 'office',
  name: { zh: '总部', en: 'Head office' },
  zone: 'Asia/Shanghai',
  weekly: mondayToFriday([{ from: '09:00', to: '17:00' }]),
  days: {},
  publishedThrough: '2999-12-31',
};

/** Plays a ladder from a moment: which rungs wait for the morning after they were climbed. */
function told(ladder: LadderId, from: string): Record<string, 'at once' | 'morning'> {
  const times = stepTimes(ladders[ladder], office, zoneNamed, from);
  const answers: Record<string, 'at once' | 'morning'> = {};
  let rungs = [...times.rungs].sort((a, b) => (a.at < b.at ? -1 : 1));
  for (const rung of rungs) {
    rungs = rungs.map((one) => (one === rung ? { ...one, firedAt: one.at } : one));
    const morning = nextMorning(office, zoneNamed, rung.at).at;
    const waits = waitsForMorning(rung, { dueAt: times.dueAt, rungs }, morning);
    answers[`${rung.kind}${rung.n}`] = waits ? 'morning' : 'at once';
  }
  return answers;
}

describe('which rungs wait for the morning', () => {
  test('R-57: with four working hours a warning of tomorrow would warn of nothing, so all speak at once', () => {
    // Monday 09:00: due 13:00, above it 17:00.
    expect(told('internalSignature', '2026-03-09T01:00:00.000Z')).toMatchObject({
      warn1: 'at once',
      warn2: 'at once',
      escalate2: 'at once',
      escalate3: 'at once',
      escalate4: 'at once',
    });
  });

  test('R-57: opened in the afternoon, the limit lies tomorrow: what is due overnight is in the morning’s mail', () => {
    // Monday 14:00: warned 16:00 and Tuesday 09:12, due Tuesday 10:00, above it 14:00.
    expect(told('internalSignature', '2026-03-09T06:00:00.000Z')).toMatchObject({
      warn1: 'morning',
      warn2: 'at once',
      remind1: 'at once',
    });
    // Monday 12:30: due 16:30, above it Tuesday 12:30: the holder reads it before anybody else does.
    expect(told('internalSignature', '2026-03-09T04:30:00.000Z').remind1).toBe('morning');
  });

  test('M-22: a client who was given days is written to in the mornings, the agency’s people at once', () => {
    expect(told('clientComment', '2026-03-09T02:00:00.000Z')).toEqual({
      warn1: 'morning',
      warn2: 'morning',
      remind1: 'morning',
      escalate2: 'at once',
      escalate3: 'at once',
      escalate4: 'at once',
    });
  });

  test('a reminder that nothing follows waits; a warning of a desk without a date does not', () => {
    const fired: Rung = { n: 1, kind: 'remind', whom: 'holder', at: 'a', firedAt: 'a' };
    expect(waitsForMorning(fired, { rungs: [fired] }, 'b')).toBe(true);
    expect(waitsForMorning({ kind: 'warn' }, { rungs: [] }, 'b')).toBe(false);
    expect(waitsForMorning({ kind: 'digest' }, { rungs: [] }, 'b')).toBe(true);
  });
});

describe('where a ladder stands', () => {
  const rung = (n: number, at: string, firedAt?: string): Rung => ({
    n,
    kind: 'escalate',
    whom: 'ae',
    at,
    ...(firedAt ? { firedAt } : {}),
  });

  test('the nearest rung that was not climbed, whatever their order', () => {
    expect(nextRungOf({ rungs: [rung(3, '3'), rung(2, '2'), rung(1, '1', '1')] })?.n).toBe(2);
    expect(nextRungOf({ rungs: [rung(1, '1', '1')] })).toBeUndefined();
  });

  test('M-22: only when every rung was climbed nobody is left to tell, since the last of them', () => {
    expect(climbedAllAt({ rungs: [rung(1, '1', '1'), rung(2, '2', '5'), rung(3, '3', '4')] })).toBe('5');
    expect(climbedAllAt({ rungs: [rung(1, '1', '1'), rung(2, '2')] })).toBeUndefined();
    expect(climbedAllAt({ rungs: [] })).toBeUndefined();
  });
});
