import { describe, expect, it } from 'vitest';
import { suggestReadings } from '../../store/pinyin.ts';

describe('suggested readings', () => {
  it.each([
    ['云峰', 'YF'],
    ['绿茶', 'LC'],
    ['乌龙茶', 'WLC'],
    ['中山电器', 'ZSDQ'],
    ['冰箱', 'BX'],
    ['长安', 'CA'],
    ['轿车', 'JC'],
    ['重庆', 'CQ'],
    ['银行', 'YH'],
    ['厦门', 'XM'],
    ['女儿', 'NE'],
    ['欧普', 'OP'],
    ['雅芳', 'YF'],
    ['凉茶', 'LC'],
    ['品牌', 'PP'],
    ['360', 'SLL'],
    ['TCL', 'TCL'],
    ['TCL电器', 'TCLDQ'],
    ['长安汽车集团有限公司', 'CAQC'],
  ])('R-03: %s gives %s', (name, code) => {
    expect(suggestReadings(name).code).toBe(code);
  });

  it('P-15: traditional characters are read the same', () => {
    expect(suggestReadings('長安').code).toBe('CA');
    expect(suggestReadings('綠茶').code).toBe('LC');
    expect(suggestReadings('雲峰集團').code).toBe('YF');
  });

  it('P-15: every reading of a polyphonic character is offered, the likely one first', () => {
    const { characters, undecided } = suggestReadings('长安');
    expect(undecided).toBe(true);
    expect(characters[0]).toMatchObject({ char: '长', undecided: true, letter: 'C' });
    expect(characters[0]?.readings[0]).toEqual({ reading: 'cháng', letter: 'C' });
    expect(characters[0]?.readings.map(({ letter }) => letter)).toContain('Z');
    expect(characters[1]).toMatchObject({ char: '安', undecided: false, letter: 'A' });
    const le = suggestReadings('乐').characters[0]?.readings.map(({ letter }) => letter);
    expect(le).toEqual(expect.arrayContaining(['L', 'Y']));
  });

  it('a name with one reading each leaves nothing to choose', () => {
    expect(suggestReadings('云峰')).toMatchObject({ undecided: false, code: 'YF' });
  });

  it('characters nobody can read have no reading, and there is no code', () => {
    const rare = suggestReadings('\u{20bb7}野家');
    expect(rare.code).toBeUndefined();
    expect(rare.characters).toHaveLength(3);
    expect(rare.characters[0]).toMatchObject({ kind: 'han', readings: [] });
    expect(suggestReadings('カゴメ').characters.every(({ kind }) => kind === 'unreadable')).toBe(true);
    expect(suggestReadings('')).toEqual({ characters: [], undecided: false });
  });
});
