import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formIds } from '../../domain/wording/papers.ts';
import { parseAct } from '../../papers/acts.ts';
import { diffPapers } from '../../papers/diff.ts';
import { formFields, type FormField } from '../../papers/fields.ts';
import { canonical, checkDraft, checkPaper, freeze } from '../../papers/form.ts';
import { fileName, isFileName } from '../../papers/filename.ts';
import { forms } from '../../papers/index.ts';
import { line, longText } from '../../papers/text.ts';
import { samples } from './samples.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\u202Eabc',
    'a\r\nb',
    '👨‍👩‍👧‍👦',
    'e\u0301',
    'שלום',
    '\uD800',
    '$ne',
    '__proto__',
    'x'.repeat(9000),
  ),
);
const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(
    { $ne: null },
    { $gt: '' },
    [],
    {},
    null,
    0,
    -1,
    1e308,
    true,
    JSON.parse('{"__proto__":{"polluted":true}}'),
  ),
  anyText,
);

describe.each(formIds.map((id) => [id, forms[id]] as const))('%s', (id, form) => {
  const keys = Object.keys(form.schema.shape);

  test('reading never throws, and whatever passes freezes into small facts', () => {
    const input = fc.oneof(
      hostile,
      fc.dictionary(fc.oneof(fc.constantFrom(...keys), anyText), hostile, { maxKeys: 12 }),
      fc.tuple(fc.constantFrom(...keys), hostile).map(([key, value]) => ({ ...samples[id], [key]: value })),
    );
    fc.assert(
      fc.property(input, (value) => {
        const strict = checkPaper(form, value);
        const draft = checkDraft(form, value);
        for (const checked of [strict, draft]) {
          if (checked.ok) continue;
          expect(checked.problems.length).toBeGreaterThan(0);
          for (const problem of checked.problems) {
            expect(problem.zh).toMatch(/。$/u);
            expect(problem.zh + problem.en + problem.field).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
          }
        }
        if (strict.ok) expect(draft).toEqual(strict);
        if (draft.ok) {
          const frozen = freeze(form, draft.content);
          expect(Buffer.byteLength(JSON.stringify(frozen.facts))).toBeLessThanOrEqual(4096);
          expect(freeze(form, frozen.content)).toEqual(frozen);
          expect(frozen.facts.complete).toBe(frozen.facts.missing.length === 0);
        }
        expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  test.each([[{ $ne: null }], [['a']], [{}], [[{}]], [JSON.parse('{"__proto__":1}') as unknown]])(
    'no field takes an operator object: %j',
    (evil) => {
      for (const field of formFields(form).filter((one) => one.type !== 'list' && one.type !== 'persons')) {
        const checked = checkPaper(form, { ...samples[id], [field.key]: evil });
        // A list nobody began is a field that is not filled in; everything else must be named.
        if (checked.ok) expect([evil, field.required]).toEqual([[{}], false]);
        else expect(checked.problems.some((problem) => problem.field.startsWith(field.key))).toBe(true);
      }
    },
  );

  test('freezing does not depend on the order of keys; any change of a text changes the hash', () => {
    const shuffled = fc.shuffledSubarray(Object.entries(samples[id]), { minLength: Object.keys(samples[id]).length });
    const expected = freeze(form, samples[id]).hash;
    fc.assert(fc.property(shuffled, (entries) => freeze(form, Object.fromEntries(entries)).hash === expected));
    for (const field of formFields(form).filter((one: FormField) => one.type === 'long' && one.key in samples[id])) {
      expect(freeze(form, { ...samples[id], [field.key]: '另一种说法' }).hash).not.toBe(expected);
    }
  });

  test('the difference of two versions is empty exactly when their hashes are equal', () => {
    const part = fc.subarray(Object.entries(samples[id])).map((entries) => Object.fromEntries(entries));
    fc.assert(
      fc.property(part, part, (a, b) => {
        const changes = diffPapers(form, a, b);
        expect(changes.length === 0).toBe(freeze(form, a).hash === freeze(form, b).hash);
        for (const { before, after } of changes)
          expect(canonical([before ?? null])).not.toBe(canonical([after ?? null]));
      }),
      { numRuns: 60 },
    );
  });
});

test('a tower of brackets is refused, not fallen over', () => {
  let tower: unknown = 'x';
  for (let depth = 0; depth < 50_000; depth += 1) tower = [tower];
  expect(checkPaper(forms['F-01'], tower).ok).toBe(false);
  expect(checkPaper(forms['F-01'], { ...samples['F-01'], need: tower }).ok).toBe(false);
  expect(parseAct({ type: 'hold', words: tower }).ok).toBe(false);
});

describe('texts', () => {
  const lineProblem = (value: string): unknown => {
    const result = line().safeParse(value);
    const issue = result.success ? undefined : result.error.issues[0];
    return issue?.code === 'custom' ? issue.params?.['problem'] : undefined;
  };

  test.each([
    ['a\u0000b', 'CONTROL'],
    ['a\tb', 'CONTROL'],
    ['a\u0085b', 'LINE_BREAK'],
    ['a\nb', 'LINE_BREAK'],
    ['a\r\n', 'LINE_BREAK'],
    ['a\u2028b', 'LINE_BREAK'],
    ['a\u202Eb', 'BIDI'],
    ['a\u2066b', 'BIDI'],
    ['a\uD83D', 'BROKEN_TEXT'],
    ['\u200B \u3000', 'MISSING'],
    ['字'.repeat(201), 'TOO_LONG'],
    ['字'.repeat(200), undefined],
    ['👍'.repeat(200), undefined],
    ['👍'.repeat(201), 'TOO_LONG'],
    ['שלום 👨‍👩‍👧‍👦', undefined],
  ])('%j on one line: %s', (value, problem) => {
    expect(lineProblem(value)).toBe(problem);
  });

  test('composed and decomposed spelling are one; long texts keep lines and tabs', () => {
    expect(line().parse(' cafe\u0301 ')).toBe('caf\u00e9');
    expect(longText().parse('一\r\n二\r三\u2028四\t五\n')).toBe('一\n二\n三\n四\t五');
    expect(longText().safeParse('一\u0007二').success).toBe(false);
    expect(longText().safeParse('字'.repeat(8001)).success).toBe(false);
    expect(longText().safeParse('字'.repeat(8000)).success).toBe(true);
  });

  test('cleaning twice is cleaning once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (value) => {
        for (const shape of [line(), longText()]) {
          const once = shape.safeParse(value);
          if (once.success) expect(shape.parse(once.data)).toBe(once.data);
        }
      }),
    );
  });
});

describe('R-207, §8.1: file names', () => {
  test('the example of the house', () => {
    const name = fileName({ date: '2025-03-12', project: '云峰绿茶春季海报', type: '完稿', version: 2, ext: 'ai' });
    expect(name).toBe('20250312_云峰绿茶春季海报_完稿_V2.ai');
  });

  test('whatever the project is called, the name states its three parts and fits every file system', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }).filter((text) => !/\p{Surrogate}/u.test(text)),
        (project) => {
          const name = fileName({ date: '2026-03-12', project, type: '工作单', version: 1, ext: 'pdf' });
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
          expect(name).not.toMatch(/[/\\:*?"<>|\s\p{Cc}]/u);
          expect(isFileName(name)).toBe(true);
        },
      ),
    );
  });

  test('without a day there is no name', () => {
    expect(() => fileName({ date: 'tomorrow', project: 'x', type: 'y', ext: 'pdf' })).toThrow(RangeError);
  });
});
