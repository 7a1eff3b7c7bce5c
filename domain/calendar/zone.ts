import { epochMsOf, instantAt } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { minutesInDay } from './dates.ts';
import type { LocalDate, LocalMoment, Zone } from './types.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Every clock change since 1972 lies on a quarter of an hour, so one offset holds for a whole quarter. */
const quarterMs = 15 * minuteMs;
/** About two years of quarters; when full the cache starts again, so it never grows without end. */
const offsetsKept = 70_000;

/**
 * Zone arithmetic out of nothing but the zone's offsets, so that whoever counts, an activity or a page, reads gaps and
 * overlaps of the wall clock alike (`Zone`). `offsetMinutesOf` gives minutes ahead of UTC at a moment of milliseconds.
 */
export function zoneOfOffsets(offsetMinutesOf: (epochMs: number) => number): Zone {
  const offsets = new Map<number, number>();

  function offsetMinutesAt(epochMs: number): number {
    const quarter = Math.floor(epochMs / quarterMs);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    if (offsets.size >= offsetsKept) offsets.clear();
    const offset = offsetMinutesOf(quarter * quarterMs);
    offsets.set(quarter, offset);
    return offset;
  }

  function toLocal(instant: Instant): LocalMoment {
    const epochMs = epochMsOf(instant);
    const offsetMinutes = offsetMinutesAt(epochMs);
    const wall = new Date(epochMs + offsetMinutes * minuteMs).toISOString();
    return {
      date: wall.slice(0, 10),
      minutes: Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)),
      offsetMinutes,
    };
  }

  function toInstant(localDate: LocalDate, minutes: number): Instant {
    if (!Number.isInteger(minutes) || minutes < 0 || minutes > minutesInDay) {
      throw new RangeError(`minutes of a day out of range: ${minutes}`);
    }
    const wallMs = epochMsOf(`${localDate}T00:00:00.000Z`) + minutes * minuteMs;
    const before = offsetMinutesAt(wallMs - dayMs);
    const after = offsetMinutesAt(wallMs + dayMs);
    // A wall time is repeated when the offset falls, and then the larger offset of before gives the earlier moment.
    const candidates = [wallMs - before * minuteMs, wallMs - after * minuteMs];
    const exact = candidates.find((epochMs) => epochMs + offsetMinutesAt(epochMs) * minuteMs === wallMs);
    return instantAt(exact ?? changeBetween(wallMs - after * minuteMs, wallMs - before * minuteMs, before));
  }

  /** The moment, in whole quarters, at which the offset stops being `beforeMinutes`; it lies between the two. */
  function changeBetween(fromMs: number, toMs: number, beforeMinutes: number): number {
    let low = Math.floor(fromMs / quarterMs);
    let high = Math.ceil(toMs / quarterMs);
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetMinutesAt(middle * quarterMs) === beforeMinutes) low = middle;
      else high = middle;
    }
    return high * quarterMs;
  }

  return { toLocal, toInstant };
}
