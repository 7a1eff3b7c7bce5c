import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Config } from './config.ts';

/** The one clock of a process: answers with the present moment as ISO-8601 in UTC with milliseconds (`domain/instant.ts`). */
export type Clock = () => string;

/** Present time, milliseconds since 1970; the machine's unless somebody knows better (`steadyTime`). */
type Time = () => number;

/** The machine's clock, moved by `offsetMs` (negative is back). Every limit, stamp and date of a process comes from it. */
export function clockWithOffset(offsetMs: number, time: Time = Date.now): Clock {
  return () => new Date(time() + offsetMs).toISOString();
}

/** The clock a process is told to use: the one a rehearsal moves where `CLOCK_FILE` names it, else the machine's with its offset. */
export function clockOf(config: Pick<Config, 'clockFile' | 'clockOffsetMs'>, time: Time = Date.now): Clock {
  return config.clockFile === undefined
    ? clockWithOffset(config.clockOffsetMs, time)
    : clockFromFile(config.clockFile, time);
}

/**
 * The machine's clock, moved by the milliseconds that stand in a file at each moment it is asked. While the file cannot
 * be read it stays where it was last seen, and unmoved before that.
 */
export function clockFromFile(file: string, time: Time = Date.now): Clock {
  let offsetMs = 0;
  return () => {
    offsetMs = offsetInFile(file) ?? offsetMs;
    return new Date(time() + offsetMs).toISOString();
  };
}

/** By how many milliseconds a file moves the clock; undefined where it says nothing. */
export function offsetInFile(file: string): number | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Moves every clock that reads this file; whoever reads meanwhile sees the old number or the new one, never half of one. */
export function moveClockFile(file: string, offsetMs: number): void {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, `${Math.round(offsetMs)}\n`);
  renameSync(next, file);
}
