import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { epochMsOf } from '../domain/instant.ts';

/** Answers a process remembers at once; when there are more it starts again. */
const mostAnswers = 500;

interface Kept<T> {
  readonly at: Instant;
  readonly readAtMs: number;
  readonly answer: Promise<T>;
}

/**
 * Remembers what a long reading found, for so many milliseconds by the clock of the house and of the process, whichever
 * says older. For pages that count thousands of rows and decide nothing; what failed is not remembered.
 */
export function shortMemory<T>(
  oldestMs: number,
): (connection: Connection, key: string, now: Instant, read: () => Promise<T>) => Promise<T> {
  const memories = new WeakMap<Connection, Map<string, Kept<T>>>();
  return (connection, key, now, read) => {
    const memory = memories.get(connection) ?? new Map<string, Kept<T>>();
    memories.set(connection, memory);
    const known = memory.get(key);
    if (
      known &&
      Math.abs(epochMsOf(now) - epochMsOf(known.at)) <= oldestMs &&
      performance.now() - known.readAtMs <= oldestMs
    )
      return known.answer;
    if (memory.size >= mostAnswers) memory.clear();
    const kept: Kept<T> = { at: now, readAtMs: performance.now(), answer: read() };
    memory.set(key, kept);
    kept.answer.catch(() => {
      if (memory.get(key) === kept) memory.delete(key);
    });
    return kept.answer;
  };
}
