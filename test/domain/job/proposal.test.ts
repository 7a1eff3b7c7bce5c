import { describe, expect, test } from 'vitest';
import type { JobAct } from '../../../domain/job/acts.ts';
import type { Agency } from './agency.ts';
import { bookUntil, paper, person } from './agency.ts';

const file = (
  form: string,
  facts: Record<string, string | number | boolean | readonly string[]> = {},
  suffix?: string,
): JobAct => ({
  type: 'file',
  paper: paper(form, facts),
  ...(suffix ? { suffix } : {}),
});
const items = () => file('F-20', { itemProblems: [] });
const agree: JobAct = { type: 'submit', point: 'internalAgreement' };
const held = (a: Agency): JobAct => ({
  type: 'holdProposal',
  heldAt: a.at,
  attended: ['creativeDirector'],
  feedback: [{ kind: 'doubt', words: 'too dark?' }],
});
const schedule = (a: Agency): JobAct => ({
  type: 'scheduleProposal',
  at: a.at,
  place: 'room',
  participants: ['executive'],
});

/** The concept is prepared and its items are filed. */
function prepared(kind: 'CONCEPT' | 'DETAILED' = 'CONCEPT'): Agency {
  const a = bookUntil('CREATING');
  a.does('manager', { type: 'prepareProposal', kind });
  a.does('executive', items());
  return a;
}
function shown(a: Agency): void {
  a.does('executive', agree);
  a.signs('internalAgreement', 'creativeDirector', 'accountManager');
  a.does('executive', schedule(a));
  a.does('executive', held(a));
}
/** The client sends it back; direction, order and answers follow until it can be agreed on again. */
function corrected(a: Agency): void {
  a.does('contact', a.returnAct('proposalComment', 'client'));
  const revision = a.state.revisions.length;
  a.submit('executive', 'revisionDirection', paper('F-18'), { revision });
  a.signs('revisionDirection', 'client');
  a.submit('executive', 'revisionOrder', paper('F-08', { originalJobNumber: a.state.jobNumber ?? '' }), { revision });
  a.signs('revisionOrder', 'creative', 'executor');
  for (const one of a.state.opinions.filter((opinion) => !opinion.answer))
    a.does('executive', { type: 'answerOpinion', opinionId: one.id, done: true, words: 'done' });
  a.does('executive', items());
}
const last = (a: Agency) => a.state.proposals.at(-1);

describe('proposals', () => {
  test('R-103, P-56: the concept first; only an account manager skips it; its yes opens the detailed one', () => {
    expect(bookUntil('CREATING').refused('executive', { type: 'prepareProposal', kind: 'DETAILED' })).toBe(
      'NOT_ALLOWED',
    );
    expect(bookUntil('CREATING').refused('manager', { type: 'prepareProposal', kind: 'DETAILED' })).toBeUndefined();
    const a = prepared();
    expect(a.refused('executive', { type: 'prepareProposal', kind: 'CONCEPT' })).toBe('IN_CIRCULATION');
    shown(a);
    a.signs('proposalComment', 'client');
    expect([a.state.phase, last(a)?.state]).toEqual(['CREATING', 'AGREED']);
    expect(a.refused('executive', { type: 'prepareProposal', kind: 'CONCEPT' })).toBe('ALREADY_DECIDED');
    a.does('executive', { type: 'prepareProposal', kind: 'DETAILED' });
    a.does('executive', items());
    shown(a);
    a.signs('proposalComment', 'client');
    expect(a.state.phase).toBe('CLIENT_CONFIRMED');
  });

  test('R-105, R-106, R-107, R-108: what the package lacks is named', () => {
    const a = bookUntil('CREATING');
    a.does('executive', { type: 'prepareProposal', kind: 'CONCEPT' });
    const gaps = () => a.send(person('executive'), agree)?.params?.['items'];
    expect(gaps()).toEqual(['F-19', 'F-20']);
    a.does('executive', file('F-19', { missingModules: ['budget'], printedSet: false, electronic: true }));
    expect(gaps()).toEqual(['budget', 'printedSet']);
    a.does('executive', file('F-19', { missingModules: [], printedSet: true, electronic: true }));
    a.does('executive', file('F-20', { itemProblems: ['1.colour'] }));
    expect(gaps()).toEqual(['1.colour']);
    a.does('executive', items());
    expect(gaps()).toBeUndefined();
  });

  test('R-102, R-104: an objection inside blocks the proposal; nobody schedules around it', () => {
    const a = prepared();
    expect(a.refused('executive', schedule(a))).toBe('WRONG_PHASE');
    a.does('executive', agree);
    expect(a.refused('executive', schedule(a))).toBe('DISAGREEMENT');
    a.does('creativeDirector', {
      ...a.returnAct('internalAgreement', 'creativeDirector', 'object'),
      reason: 'STRATEGY',
    });
    expect([a.state.phase, last(a)?.state]).toEqual(['CREATING', 'PREPARING']);
    expect(a.refused('executive', items())).toBeUndefined();
    a.does('executive', agree);
    expect(a.refused('executive', items())).toBe('IN_CIRCULATION');
    a.signs('internalAgreement', 'creativeDirector', 'accountManager');
    expect(a.refused('executive', schedule(a))).toBeUndefined();
  });

  test('R-104: a package changed after the agreement is agreed on again before anybody sees it', () => {
    const a = prepared();
    a.does('executive', agree);
    a.signs('internalAgreement', 'creativeDirector', 'accountManager');
    a.does('executive', schedule(a));
    a.does('executive', items());
    expect([a.state.phase, last(a)?.state, last(a)?.round]).toEqual(['CREATING', 'PREPARING', 1]);
    expect(a.refused('executive', held(a))).toBe('WRONG_PHASE');
    shown(a);
    expect(a.refused('executive', items())).toBe('IN_CIRCULATION');
    expect(a.running('proposalComment').about.hash).toBe(a.state.papers['F-20']?.hash);
  });

  test('R-110, R-117: who attended and what the client doubted are recorded', () => {
    const a = prepared();
    a.does('executive', agree);
    a.signs('internalAgreement', 'creativeDirector', 'accountManager');
    a.does('executive', schedule(a));
    expect(a.refused('executive', { ...held(a), attended: [] } as JobAct)).toBe('FIELD_MISSING');
    a.does('executive', held(a));
    expect(a.state.opinions).toMatchObject([{ kind: 'doubt', words: 'too dark?', proposal: 1 }]);
    expect(a.refused('contact', { type: 'recordOpinion', kind: 'question', words: ' ', from: 'contact' })).toBe(
      'FIELD_MISSING',
    );
    expect(
      a.refused('contact', { type: 'recordOpinion', kind: 'question', words: 'x'.repeat(4001), from: 'contact' }),
    ).toBe('TOO_LONG');
  });

  test('R-112, R-113: opinions, direction, order, every opinion answered, then it is shown again', () => {
    const a = prepared();
    shown(a);
    a.does('contact', a.returnAct('proposalComment', 'client'));
    expect([a.state.phase, last(a)?.state]).toEqual(['REVISING', 'OPINIONS_RECEIVED']);
    expect(a.refused('executive', agree)).toBe('UNKNOWN_OBJECT');
    a.submit('executive', 'revisionDirection', paper('F-18'));
    a.signs('revisionDirection', 'client');
    a.submit('executive', 'revisionOrder', paper('F-08', { originalJobNumber: a.state.jobNumber ?? '' }));
    a.signs('revisionOrder', 'creative', 'executor');
    expect(last(a)?.state).toBe('CORRECTING');
    expect(a.send(person('executive'), agree)).toMatchObject({ code: 'OPINIONS_UNANSWERED', params: { n: 3 } });
    expect(a.refused('executive', { type: 'answerOpinion', opinionId: 'o1', done: false, words: '' })).toBe(
      'FIELD_MISSING',
    );
    expect(a.refused('executive', { type: 'answerOpinion', opinionId: 'o9', done: true, words: '' })).toBe(
      'UNKNOWN_OBJECT',
    );
    for (const id of ['o1', 'o2', 'o3'])
      a.does('executive', { type: 'answerOpinion', opinionId: id, done: false, words: 'stays, because' });
    a.does('executive', items());
    shown(a);
    expect(last(a)).toMatchObject({ round: 2, state: 'AWAITING_COMMENT' });
    a.signs('proposalComment', 'client');
    expect(a.state.revisions.map((one) => one.state)).toEqual(['CONFIRMED']);
  });

  test('R-119: from the third round on the account director is told, once a round; an objection inside makes no round', () => {
    const a = prepared();
    const told = () => a.mails.filter((one) => one.input.kind === 'directorTold').length;
    shown(a);
    corrected(a);
    a.does('executive', agree);
    a.does('creativeDirector', { ...a.returnAct('internalAgreement', 'creativeDirector', 'object'), reason: 'IDEA' });
    expect([a.state.phase, last(a)?.round]).toEqual(['REVISING', 1]);
    shown(a);
    expect([last(a)?.round, told()]).toEqual([2, 0]);
    corrected(a);
    shown(a);
    expect([last(a)?.round, told()]).toEqual([3, 1]);
    corrected(a);
    shown(a);
    expect([last(a)?.round, told()]).toEqual([4, 2]);
    expect(new Set(a.mails.filter((one) => one.input.kind === 'directorTold').map((one) => one.name)).size).toBe(2);
  });

  test('R-62, R-93: while the client’s comment is worked in no artwork is made', () => {
    const a = bookUntil('PROPOSED');
    corrected(a);
    expect(a.refused('designer', a.version('poster', 'FINISHED_ARTWORK'))).toBe('WRONG_PHASE');
    expect(a.refused('designer', a.version('poster', 'DRAFT'))).toBeUndefined();
    a.signs('draftGate', 'creativeDirector', 'accountManager');
    expect(a.state.revisions[0]?.state).toBe('RELEASED');
  });

  test('a piece the correction left as it was stands where it stood', () => {
    const a = bookUntil('PROPOSED');
    corrected(a);
    expect(a.state.pieces['poster']?.state).toBe('revising');
    shown(a);
    a.signs('proposalComment', 'client');
    expect(a.state.pieces['poster']?.state).toBe('released');
  });

  test('a paper that circulates or was signed is never overwritten by filing another', () => {
    const a = bookUntil('PROPOSED');
    a.does('contact', a.returnAct('proposalComment', 'client'));
    a.submit('executive', 'revisionDirection', paper('F-18'));
    expect(a.refused('executive', file('F-18', {}, 'R1'))).toBe('IN_CIRCULATION');
    a.signs('revisionDirection', 'client');
    expect(a.refused('executive', file('F-18', {}, 'R1'))).toBe('ALREADY_DECIDED');
    expect(a.refused('executive', file('F-18', {}, 'call'))).toBeUndefined();
    expect(a.refused('executive', file('F-04'))).toBe('FIELD_WRONG');
  });
});

describe('after the client’s yes', () => {
  const followUp = (more: object = {}): JobAct => ({
    type: 'recordFollowUp',
    shooting: '不适用',
    period: '4 周',
    productionPrice: '¥ 1',
    mediaPrice: '不适用',
    ...more,
  });
  const quoted = (a: Agency) => {
    a.submit('executive', 'quotationConsent', paper('F-35', { lumpSum: false, sumsRight: true }));
    a.signs('quotationConsent', 'head');
  };

  test('R-114: four topics are talked over; one that does not apply is said so', () => {
    const a = bookUntil('CLIENT_CONFIRMED');
    for (const topic of ['shooting', 'period', 'productionPrice', 'mediaPrice'])
      expect(a.send(person('executive'), followUp({ [topic]: ' ' })), topic).toMatchObject({
        params: { fields: [topic] },
        rule: 'R-114',
      });
    expect(a.refused('executive', { type: 'submit', point: 'confirmation', paper: paper('F-22') })).toBe(
      'FIELD_MISSING',
    );
  });

  test('R-25, R-26, R-89: a quotation is broken down, adds up, and has its consent before the client confirms it', () => {
    const a = bookUntil('CLIENT_CONFIRMED');
    a.does('executive', followUp());
    const quote = (facts: { lumpSum: boolean; sumsRight: boolean }): JobAct => ({
      type: 'submit',
      point: 'quotationConsent',
      paper: paper('F-35', facts),
    });
    expect(a.refused('executive', quote({ lumpSum: true, sumsRight: true }))).toBe('FIELD_WRONG');
    expect(a.refused('executive', quote({ lumpSum: false, sumsRight: false }))).toBe('FIELD_WRONG');
    expect(a.refused('executive', { type: 'submit', point: 'confirmation', paper: paper('F-22') })).toBe(
      'PAPER_MISSING',
    );
    quoted(a);
    expect(a.refused('executive', { type: 'submit', point: 'confirmation', paper: paper('F-22') })).toBeUndefined();
  });

  test('R-115, R-92: making starts on a written yes, not on a spoken one', () => {
    const a = bookUntil('CLIENT_CONFIRMED');
    a.does('executive', followUp());
    quoted(a);
    a.submit('executive', 'confirmation', paper('F-22'));
    const { id: circulation, round } = a.running('confirmation');
    const before = a.mails.length;
    a.does('executive', {
      type: 'note',
      circulation,
      round,
      step: 'client',
      note: { kind: 'spoken', verdict: 'yes', evidence: 'phone' },
      words: 'fine',
    });
    expect(a.mails.slice(before).map((one) => [one.input.kind, one.input.to, one.input.grantId !== undefined])).toEqual(
      [['spokenConfirm', { personId: 'lead' }, true]],
    );
    expect(a.refused('executive', { type: 'startProduction' })).toBe('NOT_CONFIRMED');
    a.signs('confirmation', 'client');
    expect(a.refused('executive', { type: 'startProduction' })).toBeUndefined();
  });

  test('R-116: where shooting or booking follows, the three papers are signed first', () => {
    const a = bookUntil('CLIENT_CONFIRMED');
    a.does('executive', followUp({ shooting: '两天' }));
    quoted(a);
    a.submit('executive', 'confirmation', paper('F-22'));
    a.signs('confirmation', 'client');
    expect(a.refused('executive', { type: 'startProduction' })).toBe('NOT_CLEARED');
    const trio: JobAct = { type: 'submit', point: 'clearance', paper: paper('F-22') };
    expect(a.refused('executive', trio)).toBe('PAPER_MISSING');
    a.submit('executive', 'estimate', paper('F-36', { sumsRight: true }));
    a.signs('estimate', 'inside', 'client');
    a.does('executive', trio);
    a.signs('clearance', 'client');
    expect(a.refused('executive', { type: 'startProduction' })).toBeUndefined();
  });
});
