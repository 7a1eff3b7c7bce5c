import { standardRoutes } from '../circulation/routes.ts';
import type { Refusal } from '../process.ts';
import { refuse } from '../process.ts';
import type { ReasonCode } from '../wording/reasons.ts';
import type { JobAct, PointId } from './acts.ts';
import type { ActDefinition, No, PointDefinition } from './definition.ts';
import { account, makers, managers, mayBe, moveTo, working } from './definition.ts';
import {
  confirmRevision,
  dropRevision,
  inWork,
  raisedBy,
  raiseRevision,
  releaseRevision,
  unordered,
} from './raising.ts';
import { causeOfNo, sendRound } from './rounds.ts';
import type { Sketch } from './sketch.ts';
import type { JobPhase, JobState, Piece, PieceStage } from './state.ts';
import { onShortForm } from './short-forms.ts';
import { workTypeFacts } from './worktypes.ts';

type Of<T extends JobAct['type']> = ActDefinition<Extract<JobAct, { type: T }>>;

const afterClient: readonly JobPhase[] = ['REVISING', 'CLIENT_CONFIRMED', 'IN_PRODUCTION', 'ARTWORK_QC', 'PROOF_QC'];
const qcPhases: readonly JobPhase[] = ['IN_PRODUCTION', 'ARTWORK_QC', 'PROOF_QC', 'REVISING', 'CLIENT_CONFIRMED'];

/** `YYYYMMDD_project_type[_Vn].ext`, with no character a file system minds. */
const fileName = /^\d{8}_[^\s/\\:*?"<>|_]+_[^\s/\\:*?"<>|_]+(_[^\s/\\:*?"<>|_]+)*\.[A-Za-z0-9]{1,8}$/;

/** A piece of the job; each has its own versions and rounds. */
export const addPiece: Of<'addPiece'> = {
  by: [...account, 'ART_DIRECTOR', 'CREATIVE_DIRECTOR'],
  phases: ['OPENED', 'ORDER_SIGNOFF', ...working],
  decide(sketch, { act, actor }) {
    if (!Object.hasOwn(workTypeFacts, act.workType))
      return refuse('FIELD_WRONG', { field: 'workType', params: { name: 'workType', why: act.workType } });
    // A new item once the client has spoken is new work; whether it is a job of its own the account manager decides.
    if (afterClient.includes(sketch.state.phase) && !mayBe(managers, actor))
      return refuse('NOT_ALLOWED', { params: { who: 'ACCOUNT_MANAGER' }, rule: 'R-148' });
    // A short form has no station at which a piece would be made: a creative item in it is new work.
    if (sketch.state.phase !== 'OPENED' && sketch.state.phase !== 'ORDER_SIGNOFF' && onShortForm(sketch.state))
      return refuse('SHORT_FORM', { field: 'workType', rule: 'R-148' });
    if (Object.hasOwn(sketch.state.pieces, act.pieceId)) return refuse('SAME_VERSION', { field: 'pieceId' });
    if (Object.keys(sketch.state.pieces).length >= 30)
      return refuse('TOO_LONG', { field: 'pieceId', params: { name: 'pieces', max: 30 } });
    const { pieceId: id, name, workType, specification, needsProof } = act;
    const piece: Piece = {
      id,
      name,
      workType,
      specification,
      needsProof,
      final: workTypeFacts[workType].final,
      versions: [],
      state: 'creating',
    };
    sketch.add({ type: 'pieceAdded', piece });
    return undefined;
  },
};

const pointOf: Readonly<Record<PieceStage, PointId>> = {
  DRAFT: 'draftGate',
  FINAL_DESIGN: 'artworkQc',
  FINISHED_ARTWORK: 'artworkQc',
  PROOF: 'proofQc',
};

/** The newest version made for one of these stages. */
export function newest(piece: Piece, stages: readonly PieceStage[]): Piece['versions'][number] | undefined {
  return piece.versions.filter((version) => stages.includes(version.stage)).at(-1);
}

/** A version goes on its way: drafts through the draft gate, finals through the chain of QC. */
export const submitVersion: Of<'submitVersion'> = {
  by: makers,
  phases: working,
  decide(sketch, command) {
    const { act, actor, receivedAt } = command;
    const { state } = sketch;
    const piece = Object.hasOwn(state.pieces, act.pieceId) ? state.pieces[act.pieceId] : undefined;
    if (!piece) return refuse('UNKNOWN_OBJECT', { field: 'pieceId', params: { what: act.pieceId } });
    if (state.papers['F-04']?.status !== 'passed') return refuse('ORDER_MISSING', { rule: 'R-47' });
    const bad = act.fileNames.findIndex((name) => !fileName.test(name));
    if (act.fileNames.length === 0 || bad >= 0) {
      return refuse('FILE_NAME', {
        field: `fileNames.${Math.max(bad, 0)}`,
        params: { pattern: '20260312_春季海报_完稿_V2.pdf' },
        rule: 'R-204',
      });
    }
    // One file of a piece is out at a time: a verdict must never fall on a version nobody saw.
    if (inRound.includes(piece.state)) return refuse('IN_CIRCULATION', { field: 'pieceId', rule: 'R-78' });
    if (waitsForOrder(state, piece)) return refuse('ORDER_MISSING', { field: 'pieceId', rule: 'R-47' });
    // What was taken back may come again as it was; what was judged may not.
    const same = piece.versions.findLast((version) => version.hash === act.hash && version.stage === act.stage);
    if (same && !(same === piece.versions.at(-1) && same.verdict === 'superseded'))
      return refuse('SAME_VERSION', { field: 'hash', rule: 'R-78' });
    const no = act.stage === 'DRAFT' ? draftMayStart(piece) : finalMayStart(state, piece, act);
    if (no) return no;
    const revision = state.revisions.findLast((one) => inWork.includes(one.state) && one.pieceIds.includes(piece.id));
    sketch.add({
      type: 'versionSubmitted',
      pieceId: piece.id,
      fileNames: act.fileNames,
      version: {
        version: piece.versions.length + 1,
        stage: act.stage,
        hash: act.hash,
        by: actor.personId,
        at: receivedAt,
        ...(act.printedSample ? { printedSample: act.printedSample } : {}),
        ...(act.lawHits && act.lawHits.length > 0 ? { lawHits: act.lawHits } : {}),
        ...(revision ? { answers: `R${revision.ordinal}` } : {}),
      },
    });
    if (revision?.state === 'IN_WORK')
      sketch.add({ type: 'revisionChanged', revision: { ...revision, state: 'DRAFT_ATTACHED' } });
    const point = pointOf[act.stage];
    const definition = point === 'draftGate' ? draftGate : point === 'artworkQc' ? artworkQc : proofQc;
    return sendRound(sketch, command, {
      id: `${point}:${piece.id}`,
      point,
      route: definition.route(sketch.state, undefined),
      about: { kind: 'piece', pieceId: piece.id, stage: act.stage, version: piece.versions.length + 1, hash: act.hash },
      notApplicable: [],
      ...(revision && piece.state === 'revising' ? { cause: revision.cause } : {}),
      ...(act.checklist ? { checklist: act.checklist } : {}),
      onSubmitted: (circulation) => definition.onSubmitted?.(sketch, circulation),
    });
  },
};

const inRound: readonly Piece['state'][] = ['draftGate', 'artworkQc', 'proofQc'];

/** Whether the client asked for a change of this piece and no accepted revision order says how. */
export function waitsForOrder(state: JobState, piece: Piece): boolean {
  return state.revisions.some((one) => one.pieceIds.includes(piece.id) && unordered.includes(one.state));
}

/** Once the client signed the artwork a new draft would undo the signature; only a revision opens the piece again. */
function draftMayStart(piece: Piece): ReturnType<typeof refuse> | undefined {
  return piece.state === 'artworkSigned' || piece.state === 'proofConfirmed' || piece.state === 'done'
    ? refuse('ALREADY_DECIDED', { field: 'pieceId' })
    : undefined;
}

function finalMayStart(
  state: JobState,
  piece: Piece,
  act: Extract<JobAct, { type: 'submitVersion' }>,
): ReturnType<typeof refuse> | undefined {
  if (!qcPhases.includes(state.phase)) return refuse('WRONG_PHASE', { params: { phase: state.phase }, rule: 'R-93' });
  // Corrections of a proposal go back to the client as a proposal, not as artwork (§4.2, way back of revisions).
  const proposed = state.revisions.some((one) => one.bornAt === 'proposal' && one.state !== 'CONFIRMED');
  if (state.phase === 'REVISING' && proposed)
    return refuse('WRONG_PHASE', { params: { phase: state.phase }, rule: 'R-93' });
  if (state.phase === 'CLIENT_CONFIRMED' && workTypeFacts[piece.workType].produced)
    return refuse('WRONG_PHASE', { params: { phase: state.phase }, rule: 'R-115' });
  if (act.stage === 'FINISHED_ARTWORK' || act.stage === 'PROOF') {
    if (!act.printedSample || !/^A[0-4]$/.test(act.printedSample.size))
      return refuse('SAMPLE_MISSING', { field: 'printedSample', rule: 'R-83' });
  }
  if (act.stage === 'PROOF') {
    if (!piece.needsProof) return refuse('WRONG_PHASE', { params: { phase: state.phase }, rule: 'R-87' });
    if (piece.state !== 'artworkSigned') return refuse('ARTWORK_UNSIGNED', { rule: 'R-87' });
    return undefined;
  }
  return draftMayStart(piece);
}

function pieceOf(sketch: Sketch, circulation: { about: { kind: string; pieceId?: string } }): Piece | undefined {
  return circulation.about.pieceId === undefined ? undefined : sketch.state.pieces[circulation.about.pieceId];
}

/** Creative director views, account manager or above reviews; only then a client may see a draft. */
export const draftGate: PointDefinition = {
  by: makers,
  phases: working,
  route: () => standardRoutes.draftGate,
  onSubmitted: (sketch, circulation) => move(sketch, circulation, 'draftGate'),
  onPassed(sketch, circulation) {
    move(sketch, circulation, 'released', 'released');
    const released = releaseRevision(sketch, pieceOf(sketch, circulation));
    // A change of a first draft is answered by the draft: creating goes on.
    const { state } = sketch;
    const waiting = Object.values(state.pieces).some((piece) => waitsForOrder(state, piece));
    const fromDraft = released?.bornAt === 'word' && released.raised?.from === 'CREATING';
    if (fromDraft && !waiting && state.phase === 'REVISING') moveTo(sketch, 'CREATING');
  },
  onNo: (sketch, { circulation }) => move(sketch, circulation, 'creating', 'returned'),
  onTakenBack: (sketch, no) => backInRound(sketch, no, 'draftGate'),
  onWithdrawn: (sketch, circulation) => move(sketch, circulation, 'creating', 'superseded'),
};

/** Seven steps, or six where the account director chose so for this client (R-74, P-02). */
export const artworkQc: PointDefinition = {
  by: makers,
  phases: qcPhases,
  route: (state) => standardRoutes[state.qcRoute],
  onSubmitted(sketch, circulation) {
    move(sketch, circulation, 'artworkQc');
    settlePieces(sketch);
  },
  onPassed(sketch, circulation) {
    const piece = pieceOf(sketch, circulation);
    // A signed design of something that is still to be made is not its artwork (R-72, R-83, P-57).
    const design = circulation.about.kind === 'piece' && circulation.about.stage === 'FINAL_DESIGN';
    const artworkFollows = design && piece?.final === 'FINISHED_ARTWORK';
    move(sketch, circulation, artworkFollows ? 'released' : piece?.needsProof ? 'artworkSigned' : 'done', 'signed');
    confirmRevision(sketch, pieceOf(sketch, circulation));
    settlePieces(sketch);
  },
  onNo: (sketch, no) => sentBack(sketch, no, 'artworkQc'),
  onTakenBack: (sketch, no) => backInRound(sketch, no, 'artworkQc'),
  onWithdrawn: (sketch, circulation) => move(sketch, circulation, 'creating', 'superseded'),
};

/** The same chain on the proof; it ends with the receipt of the final package. */
export const proofQc: PointDefinition = {
  by: makers,
  phases: ['ARTWORK_QC', 'PROOF_QC', 'REVISING'],
  route: (state) => (state.qcRoute === 'qcSix' ? standardRoutes.proofSix : standardRoutes.proofSeven),
  onSubmitted(sketch, circulation) {
    move(sketch, circulation, 'proofQc');
    settlePieces(sketch);
  },
  onPassed(sketch, circulation) {
    move(sketch, circulation, 'done', 'received');
    confirmRevision(sketch, pieceOf(sketch, circulation));
    settlePieces(sketch);
  },
  onNo: (sketch, no) => sentBack(sketch, no, 'proofQc'),
  onTakenBack: (sketch, no) => backInRound(sketch, no, 'proofQc'),
  onWithdrawn: (sketch, circulation) => move(sketch, circulation, 'artworkSigned', 'superseded'),
};

/** A fault of the print alone sends the proof back to its own ① and asks for no change of the work (§4.2). */
const printingFault: ReasonCode = 'PRINTING_FAULT';

function move(
  sketch: Sketch,
  circulation: { about: { kind: string; pieceId?: string } },
  state: Piece['state'],
  verdict?: Piece['versions'][number]['verdict'],
): void {
  const piece = pieceOf(sketch, circulation);
  if (piece) sketch.add({ type: 'pieceMoved', pieceId: piece.id, state, ...(verdict ? { verdict } : {}) });
}

/** A no inside goes back to ① as a new version; the client's no makes a revision order under the same number. */
function sentBack(sketch: Sketch, { circulation, decision }: No, bornAt: 'artworkQc' | 'proofQc'): void {
  const piece = pieceOf(sketch, circulation);
  if (!piece) return;
  const step = sketch.state.routes[circulation.route]?.steps.find((one) =>
    circulation.stays.some((stay) => stay.step === one.key && stay.state === 'stopped'),
  );
  const printing = bornAt === 'proofQc' && decision.reason === printingFault;
  if (step?.side !== 'client' || printing) {
    move(sketch, circulation, bornAt === 'proofQc' ? 'artworkSigned' : 'creating', 'returned');
    return;
  }
  move(sketch, circulation, 'revising', 'returned');
  raiseRevision(sketch, {
    bornAt,
    pieceIds: [piece.id],
    words: decision.words ?? '',
    from: decision.personId,
    cause: causeOfNo(decision.reason, 'client'),
  });
}

/**
 * A no that its giver took back before anybody acted on it: the very version is in its round again, and a revision the
 * no had opened is dropped. A newer version, or a direction that was asked for, is somebody having acted.
 */
function backInRound(
  sketch: Sketch,
  { circulation, decision }: No,
  point: 'draftGate' | 'artworkQc' | 'proofQc',
): Refusal | undefined {
  const piece = pieceOf(sketch, circulation);
  const version = piece?.versions.at(-1);
  const { about } = circulation;
  const asLeft = version?.verdict === 'returned' && version.version === about.version && version.hash === about.hash;
  if (!piece || !asLeft || inRound.includes(piece.state)) return refuse('ACTED_UPON', { field: 'step', rule: 'R-79' });
  if (piece.state === 'revising') {
    const revision = raisedBy(sketch.state, (one) => one.bornAt === point && one.pieceIds.includes(piece.id));
    if (!revision) return refuse('ACTED_UPON', { field: 'step', rule: 'R-101' });
    dropRevision(sketch, revision, decision);
  }
  sketch.add({ type: 'pieceMoved', pieceId: piece.id, state: point, reopened: true });
  if (point === 'draftGate') return undefined;
  settlePieces(sketch);
  if (
    sketch.state.phase === 'REVISING' &&
    !Object.values(sketch.state.pieces).some((one) => waitsForOrder(sketch.state, one))
  )
    moveTo(sketch, 'ARTWORK_QC');
  return undefined;
}

/** Where the job stands follows from where its pieces stand: delivered only when every piece is done. */
export function settlePieces(sketch: Sketch): void {
  const pieces = Object.values(sketch.state.pieces);
  if (pieces.length === 0) return;
  // While one piece waits for its revision order the job stands there, so that the order can be written.
  if (pieces.some((piece) => waitsForOrder(sketch.state, piece))) return moveTo(sketch, 'REVISING');
  if (pieces.every((piece) => piece.state === 'done')) return moveTo(sketch, 'DELIVERED');
  const artworkDone = pieces.every((piece) =>
    ['artworkSigned', 'proofQc', 'proofConfirmed', 'done'].includes(piece.state),
  );
  if (artworkDone) return moveTo(sketch, 'PROOF_QC');
  if (pieces.some((piece) => piece.state === 'artworkQc')) moveTo(sketch, 'ARTWORK_QC');
}
