import type { Words } from '../process.ts';
import { fieldWords } from './fields.ts';

/** Kinds of item in a creative presentation (F-20), and what physical form each is shown in. */
export const presentationKinds = {
  pressAd: { zh: '报刊广告', en: 'Press Ad', form: 'board' },
  poster: { zh: '海报', en: 'Poster', form: 'board' },
  pos: { zh: '终端物料', en: 'Point-of-sale Piece', form: 'board' },
  brochure: { zh: '宣传册', en: 'Brochure', form: 'dummy' },
  tvc: { zh: '电视广告', en: 'TV Commercial', form: 'script' },
  radio: { zh: '电台广告', en: 'Radio', form: 'none' },
  online: { zh: '网络广告', en: 'Online', form: 'none' },
  packaging: { zh: '包装设计', en: 'Packaging Design', form: 'none' },
  other: { zh: '其他', en: 'Other', form: 'none' },
} as const satisfies Record<string, Words & { form: 'board' | 'dummy' | 'script' | 'none' }>;

/** Kind of an item in a creative presentation. */
export type PresentationKind = keyof typeof presentationKinds;

/** What an item can lack. */
export type ItemPart =
  'adType' | 'specification' | 'colour' | 'process' | 'electronic' | 'printed' | 'board' | 'dummy' | 'script';

/** What one item of a presentation lacks, as facts carry it: `pressAd 1: board` (the number is the row). */
export function itemProblem(kind: PresentationKind | undefined, row: number, part: ItemPart): string {
  return `${kind ?? 'item'} ${row}: ${part}`;
}

const shape = /^([A-Za-z]+) (\d+): ([A-Za-z]+)$/;

/** Words for a lack written by `itemProblem`; undefined for any other text. */
export function itemProblemWords(text: string): Words | undefined {
  const [, kind = '', row = '', part = ''] = shape.exec(text) ?? [];
  const kinds: Readonly<Record<string, Words>> = { ...presentationKinds, item: fieldWords.item };
  const parts: Readonly<Record<string, Words>> = fieldWords;
  const what = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const lack = Object.hasOwn(parts, part) ? parts[part] : undefined;
  if (what === undefined || lack === undefined) return undefined;
  return { zh: `第 ${row} 项（${what.zh}）：${lack.zh}`, en: `item ${row} (${what.en}): ${lack.en}` };
}
