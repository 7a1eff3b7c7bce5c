import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readStackEnvironment } from '../../ops/stack/environment.ts';
import { consoleSink, Progress } from '../../ops/stack/progress.ts';
import type { ProgressEvent } from '../../ops/stack/progress.ts';

test('slow work is told with its elapsed time, quick work is not', async () => {
  const events: ProgressEvent[] = [];
  const progress = new Progress((event) => events.push(event), 20);
  await progress.during('quick', 'doing little', () => Promise.resolve());
  expect(events).toEqual([]);
  await progress.during('slow', 'building', () => sleep(70));
  expect(events.map(({ state }) => state)).toContain('running');
  expect(events.at(-1)).toMatchObject({ task: 'slow', state: 'done', text: 'building' });
  expect(events.at(-1)?.elapsedMs).toBeGreaterThanOrEqual(60);
  await expect(
    progress.during('bad', 'failing', () => sleep(50).then(() => Promise.reject(new Error('x')))),
  ).rejects.toThrow('x');
  expect(events.at(-1)).toMatchObject({ task: 'bad', state: 'failed' });
});

test('a log gets plain lines, and not one a second', () => {
  const lines: string[] = [];
  const out = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const sink = consoleSink(out);
  for (let ms = 1000; ms <= 20_000; ms += 1000) sink({ task: 'a', state: 'running', text: 'building', elapsedMs: ms });
  sink({ task: 'a', state: 'done', text: 'building', elapsedMs: 95_000 });
  expect(lines).toEqual(['… building (1 s)\n', '… building (16 s)\n', '✓ building (1 min 35 s)\n']);
});

test('a setting that cannot be used is named', () => {
  expect(() => readStackEnvironment({ JOBBAG_SMTP_PORT: 'mail' })).toThrow(/JOBBAG_SMTP_PORT/);
  expect(readStackEnvironment({ TEMPORAL_ADDRESS: '', JOBBAG_SMTP_PORT: '' }).engineAddress).toBeUndefined();
  expect(readStackEnvironment({ XDG_CACHE_HOME: '/c', JOBBAG_SMTP_PORT: '2525' })).toMatchObject({
    cacheDir: '/c/jobbag',
    ports: { smtp: 2525, inbox: 8025 },
  });
});
