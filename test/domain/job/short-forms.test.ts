import { describe, expect, test } from 'vitest';
import type { JobAct } from '../../../domain/job/acts.ts';
import { answersOf } from '../../../domain/job/answers.ts';
import { archiveGaps } from '../../../domain/job/closing.ts';
import type { WorkType } from '../../../domain/job/worktypes.ts';
import { Agency, bookUntil, orderPaper, paper, requestAct } from './agency.ts';

/** From the brief to the accepted order, by the book, for one kind of work alone; desks nobody is needed at are left out. */
function accepted(kind: WorkType): Agency {
  const a = new Agency();
  a.does('executive', requestAct({ workTypes: [kind] }));
  a.does('executive', {
    type: 'holdBriefing',
    heldAt: a.at,
    client: ['contact'],
    account: ['executive'],
    creative: ['strategist'],
  });
  a.submit('executive', 'requirementBrief', paper('F-03'));
  a.signs('requirementBrief', 'client');
  a.does('executive', {
    type: 'assess',
    evaluation: 'e',
    discussion: 'd',
    study: 's',
    recommendation: 'r',
    differs: false,
  });
  a.does('executive', { type: 'openNumber' });
  a.submit('executive', 'timetable', paper('F-10'));
  a.signs('timetable', 'client');
  a.does('executive', { type: 'huddle', heldAt: a.at, people: ['media'], objections: [] });
  const media = kind === 'media';
  const skipped = ['creativeDirector', 'artDirector', 'copywriter', 'designer'];
  a.submit('executive', 'workOrder', orderPaper({ workTypes: [kind], needsSpecification: false, hasMedia: media }), {
    notApplicable: skipped.map((step) => ({ step, reason: 'no creative work' })),
  });
  a.signs('workOrder', 'accountDirector', ...(media ? ['media'] : []));
  return a;
}
const moves = (a: Agency): string[] => a.events.flatMap((event) => (event.type === 'phaseChanged' ? [event.to] : []));
const plan = (form: string, more: Parameters<typeof paper>[1] = {}) => paper(form, { sumsRight: true, ...more });
const booking = (month: string): JobAct => ({ type: 'file', paper: paper('F-47', { month }) });
const track: JobAct = { type: 'track' };
const review: JobAct = { type: 'evaluate', strategy: 's', execution: 'e' };
const signed = (a: Agency, point: string): void => a.signs(point, 'media', 'accountManager', 'client');

describe('short forms by kind of work (§4.2, P-08)', () => {
  test('media only: 1–6, M-11, 16–18, from brief to archive', () => {
    const a = accepted('media');
    expect(a.state.phase).toBe('IN_PRODUCTION');
    expect(answersOf(a.state).next).toContain('mediaPlan');
    a.submit('executive', 'mediaPlan', plan('F-45'));
    signed(a, 'mediaPlan');
    a.submit('executive', 'mediaSchedule', plan('F-46', { month: '2026-05' }));
    signed(a, 'mediaSchedule');
    a.does('media', booking('2026-05'));
    a.does('executive', track);
    a.does('executive', review);
    a.does('executive', { type: 'archive' });
    expect(moves(a)).toEqual([
      'BRIEFED',
      'ASSESSING',
      'OPENED',
      'ORDER_SIGNOFF',
      'IN_PRODUCTION',
      'TRACKING',
      'CLOSING',
      'ARCHIVED',
    ]);
  });

  test('research: 1–6, M-12, 17, 18, from brief to archive', () => {
    const a = accepted('research');
    const summary: JobAct = { type: 'submit', point: 'researchReport', paper: paper('F-51') };
    // the quote is approved by the client before anything goes into the field.
    expect(a.refused('executive', summary)).toBe('PAPER_MISSING');
    a.submit('executive', 'estimate', paper('F-36', { sumsRight: true }));
    a.signs('estimate', 'inside', 'client');
    expect(a.refused('executive', review)).toBe('PAPER_MISSING');
    a.does('executive', summary);
    a.signs('researchReport', 'accountManager', 'client');
    expect(a.refused('executive', track)).toBe('WRONG_PHASE');
    a.does('executive', review);
    a.does('executive', { type: 'archive' });
    expect(moves(a)).toEqual([
      'BRIEFED',
      'ASSESSING',
      'OPENED',
      'ORDER_SIGNOFF',
      'IN_PRODUCTION',
      'CLOSING',
      'ARCHIVED',
    ]);
  });

  test('R-166, R-167: plan, month, booking in this order, each with the client’s written word on that very month', () => {
    const a = accepted('media');
    const month: JobAct = { type: 'submit', point: 'mediaSchedule', paper: plan('F-46', { month: '2026-05' }) };
    expect(a.refused('executive', month)).toBe('PAPER_MISSING');
    expect(a.refused('executive', track)).toBe('PAPER_MISSING');
    a.submit('executive', 'mediaPlan', plan('F-45'));
    signed(a, 'mediaPlan');
    expect(a.refused('media', booking('2026-05'))).toBe('PAPER_MISSING');
    a.does('executive', month);
    a.signs('mediaSchedule', 'media', 'accountManager');
    expect(a.refused('media', booking('2026-05'))).toBe('PAPER_MISSING');
    a.signs('mediaSchedule', 'client');
    expect(a.refused('media', booking('2026-06'))).toBe('PAPER_MISSING');
    a.does('media', booking('2026-05'));
    expect(a.refused('executive', track)).toBeUndefined();
  });

  test('R-170: a plan whose figures do not add up or were not checked goes nowhere', () => {
    const a = accepted('media');
    expect(
      a.refused('executive', { type: 'submit', point: 'mediaPlan', paper: paper('F-45', { sumsRight: false }) }),
    ).toBe('FIELD_WRONG');
  });

  test('R-148: a short form makes no piece; one that is added before the order makes it a whole job', () => {
    const piece: JobAct = {
      type: 'addPiece',
      pieceId: 'poster',
      name: '海报',
      workType: 'print',
      specification: 'A1',
      needsProof: true,
    };
    expect(accepted('media').refused('manager', piece)).toBe('SHORT_FORM');
    const whole = bookUntil('CREATING');
    expect(whole.refused('executive', piece)).toBeUndefined();
    // nobody plans media in a job whose order holds none.
    expect(whole.refused('executive', { type: 'submit', point: 'mediaPlan', paper: plan('F-45') })).toBe(
      'ORDER_MISSING',
    );
  });

  test('R-202: the archive asks a short form for its own papers and for no artwork', () => {
    const a = accepted('media');
    expect(archiveGaps(a.state)).toEqual(['F-45', 'F-46', 'F-47', 'evaluation']);
    expect(archiveGaps(accepted('research').state)).toEqual(['F-36', 'F-51', 'evaluation']);
  });

  test('a whole job leaves production by its pieces, never by the short way', () => {
    const a = bookUntil('IN_PRODUCTION');
    expect(a.refused('executive', track)).toBe('WRONG_PHASE');
    expect(a.refused('executive', review)).toBe('WRONG_PHASE');
  });
});
