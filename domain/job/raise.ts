import { standardRoutes } from '../circulation/routes.ts';
import { tooLong } from '../circulation/limits.ts';
import type { Refusal } from '../process.ts';
import { refuse } from '../process.ts';
import { isAccountManagerOrAbove } from '../people/roles.ts';
import type { JobAct } from './acts.ts';
import type { ActDefinition } from './definition.ts';
import { account, moveTo } from './definition.ts';
import { settlePieces, waitsForOrder } from './pieces.ts';
import { currentProposal, openOpinions } from './proposal.ts';
import { closeRounds, dropRevision as drop, raiseRevision as raise, runningRounds } from './raising.ts';
import { reject, rejectable, settleRejection, writtenRejection } from './rejection.ts';
import { sendRound } from './rounds.ts';
import type { PersonCommand, Sketch } from './sketch.ts';
import type { JobPhase, JobState, Revision } from './state.ts';

type Act<T extends JobAct['type']> = Extract<JobAct, { type: T }>;
type Of<T extends JobAct['type']> = ActDefinition<Act<T>>;

/** Where the client may change his mind about something he was shown (M-08). */
const phases: readonly JobPhase[] = [
  'CREATING',
  'PROPOSED',
  'REVISING',
  'CLIENT_CONFIRMED',
  'IN_PRODUCTION',
  'ARTWORK_QC',
  'PROOF_QC',
  'DELIVERED',
  'TRACKING',
];

/** Whether the way back leads to a proposal: before making began always, later only if the account manager says so. */
function toProposal(state: JobState, act: Act<'raiseRevision'>): boolean {
  const proposal = currentProposal(state)?.state;
  if (state.phase === 'PROPOSED' || state.phase === 'CLIENT_CONFIRMED') return true;
  if (state.phase === 'REVISING' && (proposal === 'OPINIONS_RECEIVED' || proposal === 'CORRECTING')) return true;
  return act.toProposal;
}

/** What is wrong with the pieces a revision names: unknown, never shown, or changed by another order already. */
function piecesWrong(state: JobState, act: Act<'raiseRevision'>, optional: boolean): Refusal | undefined {
  if (act.pieceIds.length === 0 && !optional)
    return refuse('FIELD_MISSING', { field: 'pieceIds', params: { fields: ['pieceIds'] }, rule: 'R-143' });
  for (const [index, id] of act.pieceIds.entries()) {
    const piece = Object.hasOwn(state.pieces, id) ? state.pieces[id] : undefined;
    const field = `pieceIds.${index}`;
    // Only what was let out can have been seen; anything else is still the agency's own work.
    const seen = piece?.versions.some((one) => one.verdict !== undefined && one.verdict !== 'superseded');
    if (!piece || !seen) return refuse('UNKNOWN_OBJECT', { field, params: { what: id }, rule: 'R-143' });
    if (waitsForOrder(state, piece)) return refuse('IN_CIRCULATION', { field, rule: 'R-143' });
  }
  return undefined;
}

/**
 * A revision on the client's word (M-08, S-49): in a meeting, by telephone, by mail, at a proposal, in production, after
 * the confirmation, after delivery. The client confirms the direction in writing before any order, so a
 * spoken word still decides nothing.
 */
export const raiseRevision: Of<'raiseRevision'> = {
  by: account,
  phases,
  guard(state) {
    const proposal = currentProposal(state)?.state;
    return state.phase === 'PROPOSED' && proposal !== 'AWAITING_COMMENT'
      ? refuse('WRONG_PHASE', { params: { phase: state.phase } })
      : undefined;
  },
  decide(sketch, { act, actor, receivedAt }) {
    const { state } = sketch;
    const proposal = currentProposal(state);
    const back = toProposal(state, act) && proposal !== undefined;
    if (act.toProposal && !isAccountManagerOrAbove(actor.roles))
      return refuse('NOT_ALLOWED', { field: 'toProposal', params: { who: 'ACCOUNT_MANAGER' }, rule: 'R-148' });
    const known = openOpinions(state).map((one) => one.id);
    const stranger = act.opinionIds.findIndex((id) => !known.includes(id));
    if (stranger >= 0)
      return refuse('UNKNOWN_OBJECT', {
        field: `opinionIds.${stranger}`,
        params: { what: act.opinionIds[stranger] ?? '' },
      });
    const words = act.words ?? '';
    if (words.trim() === '' && act.opinionIds.length === 0)
      return refuse('FIELD_MISSING', { field: 'words', params: { fields: ['words'] }, rule: 'R-117' });
    if (act.from === '') return refuse('FIELD_MISSING', { field: 'from', params: { fields: ['from'] }, rule: 'R-117' });
    const no = tooLong(words) ?? piecesWrong(state, act, back);
    if (no) return no;
    const lost = back ? runningRounds(state, ['proposalComment', 'confirmation', 'clearance']) : [];
    closeRounds(sketch, lost, { by: actor.personId, words });
    if (back && state.phase === 'PROPOSED')
      sketch.add({ type: 'proposalChanged', proposal: { ...proposal, state: 'OPINIONS_RECEIVED' } });
    const shown = Object.values(state.pieces).filter((piece) => piece.versions.length > 0);
    raise(sketch, {
      bornAt: back ? 'proposal' : 'word',
      ...(back ? { proposal: proposal.no } : {}),
      pieceIds: act.pieceIds.length > 0 || !back ? act.pieceIds : shown.map((piece) => piece.id),
      words,
      from: act.from,
      source: act.source,
      cause: 'client',
      opinionIds: act.opinionIds,
      raised: { by: actor.personId, at: receivedAt, from: stoodAt(state) },
    });
    return undefined;
  },
};

/** Where the job stood before any of its open revisions; it goes back there when the last of them is dropped. */
function stoodAt(state: JobState): JobPhase {
  if (state.phase !== 'REVISING') return state.phase;
  return state.revisions.findLast((one) => one.raised !== undefined)?.raised?.from ?? 'ARTWORK_QC';
}

const droppable: readonly Revision['state'][] = ['OPINION', 'DIRECTION_CONFIRMED', 'REFUSED'];

/** The client thought better of it before the order was accepted: the revision is dropped, the job stands where it stood. */
export const dropRevision: Of<'dropRevision'> = {
  by: account,
  phases: ['REVISING'],
  decide(sketch, command) {
    const { act, actor } = command;
    const revision = sketch.state.revisions.find((one) => one.ordinal === act.revision);
    if (!revision) return refuse('UNKNOWN_OBJECT', { field: 'revision', params: { what: 'revision' } });
    if (act.words.trim() === '') return refuse('REASON_MISSING', { field: 'words' });
    const long = tooLong(act.words);
    if (long) return long;
    // What the client sent back himself only he takes back; an accepted order is carried out.
    if (!revision.raised || !droppable.includes(revision.state))
      return refuse('ACTED_UPON', { field: 'revision', rule: 'R-143' });
    const asking = runningRounds(sketch.state, ['revisionDirection', 'revisionOrder', 'orderCorrection']);
    const lost = asking.filter(({ id }) => id.includes(`:R${revision.ordinal}`));
    closeRounds(sketch, lost, { by: actor.personId, words: act.words });
    drop(sketch, revision, {
      personId: sketch.state.opinions.find((one) => one.at === revision.raised?.at)?.from ?? '',
      at: revision.raised.at,
    });
    return goBack(sketch, command, revision.raised.from);
  },
};

function goBack(sketch: Sketch, command: PersonCommand<unknown>, from: JobPhase): Refusal | undefined {
  const { state } = sketch;
  const proposal = currentProposal(state);
  const pieces = Object.values(state.pieces);
  const open = state.revisions.some((one) => one.state !== 'CONFIRMED' && one.state !== 'DROPPED');
  if (open && pieces.some((piece) => piece.state === 'revising' || waitsForOrder(state, piece))) return undefined;
  if (from === 'PROPOSED' && proposal?.state === 'OPINIONS_RECEIVED' && !open) {
    sketch.add({ type: 'proposalChanged', proposal: { ...proposal, state: 'AWAITING_COMMENT' } });
    moveTo(sketch, 'PROPOSED');
    const about = state.papers['F-20'] ?? state.papers['F-19'];
    if (!about) return refuse('PACKAGE_INCOMPLETE', { params: { items: ['F-20'] } });
    return sendRound(sketch, command, {
      id: `proposalComment:P${proposal.no}`,
      point: 'proposalComment',
      route: standardRoutes.proposalComment,
      about: { kind: 'paper', paper: about.key, form: about.form, version: about.version, hash: about.hash },
      notApplicable: [],
      onSubmitted: () => undefined,
    });
  }
  settlePieces(sketch);
  const { phase } = sketch.state;
  if (!open && (phase === 'REVISING' || (phase === 'DELIVERED' && from === 'TRACKING')))
    moveTo(sketch, stillStands(sketch.state, from) ? from : 'IN_PRODUCTION');
  return undefined;
}

/** A delivered job to which a piece was added meanwhile is delivered no more: that piece has to be made. */
function stillStands(state: JobState, from: JobPhase): boolean {
  const delivered = from === 'DELIVERED' || from === 'TRACKING';
  return !delivered || Object.values(state.pieces).every((piece) => piece.state === 'done');
}

/** The client rejects the proposal for good and has written so; account service puts it on record (M-05, R-92). */
export const rejectProposal: Of<'rejectProposal'> = {
  by: account,
  phases: ['CREATING', 'INTERNAL_REVIEW', 'PROPOSED', 'REVISING', 'CLIENT_CONFIRMED'],
  guard(state) {
    if (!rejectable(state)) return refuse('UNKNOWN_OBJECT', { params: { what: 'proposal' } });
    return writtenRejection(state) ? undefined : refuse('NOT_IN_WRITING', { rule: 'R-92' });
  },
  decide(sketch, { act, actor }) {
    if (act.words.trim() === '') return refuse('REASON_MISSING', { field: 'words', rule: 'R-117' });
    const long = tooLong(act.words);
    if (long) return long;
    const paper = writtenRejection(sketch.state);
    settleRejection(sketch, { by: actor.personId, words: act.words });
    reject(sketch, { personId: actor.personId, words: act.words, ...(paper ? { paper: paper.hash } : {}) });
    return undefined;
  },
};
