import { describe, expect, test } from 'vitest';
import { correctionPoint } from '../../../domain/job/correction.ts';
import { reviewPoint } from '../../../domain/job/rejection.ts';
import { acts as jobActs } from '../../../domain/job/table.ts';
import { points } from '../../../domain/job/points.ts';
import { standardRoutes } from '../../../domain/circulation/routes.ts';
import { jobPhases } from '../../../domain/job/state.ts';
import * as actTables from '../../../domain/wording/acts.ts';
import { checkItem, checkItems, qcItemsOf } from '../../../domain/wording/checklists.ts';
import { fieldWords } from '../../../domain/wording/fields.ts';
import { lawHits } from '../../../domain/wording/lawwords.ts';
import { formIds, paperTitles, paperWords } from '../../../domain/wording/papers.ts';
import { phaseWords } from '../../../domain/wording/phases.ts';
import { circulationWords, pointWords } from '../../../domain/wording/points.ts';
import { presentationKinds } from '../../../domain/wording/presentation.ts';
import { reasonsFor, reasonTable } from '../../../domain/wording/reasons.ts';
import { refusalTable } from '../../../domain/wording/refusals.ts';
import * as stateTables from '../../../domain/wording/states.ts';
import { stepTable, stepWords } from '../../../domain/wording/steps.ts';

/** Every pair of words inside a table, however deep. */
function pairs(value: unknown, path: string): { path: string; zh: string; en: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, part]) => pairs(part, `${path}.${key}`));
  if (!('zh' in value) && !('en' in value)) return inside;
  const zh: unknown = Reflect.get(value, 'zh');
  const en: unknown = Reflect.get(value, 'en');
  return [{ path, zh: typeof zh === 'string' ? zh : '', en: typeof en === 'string' ? en : '' }, ...inside];
}

const own = {
  actTables,
  checkItems,
  fieldWords,
  paperTitles,
  phaseWords,
  pointWords,
  presentationKinds,
  reasonTable,
  stateTables,
  stepTable,
};
const all = [...pairs(own, 'wording'), ...pairs(refusalTable, 'refusals')];

test('every table has both languages', () => {
  expect(all.length).toBeGreaterThan(400);
  for (const { path, zh, en } of all) {
    expect(zh, path).toMatch(/\p{Script=Han}/u);
    expect(en, path).toMatch(/[A-Za-z]/);
    expect(en, path).not.toMatch(/\p{Script=Han}/u);
  }
});

test('P-01: no text says “AD” alone', () => {
  for (const { path, zh, en } of all) expect(`${zh} ${en}`, path).not.toMatch(/(?<![A-Za-z])AD(?![A-Za-z])/);
});

test('Chinese words take full-width punctuation', () => {
  for (const { path, zh } of [...all, ...pairs(standardRoutes, 'routes')])
    expect(zh, path).not.toMatch(/\p{Script=Han}[,:;!?()]|[,:;!?()]\p{Script=Han}/u);
});

test('phases, points, papers and the steps of every standard route have their words', () => {
  expect(Object.keys(phaseWords)).toEqual([...jobPhases]);
  expect(Object.keys(pointWords).sort()).toEqual([...Object.keys(points), correctionPoint, reviewPoint].sort());
  // Every desk a standard route can open says its point in words, whatever circulation it belongs to.
  for (const point of Object.keys(pointWords))
    expect(circulationWords(`${point}:F-04`).zh, point).toMatch(/^\p{Script=Han}.* 工作单$/u);
  expect(Object.keys(actTables.actWords).sort()).toEqual(
    [...Object.keys(jobActs), 'sign', 'return', 'note', 'handOver', 'withdraw', 'moveDate'].sort(),
  );
  for (const route of Object.values(standardRoutes)) {
    for (const { key } of route.steps) expect(stepWords(key).zh, key).toMatch(/\p{Script=Han}/u);
  }
  expect(paperWords('F-08:R1')).toEqual({ zh: '修改单 R1', en: 'Revision Order R1' });
  expect(paperWords('F-99')).toEqual({ zh: 'F-99', en: 'F-99' });
  expect(circulationWords('artworkQc:P1').zh).toBe('正稿QC P1');
  expect(circulationWords('__proto__')).toEqual({ zh: '__proto__', en: '__proto__' });
  expect(formIds).toHaveLength(27);
});

describe('checklists', () => {
  test('§6.1: C-01 to C-36 in signing order, each once', () => {
    const ids = checkItems.filter((item) => item.of === 'qc').map((item) => item.id);
    expect(ids).toEqual(Array.from({ length: 36 }, (_, n) => `C-${String(n + 1).padStart(2, '0')}`));
    expect(new Set(checkItems.map((item) => item.id)).size).toBe(checkItems.length);
  });

  test('R-80: the six questions of account service are the account executive’s', () => {
    const six = ['C-25', 'C-26', 'C-27', 'C-28', 'C-29', 'C-30'];
    expect(qcItemsOf('ACCOUNT_EXECUTIVE').map((item) => item.id)).toEqual(expect.arrayContaining(six));
    expect(checkItem('C-27')?.zh).toBe('能配合工作进度');
    expect(checkItem('C-99')).toBeUndefined();
  });

  test('every item a standard route asks for exists', () => {
    for (const route of Object.values(standardRoutes)) {
      for (const step of route.steps) for (const id of step.checklist) expect(checkItem(id), id).toBeDefined();
    }
  });
});

describe('reasons', () => {
  test('R-38, R-39: a refused order has exactly the two grounds of the source', () => {
    expect(reasonsFor('agency', 'refuse').map((reason) => reason.code)).toEqual([
      'INSTRUCTION_UNCLEAR',
      'MATERIAL_INSUFFICIENT',
    ]);
    expect(reasonsFor('client', 'refuse')).toEqual([]);
    expect(reasonTable.INSTRUCTION_UNCLEAR.zh).toBe('指引不清晰');
    expect(reasonTable.MATERIAL_INSUFFICIENT.zh).toBe('资料不足');
  });

  test('only the client changes its mind; both sides may name another reason', () => {
    const codes = (side: 'agency' | 'client') => reasonsFor(side, 'return').map((reason) => reason.code);
    expect(codes('client')).toContain('CHANGED_MIND');
    expect(codes('agency')).not.toContain('CHANGED_MIND');
    expect(codes('client').at(-1)).toBe('OTHER');
    expect(codes('agency').at(-1)).toBe('OTHER');
  });
});

describe('R-81, S-87: wording to be resolved by a person', () => {
  const words = (text: string): string[] => lawHits(text).map((hit) => hit.word);

  test.each([
    ['全国第一的绿茶', ['全国第一']],
    ['国家级工艺，顶级品质', ['国家级', '顶级']],
    ['最好喝的极品', ['最好', '极品']],
    ['销量ＮＯ．１', ['ＮＯ．１']],
    ['No.1 choice', ['No.1']],
    ['最近新到一批，请第一时间联系', []],
    ['最后一波优惠', ['最后一波']],
    ['一口清新，来自高山', []],
    ['', []],
  ])('%s', (text, hits) => {
    expect(words(text)).toEqual(hits);
  });

  test('the place is right and the surroundings never hold half a sign', () => {
    const text = '👍👍👍这是最佳选择👍👍👍';
    const [hit] = lawHits(text);
    expect(text.slice(hit?.at, (hit?.at ?? 0) + 2)).toBe('最佳');
    expect(hit?.around).not.toMatch(/\p{Surrogate}/u);
  });

  test('a text full of hits is answered at once and with an end', () => {
    expect(lawHits('最'.repeat(100_000))).toHaveLength(200);
  });
});
