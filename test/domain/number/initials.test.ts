import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeFromReadings, letterOfReading, wholeBrandLine } from '../../../domain/number/initials.ts';
import { nameCharacters, nameForCode } from '../../../domain/number/name.ts';

const codeOf = (name: string, ...readings: string[]) => codeFromReadings(name, readings);
const ok = (code: string) => ({ ok: true, code });

describe('one letter per character', () => {
  it.each([
    ['云峰', ['yún', 'fēng'], 'YF'],
    ['绿茶', ['lǜ', 'chá'], 'LC'],
    ['乌龙茶', ['wū', 'lóng', 'chá'], 'WLC'],
    ['中山电器', ['zhōng', 'shān', 'diàn', 'qì'], 'ZSDQ'],
    ['冰箱', ['bīng', 'xiāng'], 'BX'],
    ['长安', ['cháng', 'ān'], 'CA'],
    ['轿车', ['jiào', 'chē'], 'JC'],
    ['雅芳', ['yǎ', 'fāng'], 'YF'],
    ['重庆', ['chóng', 'qìng'], 'CQ'],
    ['银行', ['yín', 'háng'], 'YH'],
    ['厦门', ['xià', 'mén'], 'XM'],
    ['女儿', ['nǚ', 'ér'], 'NE'],
    ['欧普', ['ōu', 'pǔ'], 'OP'],
    ['長安', ['chang2', 'an1'], 'CA'],
  ])('R-03: %s is read as %j', (name, readings, code) => {
    expect(codeFromReadings(name, readings)).toEqual(ok(code));
  });

  it('P-15: zh, ch, sh give Z, C, S; vowels stand for themselves; ü gives its consonant', () => {
    expect(['zhōng', 'chá', 'shān'].map(letterOfReading)).toEqual(['Z', 'C', 'S']);
    expect(['ān', 'ōu', 'ér', 'á'].map(letterOfReading)).toEqual(['A', 'O', 'E', 'A']);
    expect(['nǚ', 'lǜ', 'nv3', 'lu:4'.replace(':', '')].map(letterOfReading)).toEqual(['N', 'L', 'N', 'L']);
  });

  it('R-03: what is no pinyin syllable is no reading', () => {
    for (const wrong of ['', ' ', 'ü', 'i', 'v', '长', '1', 'a b', 'zhōngguó'])
      expect(letterOfReading(wrong)).toBeUndefined();
  });

  it('P-16: the whole brand is the line 品牌, PP by the same rule', () => {
    expect(codeOf(wholeBrandLine.name.zh, 'pǐn', 'pái')).toEqual(ok(wholeBrandLine.code));
  });
});

describe('P-15: names that are not only Chinese characters', () => {
  it('Latin letters stay in upper case, accents go', () => {
    expect(codeOf('TCL')).toEqual(ok('TCL'));
    expect(codeOf('tcl电器', 'diàn', 'qì')).toEqual(ok('TCLDQ'));
    expect(codeOf('Nestlé')).toEqual(ok('NESTLE'));
    expect(codeOf('\uff34\uff23\uff2c')).toEqual(ok('TCL'));
  });

  it('digits are replaced by the letters of their Chinese reading', () => {
    expect(codeOf('360')).toEqual(ok('SLL'));
    expect(nameCharacters('360').map(({ char }) => char)).toEqual(['三', '六', '零']);
    expect(codeOf('0123456789')).toEqual(ok('LYESSWLQBJ'));
    expect(codeOf('999感冒灵', 'gǎn', 'mào', 'líng')).toEqual(ok('JJJGML'));
    expect(codeOf('二\u3007\u3007八', 'èr', 'bā')).toEqual(ok('ELLB'));
  });

  it('signs, spaces and invisible marks are dropped', () => {
    expect(nameForCode(' 云·峰\u3000「绿」\u200b&  ')).toBe('云峰绿');
    expect(nameForCode('7-Eleven')).toBe('7Eleven');
    expect(nameForCode('云峰™®😀')).toBe('云峰TM');
  });

  it.each([
    ['云峰集团', '云峰'],
    ['云峰集团有限公司', '云峰'],
    ['云峰茶业股份有限公司', '云峰茶业'],
    ['雲峰集團', '雲峰'],
    ['云峰(中国)有限公司', '云峰中国'],
    ['云峰\uff08中国\uff09有限公司', '云峰中国'],
    ['TCL Group Co., Ltd.', 'TCL'],
    ['Bergtee GmbH', 'Bergtee'],
    ['集团', '集团'],
    ['公司', '公司'],
    ['Cargo', 'Cargo'],
  ])('the legal suffix of %s is dropped: %s', (name, left) => {
    expect(nameForCode(name)).toBe(left);
  });

  it('a name without any letter, other scripts and missing readings are named', () => {
    expect(codeOf('!?')).toMatchObject({ ok: false, problems: [{ code: 'nameEmpty' }] });
    expect(codeOf('Ёлка')).toMatchObject({ ok: false, problems: Array(4).fill({ code: 'characterUnreadable' }) });
    expect(codeOf('カゴメ')).toMatchObject({ ok: false });
    expect(codeOf('云峰', 'yún')).toMatchObject({
      ok: false,
      problems: [{ code: 'readingCount', params: { expected: 2, given: 1 } }],
    });
    expect(codeOf('云峰', 'yún', '?')).toMatchObject({
      ok: false,
      problems: [{ code: 'readingUnreadable', field: 'readings.1' }],
    });
  });
});

describe('for any name', () => {
  it('R-03: an n-character name gives n letters', () => {
    const anyChar = fc.constantFrom(...Array.from('云峰绿茶乌龙中山电器長安女儿欧ABCxyz0123456789'));
    const syllables = ['yún', 'fēng', 'lǜ', 'zhōng', 'ān', 'ér', 'ōu', 'shuāng'];
    fc.assert(
      fc.property(fc.array(anyChar, { minLength: 1, maxLength: 12 }), fc.nat(7), (chars, shift) => {
        const name = chars.join('');
        const han = nameCharacters(name).filter(({ kind }) => kind === 'han');
        const readings = han.map((_, n) => syllables[(n + shift) % syllables.length] ?? '');
        const made = codeFromReadings(name, readings);
        expect(made.ok && made.code.length).toBe(chars.length);
        expect(made.ok && /^[A-Z]+$/.test(made.code)).toBe(true);
      }),
    );
  });
});
