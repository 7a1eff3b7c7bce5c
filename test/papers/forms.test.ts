import { describe, expect, test } from 'vitest';
import { formIds } from '../../domain/wording/papers.ts';
import { formFields, type FormField } from '../../papers/fields.ts';
import { checkDraft, checkPaper, formJsonSchema, freeze } from '../../papers/form.ts';
import { folders } from '../../papers/folders.ts';
import { forms } from '../../papers/index.ts';
import { samples } from './samples.ts';

const without = (content: Readonly<Record<string, unknown>>, key: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(content).filter(([name]) => name !== key));

describe.each(formIds.map((id) => [id, forms[id]] as const))('%s', (id, form) => {
  const sample = samples[id];

  test('a full paper is accepted, complete, and round-trips through its draft shape', () => {
    expect(checkPaper(form, sample)).toEqual({ ok: true, content: sample });
    expect(checkDraft(form, sample)).toEqual({ ok: true, content: sample });
    expect(freeze(form, sample).facts).toMatchObject({ complete: true, missing: [] });
  });

  test('S-23: leaving out any one mandatory field names that field, in the problems and in the facts', () => {
    const mandatory = formFields(form).filter((field) => field.required);
    expect(mandatory.length).toBeGreaterThan(0);
    for (const { key, zh, en } of mandatory) {
      const less = without(sample, key);
      const checked = checkPaper(form, less);
      const problems = checked.ok ? [] : checked.problems;
      const named = problems.find((problem) => problem.field === key);
      expect(named, key).toMatchObject({ code: 'MISSING' });
      expect(named?.zh).toContain(zh);
      expect(named?.en).toContain(en);
      expect(freeze(form, less).facts.missing).toContain(key);
      expect(freeze(form, less).facts.complete).toBe(false);
    }
  });

  test('leaving out a column of a row names the row in the problem and the field in the facts', () => {
    for (const field of formFields(form).filter((one) => one.type === 'table' && one.key in sample)) {
      for (const column of (field.columns ?? []).filter((one) => one.required)) {
        const rows = sample[field.key];
        if (!Array.isArray(rows)) throw new Error('a table is a list');
        const [first, ...rest] = rows as Record<string, unknown>[];
        const bent = { ...sample, [field.key]: [without(first ?? {}, column.key), ...rest] };
        if (Object.keys(without(first ?? {}, column.key)).length === 0) continue;
        const checked = checkPaper(form, bent);
        const fields = checked.ok ? [] : checked.problems.map((problem) => problem.field);
        expect(fields).toContain(`${field.key}.0.${column.key}`);
        expect(freeze(form, bent).facts.missing).toContain(field.key);
      }
    }
  });

  test('an empty draft is a draft, and names every mandatory field', () => {
    expect(checkDraft(form, {})).toEqual({ ok: true, content: {} });
    const mandatory = formFields(form).filter((field) => field.required);
    expect(freeze(form, {}).facts.missing).toEqual(expect.arrayContaining(mandatory.map((field) => field.key)));
  });

  test('fields are plain data with words in both languages, and JSON Schema comes from the same shape', () => {
    const fields = formFields(form);
    expect(fields.map((field) => field.key)).toEqual(Object.keys(form.schema.shape));
    expect(JSON.parse(JSON.stringify(fields))).toEqual(fields);
    const worded = (field: FormField): void => {
      expect(field.zh, field.key).toMatch(/\p{Script=Han}/u);
      expect(field.en, field.key).toMatch(/^[\x20-\x7e’“”]+$/u);
      if (field.type === 'table') expect(field.columns?.length, field.key).toBeGreaterThan(0);
      if (field.type === 'enum') expect(field.options?.length, field.key).toBeGreaterThan(1);
      field.columns?.forEach(worded);
    };
    fields.forEach(worded);
    const schema = formJsonSchema(form);
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required).toEqual(fields.filter((field) => field.required).map((field) => field.key));
  });

  test('an unknown field is named and refused', () => {
    const checked = checkPaper(form, { ...sample, surprise: 1 });
    expect(checked.ok ? [] : checked.problems.map(({ field, code }) => [field, code])).toEqual([
      ['surprise', 'UNKNOWN_FIELD'],
    ]);
  });

  test('it lies in a folder of the tree and its facts stay small', () => {
    expect(folders).toContain(form.folder);
    expect(Buffer.byteLength(JSON.stringify(freeze(form, sample).facts))).toBeLessThan(4096);
  });
});
