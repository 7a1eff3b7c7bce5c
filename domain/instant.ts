/**
 * A moment in time: ISO-8601 in UTC with milliseconds, e.g. `2026-03-12T08:30:00.000Z`, years 0000 to 9999.
 * Always this one spelling, so instants also sort correctly as plain strings.
 */
export type Instant = string;

const SPELLING = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Whether a text is an instant in our one spelling and a moment that exists (no 30 February, no hour 24). */
export function isInstant(text: string): boolean {
  if (!SPELLING.test(text)) return false;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text;
}

/** Milliseconds since 1970-01-01T00:00:00.000Z. Throws RangeError when the text is no instant. */
export function epochMsOf(instant: Instant): number {
  if (!isInstant(instant)) throw new RangeError(`not an instant: ${JSON.stringify(instant)}`);
  return Date.parse(instant);
}

/** The instant that many milliseconds after 1970 (rounded down to whole ones). Throws RangeError outside the years 0000 to 9999. */
export function instantAt(epochMs: number): Instant {
  const text = new Date(Math.floor(epochMs)).toISOString();
  if (!SPELLING.test(text)) throw new RangeError(`instant out of range: ${text}`);
  return text;
}

/** Below 0 when `a` is earlier than `b`, 0 when they are the same moment, above 0 when it is later. Throws RangeError on a text that is no instant. */
export function compareInstants(a: Instant, b: Instant): number {
  return epochMsOf(a) - epochMsOf(b);
}

/** The instant `ms` milliseconds later (earlier when negative). Throws RangeError on a text that is no instant or outside the years 0000 to 9999. */
export function addMs(instant: Instant, ms: number): Instant {
  return instantAt(epochMsOf(instant) + ms);
}

/** Milliseconds from `from` to `to`; negative when `to` is earlier. Throws RangeError on a text that is no instant. */
export function diffMs(from: Instant, to: Instant): number {
  return epochMsOf(to) - epochMsOf(from);
}

/** The earlier of two instants. Throws RangeError on a text that is no instant. */
export function earlierOf(a: Instant, b: Instant): Instant {
  return compareInstants(a, b) <= 0 ? a : b;
}

/** The later of two instants. Throws RangeError on a text that is no instant. */
export function laterOf(a: Instant, b: Instant): Instant {
  return compareInstants(a, b) >= 0 ? a : b;
}
