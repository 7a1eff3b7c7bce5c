import { describe, expect, test } from 'vitest';
import type { MailEffect } from '../../../domain/job/effects.ts';
import type { Agency } from './agency.ts';
import { bookUntil, orderPaper, paper, submitsForAgreement } from './agency.ts';

/** Who is told that nothing is needed any more since the mails counted so far, each with the desks. */
const told = (a: Agency, from: number): readonly string[] =>
  notices(a, from).map(({ input: { to, desks = [] } }) =>
    [
      'personId' in to ? to.personId : to.position,
      ...desks.map(({ circulation, step }) => `${circulation}.${step}`),
    ].join(' '),
  );
const notices = (a: Agency, from: number): readonly MailEffect[] =>
  a.mails.slice(from).filter(({ input }) => input.kind === 'notNeeded');

/** Creative director and account manager are asked side by side. */
function agreement(): Agency {
  const a = bookUntil('CREATING');
  submitsForAgreement(a);
  return a;
}

/** Pieces whose first drafts lie with the creative director. */
function withDrafts(...pieces: readonly string[]): Agency {
  const a = bookUntil('CREATING');
  a.does('manager', { type: 'prepareProposal', kind: 'CONCEPT' });
  for (const pieceId of pieces) {
    const about = { name: pieceId, workType: 'print', specification: 'A1', needsProof: true } as const;
    a.does('executive', { type: 'addPiece', pieceId, ...about });
    a.does('designer', a.version(pieceId, 'DRAFT'));
  }
  return a;
}

/** What the client said on the telephone about the poster. */
const spoken = { from: 'contact', source: 'phone', pieceIds: ['poster'], opinionIds: [], toProposal: false } as const;

describe('issue 4, 6: who was asked and has not answered hears once that nothing is needed any more', () => {
  test('a round that was sent back: whoever was asked beside, not who sent it back nor who signed', () => {
    const a = agreement();
    const from = a.mails.length;
    a.does('creativeDirector', a.returnAct('internalAgreement', 'creativeDirector', 'object'));
    expect(told(a, from)).toEqual(['manager internalAgreement:P1.accountManager']);
    expect(notices(a, from)[0]?.input.words).toBe('headline larger\nlogo missing');
    const b = agreement();
    b.signs('internalAgreement', 'accountManager');
    const then = b.mails.length;
    b.does('creativeDirector', b.returnAct('internalAgreement', 'creativeDirector', 'object'));
    expect(told(b, then)).toEqual([]);
  });

  test('an order that was refused while media was asked beside; who hears of the refusal anyway gets no second mail', () => {
    const a = bookUntil('OPENED');
    a.submit('executive', 'timetable', paper('F-10'));
    a.signs('timetable', 'client');
    a.does('executive', { type: 'huddle', heldAt: a.at, people: ['creativeDirector', 'designer'], objections: [] });
    a.submit('executive', 'workOrder', orderPaper({ hasMedia: true }));
    a.signs('workOrder', 'accountDirector', 'creativeDirector');
    const from = a.mails.length;
    a.does('artDirector', a.returnAct('workOrder', 'artDirector', 'refuse'));
    expect(told(a, from)).toEqual([`media ${mediaDesk(a)}`]);
  });

  test('a paper that was taken back: who had it, with the reason', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    const { id: circulation, round } = a.running('workOrder');
    const from = a.mails.length;
    a.does('executive', { type: 'withdraw', circulation, round, words: '预算还没定' });
    expect(told(a, from)).toEqual(['director workOrder.accountDirector']);
    expect(notices(a, from)[0]?.input).toMatchObject({ words: '预算还没定', route: { key: 'accountDirector' } });
  });

  test('a cancelled job: one mail a person whatever it asked them, none to who cancelled it', () => {
    const a = agreement();
    const from = a.mails.length;
    a.does('manager', { type: 'cancel', words: '客户撤回了预算' });
    expect(told(a, from)).toEqual(['creativeDirector internalAgreement:P1.creativeDirector']);
    expect(notices(a, from)[0]?.input.words).toBe('客户撤回了预算');
    const b = agreement();
    b.does('designer', b.version('poster', 'DRAFT'));
    const both = b.mails.length;
    b.does('director', { type: 'cancel', words: 'x' });
    expect([...told(b, both)].sort()).toEqual([
      'creativeDirector draftGate:poster.creativeDirector internalAgreement:P1.creativeDirector',
      'manager internalAgreement:P1.accountManager',
    ]);
  });

  test('a client hears of it too, without the agency’s reasons', () => {
    const a = bookUntil('OPENED');
    a.submit('executive', 'timetable', paper('F-10'));
    const from = a.mails.length;
    a.does('manager', { type: 'cancel', words: '客户不付款' });
    expect(told(a, from)).toEqual(['contact timetable.client']);
    expect(notices(a, from)[0]?.input).not.toHaveProperty('words');
  });

  test('of several at one desk one has signed: the others hear that it is done', () => {
    const a = bookUntil('ARTWORK_QC');
    const { id: circulation, round } = a.running('artworkQc');
    const at = { circulation, round, step: 'copywriter' } as const;
    a.does('manager', { type: 'handOver', ...at, how: 'add', to: 'media', words: 'help out' });
    const from = a.mails.length;
    a.does('media', a.signAct('artworkQc', 'copywriter'));
    expect(told(a, from)).toEqual(['copywriter artworkQc:poster.copywriter']);
    expect(notices(a, from)[0]?.input).not.toHaveProperty('words');
  });

  test('a step that was given to somebody else: who had it, unless they gave it away themselves', () => {
    const a = bookUntil('ARTWORK_QC');
    const { id: circulation, round } = a.running('artworkQc');
    const at = { circulation, round, step: 'copywriter' } as const;
    const from = a.mails.length;
    a.does('manager', { type: 'handOver', ...at, how: 'reassign', to: 'media', words: '出差' });
    expect(told(a, from)).toEqual(['copywriter artworkQc:poster.copywriter']);
    const then = a.mails.length;
    a.does('media', { type: 'handOver', ...at, how: 'delegate', to: 'copywriter', words: '您来' });
    expect(told(a, then)).toEqual([]);
  });

  test('a desk that was given to a stand-in by somebody else: who had it; giving it away oneself tells nobody', () => {
    const a = bookUntil('ARTWORK_QC');
    const { id: circulation, round } = a.running('artworkQc');
    const at = { circulation, round, step: 'copywriter' } as const;
    a.does('manager', { type: 'handOver', ...at, how: 'add', to: 'media', words: 'help out' });
    const from = a.mails.length;
    a.does('media', { type: 'handOver', ...at, how: 'standIn', to: 'strategist', words: '您来' });
    expect(told(a, from)).toEqual([]);
    a.does('manager', { type: 'handOver', ...at, how: 'standIn', to: 'management', words: '两位都病了' });
    expect(told(a, from)).toEqual(['copywriter artworkQc:poster.copywriter', 'strategist artworkQc:poster.copywriter']);
  });

  test('a proposal rejected for good closes several rounds: one mail a person, naming every desk, with the reason', () => {
    const a = withDrafts('poster', 'leaflet', 'banner');
    a.does('executive', { type: 'file', suffix: 'letter', paper: paper('F-18', { kind: 'rejection' }) });
    const from = a.mails.length;
    a.does('executive', { type: 'rejectProposal', words: '客户换了代理' });
    const desks = ['poster', 'leaflet', 'banner'].map((piece) => `draftGate:${piece}.creativeDirector`);
    expect(told(a, from)).toEqual([['creativeDirector', ...desks].join(' ')]);
    expect(notices(a, from)[0]?.input.words).toBe('客户换了代理');
  });

  test('the director closes what hung on a rejected proposal: who was asked hears why, not the director', () => {
    const a = bookUntil('PROPOSED');
    a.submit('executive', 'estimate', paper('F-36', { sumsRight: true }));
    a.does('contact', { ...a.returnAct('proposalComment', 'client'), reason: 'REJECTED_FOR_GOOD' });
    const from = a.mails.length;
    a.does('director', a.returnAct('rejectionReview', 'accountDirector', 'object'));
    expect(told(a, from)).toEqual(['manager estimate.inside']);
    expect(notices(a, from)[0]?.input.words).toBe('headline larger\nlogo missing');
  });

  test('a revision that is dropped: the client who was asked for its direction, without the words of the agency', () => {
    const a = bookUntil('PROPOSED');
    a.does('executive', { type: 'raiseRevision', ...spoken, words: '标题大一点' });
    a.submit('executive', 'revisionDirection', paper('F-18'));
    const from = a.mails.length;
    a.does('executive', { type: 'dropRevision', revision: 1, words: '客户又改主意了' });
    expect(told(a, from)).toEqual(['contact revisionDirection:R1.client']);
    expect(notices(a, from)[0]?.input).not.toHaveProperty('words');
  });

  test('closed and cancelled within one moment of the clock: each is told once, by what closed it', () => {
    const a = withDrafts('poster');
    const { id: circulation, round } = a.running('draftGate');
    const from = a.mails.length;
    a.does('designer', { type: 'withdraw', circulation, round, words: '传错了' });
    a.now = Date.parse(a.state.circulations[circulation]?.endedAt ?? '') - 60_000;
    a.does('manager', { type: 'cancel', words: 'x' });
    expect(told(a, from)).toEqual(['creativeDirector draftGate:poster.creativeDirector']);
  });

  test('a round that everybody signed tells nobody so', () => {
    expect(told(bookUntil('ARCHIVED'), 0)).toEqual([]);
  });
});

describe('design §8: what comes back asks anew, in a mail of its own', () => {
  const asks = (a: Agency, from: number): readonly string[] =>
    a.mails.slice(from).flatMap(({ name, input }) => (input.kind === 'ask' ? [name] : []));
  const unlike = (names: readonly string[], before: readonly string[]): boolean =>
    names.every((name) => !before.includes(name));

  test('a no that was taken back: who was asked beside is asked once more', () => {
    const a = agreement();
    const before = asks(a, 0);
    const { id: circulation, round } = a.running('internalAgreement');
    a.does('creativeDirector', a.returnAct('internalAgreement', 'creativeDirector', 'object'));
    const from = a.mails.length;
    a.does('creativeDirector', { type: 'withdraw', circulation, round, step: 'creativeDirector', words: '按错了' });
    const again = asks(a, from).filter((name) => name.endsWith('/manager'));
    expect(again).toHaveLength(1);
    expect(unlike(again, before)).toBe(true);
  });

  test('a signature that was taken back and given again: whoever was told that it is gone is asked once more', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    a.signs('workOrder', 'accountDirector');
    const before = asks(a, 0);
    const { id: circulation, round } = a.running('workOrder');
    a.does('director', { type: 'withdraw', circulation, round, step: 'accountDirector', words: '按错了' });
    const from = a.mails.length;
    a.signs('workOrder', 'accountDirector');
    expect(asks(a, from)).toHaveLength(1);
    expect(unlike(asks(a, from), before)).toBe(true);
  });
});

/** The desk of media on the order, whichever circulation it became. */
function mediaDesk(a: Agency): string {
  const found = Object.values(a.state.circulations).find(({ stays }) => stays.some(({ step }) => step === 'media'));
  return `${found?.id ?? ''}.media`;
}
