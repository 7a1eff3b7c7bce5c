import { describe, expect, test } from 'vitest';
import type { JobEvent } from '../../domain/job/events.ts';
import { initialJobState } from '../../domain/job/process.ts';
import type { FoldPoint } from '../../store/fold-memory.ts';
import { foldMemoryLimits, foldRemembered, foldRememberedAt, rememberFold } from '../../store/fold-memory.ts';
import { ownStore } from './store.ts';

const store = ownStore();
const event: JobEvent = { type: 'strategyAgreed' };
const point = (id: string, seq: number): FoldPoint => ({
  state: initialJobState(id),
  head: { seq, hash: `${id}-${String(seq)}` },
  event,
});

describe('the memory of folds', () => {
  test('gives a job at exactly one head, and nothing for another hash', () => {
    rememberFold(store(), 'a', [point('a', 1), point('a', 2)], 10);
    expect(foldRemembered(store(), 'a', { seq: 2, hash: 'a-2' })?.head.seq).toBe(2);
    expect(foldRemembered(store(), 'a', { seq: 1, hash: 'a-1' })?.head.seq).toBe(1);
    expect(foldRemembered(store(), 'a', { seq: 2, hash: 'forged' })).toBeUndefined();
    expect(foldRememberedAt(store(), 'a', 2)?.head.hash).toBe('a-2');
    expect(foldRememberedAt(store(), 'a', 3)).toBeUndefined();
  });

  test('another story of the same entries takes the place of the first', () => {
    rememberFold(store(), 'b', [point('b', 1), point('b', 2), point('b', 3)], 10);
    rememberFold(store(), 'b', [{ ...point('b', 2), head: { seq: 2, hash: 'other' } }], 10);
    expect(foldRememberedAt(store(), 'b', 2)?.head.hash).toBe('other');
    expect(foldRememberedAt(store(), 'b', 3)).toBeUndefined();
    expect(foldRememberedAt(store(), 'b', 1)?.head.hash).toBe('b-1');
  });

  test('is bounded: old entries of a job, jobs long unused, and too many characters are forgotten', () => {
    const many = Array.from({ length: foldMemoryLimits.pointsOfOneJob + 1 }, (_, n) => point('c', n + 1));
    rememberFold(store(), 'c', many, 10);
    expect(foldRememberedAt(store(), 'c', 1)).toBeUndefined();
    expect(foldRememberedAt(store(), 'c', many.length)).toBeDefined();
    for (let n = 0; n < foldMemoryLimits.jobs; n += 1) {
      rememberFold(store(), `d${String(n)}`, [point(`d${String(n)}`, 1)], 10);
      // What is used stays.
      expect(foldRememberedAt(store(), 'c', many.length)).toBeDefined();
    }
    expect(foldRememberedAt(store(), 'd0', 1)).toBeUndefined();
    rememberFold(store(), 'large', [point('large', 1)], foldMemoryLimits.characters);
    expect(foldRememberedAt(store(), 'c', many.length)).toBeUndefined();
    rememberFold(store(), 'small', [point('small', 1)], 10);
    expect(foldRememberedAt(store(), 'large', 1)).toBeUndefined();
    expect(foldRememberedAt(store(), 'small', 1)).toBeDefined();
  });
});
