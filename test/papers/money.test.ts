import { expect, test } from 'vitest';
import { fenOf, times, yuan } from '../../papers/money.ts';

test('R-89: money is exact', () => {
  expect(fenOf('0.1')).toBe(10);
  expect(fenOf('１２．５元')).toBe(1250);
  expect([fenOf('1.234'), fenOf(''), fenOf('-1'), fenOf('1e5'), fenOf('9'.repeat(13))]).toEqual(
    Array(5).fill(undefined),
  );
  expect(yuan(1_234_500)).toBe('12,345.00');
  expect(yuan(7)).toBe('0.07');
  expect(times(0.1, 3)).toBe(0);
  expect(times(2.5, 100_000)).toBe(250_000);
  expect(times(1.005, 100)).toBe(101);
  expect(times(1_000_000, 9_999_999)).toBe(9_999_999_000_000);
});
