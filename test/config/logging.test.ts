import { expect, test } from 'vitest';
import { createLogger, safeError } from '../../config/logging.ts';

/** What a logger writes, line by line. */
function written(say: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  say(createLogger({ name: 'test', level: 'info', destination: { write: (line: string) => void (text += line) } }));
  return text;
}

test('an error keeps its text in the log, also when the caller made it safe before the logger does', () => {
  expect(safeError(safeError(new Error('the store is away')))).toMatchObject({ message: 'the store is away' });
  expect(written((logger) => logger.warn({ err: safeError(new Error('the store is away')) }, 'waiting'))).toContain(
    'the store is away',
  );
});

test('something thrown that is no error is still said as text', () => {
  expect(safeError('plain words')).toEqual({ message: 'plain words' });
});
