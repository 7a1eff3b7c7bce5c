import { describe, expect, test } from 'vitest';
import { paged } from '../../../api/view/paged.ts';

const rows = Array.from({ length: 95 }, (_, n) => n);

describe('a list in pages', () => {
  test('every row is on one page', () => {
    const all = ['1', '2', '3'].flatMap((asked) => paged(rows, asked, 40).rows);
    expect(all).toEqual(rows);
    expect(paged(rows, '3', 40)).toMatchObject({ page: 3, pages: 3 });
  });

  test('what names no page is the first, what lies behind the last is the last, an empty list has one', () => {
    for (const asked of [undefined, '', '0', '-1', 'abc', ['2'], '1e3']) expect(paged(rows, asked, 40).page).toBe(1);
    expect(paged(rows, '99', 40).rows).toEqual(rows.slice(80));
    expect(paged([], '7', 40)).toEqual({ rows: [], page: 1, pages: 1, from: 0 });
  });
});
