import { describe, expect, test } from 'vitest';
import type { JobAct } from '../../../domain/job/acts.ts';
import { reasonsFor } from '../../../domain/wording/reasons.ts';
import type { Agency } from './agency.ts';
import { bookUntil, paper } from './agency.ts';

const record: JobAct = { type: 'rejectProposal', words: 'we go with another agency' };
const letter = (hash?: string): JobAct => ({
  type: 'file',
  suffix: 'letter',
  paper: paper('F-18', { kind: 'rejection' }, hash),
});
const clicked = (a: Agency): void =>
  a.does('contact', { ...a.returnAct('proposalComment', 'client'), reason: 'REJECTED_FOR_GOOD' });
const written = (a: Agency): void => {
  a.does('executive', letter());
  a.does('executive', record);
};
const last = (a: Agency) => a.state.proposals.at(-1);

describe('a proposal is rejected for good (M-05)', () => {
  test('the client says so on its own desk: no revision, the job is in closing on the account director’s desk', () => {
    const a = bookUntil('PROPOSED');
    clicked(a);
    expect([a.state.phase, last(a)?.state]).toEqual(['CLOSING', 'REJECTED']);
    expect(a.state.revisions).toEqual([]);
    expect(a.state.opinions.at(-1)).toMatchObject({ kind: 'rejection', words: 'headline larger\nlogo missing' });
    expect(a.holder('rejectionReview', 'accountDirector')).toBe('director');
    expect(a.running('rejectionReview').about.hash).toBe(a.state.papers['F-20']?.hash);
  });

  test('R-60, R-61: owner, account manager and creative director hear the client’s words whole', () => {
    const a = bookUntil('PROPOSED');
    const from = a.mails.length;
    clicked(a);
    const told = a.mails.slice(from).filter((one) => one.input.kind === 'directorTold');
    expect(told.map((one) => one.input.to)).toEqual([
      { position: 'owner' },
      { position: 'accountManager' },
      { position: 'creativeDirector' },
    ]);
    expect(told.every((one) => one.input.words === 'headline larger\nlogo missing')).toBe(true);
    expect(a.mails.slice(from).some((one) => one.input.kind === 'ask')).toBe(true);
  });

  test('the reason is offered and taken at the comment on a proposal alone', () => {
    const codes = (point?: string): string[] => reasonsFor('client', 'return', point).map((one) => one.code);
    expect(codes('proposalComment')).toContain('REJECTED_FOR_GOOD');
    expect(codes('artworkQc')).not.toContain('REJECTED_FOR_GOOD');
    const a = bookUntil('ARTWORK_QC');
    expect(a.refused('copywriter', { ...a.returnAct('artworkQc', 'copywriter'), reason: 'REJECTED_FOR_GOOD' })).toBe(
      'NO_NOT_OFFERED',
    );
  });

  test('R-92: account service records it only on the client’s written word, and a word counts once', () => {
    const a = bookUntil('CLIENT_CONFIRMED');
    expect(a.refused('executive', record)).toBe('NOT_IN_WRITING');
    a.does('executive', { type: 'file', suffix: 'call', paper: paper('F-18', { kind: 'correction' }) });
    expect(a.refused('executive', record)).toBe('NOT_IN_WRITING');
    a.does('executive', letter());
    expect(a.refused('designer', record)).toBe('NOT_ALLOWED');
    expect(a.refused('executive', { type: 'rejectProposal', words: ' ' })).toBe('REASON_MISSING');
    a.does('executive', record);
    expect(last(a)).toMatchObject({ state: 'REJECTED', rejected: { by: 'executive' } });
    a.does('director', a.returnAct('rejectionReview', 'accountDirector', 'object'));
    a.does('executive', { type: 'prepareProposal', kind: 'CONCEPT' });
    expect(a.refused('executive', record)).toBe('NOT_IN_WRITING');
  });

  test.each(['CREATING', 'INTERNAL_REVIEW', 'PROPOSED', 'CLIENT_CONFIRMED'] as const)(
    'from any state of the proposal, e.g. at %s: every round of the job closes with it',
    (phase) => {
      const a = bookUntil(phase === 'CREATING' ? 'CREATING' : phase);
      if (phase === 'CREATING') a.does('manager', { type: 'prepareProposal', kind: 'CONCEPT' });
      a.submit('executive', 'estimate', paper('F-36', { sumsRight: true }));
      written(a);
      expect([a.state.phase, last(a)?.state]).toEqual(['CLOSING', 'REJECTED']);
      const running = Object.values(a.state.circulations).filter((one) => one.status === 'running');
      expect(running.map((one) => one.point)).toEqual(['rejectionReview']);
      expect(a.state.papers['F-36']?.status).toBe('withdrawn');
    },
  );

  test('in the middle of a correction its revision is dropped with it; in production there is no proposal to reject', () => {
    const a = bookUntil('PROPOSED');
    a.does('contact', a.returnAct('proposalComment', 'client'));
    a.submit('executive', 'revisionDirection', paper('F-18'));
    written(a);
    expect(a.state.revisions).toMatchObject([{ state: 'DROPPED' }]);
    expect(a.state.papers['F-18:R1']?.status).toBe('withdrawn');
    const b = bookUntil('IN_PRODUCTION');
    b.does('executive', letter());
    expect(b.refused('executive', record)).toBe('WRONG_PHASE');
    const c = bookUntil('CREATING');
    c.does('executive', letter());
    expect(c.refused('executive', record)).toBe('UNKNOWN_OBJECT');
  });

  test('the director signs: the job is reviewed and archived, with its papers and without artwork (R-202)', () => {
    const a = bookUntil('PROPOSED');
    a.submit('executive', 'estimate', paper('F-36', { sumsRight: true }));
    clicked(a);
    const review: JobAct = { type: 'evaluate', strategy: 'ask earlier', execution: 'none' };
    expect(a.refused('executive', review)).toBe('REVIEW_OPEN');
    a.signs('rejectionReview', 'accountDirector');
    expect(Object.values(a.state.circulations).filter((one) => one.status === 'running')).toEqual([]);
    a.does('executive', review);
    expect(a.refused('executive', { type: 'archive' })).toBeUndefined();
    expect([a.state.phase, a.state.jobNumber]).toEqual(['ARCHIVED', 'YFLC2026001']);
  });

  test('the director objects: another proposal is prepared, and what hung on the old one is dropped', () => {
    const a = bookUntil('PROPOSED');
    clicked(a);
    a.does('director', { ...a.returnAct('rejectionReview', 'accountDirector', 'object'), reason: 'STRATEGY' });
    expect(a.state.phase).toBe('CREATING');
    a.does('executive', { type: 'prepareProposal', kind: 'CONCEPT' });
    expect(last(a)).toMatchObject({ no: 2, state: 'PREPARING' });
    expect(a.refused('designer', a.version('poster', 'DRAFT'))).toBeUndefined();
  });

  test('a rejection clicked by mistake is taken back until the director has decided', () => {
    const back = (a: Agency): JobAct | Parameters<Agency['does']>[1] => {
      const { id: circulation, round } = a.state.circulations['proposalComment:P1'] ?? { id: '', round: 0 };
      return { type: 'withdraw', circulation, round, step: 'client', words: 'wrong line' };
    };
    const a = bookUntil('PROPOSED');
    a.submit('executive', 'estimate', paper('F-36', { sumsRight: true }));
    clicked(a);
    a.does('contact', back(a));
    expect([a.state.phase, last(a)?.state]).toEqual(['PROPOSED', 'AWAITING_COMMENT']);
    expect(a.running('estimate').status).toBe('running');
    clicked(a);
    a.signs('rejectionReview', 'accountDirector');
    expect(a.refused('contact', back(a))).toBe('ACTED_UPON');
  });
});
