import { describe, expect, test } from 'vitest';
import { answersOf } from '../../../domain/job/answers.ts';
import type { JobAct } from '../../../domain/job/acts.ts';
import type { PieceStage } from '../../../domain/job/state.ts';
import { Agency, bookUntil, orderPaper, paper, requestAct } from './agency.ts';

const inside = ['copywriter', 'artDirector', 'creativeDirector', 'accountExecutive', 'accountDirector'] as const;
const add = (pieceId: string, more: object = {}): JobAct => ({
  type: 'addPiece',
  pieceId,
  name: pieceId,
  workType: 'print',
  specification: 'A1',
  needsProof: true,
  ...more,
});
const state = (a: Agency, piece = 'poster') => a.state.pieces[piece]?.state;
const make = (a: Agency, stage: PieceStage, piece = 'poster') => a.does('designer', a.version(piece, stage));

/** The client's no at ⑦ of the poster's artwork. */
function returned(reason = 'CHANGED_MIND'): Agency {
  const a = bookUntil('ARTWORK_QC');
  a.signs('artworkQc', ...inside);
  a.does('lead', { ...a.returnAct('artworkQc', 'client'), reason });
  return a;
}
/** Direction confirmed, revision order accepted. */
function ordered(a: Agency, revision = a.state.revisions.length): void {
  a.submit('executive', 'revisionDirection', paper('F-18'), { revision });
  a.signs('revisionDirection', 'client');
  a.submit('executive', 'revisionOrder', paper('F-08', { originalJobNumber: a.state.jobNumber ?? '' }), { revision });
  a.signs('revisionOrder', 'creative', 'executor');
}

describe('the draft gate', () => {
  function draft(): Agency {
    const a = bookUntil('CREATING');
    a.does('executive', add('poster'));
    make(a, 'DRAFT');
    return a;
  }
  test('R-66, R-67: the creative director views, an account manager or above reviews; an AE never releases', () => {
    const a = draft();
    expect(a.refused('executive', a.signAct('draftGate', 'creativeDirector'))).toBe('NOT_ALLOWED');
    expect(a.refused('manager', a.signAct('draftGate', 'accountManager'))).toBe('NOT_YET_YOUR_TURN');
    a.signs('draftGate', 'creativeDirector');
    expect(a.refused('executive', a.signAct('draftGate', 'accountManager'))).toBe('NOT_ALLOWED');
    expect(state(a)).toBe('draftGate');
    expect(a.holder('draftGate', 'accountManager')).toBe('manager');
    a.signs('draftGate', 'accountManager');
    expect(state(a)).toBe('released');
    expect(a.state.pieces['poster']?.versions[0]?.verdict).toBe('released');
  });

  test('R-66, R-96: nothing unreleased is agreed on, scheduled or shown, also when it came after the agreement', () => {
    const a = draft();
    a.does('manager', { type: 'prepareProposal', kind: 'CONCEPT' });
    a.does('executive', { type: 'file', paper: paper('F-20', { itemProblems: [] }) });
    const agree: JobAct = { type: 'submit', point: 'internalAgreement' };
    expect(a.refused('executive', agree)).toBe('DRAFT_GATE_OPEN');
    a.signs('draftGate', 'creativeDirector', 'accountManager');
    a.does('executive', agree);
    a.signs('internalAgreement', 'creativeDirector', 'accountManager');
    make(a, 'DRAFT');
    const schedule: JobAct = { type: 'scheduleProposal', at: a.at, place: 'room', participants: ['executive'] };
    expect(a.refused('executive', schedule)).toBe('DRAFT_GATE_OPEN');
    a.signs('draftGate', 'creativeDirector', 'accountManager');
    expect(a.refused('executive', schedule)).toBeUndefined();
  });

  test('R-78: one file of a piece is out at a time', () => {
    const a = draft();
    expect(a.refused('designer', a.version('poster', 'DRAFT'))).toBe('IN_CIRCULATION');
    const b = bookUntil('ARTWORK_QC');
    expect(b.refused('designer', b.version('poster', 'DRAFT'))).toBe('IN_CIRCULATION');
    expect(b.refused('designer', b.version('poster', 'FINISHED_ARTWORK'))).toBe('IN_CIRCULATION');
    const c = bookUntil('PROOF_QC');
    expect(c.refused('designer', c.version('poster', 'DRAFT'))).toBe('ALREADY_DECIDED');
    expect(c.refused('designer', c.version('poster', 'FINISHED_ARTWORK'))).toBe('ALREADY_DECIDED');
  });

  test('what was taken back comes again as it was; what was judged does not (R-78)', () => {
    const a = bookUntil('CREATING');
    a.does('executive', add('poster'));
    const same = a.version('poster', 'DRAFT', 'same');
    a.does('designer', same);
    a.does('designer', { type: 'withdraw', circulation: 'draftGate:poster', round: 1, words: 'wrong layer' });
    a.does('designer', same);
    a.does('creativeDirector', a.returnAct('draftGate', 'creativeDirector'));
    expect(a.refused('designer', same)).toBe('SAME_VERSION');
  });

  test('versions come with files, not with a paper, at points of their own', () => {
    for (const point of ['artworkQc', 'draftGate', 'proofQc'] as const)
      expect(
        bookUntil('CLIENT_CONFIRMED').refused('designer', { type: 'submit', point, paper: paper('F-20') }),
        point,
      ).toBe('UNKNOWN_OBJECT');
  });
});

describe('QC of artwork and proof', () => {
  test('R-74, R-77: seven steps in order, P-02: six where chosen', () => {
    const a = bookUntil('ARTWORK_QC');
    expect(a.refused('lead', a.signAct('artworkQc', 'client'))).toBe('NOT_YET_YOUR_TURN');
    a.signs('artworkQc', ...inside, 'client');
    expect(state(a)).toBe('artworkSigned');
    const six = bookUntil('IN_PRODUCTION');
    six.state = { ...six.state, qcRoute: 'qcSix' };
    make(six, 'FINISHED_ARTWORK');
    six.signs('artworkQc', ...inside.slice(0, 4), 'client');
    expect(state(six)).toBe('artworkSigned');
  });

  test('R-83, R-84: artwork and proof come with a printed sample of A4 or larger, a draft does not', () => {
    const a = bookUntil('IN_PRODUCTION');
    const bare = { ...a.version('poster', 'FINISHED_ARTWORK'), printedSample: undefined };
    expect(a.refused('designer', bare as unknown as JobAct)).toBe('SAMPLE_MISSING');
    expect(
      a.refused('designer', {
        ...a.version('poster', 'FINISHED_ARTWORK'),
        printedSample: { size: 'A5', madeAt: a.at },
      }),
    ).toBe('SAMPLE_MISSING');
    expect(
      a.refused('designer', {
        ...a.version('poster', 'FINISHED_ARTWORK'),
        printedSample: { size: 'A3', madeAt: a.at },
      }),
    ).toBeUndefined();
  });

  test('R-204: files say date, project and type', () => {
    const a = bookUntil('IN_PRODUCTION');
    for (const name of ['final.pdf', '20260312_海报.pdf', '20260312_海报_完稿', '20260312_a/b_完稿.pdf'])
      expect(a.refused('designer', { ...a.version('poster', 'FINISHED_ARTWORK'), fileNames: [name] }), name).toBe(
        'FILE_NAME',
      );
    expect(a.refused('designer', { ...a.version('poster', 'FINISHED_ARTWORK'), fileNames: [] })).toBe('FILE_NAME');
  });

  test('R-79, P-06: a return inside makes version + 1 at ① without signatures, caused by the agency', () => {
    const a = bookUntil('ARTWORK_QC');
    a.signs('artworkQc', 'copywriter', 'artDirector');
    a.does('creativeDirector', a.returnAct('artworkQc', 'creativeDirector'));
    expect([a.state.phase, state(a)]).toEqual(['ARTWORK_QC', 'creating']);
    expect(a.state.revisions).toEqual([]);
    make(a, 'FINISHED_ARTWORK');
    const round = a.running('artworkQc');
    expect(round).toMatchObject({ round: 2, cause: 'agency', about: { version: 3 } });
    expect(round.stays.map((stay) => stay.decisions.length)).toEqual([1, 0, 0, 0, 0, 0, 0]);
  });

  test('R-81: listed wording stands only when the copywriter and the account executive each say why', () => {
    const a = bookUntil('IN_PRODUCTION');
    a.does('designer', { ...a.version('poster', 'FINISHED_ARTWORK'), lawHits: ['最佳'] });
    const answer = (step: string, note: string) => {
      const act = a.signAct('artworkQc', step);
      return { ...act, checklist: (act.checklist ?? []).map((one) => ({ ...one, note })) };
    };
    expect(a.refused('copywriter', answer('copywriter', ''))).toBe('LAW_WORDING');
    a.does('copywriter', answer('copywriter', 'part of the registered name'));
    a.signs('artworkQc', 'artDirector', 'creativeDirector');
    expect(a.refused('executive', answer('accountExecutive', ''))).toBe('LAW_WORDING');
    expect(a.refused('executive', answer('accountExecutive', 'seen'))).toBeUndefined();
  });

  test('R-87, R-93: the proof waits for the client’s signature on the artwork of the same piece', () => {
    const a = bookUntil('IN_PRODUCTION');
    expect(a.refused('designer', a.version('poster', 'PROOF'))).toBe('ARTWORK_UNSIGNED');
    const b = bookUntil('CLIENT_CONFIRMED');
    expect(b.refused('designer', b.version('poster', 'FINISHED_ARTWORK'))).toBe('WRONG_PHASE');
  });

  test('R-75, R-86, R-70: the proof goes the same way and ends only with the receipt', () => {
    const a = bookUntil('PROOF_QC');
    make(a, 'PROOF');
    a.signs('proofQc', ...inside, 'client');
    expect([a.state.phase, state(a)]).toEqual(['PROOF_QC', 'proofQc']);
    a.signs('proofQc', 'receipt');
    expect([a.state.phase, state(a)]).toEqual(['DELIVERED', 'done']);
    expect(a.state.pieces['poster']?.receiptAt).toBeDefined();
  });

  test('§4.2: a printing fault goes back to ① of the proof and raises no revision', () => {
    const a = bookUntil('PROOF_QC');
    make(a, 'PROOF');
    a.signs('proofQc', ...inside);
    a.does('lead', { ...a.returnAct('proofQc', 'client'), reason: 'PRINTING_FAULT' });
    expect([a.state.phase, state(a), a.state.revisions.length]).toEqual(['PROOF_QC', 'artworkSigned', 0]);
    make(a, 'PROOF');
    expect(a.running('proofQc').round).toBe(2);
  });

  test('R-72, R-83, P-57: a signed design of something to be made is not its artwork', () => {
    const a = bookUntil('IN_PRODUCTION');
    make(a, 'FINAL_DESIGN');
    a.signs('artworkQc', ...inside, 'client');
    expect(state(a)).toBe('released');
    expect(a.refused('designer', a.version('poster', 'PROOF'))).toBe('ARTWORK_UNSIGNED');
    make(a, 'FINISHED_ARTWORK');
    a.signs('artworkQc', ...inside, 'client');
    expect(state(a)).toBe('artworkSigned');
  });
});

describe('several pieces', () => {
  test('R-71: delivered only when every piece is done', () => {
    const a = bookUntil('IN_PRODUCTION');
    a.does('manager', add('leaflet', { needsProof: false }));
    make(a, 'FINISHED_ARTWORK', 'leaflet');
    a.signs('artworkQc', ...inside, 'client');
    expect([a.state.phase, state(a, 'leaflet')]).toEqual(['ARTWORK_QC', 'done']);
    make(a, 'FINISHED_ARTWORK');
    a.signs('artworkQc', ...inside, 'client');
    expect(a.state.phase).toBe('PROOF_QC');
    make(a, 'PROOF');
    a.signs('proofQc', ...inside, 'client', 'receipt');
    expect(a.state.phase).toBe('DELIVERED');
  });

  test('R-71, R-101: one returned while another is signed: both go on, neither waits for the other', () => {
    const a = bookUntil('IN_PRODUCTION');
    a.does('manager', add('leaflet'));
    make(a, 'FINISHED_ARTWORK');
    a.signs('artworkQc', ...inside);
    a.does('lead', a.returnAct('artworkQc', 'client'));
    make(a, 'FINISHED_ARTWORK', 'leaflet');
    a.signs('artworkQc', ...inside, 'client');
    expect([a.state.phase, state(a), state(a, 'leaflet')]).toEqual(['REVISING', 'revising', 'artworkSigned']);
    make(a, 'PROOF', 'leaflet');
    a.signs('proofQc', ...inside);
    a.does('lead', a.returnAct('proofQc', 'client'));
    expect(a.state.revisions.map((one) => [one.ordinal, one.bornAt, one.pieceIds])).toEqual([
      [1, 'artworkQc', ['poster']],
      [2, 'proofQc', ['leaflet']],
    ]);
    ordered(a, 1);
    make(a, 'FINISHED_ARTWORK');
    expect(a.state.phase).toBe('REVISING');
    ordered(a, 2);
    make(a, 'FINISHED_ARTWORK', 'leaflet');
    expect(a.state.phase).toBe('ARTWORK_QC');
  });

  test('R-148: once the client has spoken a new item is the account manager’s decision', () => {
    expect(bookUntil('CREATING').refused('executive', add('leaflet'))).toBeUndefined();
    expect(bookUntil('IN_PRODUCTION').refused('executive', add('leaflet'))).toBe('NOT_ALLOWED');
    expect(bookUntil('IN_PRODUCTION').refused('manager', add('leaflet'))).toBeUndefined();
    expect(bookUntil('CREATING').refused('executive', add('poster', { workType: 'constructor' }))).toBe('FIELD_WRONG');
  });

  test('naming has no production: the list of names goes from the written confirmation straight to its final gate', () => {
    const a = new Agency();
    a.does('executive', requestAct({ workTypes: ['naming'] }));
    const book = bookUntil('CLIENT_CONFIRMED');
    a.state = { ...book.state, workTypes: ['naming'], pieces: {} };
    a.now = book.now;
    a.does('manager', add('names', { workType: 'naming', needsProof: false }));
    make(a, 'FINAL_DESIGN', 'names');
    a.signs('artworkQc', ...inside, 'client');
    expect(a.state.phase).toBe('DELIVERED');
  });
});

describe('revisions after the client’s no', () => {
  test('R-101, R-05: the round closes as returned by the client; a revision opens under the same number', () => {
    const a = returned();
    expect(a.state).toMatchObject({ phase: 'REVISING', jobNumber: 'YFLC2026001' });
    expect(a.state.revisions).toMatchObject([
      { ordinal: 1, bornAt: 'artworkQc', pieceIds: ['poster'], cause: 'client', state: 'OPINION' },
    ]);
    expect(a.state.opinions.slice(-2).map((one) => one.words)).toEqual(['headline larger', 'logo missing']);
    expect(answersOf(a.state).next).toContain('revisionDirection');
  });

  test('causes: the reason says whose the round is, "other" is the side’s that gave it', () => {
    expect(returned('TEXT_ERROR').state.revisions[0]?.cause).toBe('agency');
    expect(returned('NOT_CLEAR').state.revisions[0]?.cause).toBe('brief');
    expect(returned('OTHER').state.revisions[0]?.cause).toBe('client');
    const a = returned('CHANGED_MIND');
    ordered(a);
    make(a, 'FINISHED_ARTWORK');
    expect(a.running('artworkQc')).toMatchObject({ round: 2, cause: 'client' });
    // Born at the proof, the artwork's own last round had passed: the revision says why it goes round again.
    const b = bookUntil('PROOF_QC');
    make(b, 'PROOF');
    b.signs('proofQc', ...inside);
    b.does('lead', { ...b.returnAct('proofQc', 'client'), reason: 'CHANGED_MIND' });
    ordered(b);
    expect(b.refused('designer', b.version('poster', 'PROOF'))).toBe('ARTWORK_UNSIGNED');
    make(b, 'FINISHED_ARTWORK');
    expect(b.running('artworkQc')).toMatchObject({ round: 2, cause: 'client' });
  });

  test('R-112, R-143, R-47: no order before the direction, no work before the order', () => {
    const a = returned();
    const order: JobAct = {
      type: 'submit',
      point: 'revisionOrder',
      paper: paper('F-08', { originalJobNumber: 'YFLC2026001' }),
    };
    expect(a.refused('executive', order)).toBe('DIRECTION_UNCONFIRMED');
    for (const stage of ['DRAFT', 'FINISHED_ARTWORK'] as const)
      expect(a.refused('designer', a.version('poster', stage)), stage).toBe('ORDER_MISSING');
    a.submit('executive', 'revisionDirection', paper('F-18'));
    expect(a.refused('executive', order)).toBe('DIRECTION_UNCONFIRMED');
    a.does('contact', a.returnAct('revisionDirection', 'client'));
    expect(a.refused('executive', order)).toBe('DIRECTION_UNCONFIRMED');
    a.submit('executive', 'revisionDirection', paper('F-18'));
    a.signs('revisionDirection', 'client');
    a.does('executive', order);
    expect(a.refused('designer', a.version('poster', 'FINISHED_ARTWORK'))).toBe('ORDER_MISSING');
    a.signs('revisionOrder', 'creative', 'executor');
    expect(a.refused('designer', a.version('poster', 'FINISHED_ARTWORK'))).toBeUndefined();
  });

  test('R-05, R-31: the order names the original number and is no work order', () => {
    const a = returned();
    a.submit('executive', 'revisionDirection', paper('F-18'));
    a.signs('revisionDirection', 'client');
    const order = (form: string, number: string): JobAct => ({
      type: 'submit',
      point: 'revisionOrder',
      paper: paper(form, { originalJobNumber: number }),
    });
    expect(a.refused('executive', order('F-08', 'YFLC2026009'))).toBe('FIELD_WRONG');
    expect(a.refused('executive', { type: 'submit', point: 'revisionOrder', paper: orderPaper() })).toBe(
      'WRONG_ORDER_FORM',
    );
    expect(a.refused('executive', { ...order('F-08', 'YFLC2026001'), revision: 7 } as JobAct)).toBe('UNKNOWN_OBJECT');
  });

  test('R-147, P-32, P-07: creative then executor accept it, or refuse on the same grounds and it waits for correction', () => {
    const a = returned();
    a.submit('executive', 'revisionDirection', paper('F-18'));
    a.signs('revisionDirection', 'client');
    a.submit('executive', 'revisionOrder', paper('F-08', { originalJobNumber: 'YFLC2026001' }));
    a.does('creativeDirector', a.returnAct('revisionOrder', 'creative', 'refuse'));
    expect(a.state.revisions[0]?.state).toBe('REFUSED');
    expect(a.running('orderCorrection').id).toBe('orderCorrection:F-08:R1');
    a.submit('executive', 'revisionOrder', paper('F-08', { originalJobNumber: 'YFLC2026001' }));
    expect(() => a.running('orderCorrection')).toThrow();
    a.signs('revisionOrder', 'creative', 'executor');
    expect(a.state.revisions[0]?.state).toBe('IN_WORK');
  });

  test('R-146, §4.2: born at QC the revised work goes through the whole chain again and ends confirmed', () => {
    const a = returned();
    ordered(a);
    make(a, 'DRAFT');
    expect(a.state.revisions[0]?.state).toBe('DRAFT_ATTACHED');
    a.signs('draftGate', 'creativeDirector', 'accountManager');
    expect(a.state.revisions[0]?.state).toBe('RELEASED');
    make(a, 'FINISHED_ARTWORK');
    expect([a.state.phase, a.state.pieces['poster']?.versions.at(-1)?.answers]).toEqual(['ARTWORK_QC', 'R1']);
    a.signs('artworkQc', ...inside, 'client');
    expect([a.state.phase, a.state.revisions[0]?.state]).toEqual(['PROOF_QC', 'CONFIRMED']);
  });
});
