/** A stretch of time in milliseconds since 1970, `startMs` before `endMs`; lists of them are sorted and do not touch. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** Sorts intervals, drops empty ones and joins those that touch or overlap. */
export function tidy(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const next of intervals.filter((i) => i.startMs < i.endMs).sort((a, b) => a.startMs - b.startMs)) {
    const last = joined.at(-1);
    if (last && next.startMs <= last.endMs) {
      joined[joined.length - 1] = { startMs: last.startMs, endMs: Math.max(last.endMs, next.endMs) };
    } else {
      joined.push(next);
    }
  }
  return joined;
}

/** What lies in both lists. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const both: Interval[] = [];
  for (const x of a) {
    for (const y of b) {
      both.push({ startMs: Math.max(x.startMs, y.startMs), endMs: Math.min(x.endMs, y.endMs) });
    }
  }
  return tidy(both);
}

/** What of `open` is left outside `closed`. */
export function subtract(open: readonly Interval[], closed: readonly Interval[]): Interval[] {
  let left: Interval[] = [...open];
  for (const hole of closed) {
    left = left.flatMap((i) => [
      { startMs: i.startMs, endMs: Math.min(i.endMs, hole.startMs) },
      { startMs: Math.max(i.startMs, hole.endMs), endMs: i.endMs },
    ]);
    left = left.filter((i) => i.startMs < i.endMs);
  }
  return tidy(left);
}
