import { describe, expect, test } from 'vitest';
import { workTypes } from '../../domain/job/worktypes.ts';
import type { FormId } from '../../domain/wording/papers.ts';
import { checkPaper, freeze, type Finding } from '../../papers/form.ts';
import { forms } from '../../papers/index.ts';
import { externalTimetable, timetable } from '../../papers/timing/timetable.ts';
import { samples } from './samples.ts';

const facts = (id: FormId, change: Record<string, unknown> = {}) =>
  freeze(forms[id], { ...samples[id], ...change }).facts;
const codes = (id: FormId, change: Record<string, unknown>) => {
  const checked = checkPaper(forms[id], { ...samples[id], ...change });
  return checked.ok ? [] : checked.problems.map((problem) => [problem.field, problem.code]);
};

describe('work order', () => {
  test('the facts the guards ask', () => {
    expect(facts('F-04')).toEqual({
      complete: true,
      missing: [],
      workTypes: ['print'],
      needsSpecification: true,
      hasSpecification: true,
      materialMissing: [],
      important: false,
      mandatoriesStated: true,
      executors: ['copy-1', 'artist-1'],
      supervisors: ['cd-1'],
      hasMedia: false,
      projectHash: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
  });

  test('R-30: sized work needs specification and budget, a naming job does not', () => {
    const bare = { specification: undefined, budget: undefined };
    expect(codes('F-04', bare)).toEqual([
      ['specification', 'MISSING'],
      ['budget', 'MISSING'],
    ]);
    expect(facts('F-04', bare)).toMatchObject({
      needsSpecification: true,
      hasSpecification: false,
      missing: ['specification', 'budget'],
    });
    expect(codes('F-04', { ...bare, workTypes: ['naming'] })).toEqual([]);
    expect(facts('F-04', { ...bare, workTypes: ['naming'] })).toMatchObject({
      needsSpecification: false,
      complete: true,
    });
    expect(facts('F-04', { ...bare, workTypes: ['naming', 'print'] })).toMatchObject({ complete: false });
  });

  test('R-48: missing material is listed; neither material nor a list is a missing field', () => {
    expect(facts('F-04', { material: undefined, materialMissing: ['产品照片'] })).toMatchObject({
      complete: true,
      materialMissing: ['产品照片'],
    });
    expect(codes('F-04', { material: undefined })).toEqual([['material', 'MISSING']]);
  });

  test('P-53: mandatories may say “none” but never nothing', () => {
    expect(facts('F-04', { mandatories: '无' })).toMatchObject({ mandatoriesStated: true });
    expect(facts('F-04', { mandatories: ' \u200b ' })).toMatchObject({ mandatoriesStated: false, complete: false });
  });

  test('a media person among the executors is seen', () => {
    expect(facts('F-04', { executors: [{ person: 'm', role: 'MEDIA_BUYER' }] })).toMatchObject({
      hasMedia: true,
      executors: ['m'],
    });
  });

  test('M-02: only work content and timing change the project hash', () => {
    const before = facts('F-04')['projectHash'];
    expect(facts('F-04', { tonality: '热烈' })['projectHash']).toBe(before);
    expect(facts('F-04', { workContent: '海报两套' })['projectHash']).not.toBe(before);
    expect(facts('F-04', { timing: [{ stage: '初稿', date: '2026-03-21' }] })['projectHash']).not.toBe(before);
  });

  test('R-12: the job number is written in one way', () => {
    const checked = checkPaper(forms['F-04'], { ...samples['F-04'], jobNumber: ' yflc-2026 001' });
    expect(checked.ok && checked.content['jobNumber']).toBe('YFLC2026001');
    expect(codes('F-04', { jobNumber: 'YF2026' })).toEqual([['jobNumber', 'FORMAT']]);
  });
});

test('R-34: a brief that is not important names who guides it, and that is not the author', () => {
  expect(facts('F-05')).toEqual({
    complete: true,
    missing: [],
    level: 'normal',
    authorId: 'am-1',
    guidedById: 'adir-1',
    strategyParticipants: 1,
    creativeParticipants: 2,
    important: false,
  });
  expect(codes('F-05', { guidedBy: undefined })).toEqual([['guidedBy', 'MISSING']]);
  expect(codes('F-05', { level: 'important', guidedBy: undefined })).toEqual([]);
  expect(facts('F-05', { level: 'important' })).toMatchObject({ important: true });
  expect(codes('F-05', { guidedBy: 'am-1' })).toEqual([['guidedBy', 'RULE']]);
});

test('R-33: without strategy or creative people the brief is not complete', () => {
  expect(facts('F-05', { strategyParticipants: [] })).toMatchObject({
    strategyParticipants: 0,
    missing: ['strategyParticipants'],
  });
});

test('R-05, R-143: the revision order names the original number and a direction', () => {
  expect(facts('F-08')).toEqual({
    complete: true,
    missing: [],
    originalJobNumber: 'YFLC2026001',
    ordinal: 1,
    opinions: 1,
    directionStated: true,
  });
  expect(facts('F-08', { originalJobNumber: '', direction: '' })).toMatchObject({
    originalJobNumber: null,
    directionStated: false,
    missing: ['originalJobNumber', 'direction'],
  });
});

test('R-44: timetable facts; dates in the wrong order are named', () => {
  expect(facts('F-10')).toEqual({
    complete: true,
    missing: [],
    rows: 1,
    keyNodes: 1,
    floatDays: 2,
    deliveryDate: '2026-04-20',
    changes: ['2026-04-18>2026-04-20'],
    wrong: [],
  });
  expect(codes('F-10', { rows: [{ stage: '初稿', owner: '设计', start: '2026-03-20', end: '2026-03-13' }] })).toEqual([
    ['rows', 'RULE'],
  ]);
  expect(codes('F-10', { deliveryDate: '2026-03-01' })).toEqual([['deliveryDate', 'RULE']]);
});

test('R-46: the external version shows neither internal rows nor the float', () => {
  const full = timetable.schema.parse(samples['F-10']);
  const row = full.rows[0];
  if (row === undefined) throw new Error('the sample has a row');
  const outside = externalTimetable({
    ...full,
    version: 'internal',
    rows: [row, { ...row, stage: '内审', internalOnly: true }],
  });
  expect(outside.version).toBe('external');
  expect(outside.rows.map((one) => one.stage)).toEqual(['初稿']);
  expect('floatDays' in outside).toBe(false);
});

test('R-105, R-106, R-107: the plan names missing modules, printed set and electronic version', () => {
  expect(facts('F-19')).toEqual({
    complete: true,
    missing: [],
    missingModules: [],
    printedSet: true,
    electronic: true,
  });
  expect(facts('F-19', { expectedEffect: '', printedSet: false, electronic: [] })).toMatchObject({
    missingModules: ['expectedEffect'],
    printedSet: false,
    electronic: false,
  });
});

describe('R-108, R-109: a presentation item', () => {
  const item = { name: '稿', specification: 'A1', colour: '四色', process: '覆膜', electronic: true, printed: true };
  const problems = (...items: Record<string, unknown>[]) => facts('F-20', { items })['itemProblems'];

  test.each([
    [{ ...item, adType: 'pressAd' }, ['pressAd 1: board']],
    [{ ...item, adType: 'poster', board: true }, []],
    [{ ...item, adType: 'pos', board: false }, ['pos 1: board']],
    [{ ...item, adType: 'brochure' }, ['brochure 1: dummy']],
    [{ ...item, adType: 'tvc' }, ['tvc 1: script']],
    [{ ...item, adType: 'tvc', script: '清晨，茶园。' }, []],
    [{ ...item, adType: 'radio', printed: false }, ['radio 1: printed']],
    [
      { name: '稿', adType: 'online', electronic: true, printed: true },
      ['online 1: specification', 'online 1: colour', 'online 1: process'],
    ],
    [{ ...item }, ['item 1: adType']],
  ])('%j lacks %j', (one, lacks) => {
    expect(problems(one)).toEqual(lacks);
  });

  test('the row is counted', () => {
    expect(problems({ ...item, adType: 'radio' }, { ...item, adType: 'tvc' })).toEqual(['tvc 2: script']);
  });
});

describe('money', () => {
  const rule = (field: string): string[] => [field, 'RULE'];

  test('quotation and estimate facts', () => {
    expect(facts('F-35')).toEqual({
      complete: true,
      missing: [],
      items: 2,
      stages: 2,
      totalFen: 1_050_000,
      sumsRight: true,
      lumpSum: false,
      managerConsulted: true,
    });
    expect(facts('F-36')).toEqual({
      complete: true,
      missing: [],
      items: 1,
      totalFen: 800_000,
      sumsRight: true,
      suppliers: 1,
    });
  });

  test('R-89: one fen off in a line or in the total is found', () => {
    expect(facts('F-35', { totalFen: 1_050_001 })).toMatchObject({ sumsRight: false });
    expect(codes('F-35', { totalFen: 1_050_001 })).toEqual([rule('totalFen')]);
    const items = [
      { item: '印刷', supplier: '华印', quantity: 500, unit: '张', unitPriceFen: 1_601, amountFen: 800_000 },
    ];
    expect(codes('F-36', { items })).toEqual([rule('totalFen')]);
    expect(facts('F-36', { items })).toMatchObject({ sumsRight: false });
  });

  test('R-26: a lump sum is refused, however it is dressed', () => {
    const lump = { stage: '全部', item: '一口价', quantity: 1, unit: '项', unitPriceFen: 100, amountFen: 100 };
    const plain = { ...lump, item: '创意' };
    expect(codes('F-35', { items: [plain], totalFen: 100 })).toEqual([rule('items')]);
    expect(facts('F-35', { items: [lump, plain], totalFen: 200 })).toMatchObject({ lumpSum: true });
    expect(facts('F-35', { items: [plain, plain], totalFen: 200 })).toMatchObject({ lumpSum: false, sumsRight: true });
  });

  test('R-25: without the talk with the manager the fact says so', () => {
    expect(facts('F-35', { managerConsulted: false, consultedWith: undefined, consultedAt: undefined })).toMatchObject({
      managerConsulted: false,
      complete: true,
    });
    expect(codes('F-35', { consultedWith: undefined })).toEqual([['consultedWith', 'MISSING']]);
  });

  test('money is whole fen: a fraction, a text and a negative amount are named', () => {
    expect(codes('F-36', { totalFen: 0.5 })[0]).toEqual(['totalFen', 'TYPE']);
    expect(codes('F-36', { totalFen: '800000' })[0]).toEqual(['totalFen', 'TYPE']);
    expect(codes('F-36', { totalFen: -1 })[0]).toEqual(['totalFen', 'RANGE']);
  });
});

test('R-85: receipt facts carry the checksums whole, forty of them inside 4 KB', () => {
  const contents = Array.from({ length: 40 }, (_, row) => ({
    piece: `p${row}`,
    version: 1,
    checksum: row.toString(16).padStart(64, '0'),
  }));
  const frozen = facts('F-23', { contents });
  expect(frozen).toMatchObject({ contents: 40, complete: true });
  expect(frozen['hashes']).toHaveLength(40);
  expect(Buffer.byteLength(JSON.stringify(frozen))).toBeLessThanOrEqual(4096);
});

test('F-09 names its pieces, F-54 whether both corrections are stated', () => {
  expect(facts('F-09')).toEqual({ complete: true, missing: [], pieces: ['poster'] });
  expect(facts('F-54')).toEqual({ complete: true, missing: [], strategyCorrection: true, executionCorrection: true });
  expect(facts('F-54', { executionCorrection: '' })).toMatchObject({ executionCorrection: false, complete: false });
});

test('R-83: a sheet for finished artwork states the printed sample; a signed proof its receipt (R-86)', () => {
  expect(facts('F-21', { sampleSize: undefined }).missing).toEqual(['sampleSize']);
  expect(facts('F-21', { kind: 'FINAL_DESIGN', sampleSize: undefined, sampleMadeAt: undefined }).complete).toBe(true);
  expect(facts('F-21', { kind: 'PROOF' }).missing).toEqual(['receivedBy', 'receiptAt']);
});

test('a finding always names a field of its form', () => {
  for (const form of Object.values(forms)) {
    const found: readonly Finding[] = form.findings({});
    for (const { field } of found) expect(Object.keys(form.schema.shape)).toContain(field);
  }
});

test('facts stay within 4 KB when every list is as full as the form allows', () => {
  const longId = (n: number): string => `p${String(n).padStart(63, '0')}`;
  const fill = <T>(n: number, of: (at: number) => T): T[] => Array.from({ length: n }, (_, at) => of(at));
  const full = [
    facts('F-04', {
      workTypes: workTypes,
      materialMissing: fill(50, () => '👍'.repeat(200)),
      executors: fill(20, (at) => ({ person: longId(at), role: 'ARTIST' })),
      supervisors: fill(8, longId),
      tonality: undefined,
    }),
    facts('F-09', { items: fill(40, (at) => ({ piece: longId(at) })) }),
    facts('F-20', { items: fill(60, () => ({ adType: 'brochure' })) }),
  ];
  for (const one of full) expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThanOrEqual(4096);
  expect(full[0]?.['executors']).toHaveLength(20);
  expect(full[1]?.['pieces']).toHaveLength(40);
  expect(full[2]?.['itemProblems']).toHaveLength(21);
});

test('R-20: the recommendation after an assessment says where it differs and what we suggest; other strategy papers need not', () => {
  const form = forms['F-24'];
  const { difference: _difference, proposal: _proposal, ...rest } = samples['F-24'];
  expect(freeze(form, rest).facts).toMatchObject({ complete: false, missing: ['difference', 'proposal'] });
  expect(freeze(form, { ...rest, kind: 'annual' }).facts).toMatchObject({ complete: true, kind: 'annual' });
});
