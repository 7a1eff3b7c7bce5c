import { describe, expect, test } from 'vitest';
import type { JobEvent } from '../../../domain/job/events.ts';
import type { Decision } from '../../../domain/circulation/types.ts';
import { standardRoutes } from '../../../domain/circulation/routes.ts';
import { refuse } from '../../../domain/process.ts';
import { historySentence } from '../../../domain/wording/history.ts';
import type { HistoryNames } from '../../../domain/wording/names.ts';
import { refusalTable } from '../../../domain/wording/refusals.ts';
import { sayRefusal } from '../../../domain/wording/say-refusal.ts';

const at = '2026-03-12T08:30:00.000Z';
const hash = 'c'.repeat(64);
const names: HistoryNames = {
  person: (id) =>
    id === 'chen'
      ? { name: '陈默', role: 'COPYWRITER' }
      : id === 'chenEn'
        ? { name: 'Chen Mo', role: 'COPYWRITER' }
        : id === 'li'
          ? { name: '李然', role: 'COPY_CHIEF' }
          : undefined,
  piece: () => '春季海报',
  version: (circulation) => (circulation === 'artworkQc:P1' ? 3 : undefined),
  time: () => '3 月 12 日 16:30',
};
const where = { circulation: 'artworkQc:P1', round: 2, step: 'copywriter' };
const decision: Decision = { id: 'd', verdict: 'sign', personId: 'chen', proof: 'link', at };
const holder = { personId: 'chen', standInFor: 'li', grantId: 'g' };
const about = { kind: 'piece', pieceId: 'P1', stage: 'FINISHED_ARTWORK', version: 3, hash } as const;
const words = '请看';
const paper = {
  key: 'F-08:R1',
  form: 'F-08',
  version: 2,
  hash,
  facts: { complete: true, missing: [] },
  by: 'chen',
  at,
  status: 'filed',
} as const;
const piece = {
  id: 'P1',
  name: '春季海报',
  workType: 'print',
  specification: 'A1',
  final: 'FINISHED_ARTWORK',
  needsProof: true,
  versions: [],
  state: 'creating',
} as const;
const circulation = {
  id: 'artworkQc:P1',
  point: 'artworkQc',
  route: 'qcSeven@1',
  about,
  authorId: 'chen',
  round: 1,
  cause: 'first',
  status: 'running',
  startedAt: at,
  stays: [],
  closedRounds: [],
} as const;

type ByType = { [K in JobEvent['type']]: Extract<JobEvent, { type: K }> };
/** One of every kind; a kind added to the domain and forgotten here does not compile. */
const events: ByType = {
  baselineAccepted: {
    type: 'baselineAccepted',
    baseline: { version: 2, hash, acceptedAt: at, deliveryDate: '2026-04-14' },
  },
  timetableLook: { type: 'timetableLook' },
  timetableCounted: { type: 'timetableCounted', hash, nodes: [], stages: [] },
  nodeAnnounced: {
    type: 'nodeAnnounced',
    node: { name: '创意确认', date: '2026-03-24', at, announceAt: at },
    told: true,
  },
  nodeReached: { type: 'nodeReached', name: '创意确认', date: '2026-03-24', by: 'chen' },
  stageWarned: { type: 'stageWarned', stage: '制作', end: '2026-04-10', percent: 80 },
  floatUsedUp: {
    type: 'floatUsedUp',
    clientMs: 28_800_000,
    agencyMs: 5_400_000,
    holdMs: 0,
    floatDays: 2,
    forecastDate: '2026-04-15',
  },
  extensionDrafted: {
    type: 'extensionDrafted',
    oldDate: '2026-04-14',
    newDate: '2026-04-16',
    clientMs: 72_000_000,
  },
  circulationStarted: { type: 'circulationStarted', circulation },
  roundOpened: {
    type: 'roundOpened',
    circulation: 'artworkQc:P1',
    round: 2,
    cause: 'client',
    about,
    authorId: 'chen',
    stays: [],
  },
  stepOpening: { type: 'stepOpening', ...where },
  stepOpened: {
    type: 'stepOpened',
    ...where,
    holders: [holder],
    dueAt: at,
    provisional: false,
    rungs: [],
    unreachedAt: at,
  },
  asked: { type: 'asked', ...where, personId: 'chen', askedAt: at },
  askedAgain: { type: 'askedAgain', ...where, personId: 'chen', by: 'li' },
  nudged: { type: 'nudged', ...where, by: 'li', people: ['chen'], again: { at, said: '2026-03-12 15:00' }, words },
  askFailed: { type: 'askFailed', ...where, personId: 'chen', why: '地址不存在' },
  decided: { type: 'decided', ...where, decision },
  noted: { type: 'noted', ...where, personId: 'chen', note: { kind: 'onIt', until: at }, words },
  handedOver: { type: 'handedOver', ...where, by: 'chen', how: 'delegate', to: 'li', words },
  handOverAsked: { type: 'handOverAsked', ...where, by: 'chen', to: 'li', words },
  decisionWithdrawn: { type: 'decisionWithdrawn', ...where, by: 'chen', words },
  dateMoved: { type: 'dateMoved', ...where, by: 'chen', from: at, to: at, words },
  recounted: {
    type: 'recounted',
    ...where,
    seq: 7,
    rungs: [{ kind: 'remind', n: 1, at }],
    dueAt: at,
    provisional: false,
  },
  rungClimbed: { type: 'rungClimbed', ...where, n: 1, kind: 'escalate', whom: 'accountDirector' },
  unreachedTold: { type: 'unreachedTold', ...where },
  circulationEnded: {
    type: 'circulationEnded',
    circulation: 'artworkQc:P1',
    round: 2,
    verdict: 'return',
    by: 'chen',
    words,
  },
  requested: {
    type: 'requested',
    by: 'chen',
    title: '春季海报',
    clientId: 'c',
    brandId: 'b',
    lineId: 'l',
    brandCode: 'YF',
    lineCode: 'LC',
    ownerId: 'chen',
    workTypes: ['print'],
    important: false,
    qcRoute: 'qcSeven',
  },
  phaseChanged: { type: 'phaseChanged', from: 'OPENED', to: 'ORDER_SIGNOFF' },
  briefingHeld: { type: 'briefingHeld', heldAt: at, client: ['c'], account: ['chen'], creative: ['li'] },
  assessed: { type: 'assessed', evaluation: '一', discussion: '二', study: '三', recommendation: '四', differs: true },
  strategyAgreed: { type: 'strategyAgreed' },
  numberAsked: { type: 'numberAsked' },
  numberIssued: { type: 'numberIssued', jobNumber: 'YFLC2026001' },
  huddleHeld: { type: 'huddleHeld', heldAt: at, people: ['chen'], objections: ['时间太紧'] },
  paperFiled: { type: 'paperFiled', paper },
  paperStatus: { type: 'paperStatus', key: 'F-04', status: 'passed' },
  routePinned: { type: 'routePinned', key: 'workOrder@1', route: standardRoutes.workOrder },
  pieceAdded: { type: 'pieceAdded', piece },
  versionSubmitted: {
    type: 'versionSubmitted',
    pieceId: 'P1',
    version: { version: 1, stage: 'DRAFT', hash, by: 'chen', at },
    fileNames: [],
  },
  pieceMoved: { type: 'pieceMoved', pieceId: 'P1', state: 'released' },
  proposalChanged: { type: 'proposalChanged', proposal: { no: 1, kind: 'CONCEPT', round: 1, state: 'READY' } },
  proposalHeld: { type: 'proposalHeld', no: 1, heldAt: at, attended: ['chen'] },
  opinionRecorded: { type: 'opinionRecorded', opinion: { id: 'o', kind: 'doubt', words: '太暗', from: 'c', at } },
  opinionReported: { type: 'opinionReported', opinionId: 'o', from: 'c', by: 'chen', words: '太暗' },
  meetingCalled: { type: 'meetingCalled', at, place: '会议室', people: ['li'], by: 'chen' },
  meetingRecorded: {
    type: 'meetingRecorded',
    heldAt: at,
    people: ['li'],
    by: 'chen',
    progress: [
      { module: 'P1', standing: 'late', words: '缺照片' },
      { module: 'work-media', standing: 'onTrack' },
    ],
  },
  opinionAnswered: { type: 'opinionAnswered', opinionId: 'o', done: true, words },
  proposalRejected: { type: 'proposalRejected', no: 1, by: 'chen', words },
  opinionWithdrawn: { type: 'opinionWithdrawn', opinionId: 'o1' },
  revisionChanged: {
    type: 'revisionChanged',
    revision: { ordinal: 1, bornAt: 'proposal', pieceIds: [], opinionIds: [], cause: 'client', state: 'ORDERED' },
  },
  followUpRecorded: {
    type: 'followUpRecorded',
    topics: { shooting: '无', period: '四周', productionPrice: '见报价', mediaPrice: '不适用' },
  },
  directorTold: { type: 'directorTold', about: 'proposalComment', round: 3 },
  evaluated: { type: 'evaluated', strategy: '无', execution: '无' },
  archiveAsked: { type: 'archiveAsked' },
  sealed: { type: 'sealed', hash },
  held: { type: 'held', by: 'chen', words },
  refreshed: { type: 'refreshed', cause: { kind: 'calendar', calendarId: 'office', revision: 2 } },
  brandHandedOver: {
    type: 'brandHandedOver',
    owner: true,
    cause: {
      kind: 'handOver',
      handOverId: 'ho-1',
      revision: 3,
      brandId: 'b1',
      from: 'chen',
      to: 'li',
      roles: ['ACCOUNT_EXECUTIVE'],
      owns: true,
      signed: { giver: 'li', taker: 'li' },
    },
  },
  resumed: { type: 'resumed', by: 'chen' },
  cancelled: { type: 'cancelled', by: 'chen', words },
  reopened: { type: 'reopened', by: 'chen', words },
  ownerChanged: { type: 'ownerChanged', from: 'chen', to: 'li', words },
  commandRefused: { type: 'commandRefused', commandId: 'x', act: 'sign', refusal: refuse('ALREADY_DECIDED') },
};

describe('history', () => {
  test.each(Object.values(events).map((event) => [event.type, event] as const))(
    '%s has a sentence in both languages',
    (_type, event) => {
      const zh = historySentence(event, names, 'zh');
      const en = historySentence(event, names, 'en');
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/[A-Za-z]/);
      expect(zh + en).not.toMatch(/undefined|\[object|[{}]|(?<![A-Za-z])AD(?![A-Za-z])/);
      expect(zh).not.toMatch(/\p{Script=Han}[,:;!?()]/u);
    },
  );

  test('a signature says who, as what, in which round and version', () => {
    expect(historySentence(events.decided, names, 'zh')).toBe('陈默（文案）签字 · 第 2 轮 · 第 3 版');
    const english = { ...events.decided, decision: { ...decision, personId: 'chenEn' } };
    expect(historySentence(english, names, 'en')).toBe('Chen Mo (Copywriter) signed · round 2 · version 3');
  });

  test('R-229: a stand-in’s signature shows both names', () => {
    const event = { ...events.decided, decision: { ...decision, standInFor: 'li' } };
    expect(historySentence(event, names, 'zh')).toBe('陈默（文案）代李然（文案总监）签字 · 第 2 轮 · 第 3 版');
  });

  test('R-39: a refusal says its ground and what is missing', () => {
    const event = {
      ...events.decided,
      decision: {
        ...decision,
        verdict: 'refuse',
        reason: 'MATERIAL_INSUFFICIENT',
        words: '缺产品照片',
        missing: ['产品照片'],
      },
    } as const;
    expect(historySentence(event, names, 'zh')).toBe(
      '陈默（文案）拒单（资料不足；缺：产品照片） · 第 2 轮 · 第 3 版：缺产品照片',
    );
  });

  test('R-55: a meeting says the progress of each module by name', () => {
    expect(historySentence(events.meetingRecorded, names, 'zh')).toBe(
      '项目内部会议于 3 月 12 日 16:30 召开，参加：李然（文案总监）。进展：春季海报 已延误：缺照片；媒介 按计划',
    );
  });

  test('a day of the timetable is said as its reader says days', () => {
    const days: HistoryNames = { ...names, day: () => '4月14日（周二）' };
    for (const event of [events.baselineAccepted, events.nodeAnnounced, events.nodeReached, events.floatUsedUp])
      expect(historySentence(event, days, 'zh')).toContain('4月14日（周二）');
    expect(historySentence(events.extensionDrafted, days, 'en')).not.toMatch(/\d{4}-\d\d-\d\d/);
  });

  test('a person who was erased stays an id, a version nobody knows is left out', () => {
    const event = { ...events.decided, circulation: 'workOrder', decision: { ...decision, personId: 'p-77' } };
    expect(historySentence(event, names, 'en')).toBe('p-77 signed · round 2');
  });
});

describe('refusals', () => {
  test.each(Object.keys(refusalTable))('%s is said without a brace, whatever it brings', (code) => {
    const known = Object.keys(refusalTable).find((one): one is keyof typeof refusalTable => one === code);
    if (known === undefined) throw new Error('a code of the table');
    for (const lang of ['zh', 'en'] as const) expect(sayRefusal(refuse(known), lang)).not.toMatch(/[{}]|undefined/);
  });

  test('phases, titles, fields, papers and check items come in words', () => {
    expect(sayRefusal(refuse('WRONG_PHASE', { params: { phase: 'CREATING' } }), 'zh')).toContain('创作中');
    expect(sayRefusal(refuse('NOT_ALLOWED', { params: { who: 'ACCOUNT_DIRECTOR' } }), 'en')).toContain(
      'Account Director',
    );
    expect(sayRefusal(refuse('FIELD_MISSING', { params: { fields: ['adObjective', 'tonality'] } }), 'zh')).toContain(
      '广告目标、广告调性',
    );
    expect(sayRefusal(refuse('PAPER_MISSING', { params: { papers: ['F-36', 'F-10'] } }), 'en')).toContain(
      'Production Estimate, Timetable',
    );
    expect(sayRefusal(refuse('CHECKLIST_OPEN', { params: { items: ['C-06'] } }), 'zh')).toContain('C-06 无错漏字');
    expect(sayRefusal(refuse('NO_NOT_OFFERED', { params: { kind: 'refuse' } }), 'zh')).toContain('拒单');
    expect(
      sayRefusal(
        refuse('PACKAGE_INCOMPLETE', { params: { items: ['tvc 2: script', 'expectedEffect', 'F-20'] } }),
        'zh',
      ),
    ).toContain('第 2 项（电视广告）：小脚本、预期效果、广告表现提案');
    expect(sayRefusal(refuse('FIELD_WRONG', { params: { name: 'heldAt', why: 'future' } }), 'zh')).toContain(
      '召开时间',
    );
    expect(sayRefusal(refuse('STALE_ROUND', { params: { round: 1, now: 2 } }), 'en')).toContain('round 1');
  });

  test('what people wrote stays as they wrote it, and never fills a second brace', () => {
    expect(sayRefusal(refuse('OBJECTION_OPEN', { params: { what: ['{who} 时间太紧'] } }), 'zh')).toContain(
      '{who} 时间太紧',
    );
    expect(sayRefusal(refuse('LAW_WORDING', { params: { words: ['media', '最佳'] } }), 'zh')).toContain('media、最佳');
  });
});
