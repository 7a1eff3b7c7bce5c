import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { clockFromFile, clockOf, moveClockFile, offsetInFile } from '../../config/clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'jobbag-clock-'));
const file = join(folder, 'clock');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dayMs = 86_400_000;
/** How far a clock stands from the machine's, in whole seconds: reading it takes a moment. Never the zero below zero. */
const away = (clock: () => string): number => Math.round((Date.parse(clock()) - Date.now()) / 1000) || 0;

it('§5: a rehearsal’s clock is moved by what stands in its file at each moment, for every reader at once', () => {
  const [one, other] = [clockFromFile(file), clockOf({ clockFile: file, clockOffsetMs: 5_000 })];
  expect([away(one), away(other)]).toEqual([0, 0]);
  moveClockFile(file, dayMs);
  expect([away(one), away(other)]).toEqual([86_400, 86_400]);
  moveClockFile(file, 3 * dayMs + 0.4);
  expect(offsetInFile(file)).toBe(3 * dayMs);
  expect([away(one), away(other)]).toEqual([3 * 86_400, 3 * 86_400]);
});

it('§5: while the file says nothing that can be read, the clock stays where it was last seen', () => {
  const clock = clockFromFile(file);
  moveClockFile(file, dayMs);
  expect(away(clock)).toBe(86_400);
  writeFileSync(file, 'tomorrow');
  expect(away(clock)).toBe(86_400);
  rmSync(file);
  expect(away(clock)).toBe(86_400);
  expect(offsetInFile(file)).toBeUndefined();
});

it('§5: without a file the machine’s clock counts, moved by the fixed offset', () => {
  expect(away(clockOf({ clockOffsetMs: -60_000 }))).toBe(-60);
});
