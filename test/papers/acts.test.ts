import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import type { Verb } from '../../domain/circulation/acts.ts';
import type { FrozenPaper, JobAct, PointId } from '../../domain/job/acts.ts';
import { actWords } from '../../domain/wording/acts.ts';
import { jobSchemas, type pointIds } from '../../papers/acts-job.ts';
import { verbSchemas } from '../../papers/acts-verbs.ts';
import { acts, freezeAct, parseAct, type OutsideAct } from '../../papers/acts.ts';
import { freeze } from '../../papers/form.ts';
import { forms } from '../../papers/index.ts';
import { samples } from './samples.ts';

type Frozen<T> = T extends readonly (infer U)[]
  ? readonly Frozen<U>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T;
type WithFrozen<T> = T extends { paper: unknown }
  ? Omit<T, 'paper'> & { paper: FrozenPaper }
  : T extends { paper?: unknown }
    ? Omit<T, 'paper'> & { paper?: FrozenPaper }
    : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Parsed<S extends Record<string, z.ZodType>> = { [K in keyof S]: Frozen<WithFrozen<z.output<S[K]>>> };
type JobByType = { [K in JobAct['type']]: Extract<JobAct, { type: K }> };
type VerbByType = { [K in Verb['type']]: Extract<Verb, { type: K }> };
type AllSame<A, B> = { [K in keyof A]: K extends keyof B ? Same<A[K], B[K]> : false };

const hash = 'b'.repeat(64);
const where = { circulation: 'artworkQc:P1', round: 1, step: 'copywriter' };
const at = '2026-03-12T08:30:00.000Z';
const paper = { form: 'F-01', content: samples['F-01'] };

const good: Readonly<Record<OutsideAct['type'], Record<string, unknown>>> = {
  request: {
    title: '春季海报',
    clientId: 'yunfeng',
    brandId: 'yunfeng',
    lineId: 'lvcha',
    brandCode: 'YF',
    lineCode: 'LC',
    ownerId: 'ae-1',
    workTypes: ['print'],
    important: false,
    qcRoute: 'qcSeven',
    wantedDate: '2026-04-20',
    budgetFen: 100,
    paper,
  },
  holdBriefing: { heldAt: at, client: ['c'], account: ['a'], creative: [] },
  assess: { evaluation: '一', discussion: '二', study: '三', recommendation: '四', differs: false },
  openNumber: {},
  huddle: { heldAt: at, people: ['a'], objections: [] },
  file: { paper, suffix: 'V2' },
  submit: {
    point: 'workOrder',
    paper: { form: 'F-04', content: samples['F-04'] },
    notApplicable: [{ step: 'media', reason: '无媒介' }],
  },
  addPiece: { pieceId: 'poster', name: '海报', workType: 'print', specification: 'A1', needsProof: true },
  submitVersion: {
    pieceId: 'poster',
    stage: 'DRAFT',
    hash,
    fileNames: ['20260312_海报_过程稿.pdf'],
    printedSample: { size: 'A4', madeAt: at },
  },
  prepareProposal: { kind: 'CONCEPT' },
  scheduleProposal: { at, place: '会议室', participants: ['a'] },
  holdProposal: { heldAt: at, attended: ['a'], feedback: [{ kind: 'doubt', words: '太暗' }] },
  answerOpinion: { opinionId: 'o1', done: true, words: '已改' },
  recordOpinion: { kind: 'correction', words: '放大', from: 'c', source: 'phone', important: true },
  reportOpinion: { opinionId: 'o1' },
  callMeeting: { at, place: '会议室', people: ['a', 'b'] },
  recordMeeting: {
    heldAt: at,
    people: ['a'],
    progress: [
      { module: 'poster', standing: 'late', words: '缺照片' },
      { module: 'work-media', standing: 'onTrack' },
    ],
  },
  recordFollowUp: { shooting: '无', period: '四周', productionPrice: '见报价', mediaPrice: '不适用' },
  rejectProposal: { words: '客户来信，不再继续' },
  raiseRevision: {
    from: 'c',
    source: 'phone',
    words: '标题放大',
    pieceIds: ['poster'],
    opinionIds: ['o1'],
    toProposal: false,
  },
  dropRevision: { revision: 1, words: '客户不改了' },
  startProduction: {},
  reachNode: { node: '2026-09-25 创意确认' },
  track: {},
  evaluate: { strategy: '无', execution: '无' },
  archive: {},
  hold: { words: '客户要求' },
  resume: {},
  cancel: { words: '客户取消' },
  reopen: { words: '补件' },
  changeOwner: { to: 'ae-2', words: '休假' },
  askAgain: { ...where, personId: 'b' },
  nudge: { ...where, words: '客户下午要看' },
  sign: { ...where, hash, checklist: [{ item: 'C-06', answer: 'pass' }] },
  return: { ...where, kind: 'return', hash, reason: 'TEXT_ERROR', words: '第二行有错字' },
  note: { ...where, note: { kind: 'onIt', until: at }, words: '正在看' },
  handOver: { ...where, how: 'delegate', to: 'b', words: '出差' },
  withdraw: { circulation: 'workOrder', round: 2, words: '点错' },
  moveDate: { ...where, dueAt: at, words: '客户延期' },
};

test('the shapes give exactly the types of the domain, papers apart', () => {
  expectTypeOf<
    Same<AllSame<JobByType, Parsed<typeof jobSchemas>>, { [K in keyof JobByType]: true }>
  >().toEqualTypeOf<true>();
  expectTypeOf<
    Same<AllSame<VerbByType, Parsed<typeof verbSchemas>>, { [K in keyof VerbByType]: true }>
  >().toEqualTypeOf<true>();
  expectTypeOf<(typeof pointIds)[number]>().toEqualTypeOf<PointId>();
  expect(Object.keys({ ...jobSchemas, ...verbSchemas }).sort()).toEqual(Object.keys(actWords).sort());
});

describe.each(acts.map((act) => [act.type, act] as const))('%s', (type, act) => {
  const input = { type, ...good[type] };

  test('a good one is read as it is, has words, and its paper is frozen', () => {
    expect(parseAct(input)).toEqual({ ok: true, act: input });
    expect(act.zh).toMatch(/\p{Script=Han}/u);
    expect(act.description.zh).toMatch(/。$/u);
    const parsed = parseAct(input);
    const frozen = parsed.ok ? freezeAct(parsed.act) : parsed;
    expect(frozen.ok).toBe(true);
  });

  test('an unknown field, a missing field and a field of another type are named', () => {
    const named = (value: unknown): string[] => {
      const parsed = parseAct(value);
      return parsed.ok ? [] : parsed.problems.map((problem) => problem.field);
    };
    expect(named({ ...input, surprise: 1 })).toContain('surprise');
    for (const key of Object.keys(good[type])) {
      expect(named({ ...input, [key]: { $ne: null } }).some((field) => field.startsWith(key))).toBe(true);
    }
  });
});

test('anything at all is answered, never thrown at', () => {
  const types = fc.constantFrom(...acts.map((act) => act.type));
  const guess = fc
    .tuple(types, fc.dictionary(fc.string(), fc.jsonValue()))
    .map(([type, rest]) => ({ ...good[type], ...rest, type }));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        guess,
        fc.constantFrom<unknown>(undefined, null, [], { type: 'toString' }, { type: '__proto__' }),
      ),
      (value) => {
        const parsed = parseAct(value);
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
        else freezeAct(parsed.act);
      },
    ),
  );
});

test('what activities report is no act from outside', () => {
  for (const type of ['stepOpened', 'asked', 'rung', 'unreached', 'numberIssued', 'sealed', 'recorded']) {
    expect(parseAct({ type })).toMatchObject({ ok: false, problems: [{ field: 'type', code: 'NOT_ONE_OF' }] });
  }
});

test('a paper from outside becomes a reference for the core and a whole for the store', () => {
  const parsed = parseAct({ type: 'file', paper });
  if (!parsed.ok) throw new Error('a good act');
  const whole = freeze(forms['F-01'], samples['F-01']);
  const { form, hash: paperHash, facts } = whole;
  expect(freezeAct(parsed.act)).toEqual({
    ok: true,
    act: { type: 'file', paper: { form, hash: paperHash, facts } },
    papers: [whole],
  });
});

test('a paper of the wrong shape is refused with the path of its field; an unfinished one is the guards’ to refuse', () => {
  const frozen = (content: Record<string, unknown>) => {
    const parsed = parseAct({ type: 'file', paper: { form: 'F-01', content } });
    return parsed.ok ? freezeAct(parsed.act) : parsed;
  };
  expect(frozen({ ...samples['F-01'], need: 5 })).toMatchObject({
    ok: false,
    problems: [{ field: 'paper.content.need', code: 'TYPE' }],
  });
  expect(frozen({})).toMatchObject({ ok: true, act: { paper: { facts: { complete: false } } } });
});

test('a submission without a paper stays without one', () => {
  const parsed = parseAct({ type: 'submit', point: 'internalAgreement' });
  expect(parsed.ok && freezeAct(parsed.act)).toEqual({
    ok: true,
    act: { type: 'submit', point: 'internalAgreement' },
    papers: [],
  });
});

test('words of a decision hold 4,000 characters and not one more', () => {
  const words = (n: number) => parseAct({ type: 'hold', words: '字'.repeat(n) });
  expect(words(4000).ok).toBe(true);
  expect(words(4001)).toMatchObject({
    ok: false,
    problems: [{ field: 'words', code: 'TOO_LONG', zh: '“说明”太长，最多 4000 字。' }],
  });
});

test('every act has a JSON Schema for the description of the API, closed against unknown fields', () => {
  for (const act of acts) {
    const schema = z.toJSONSchema(act.schema, { io: 'input' });
    expect(schema.additionalProperties, act.type).toBe(false);
    expect(schema.required, act.type).toContain('type');
  }
});
