import { describe, expect, it } from 'vitest';
import {
  checkBrandCode,
  checkCodeChange,
  checkLineCode,
  checkOtherCode,
  suggestBrandCode,
  suggestCode,
  suggestLineCode,
} from '../../../domain/number/codes.ts';
import type { CodeRegister } from '../../../domain/number/codes.ts';

const register: CodeRegister = [
  {
    brandId: 'yunfeng',
    code: 'YF',
    lines: [
      { lineId: 'green', code: 'LC' },
      { lineId: 'oolong', code: 'WLC' },
    ],
  },
  { brandId: 'ab', code: 'AB', formerCodes: ['OLD'], lines: [{ lineId: 'cd', code: 'CD', formerCodes: ['XX'] }] },
  { brandId: 'abc', code: 'ABC', lines: [{ lineId: 'e', code: 'E' }] },
];

describe('R-11: codes are unique', () => {
  it('brand codes in the agency: 雅芳 cannot be YF beside 云峰', () => {
    expect(checkBrandCode(register, { brandId: 'yafang', code: 'YF' })).toMatchObject([
      { code: 'brandCodeTaken', params: { brandId: 'yunfeng' }, rule: 'R-11' },
    ]);
    expect(suggestBrandCode(register, 'yafang', 'YF')).toBe('YFA');
    expect(checkBrandCode(register, { brandId: 'yafang', code: 'YFA' })).toEqual([]);
    expect(checkBrandCode(register, { brandId: 'yunfeng', code: 'YF' })).toEqual([]);
  });

  it('R-08: former codes of another brand or line stay taken', () => {
    expect(checkBrandCode(register, { brandId: 'new', code: 'OLD' })).toMatchObject([{ code: 'brandCodeTaken' }]);
    expect(checkLineCode(register, { brandId: 'ab', lineId: 'new', code: 'XX' })).toMatchObject([
      { code: 'lineCodeTaken' },
    ]);
  });

  it('line codes within the brand: 凉茶 cannot be LC beside 绿茶, but may in another brand', () => {
    expect(checkLineCode(register, { brandId: 'yunfeng', lineId: 'cool', code: 'LC' })).toMatchObject([
      { code: 'lineCodeTaken', params: { lineId: 'green' } },
    ]);
    expect(suggestLineCode(register, { brandId: 'yunfeng', lineId: 'cool', initials: 'LC' })).toBe('LCA');
    expect(checkLineCode(register, { brandId: 'ab', lineId: 'tea', code: 'LC' })).toEqual([]);
  });

  it('no two brand + line concatenations: AB + CD refuses ABC + D', () => {
    expect(checkLineCode(register, { brandId: 'abc', lineId: 'd', code: 'D' })).toMatchObject([
      { code: 'prefixTaken', field: 'lineCode', params: { prefix: 'ABCD', brandId: 'ab', lineId: 'cd' } },
    ]);
    expect(suggestLineCode(register, { brandId: 'abc', lineId: 'd', initials: 'D' })).toBe('DA');
  });

  it('a renamed brand cannot run into its own other line either', () => {
    const renamed: CodeRegister = [
      { brandId: 'ab', code: 'ABC', formerCodes: ['AB'], lines: [{ lineId: 'cd', code: 'CD' }] },
    ];
    expect(checkLineCode(renamed, { brandId: 'ab', lineId: 'd', code: 'D' })).toMatchObject([
      { code: 'prefixTaken', params: { prefix: 'ABCD', lineId: 'cd' } },
    ]);
  });

  it('a brand code that would make its lines collide is refused too', () => {
    const later: CodeRegister = [...register, { brandId: 'x', code: 'X', lines: [{ lineId: 'd', code: 'D' }] }];
    const without = later.filter(({ brandId }) => brandId !== 'abc');
    expect(checkBrandCode(without, { brandId: 'x', code: 'ABC' })).toMatchObject([
      { code: 'prefixTaken', field: 'brandCode', params: { prefix: 'ABCD' } },
    ]);
  });

  it('P-16: an empty line code, small letters and an unknown brand are refused', () => {
    expect(checkLineCode(register, { brandId: 'yunfeng', lineId: 'x', code: '' })).toMatchObject([
      { code: 'codeEmpty' },
    ]);
    expect(checkLineCode(register, { brandId: 'yunfeng', lineId: 'x', code: 'lc' })).toMatchObject([
      { code: 'codeNotLetters' },
    ]);
    expect(checkLineCode(register, { brandId: 'nobody', lineId: 'x', code: 'PP' })).toMatchObject([
      { code: 'brandUnknown' },
    ]);
    expect(checkLineCode(register, { brandId: 'yunfeng', lineId: 'x', code: 'PP' })).toEqual([]);
  });
});

describe('changing and choosing codes', () => {
  it('R-11: a code is frozen once a number was issued with it', () => {
    const change = { field: 'brandCode', from: 'YF', to: 'YFA' } as const;
    expect(checkCodeChange({ ...change, numbersIssued: true })).toMatchObject([{ code: 'codeFrozen', rule: 'R-11' }]);
    expect(checkCodeChange({ ...change, numbersIssued: false })).toEqual([]);
    expect(checkCodeChange({ ...change, to: 'YF', numbersIssued: true })).toEqual([]);
  });

  it('P-15: another code than the initials needs a reason and an account manager', () => {
    const choice = { field: 'brandCode', initials: 'YF', code: 'YFA' } as const;
    expect(checkOtherCode({ ...choice, code: 'YF', reason: '', roles: ['ACCOUNT_EXECUTIVE'] })).toEqual([]);
    expect(checkOtherCode({ ...choice, reason: ' ', roles: ['ACCOUNT_EXECUTIVE'] }).map(({ code }) => code)).toEqual([
      'otherCodeReasonMissing',
      'otherCodeRole',
    ]);
    expect(checkOtherCode({ ...choice, reason: '云峰已用 YF', roles: ['ACCOUNT_MANAGER'] })).toEqual([]);
  });

  it('P-15: suggestions go on to a second letter and end when nothing is free', () => {
    expect(suggestCode('YF', (code) => code.length === 4)).toBe('YFAA');
    expect(suggestCode('YF', () => false)).toBeUndefined();
    expect(suggestCode('ABCDEFGHIJKL', (code) => code !== 'ABCDEFGHIJKL')).toBeUndefined();
  });
});
