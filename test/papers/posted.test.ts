import { expect, test } from 'vitest';
import { formFields } from '../../papers/fields.ts';
import { checkPaper } from '../../papers/form.ts';
import { forms } from '../../papers/index.ts';
import { fenOf, times, yuan } from '../../papers/money.ts';
import { inputText, readPosted } from '../../papers/posted.ts';
import { samples } from './samples.ts';

const house = { offset: '+08:00' };

function posted(id: keyof typeof forms): [string, string][] {
  const sample = samples[id];
  return formFields(forms[id]).flatMap((field): [string, string][] => {
    const value = sample[field.key];
    if (field.type === 'table' && Array.isArray(value)) {
      return value.flatMap((row: Record<string, unknown>, at) =>
        (field.columns ?? []).map((column): [string, string] => [
          `${field.key}.${at}.${column.key}`,
          inputText(column, row[column.key]),
        ]),
      );
    }
    if (field.type === 'files' && Array.isArray(value)) {
      return value.flatMap((row: Record<string, unknown>, at) =>
        Object.entries(row).map(([key, part]): [string, string] => [`${field.key}.${at}.${key}`, String(part)]),
      );
    }
    if (Array.isArray(value) && (field.options || field.type === 'persons'))
      return value.map((entry): [string, string] => [field.key, String(entry)]);
    return [[field.key, inputText(field, value)]];
  });
}

test.each(Object.values(forms).map((form) => form.id))('%s: what a page posts is what the paper said', (id) => {
  expect(checkPaper(forms[id], readPosted(forms[id], posted(id), house))).toEqual({ ok: true, content: samples[id] });
});

test('yuan become fen, moments get the zone of the house, junk stays as typed and is named', () => {
  const content = readPosted(
    forms['F-35'],
    [
      ['totalFen', '￥12,345.6'],
      ['consultedAt', '2026-03-13T11:00'],
      ['managerConsulted', 'false'],
      ['managerConsulted', 'true'],
      ['items.0.unitPriceFen', '一百'],
      ['nonsense', 'x'],
      ['__proto__', 'x'],
      ['items.0.__proto__', 'x'],
    ],
    house,
  );
  expect(content).toEqual({
    totalFen: 1_234_560,
    consultedAt: '2026-03-13T11:00+08:00',
    managerConsulted: true,
    items: [{ unitPriceFen: '一百' }],
  });
  const checked = checkPaper(forms['F-35'], content);
  expect(checked.ok ? [] : checked.problems).toContainEqual({
    field: 'items.0.unitPriceFen',
    code: 'TYPE',
    zh: '“项目明细，第 1 行，单价”应为金额，最多两位小数。',
    en: '“Items, row 1, Unit Price” must be an amount with two decimals at most.',
  });
});

test('rows that were never begun are left out', () => {
  const content = readPosted(
    forms['F-10'],
    [
      ['rows.0.stage', ''],
      ['rows.0.internalOnly', 'false'],
      ['rows.7.stage', '初稿'],
    ],
    house,
  );
  expect(content['rows']).toEqual([{ stage: '初稿' }]);
});

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
