import { describe, expect, test } from 'vitest';
import { answersOf, possible } from '../../../domain/job/answers.ts';
import type { JobAct } from '../../../domain/job/acts.ts';
import { jobProcess } from '../../../domain/job/process.ts';
import { Agency, bookUntil, orderPaper, paper, person, requestAct } from './agency.ts';

const assess = (differs = false): JobAct => ({
  type: 'assess',
  evaluation: 'clear',
  discussion: 'held',
  study: 'done',
  recommendation: 'as asked',
  differs,
});
const huddle = (a: Agency, objections: readonly string[] = []): JobAct => ({
  type: 'huddle',
  heldAt: a.at,
  people: ['creativeDirector'],
  objections,
});
const order = (facts: Parameters<typeof orderPaper>[0] = {}, more: object = {}): JobAct => ({
  type: 'submit',
  point: 'workOrder',
  paper: orderPaper(facts),
  ...more,
});
/** Opened, timetable made, the talk held. */
function ready(request: Parameters<typeof requestAct>[0] = {}): Agency {
  const a = opened(request);
  a.submit('executive', 'timetable', paper('F-10'));
  a.does('executive', huddle(a));
  return a;
}
function opened(request: Parameters<typeof requestAct>[0] = {}): Agency {
  const a = new Agency();
  a.does('executive', requestAct(request));
  a.does('executive', {
    type: 'holdBriefing',
    heldAt: a.at,
    client: ['contact'],
    account: ['executive'],
    creative: ['creativeDirector'],
  });
  a.submit('executive', 'requirementBrief', paper('F-03'));
  a.signs('requirementBrief', 'client');
  a.does('executive', assess());
  a.does('executive', { type: 'openNumber' });
  return a;
}
const mailsOf = (a: Agency, kind: string): string[] =>
  a.mails
    .filter((one) => one.input.kind === kind)
    .map((one) => ('position' in one.input.to ? one.input.to.position : one.input.to.personId));

describe('from the task sheet to the number', () => {
  test('R-13: a job enters with a complete task sheet and nothing else', () => {
    const a = new Agency();
    expect(a.refused('executive', requestAct({ paper: paper('F-04') }))).toBe('TASK_SHEET_MISSING');
    const half = { form: 'F-01', hash: 'h', facts: { complete: false, missing: ['goal'] } };
    expect(a.send(person('executive'), requestAct({ paper: half }))).toMatchObject({
      code: 'FIELD_MISSING',
      params: { fields: ['goal'] },
    });
    expect(a.refused('designer', requestAct())).toBe('NOT_ALLOWED');
    expect(a.refused('contact', requestAct())).toBeUndefined();
    expect(a.refused('executive', requestAct())).toBe('IN_CIRCULATION');
  });

  test('R-65: somebody of account service answers for it from the first moment', () => {
    expect(new Agency().refused('executive', requestAct({ ownerId: '' }))).toBe('FIELD_MISSING');
  });

  test('R-14: the briefing names one of each of the three groups, and was held', () => {
    const a = bookUntil('REQUESTED');
    const held = (more: object) =>
      ({
        type: 'holdBriefing',
        heldAt: a.at,
        client: ['contact'],
        account: ['executive'],
        creative: ['designer'],
        ...more,
      }) as const;
    for (const group of ['client', 'account', 'creative'])
      expect(a.send(person('executive'), held({ [group]: [] })), group).toMatchObject({
        code: 'FIELD_MISSING',
        params: { fields: [group] },
        rule: 'R-14',
      });
    expect(a.refused('executive', held({ heldAt: '2027-01-01T00:00:00.000Z' }))).toBe('FIELD_WRONG');
    expect(a.state.phase).toBe('REQUESTED');
    expect(a.refused('executive', held({}))).toBeUndefined();
  });

  test('R-16, R-17: strategy starts from a complete brief the client confirmed', () => {
    const a = bookUntil('BRIEFED');
    expect(a.refused('executive', assess())).toBe('WRONG_PHASE');
    const half = { form: 'F-03', hash: 'h', facts: { complete: false, missing: ['mainAppeal'] } };
    expect(a.refused('executive', { type: 'submit', point: 'requirementBrief', paper: half })).toBe('FIELD_MISSING');
    a.submit('executive', 'requirementBrief', paper('F-03'));
    a.does('contact', a.returnAct('requirementBrief', 'client'));
    expect(a.state.phase).toBe('BRIEFED');
    expect(a.refused('executive', { type: 'openNumber' })).toBe('WRONG_PHASE');
    a.submit('executive', 'requirementBrief', paper('F-03'));
    expect(a.running('requirementBrief')).toMatchObject({ round: 2, about: { version: 2 } });
    a.signs('requirementBrief', 'client');
    expect(a.state.phase).toBe('ASSESSING');
  });

  test('R-18: nothing is proposed from an unconfirmed brief', () => {
    const a = bookUntil('CREATING');
    const { papers } = a.state;
    const brief = papers['F-03'];
    if (!brief) throw new Error('no brief');
    a.state = { ...a.state, papers: { ...papers, 'F-03': { ...brief, status: 'returned' } } };
    expect(a.refused('manager', { type: 'prepareProposal', kind: 'CONCEPT' })).toBe('BRIEF_UNCONFIRMED');
  });

  test('R-19: evaluation, discussion, study and recommendation are all there', () => {
    const a = bookUntil('ASSESSING');
    for (const field of ['evaluation', 'discussion', 'study', 'recommendation'])
      expect(a.send(person('executive'), { ...assess(), [field]: ' ' }), field).toMatchObject({
        params: { fields: [field] },
      });
    expect(a.refused('executive', { type: 'openNumber' })).toBe('FIELD_MISSING');
  });

  test('R-20: a different view is settled with the client before anything is ordered', () => {
    const a = bookUntil('ASSESSING');
    a.does('executive', assess(true));
    expect(a.state.phase).toBe('ALIGNING');
    expect(answersOf(a.state).next).toContain('strategyAgreement');
    expect(a.refused('executive', { type: 'openNumber' })).toBe('STRATEGY_OPEN');
    a.submit('executive', 'strategyAgreement', paper('F-24'));
    expect(a.refused('executive', assess(false))).toBe('IN_CIRCULATION');
    a.does('contact', a.returnAct('strategyAgreement', 'client'));
    expect(a.refused('executive', { type: 'openNumber' })).toBe('STRATEGY_OPEN');
    a.submit('executive', 'strategyAgreement', paper('F-24'));
    a.signs('strategyAgreement', 'client');
    expect(a.refused('executive', { type: 'openNumber' })).toBeUndefined();
  });

  test('R-06: the number is account service’s to open', () => {
    const a = bookUntil('ASSESSING');
    a.does('executive', assess());
    for (const who of ['designer', 'creativeDirector', 'lead', 'strategist'])
      expect(a.refused(who, { type: 'openNumber' }), who).toBe('NOT_ALLOWED');
  });

  test('R-01: one number, and none is asked for twice', () => {
    const a = opened();
    expect(a.state.jobNumber).toBe('YFLC2026001');
    expect(a.refused('executive', { type: 'openNumber' })).toBe('WRONG_PHASE');
    a.send({ kind: 'system', name: 'number' }, { type: 'numberIssued', jobNumber: 'YFLC2026002' });
    expect(a.state.jobNumber).toBe('YFLC2026001');
  });

  test('R-08: cancelled while the number is drawn, the number is burnt and the job stays cancelled', () => {
    const a = bookUntil('ASSESSING');
    a.does('executive', assess());
    a.carrying = false;
    a.does('executive', { type: 'openNumber' });
    a.does('manager', { type: 'cancel', words: 'client left' });
    a.send({ kind: 'system', name: 'number' }, { type: 'numberIssued', jobNumber: 'YFLC2026001' });
    expect(a.state).toMatchObject({ phase: 'CANCELLED', jobNumber: 'YFLC2026001' });
    a.does('manager', { type: 'reopen', words: 'back' });
    expect(a.state).toMatchObject({ phase: 'OPENED', jobNumber: 'YFLC2026001' });
  });
});

describe('the work order', () => {
  test('R-35: no round without the talk, none with an open objection', () => {
    const a = opened();
    a.submit('executive', 'timetable', paper('F-10'));
    expect(a.refused('executive', order())).toBe('HUDDLE_MISSING');
    expect(a.refused('executive', { ...huddle(a), people: [] } as JobAct)).toBe('FIELD_MISSING');
    a.does('executive', huddle(a, ['two days are too few']));
    expect(a.refused('executive', order())).toBe('OBJECTION_OPEN');
    a.does('executive', huddle(a));
    expect(a.refused('executive', order())).toBeUndefined();
  });

  test('R-29, R-30, R-44, R-48: complete, sized where sized, timetable made, material in', () => {
    const early = opened();
    early.does('executive', huddle(early));
    expect(early.send(person('executive'), order())).toMatchObject({ code: 'PAPER_MISSING', rule: 'R-44' });
    const a = ready();
    expect(a.send(person('executive'), order({ complete: false, missing: ['tonality'] }))).toMatchObject({
      code: 'FIELD_MISSING',
      params: { fields: ['tonality'] },
    });
    expect(a.send(person('executive'), order({ hasSpecification: false }))).toMatchObject({
      code: 'FIELD_MISSING',
      rule: 'R-30',
    });
    expect(a.send(person('executive'), order({ materialMissing: ['product photo'] }))).toMatchObject({
      code: 'MATERIAL_MISSING',
      rule: 'R-48',
    });
    expect(
      a.refused('executive', order({ needsSpecification: false, hasSpecification: false, workTypes: ['naming'] })),
    ).toBeUndefined();
  });

  test('R-31: a job is not opened with a revision order', () => {
    expect(ready().refused('executive', { type: 'submit', point: 'workOrder', paper: paper('F-08') })).toBe(
      'WRONG_ORDER_FORM',
    );
    expect(ready().refused('executive', { type: 'submit', point: 'workOrder', paper: paper('F-03') })).toBe(
      'PAPER_MISSING',
    );
  });

  test('R-36, R-37, P-01, P-10: signed in the printed order; the last signature is the acceptance', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    const steps = ['accountDirector', 'creativeDirector', 'artDirector', 'copywriter', 'designer'] as const;
    for (const [index, step] of steps.entries()) {
      for (const later of steps.slice(index + 1))
        expect(a.refused(later === 'accountDirector' ? 'director' : later, a.signAct('workOrder', later)), later).toBe(
          'NOT_YET_YOUR_TURN',
        );
      expect(a.state.phase).toBe('ORDER_SIGNOFF');
      a.signs('workOrder', step);
    }
    expect(a.state.phase).toBe('CREATING');
    expect(a.state.papers['F-04']?.status).toBe('passed');
    expect(mailsOf(a, 'distributed')).toEqual(['executors']);
  });

  test('R-38, R-39, R-40: refused, it goes back to the AE, three people hear of it at once, and the corrected version starts at ①', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    a.signs('workOrder', 'accountDirector');
    a.does('creativeDirector', a.returnAct('workOrder', 'creativeDirector', 'refuse'));
    expect(a.state.phase).toBe('OPENED');
    expect(a.state.papers['F-04']?.status).toBe('refused');
    expect(mailsOf(a, 'refused').sort()).toEqual(['accountDirector', 'creativeDirector', 'owner']);
    expect(
      a.refused('executive', {
        type: 'submit',
        point: 'workOrder',
        paper: { ...orderPaper(), hash: a.state.papers['F-04']?.hash ?? '' },
      }),
    ).toBe('SAME_VERSION');
    a.does('executive', order({ note: 'photo attached' }));
    const round = a.running('workOrder');
    expect(round).toMatchObject({ round: 2, cause: 'brief', about: { version: 2 } });
    expect(round.stays.map((stay) => stay.state)).toEqual([
      'passed',
      'open',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
    ]);
    expect(round.stays.slice(1).flatMap((stay) => stay.decisions)).toEqual([]);
  });

  test('R-35: the talk is repeated only when content or time changed', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    a.does('director', a.returnAct('workOrder', 'accountDirector'));
    expect(a.refused('executive', order({ projectHash: 'p2' }))).toBe('HUDDLE_MISSING');
    a.does('executive', huddle(a));
    expect(a.refused('executive', order({ projectHash: 'p2' }))).toBeUndefined();
  });

  test('P-07: a refused order waits on the owner’s desk, with a ladder, until it goes round again', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    a.signs('workOrder', 'accountDirector');
    a.does('creativeDirector', a.returnAct('workOrder', 'creativeDirector', 'refuse'));
    const waiting = a.running('orderCorrection');
    expect(waiting.stays).toMatchObject([{ state: 'open', holders: [{ personId: 'executive' }] }]);
    expect(a.state.routes[waiting.route]?.steps[0]?.ladder).toBe('refusedOrder');
    expect(jobProcess.due(a.state)?.act).toMatchObject({ type: 'rung', circulation: waiting.id });
    expect(answersOf(a.state)).toMatchObject({
      holders: [{ personId: 'executive', circulation: 'orderCorrection:F-04' }],
    });
    expect(possible(a.state).filter((one) => one.circulation === waiting.id)).toEqual([]);
    // It is not signed away, not taken back, and not passed on: only the corrected order ends it.
    expect(a.refused('executive', a.signAct('orderCorrection', 'accountExecutive'))).toBe('NO_NOT_OFFERED');
    expect(a.refused('manager', { type: 'withdraw', circulation: waiting.id, round: 1, words: 'quiet' })).toBe(
      'NOTHING_TO_WITHDRAW',
    );
    a.does('executive', order({ note: 'photo attached' }));
    expect(a.state.circulations[waiting.id]?.status).toBe('closed');
    a.signs('workOrder', 'accountDirector');
    a.does('creativeDirector', a.returnAct('workOrder', 'creativeDirector', 'refuse'));
    expect(a.running('orderCorrection')).toMatchObject({ id: waiting.id, round: 2 });
    a.does('manager', { type: 'cancel', words: 'withdrawn for good' });
    expect(a.state.circulations[waiting.id]?.status).toBe('closed');
    expect(jobProcess.due(a.state)).toBeUndefined();
  });

  test('P-07: a return at ② is no refusal and waits for no correction', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    a.does('director', a.returnAct('workOrder', 'accountDirector'));
    expect(() => a.running('orderCorrection')).toThrow();
    expect(mailsOf(a, 'returned')).toEqual(['executive']);
  });

  test('R-41: the creative director is left out only with the whole creative department', () => {
    const skip = (...steps: string[]) => ({ notApplicable: steps.map((step) => ({ step, reason: 'media only' })) });
    expect(ready().refused('executive', order({}, skip('creativeDirector', 'copywriter')))).toBe('SKIP_NOT_ALLOWED');
    expect(ready().refused('executive', order({}, skip('accountDirector')))).toBe('SKIP_NOT_ALLOWED');
    const a = ready();
    a.does('executive', order({ hasMedia: true }, skip('creativeDirector', 'artDirector', 'copywriter', 'designer')));
    a.signs('workOrder', 'accountDirector', 'media');
    expect(a.state.phase).toBe('CREATING');
  });

  test('P-09, R-43: with media in it the order waits for media beside ④ to ⑥; media may refuse', () => {
    const a = ready();
    a.does('executive', order({ hasMedia: true }));
    a.signs('workOrder', 'accountDirector', 'creativeDirector', 'media', 'artDirector', 'copywriter');
    expect(a.state.phase).toBe('ORDER_SIGNOFF');
    a.signs('workOrder', 'designer');
    expect(a.state.phase).toBe('CREATING');
    const b = ready();
    b.does('executive', order({ hasMedia: true }));
    b.signs('workOrder', 'accountDirector', 'creativeDirector', 'artDirector');
    b.does('media', b.returnAct('workOrder', 'media', 'refuse'));
    expect(b.state.phase).toBe('OPENED');
    expect(
      b.refused('copywriter', {
        type: 'sign',
        circulation: 'workOrder',
        round: 1,
        step: 'copywriter',
        hash: b.state.papers['F-04']?.hash ?? '',
      }),
    ).toBe('ALREADY_DECIDED');
  });

  test('a route that changed between rounds keeps its own rounds: media joins, then leaves again', () => {
    const a = ready();
    for (const hasMedia of [false, true, false, true]) {
      a.does('executive', order({ hasMedia, note: String(hasMedia) }));
      a.does('director', a.returnAct('workOrder', 'accountDirector'));
    }
    const rounds = Object.values(a.state.circulations)
      .filter((one) => one.point === 'workOrder')
      .map((one) => [one.id, one.round]);
    expect(rounds).toEqual([
      ['workOrder', 2],
      ['workOrder/workOrderMedia@1', 2],
    ]);
    a.does('executive', order({ hasMedia: true, note: 'once more' }));
    expect(a.refused('executive', order({ note: 'beside it' }))).toBe('WRONG_PHASE');
  });

  test('R-47: nothing is made without an accepted order', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    a.does('executive', {
      type: 'addPiece',
      pieceId: 'p',
      name: '海报',
      workType: 'print',
      specification: 'A1',
      needsProof: true,
    });
    expect(a.refused('designer', a.version('p', 'DRAFT'))).toBe('WRONG_PHASE');
  });
});

describe('the creative brief', () => {
  const brief = (level: string, more: object = {}) =>
    paper('F-05', { level, strategyParticipants: 1, creativeParticipants: 1, ...more });
  const sent = (a: Agency, who: string, level: string, more: object = {}) =>
    a.send(person(who), { type: 'submit', point: 'creativeBrief', paper: brief(level, more) });

  test('R-32: film, key visual, image ad and new ad need one before the order', () => {
    for (const workType of ['tvc', 'keyVisual', 'imageAd', 'newAd'])
      expect(ready().refused('executive', order({ workTypes: [workType] })), workType).toBe('CREATIVE_BRIEF_MISSING');
    const a = ready({ workTypes: ['tvc'] });
    expect(a.refused('executive', order())).toBe('CREATIVE_BRIEF_MISSING');
    a.submit('executive', 'creativeBrief', brief('simple'));
    expect(a.refused('executive', order())).toBe('CREATIVE_BRIEF_MISSING');
    a.signs('creativeBrief', 'guidance');
    expect(a.refused('executive', order())).toBeUndefined();
  });

  test('R-33: strategy and creative both took part', () => {
    expect(sent(ready(), 'executive', 'simple', { strategyParticipants: 0 })).toMatchObject({
      params: { fields: ['strategyParticipants'] },
    });
    expect(sent(ready(), 'executive', 'simple', { creativeParticipants: 0 })).toMatchObject({
      params: { fields: ['creativeParticipants'] },
    });
  });

  test('R-34: important is the director’s, normal the manager’s, simple anybody’s in account service', () => {
    const no = { code: 'WRONG_AUTHOR', rule: 'R-34' };
    expect(sent(ready(), 'executive', 'important')).toMatchObject(no);
    expect(sent(ready(), 'manager', 'important')).toMatchObject(no);
    expect(sent(ready(), 'director', 'important')).toBeUndefined();
    expect(sent(ready(), 'executive', 'normal')).toMatchObject(no);
    expect(sent(ready(), 'manager', 'normal')).toBeUndefined();
    expect(sent(ready(), 'executive', 'simple')).toBeUndefined();
    expect(sent(ready({ important: true }), 'manager', 'simple')).toMatchObject(no);
    expect(sent(ready(), 'designer', 'simple')).toMatchObject({ code: 'NOT_ALLOWED' });
  });

  test('R-34: the director’s own needs no guidance and is complete at once; nobody else excuses himself', () => {
    const a = ready();
    sent(a, 'director', 'important');
    expect(a.state.papers['F-05']?.status).toBe('passed');
    const b = ready();
    const skip = {
      type: 'submit',
      point: 'creativeBrief',
      paper: brief('simple'),
      notApplicable: [{ step: 'guidance', reason: 'busy' }],
    } as const;
    expect(b.refused('executive', skip)).toBe('SKIP_NOT_ALLOWED');
    b.submit('executive', 'creativeBrief', brief('simple'));
    expect(b.state.papers['F-05']?.status).toBe('circulating');
  });
});
