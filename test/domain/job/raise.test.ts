import { describe, expect, test } from 'vitest';
import type { JobAct } from '../../../domain/job/acts.ts';
import { archiveGaps } from '../../../domain/job/closing.ts';
import type { JobPhase } from '../../../domain/job/state.ts';
import type { Agency } from './agency.ts';
import { bookUntil, paper } from './agency.ts';

const raise = (more: Partial<Extract<JobAct, { type: 'raiseRevision' }>> = {}): JobAct => ({
  type: 'raiseRevision',
  from: 'contact',
  source: 'phone',
  words: 'slogan larger\nlogo left',
  pieceIds: ['poster'],
  opinionIds: [],
  toProposal: false,
  ...more,
});
/** Direction confirmed by the client in writing, order accepted inside. */
function ordered(a: Agency): void {
  const revision = a.state.revisions.length;
  a.submit('executive', 'revisionDirection', paper('F-18'), { revision });
  a.signs('revisionDirection', 'client');
  a.submit('executive', 'revisionOrder', paper('F-08', { originalJobNumber: a.state.jobNumber ?? '' }), { revision });
  a.signs('revisionOrder', 'creative', 'executor');
}
const drafted = (a: Agency): void => {
  a.does('designer', a.version('poster', 'DRAFT'));
  a.signs('draftGate', 'creativeDirector', 'accountManager');
};
/** Creating with a first draft the client may have seen. */
function creating(): Agency {
  const a = bookUntil('CREATING');
  a.does('executive', {
    type: 'addPiece',
    pieceId: 'poster',
    name: '海报',
    workType: 'print',
    specification: 'A1',
    needsProof: true,
  });
  drafted(a);
  return a;
}
const chain = ['copywriter', 'artDirector', 'creativeDirector', 'accountExecutive', 'accountDirector', 'client'];
const at = (phase: JobPhase): Agency => (phase === 'CREATING' ? creating() : bookUntil(phase));
const everywhere = [
  'CREATING',
  'PROPOSED',
  'CLIENT_CONFIRMED',
  'IN_PRODUCTION',
  'ARTWORK_QC',
  'PROOF_QC',
  'DELIVERED',
  'TRACKING',
] as const;

describe('a revision on the client’s word, without a send-back (M-08)', () => {
  test.each(everywhere)(
    'R-112, R-143, S-49: at %s it is raised, and no order goes before the direction is confirmed',
    (phase) => {
      const a = at(phase);
      a.does('executive', raise());
      expect(a.state.phase).toBe('REVISING');
      expect(a.state.revisions).toMatchObject([
        { ordinal: 1, state: 'OPINION', cause: 'client', raised: { by: 'executive', from: phase } },
      ]);
      expect(a.state.opinions.slice(-2)).toMatchObject([
        { words: 'slogan larger', from: 'contact', source: 'phone', kind: 'correction' },
        { words: 'logo left' },
      ]);
      const order = paper('F-08', { originalJobNumber: a.state.jobNumber ?? '' });
      expect(a.refused('executive', { type: 'submit', point: 'revisionOrder', paper: order, revision: 1 })).toBe(
        'DIRECTION_UNCONFIRMED',
      );
      ordered(a);
      expect(a.state.revisions).toMatchObject([{ state: 'IN_WORK' }]);
      expect(a.state.pieces['poster']?.state).toBe('revising');
    },
  );

  test.each(everywhere)(
    'R-143: at %s it is dropped again while no order was accepted; the job stands where it stood',
    (phase) => {
      const a = at(phase);
      const open = a.state.opinions.filter((one) => !one.answer).length;
      const piece = a.state.pieces['poster']?.state;
      a.does('executive', raise());
      a.submit('executive', 'revisionDirection', paper('F-18'));
      a.does('executive', { type: 'dropRevision', revision: 1, words: 'leave it' });
      expect(a.state.phase).toBe(phase);
      expect(a.state.revisions).toMatchObject([{ state: 'DROPPED' }]);
      expect(a.state.pieces['poster']?.state).toBe(piece);
      expect(a.state.opinions.filter((one) => !one.answer && !one.withdrawn)).toHaveLength(open);
      // Where the client had been asked for a comment, it is asked again.
      if (phase === 'PROPOSED') a.signs('proposalComment', 'client');
      expect(archiveGaps(a.state).some((gap) => gap.startsWith('F-08'))).toBe(false);
    },
  );

  test('R-92: at a proposal the spoken opinions end the wait for a comment, and the proposal is shown again', () => {
    const a = bookUntil('PROPOSED');
    a.does('executive', raise({ pieceIds: [] }));
    expect(a.state.proposals.at(-1)?.state).toBe('OPINIONS_RECEIVED');
    expect(a.state.circulations['proposalComment:P1']?.status).toBe('closed');
    expect(a.state.revisions).toMatchObject([{ bornAt: 'proposal', pieceIds: ['poster'] }]);
    ordered(a);
    drafted(a);
    for (const one of a.state.opinions.filter((opinion) => !opinion.answer))
      a.does('executive', { type: 'answerOpinion', opinionId: one.id, done: true, words: 'done' });
    a.submit('executive', 'internalAgreement');
    a.signs('internalAgreement', 'creativeDirector', 'accountManager');
    a.does('executive', { type: 'scheduleProposal', at: a.at, place: 'room', participants: ['executive'] });
    a.does('executive', { type: 'holdProposal', heldAt: a.at, attended: ['creativeDirector'], feedback: [] });
    a.signs('proposalComment', 'client');
    expect([a.state.phase, a.state.revisions[0]?.state]).toEqual(['CLIENT_CONFIRMED', 'CONFIRMED']);
  });

  test('R-115: after the confirmation a changed draft is confirmed again before anything is made', () => {
    const a = bookUntil('CLIENT_CONFIRMED');
    a.does('executive', {
      type: 'recordFollowUp',
      shooting: '不适用',
      period: '4 周',
      productionPrice: '¥ 1',
      mediaPrice: '不适用',
    });
    a.submit('executive', 'quotationConsent', paper('F-35', { lumpSum: false, sumsRight: true }));
    a.signs('quotationConsent', 'head');
    a.submit('executive', 'confirmation', paper('F-22'));
    a.signs('confirmation', 'client');
    a.does('executive', raise());
    expect(a.state.papers['F-22']?.status).toBe('passed');
    ordered(a);
    expect(a.state.papers['F-22']?.status).toBe('withdrawn');
    expect(a.state.proposals.at(-1)?.state).toBe('CORRECTING');
  });

  test('R-62, R-78: in production the change goes back to ① once the creative people accepted the order', () => {
    const a = bookUntil('ARTWORK_QC');
    a.does('executive', raise());
    // The round of the old version goes on until the change is ordered.
    a.signs('artworkQc', 'copywriter');
    ordered(a);
    expect(a.state.circulations['artworkQc:poster']?.status).toBe('closed');
    a.does('designer', a.version('poster', 'FINISHED_ARTWORK'));
    a.signs('artworkQc', ...chain);
    expect([a.state.phase, a.state.revisions[0]?.state]).toEqual(['PROOF_QC', 'CONFIRMED']);
  });

  test('R-71: a signature on the old version does not deliver a job whose change is on its way', () => {
    const a = bookUntil('PROOF_QC');
    a.does('designer', a.version('poster', 'PROOF'));
    a.does('executive', raise());
    a.signs('proofQc', ...chain, 'receipt');
    expect([a.state.phase, a.state.revisions[0]?.state]).toEqual(['REVISING', 'OPINION']);
    ordered(a);
    a.does('designer', a.version('poster', 'FINISHED_ARTWORK'));
    a.signs('artworkQc', ...chain);
    a.does('designer', a.version('poster', 'PROOF'));
    a.signs('proofQc', ...chain, 'receipt');
    expect([a.state.phase, a.state.revisions[0]?.state]).toEqual(['DELIVERED', 'CONFIRMED']);
  });

  test.each(['DELIVERED', 'TRACKING'] as const)(
    'R-71, R-148: at %s a piece added beside a dropped change is work again: the job is delivered when it is made',
    (phase) => {
      const a = bookUntil(phase);
      a.does('executive', raise());
      a.does('manager', {
        type: 'addPiece',
        pieceId: 'leaflet',
        name: '单页',
        workType: 'print',
        specification: 'A4',
        needsProof: false,
      });
      a.does('executive', { type: 'dropRevision', revision: 1, words: 'not any more' });
      expect(a.state.phase).toBe('IN_PRODUCTION');
      a.does('designer', a.version('leaflet', 'FINISHED_ARTWORK'));
      a.signs('artworkQc', ...chain);
      expect([a.state.pieces['leaflet']?.state, a.state.phase]).toEqual(['done', 'DELIVERED']);
    },
  );

  test('a change of a first draft is answered by the draft: creating goes on', () => {
    const a = creating();
    a.does('executive', raise());
    ordered(a);
    drafted(a);
    expect([a.state.phase, a.state.revisions[0]?.state]).toEqual(['CREATING', 'RELEASED']);
  });

  test('M-01: only the account manager sends work in production back to a proposal', () => {
    const a = bookUntil('IN_PRODUCTION');
    expect(a.refused('executive', raise({ toProposal: true }))).toBe('NOT_ALLOWED');
    a.does('manager', raise({ toProposal: true }));
    expect(a.state.revisions).toMatchObject([{ bornAt: 'proposal', proposal: 1 }]);
    ordered(a);
    expect([a.state.proposals.at(-1)?.state, a.state.papers['F-22']?.status]).toEqual(['CORRECTING', 'withdrawn']);
  });

  test('what is missing or unknown is named', () => {
    const a = bookUntil('IN_PRODUCTION');
    expect(a.refused('designer', raise())).toBe('NOT_ALLOWED');
    expect(a.refused('executive', raise({ words: ' ' }))).toBe('FIELD_MISSING');
    expect(a.refused('executive', raise({ from: '' }))).toBe('FIELD_MISSING');
    expect(a.refused('executive', raise({ pieceIds: [] }))).toBe('FIELD_MISSING');
    expect(a.refused('executive', raise({ pieceIds: ['ghost'] }))).toBe('UNKNOWN_OBJECT');
    expect(a.refused('executive', raise({ opinionIds: ['o99'] }))).toBe('UNKNOWN_OBJECT');
    expect(a.refused('executive', raise({ words: 'x'.repeat(4001) }))).toBe('TOO_LONG');
    a.does('executive', raise());
    expect(a.refused('executive', raise())).toBe('IN_CIRCULATION');
    expect(a.refused('executive', { type: 'dropRevision', revision: 9, words: 'x' })).toBe('UNKNOWN_OBJECT');
    expect(a.refused('executive', { type: 'dropRevision', revision: 1, words: ' ' })).toBe('REASON_MISSING');
    ordered(a);
    expect(a.refused('executive', { type: 'dropRevision', revision: 1, words: 'no more' })).toBe('ACTED_UPON');
  });

  test('R-101: what the client sent back account service does not drop', () => {
    const a = bookUntil('PROPOSED');
    a.does('contact', a.returnAct('proposalComment', 'client'));
    expect(a.refused('executive', { type: 'dropRevision', revision: 1, words: 'never mind' })).toBe('ACTED_UPON');
  });

  test('S-49: opinions recorded before are taken up, and stay open when the revision is dropped', () => {
    const a = bookUntil('IN_PRODUCTION');
    a.does('executive', { type: 'recordOpinion', kind: 'correction', words: 'darker', from: 'contact' });
    const id = a.state.opinions.at(-1)?.id ?? '';
    a.does('executive', { ...raise(), words: undefined, opinionIds: [id] } as JobAct);
    expect(a.state.revisions[0]?.opinionIds).toEqual([id]);
    a.does('executive', { type: 'dropRevision', revision: 1, words: 'leave it' });
    expect(a.state.opinions.find((one) => one.id === id)?.withdrawn).toBeUndefined();
  });
});
