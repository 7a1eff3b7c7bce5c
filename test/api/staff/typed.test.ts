import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { zoneNamed as zoneAtOpening } from '../../../activities/calendar/zone.ts';
import {
  contentOfTyped,
  inputOfInstant,
  instantOfInput,
  readTyped,
  typedOfContent,
  type Typed,
} from '../../../api/staff/typed.ts';
import { heldId, type HeldKeeper } from '../../../api/staff/held.ts';
import type { FormFields } from '../../../api/gate/form-body.ts';
import { formFields, type FormField } from '../../../papers/fields.ts';
import { checkPaper } from '../../../papers/form.ts';
import { forms } from '../../../papers/index.ts';
import { openKeyrings } from '../../../store/keyring.ts';
import { samples } from '../../papers/samples.ts';

/** What a page posts, from the inputs it shows: the same names as the inputs of `api/view/inputs.tsx` have. */
const folder = mkdtempSync(join(tmpdir(), 'jobbag-typed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const keeper: HeldKeeper = { ring: openKeyrings(folder, () => new Date().toISOString()).forms, holder: 'session' };
const zone = 'Asia/Shanghai';

function posted(fields: readonly FormField[], typed: Typed): FormFields {
  return Object.fromEntries(
    fields.flatMap((field): [string, string | readonly string[]][] => {
      const value = typed[field.key];
      if (!Array.isArray(value)) return typeof value === 'string' ? [[field.key, value]] : [];
      const rows = value.filter((one): one is Readonly<Record<string, string>> => typeof one === 'object');
      const texts = value.filter((one): one is string => typeof one === 'string');
      switch (field.type) {
        case 'table':
          return rows.flatMap((row, at) =>
            Object.entries(row).map(([key, cell]): [string, string] => [`${field.key}[${at}][${key}]`, cell]),
          );
        case 'files':
          return [[`${field.key}.keep`, rows.map((row) => heldId(keeper, row))]];
        default:
          return [[field.key, field.type === 'list' && !field.options ? texts.join('\r\n') : texts]];
      }
    }),
  );
}

test.each(Object.values(forms).map((form) => form.id))('%s: what a page posts is what the paper said', (id) => {
  const fields = formFields(forms[id]);
  const body = posted(fields, typedOfContent(fields, samples[id], zone));
  const content = contentOfTyped(fields, readTyped(fields, body, keeper), zone);
  expect(checkPaper(forms[id], content)).toEqual(checkPaper(forms[id], samples[id]));
});

test('yuan become fen, moments are in the zone of the house, junk stays as typed and is named', () => {
  const fields = formFields(forms['F-35']);
  const body: FormFields = {
    totalFen: '￥12,345.6',
    consultedAt: '2026-03-13T11:00',
    managerConsulted: ['false', 'true'],
    'items[0][unitPriceFen]': '一百',
    nonsense: 'x',
    'items[0][nonsense]': 'x',
  };
  const content = contentOfTyped(fields, readTyped(fields, body, keeper), zone);
  expect(content).toMatchObject({
    totalFen: 1_234_560,
    consultedAt: '2026-03-13T03:00:00.000Z',
    managerConsulted: true,
    items: [{ unitPriceFen: '一百' }],
  });
  expect(Object.keys(content)).not.toContain('nonsense');
  const checked = checkPaper(forms['F-35'], content);
  expect(checked.ok ? [] : checked.problems).toContainEqual({
    field: 'items.0.unitPriceFen',
    code: 'TYPE',
    zh: '“项目明细，第 1 行，单价”应为金额，最多两位小数。',
    en: '“Items, row 1, Unit Price” must be an amount with two decimals at most.',
  });
});

test('rows that were never begun are left out', () => {
  const fields = formFields(forms['F-10']);
  const typed = readTyped(fields, { 'rows[0][stage]': ' ', 'rows[7][stage]': '初稿' }, keeper);
  expect(typed['rows']).toMatchObject([{ stage: '初稿' }]);
});

test('an hour the clocks skip is the moment of the change, as opening a desk counts it (Berlin 29 March 2026)', () => {
  for (const wall of ['02:00', '02:15', '02:45', '03:00']) {
    const at = instantOfInput(`2026-03-29T${wall}`, 'Europe/Berlin');
    expect(at).toBe('2026-03-29T01:00:00.000Z');
    expect(at).toBe(
      zoneAtOpening('Europe/Berlin').toInstant('2026-03-29', Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3))),
    );
    expect(inputOfInstant(at, 'Europe/Berlin')).toBe('2026-03-29T03:00');
  }
});
