import { beforeAll, describe, expect, it } from 'vitest';
import { spokenWords, untranslated, type Spoken } from './words.ts';

let spoken: Spoken;
beforeAll(async () => {
  spoken = await spokenWords();
});

const on = (lang: 'zh-CN' | 'en', ...texts: readonly string[]): readonly string[] =>
  untranslated(
    texts.map((text) => ({ text, lang })),
    lang,
    spoken,
  );

describe('what is found untranslated on a page', () => {
  it('a sentence of the other language, whole or with its gaps filled', () => {
    expect(on('zh-CN', 'Please confirm')).toHaveLength(1);
    expect(on('en', '请您签复', '已核对 3 项，共 11 项')).toHaveLength(2);
  });

  it('a key, a code or an empty gap instead of words', () => {
    expect(on('en', 'askSign', 'AT_SUPERVISOR', 'version {n}', 'undefined')).toHaveLength(4);
  });

  it('nothing in what people wrote, in names, numbers, and in words that are the same in both', () => {
    expect(on('en', '夏季主视觉 提案会', '赵一', 'YFLC2026001', '中文', 'Please confirm')).toEqual([]);
    expect(on('zh-CN', 'Anna Keller', 'English', 'Winter campaign poster 冬季促销海报', '请您签复')).toEqual([]);
  });

  it('nothing in a part of the page that is marked as the other language', () => {
    expect(untranslated([{ text: '请您签复', lang: 'zh-CN' }], 'en', spoken)).toEqual([]);
  });
});
