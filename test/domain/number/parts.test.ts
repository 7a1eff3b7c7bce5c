import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJobNumber, normaliseJobNumber, parseJobNumber, partsOf } from '../../../domain/number/parse.ts';
import { checkParts, formatJobNumber, highestSeq, prefixOf, revisionLabel } from '../../../domain/number/parts.ts';
import type { JobNumberParts } from '../../../domain/number/parts.ts';

describe('§2.3 worked examples', () => {
  it.each([
    ['first of the year', 'YF', 'LC', 2025, 1, 'YFLC2025001'],
    ['next number', 'YF', 'LC', 2025, 2, 'YFLC2025002'],
    ['other line, own counter', 'YF', 'WLC', 2025, 1, 'YFWLC2025001'],
    ['new year restarts', 'YF', 'LC', 2026, 1, 'YFLC2026001'],
    ['one letter per character', 'ZSDQ', 'BX', 2025, 12, 'ZSDQBX2025012'],
    ['no initial consonant', 'CA', 'JC', 2025, 1, 'CAJC2025001'],
    ['whole brand', 'YF', 'PP', 2025, 1, 'YFPP2025001'],
    ['three digits to 999', 'YF', 'LC', 2025, 999, 'YFLC2025999'],
    ['four digits from 1000', 'YF', 'LC', 2025, 1000, 'YFLC20251000'],
  ])('R-02, R-10: %s', (_title, brandCode, lineCode, year, seq, number) => {
    expect(formatJobNumber({ brandCode, lineCode, year, seq })).toBe(number);
    expect(number).toMatch(/^[A-Z]{2,}[0-9]{4}[0-9]{3,}$/);
    expect(partsOf(number, [{ brandCode, lineCode }])).toEqual({ brandCode, lineCode, year, seq });
  });

  it('R-05: a revision is shown beside the number and never changes it', () => {
    expect(revisionLabel('YFLC2025007', 2)).toBe('YFLC2025007-R2');
    expect(parseJobNumber('YFLC2025007-R2')).toMatchObject({ ok: true, number: 'YFLC2025007', revision: 2 });
    expect(() => revisionLabel('YFLC2025007', 0)).toThrow(RangeError);
  });
});

describe('parts', () => {
  it.each([
    [{ brandCode: '' }, 'codeEmpty', 'brandCode'],
    [{ lineCode: '' }, 'codeEmpty', 'lineCode'],
    [{ lineCode: 'lc' }, 'codeNotLetters', 'lineCode'],
    [{ brandCode: 'Y1' }, 'codeNotLetters', 'brandCode'],
    [{ brandCode: '云峰' }, 'codeNotLetters', 'brandCode'],
    [{ brandCode: 'ABCDEFGHIJKLM' }, 'codeTooLong', 'brandCode'],
    [{ year: 25 }, 'yearOutOfRange', 'year'],
    [{ year: 20255 }, 'yearOutOfRange', 'year'],
    [{ seq: 0 }, 'seqOutOfRange', 'seq'],
    [{ seq: 1.5 }, 'seqOutOfRange', 'seq'],
    [{ seq: Number.NaN }, 'seqOutOfRange', 'seq'],
  ])('R-02: %j is no job number', (wrong, code, field) => {
    const parts = { brandCode: 'YF', lineCode: 'LC', year: 2025, seq: 1, ...wrong };
    expect(checkParts(parts)).toMatchObject([{ code, field }]);
    expect(() => formatJobNumber(parts)).toThrow(RangeError);
  });
});

describe('retyped numbers', () => {
  it.each([
    'YFLC2025007',
    'yflc2025007',
    ' yflc 2025 007 ',
    'YFLC-2025-007',
    'YFLC\u20132025\u2014007',
    'yf_lc2025007',
    '\uff39\uff26\uff2c\uff23\uff12\uff10\uff12\uff15\uff10\uff10\uff17',
    'YFLC\u200b2025\u00a0007',
    '\u202eYFLC2025007',
    'YFLC2025007\r\n',
  ])('P-14: %j is read as YFLC2025007', (typed) => {
    expect(normaliseJobNumber(typed)).toBe('YFLC2025007');
    expect(parseJobNumber(typed)).toEqual({ ok: true, number: 'YFLC2025007', letters: 'YFLC', year: 2025, seq: 7 });
  });

  it.each([
    ['', 'numberEmpty'],
    [' - ', 'numberEmpty'],
    ['2025YFLC007', 'numberMalformed'],
    ['YFLC007', 'numberMalformed'],
    ['YFLC202507', 'numberMalformed'],
    ['Y2025007', 'numberMalformed'],
    ['YFLC0025007', 'numberMalformed'],
    ['YFLC2025000', 'numberMalformed'],
    ['YFLC20250007', 'numberNotCanonical'],
    ['YFLC2025007-R0', 'numberMalformed'],
    ['YFLC2025007;DROP', 'numberMalformed'],
    ['云峰2025007', 'numberMalformed'],
    ['\u0130FLC2025007', 'numberMalformed'],
    ['A'.repeat(100_000), 'numberMalformed'],
    [`YFLC2025${'9'.repeat(60)}`, 'numberMalformed'],
  ])('R-02: %.30s is refused with %s', (typed, code) => {
    expect(parseJobNumber(typed)).toMatchObject({ ok: false, problem: { code, rule: 'R-02' } });
  });

  it('R-11: a number of a pair of codes nobody registered has no parts', () => {
    expect(partsOf('YFLC2025007', [{ brandCode: 'YF', lineCode: 'WLC' }])).toBeUndefined();
    expect(partsOf('nonsense', [{ brandCode: 'YF', lineCode: 'LC' }])).toBeUndefined();
  });
});

describe('for any parts', () => {
  const anyCode = fc.stringMatching(/^[A-Z]{1,12}$/);
  const anyParts: fc.Arbitrary<JobNumberParts> = fc.record({
    brandCode: anyCode,
    lineCode: anyCode,
    year: fc.integer({ min: 1970, max: 9999 }),
    seq: fc.integer({ min: 1, max: highestSeq }),
  });

  it('R-02: reading what was formatted gives the same parts', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        const number = formatJobNumber(parts);
        expect(isJobNumber(number)).toBe(true);
        expect(partsOf(number, [parts])).toEqual(parts);
        expect(partsOf(number.toLowerCase().replace(/(\d{4})/, ' $1-'), [parts])).toEqual(parts);
        expect(number.startsWith(prefixOf(parts))).toBe(true);
      }),
    );
  });

  it('R-07: different running numbers of a prefix, and different prefixes, never give the same number', () => {
    fc.assert(
      fc.property(anyParts, anyParts, (a, b) => {
        const same = prefixOf(a) === prefixOf(b) && a.seq === b.seq;
        expect(formatJobNumber(a) === formatJobNumber(b)).toBe(same);
        if (a.seq !== b.seq) expect(formatJobNumber({ ...a, seq: b.seq })).not.toBe(formatJobNumber(a));
      }),
    );
  });

  it('reading any text ends with a number or a reason', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = parseJobNumber(text);
        if (read.ok) expect(isJobNumber(read.number)).toBe(true);
        else expect(read.problem.rule).toBe('R-02');
      }),
    );
  });
});
