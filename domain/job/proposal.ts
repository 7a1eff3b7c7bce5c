import { maxWords } from '../circulation/limits.ts';
import { standardRoutes } from '../circulation/routes.ts';
import type { Refusal } from '../process.ts';
import { refuse } from '../process.ts';
import { isAccountManagerOrAbove } from '../people/roles.ts';
import type { JobAct } from './acts.ts';
import type { ActDefinition, No, PointDefinition } from './definition.ts';
import { account, listFact, moveTo, working } from './definition.ts';
import { report } from './opinions.ts';
import { newest } from './pieces.ts';
import { closeRound, dropRevision, raisedBy, raiseRevision, unordered } from './raising.ts';
import { reject, rejectedForGood, reviewOf } from './rejection.ts';
import { causeOfNo, sendRound } from './rounds.ts';
import type { Sketch } from './sketch.ts';
import type { JobState, Opinion, Proposal } from './state.ts';

type Of<T extends JobAct['type']> = ActDefinition<Extract<JobAct, { type: T }>>;

/** The proposal the job works on now: the newest. */
export function currentProposal(state: JobState): Proposal | undefined {
  return state.proposals.at(-1);
}

/** The client's opinions that wait for an answer; on one proposal where its number is given. */
export function openOpinions(state: Pick<JobState, 'opinions'>, proposal?: number): readonly Opinion[] {
  return state.opinions.filter(
    (one) => !one.answer && !one.withdrawn && (proposal === undefined || one.proposal === proposal),
  );
}

const set = (sketch: Sketch, proposal: Proposal, change: Partial<Proposal>): void =>
  sketch.add({ type: 'proposalChanged', proposal: { ...proposal, ...change } });

/** The next proposal. The concept comes first; an account manager may skip it for a small job (P-56). */
export const prepareProposal: Of<'prepareProposal'> = {
  by: account,
  phases: ['CREATING'],
  guard(state) {
    if (state.papers['F-03']?.status !== 'passed') return refuse('BRIEF_UNCONFIRMED', { rule: 'R-18' });
    const now = currentProposal(state);
    if (now && now.state !== 'AGREED' && now.state !== 'REJECTED') return refuse('IN_CIRCULATION', { field: 'kind' });
    return undefined;
  },
  decide(sketch, { act, actor }) {
    const agreed = sketch.state.proposals.some((one) => one.kind === 'CONCEPT' && one.state === 'AGREED');
    if (act.kind === 'CONCEPT' && agreed) return refuse('ALREADY_DECIDED', { field: 'kind' });
    if (act.kind === 'DETAILED' && !agreed && !isAccountManagerOrAbove(actor.roles)) {
      return refuse('NOT_ALLOWED', { field: 'kind', params: { who: 'ACCOUNT_MANAGER' }, rule: 'R-103' });
    }
    const no = sketch.state.proposals.length + 1;
    sketch.add({ type: 'proposalChanged', proposal: { no, kind: act.kind, round: 1, state: 'PREPARING' } });
    return undefined;
  },
};

/** Whether a round of this name is about this proposal. */
function isAbout(id: string, proposal: Proposal | undefined): boolean {
  return proposal !== undefined && id.split('/')[0]?.split(':')[1] === `P${proposal.no}`;
}

/** What a proposal still lacks before the agency can agree on it. */
export function packageGaps(state: JobState): readonly string[] {
  const plan = state.papers['F-19'];
  const items = state.papers['F-20'];
  if (!plan && !items) return ['F-19', 'F-20'];
  return [
    ...listFact(plan?.facts['missingModules']),
    ...(plan && plan.facts['printedSet'] !== true ? ['printedSet'] : []),
    ...(plan && plan.facts['electronic'] !== true ? ['electronic'] : []),
    ...listFact(items?.facts['itemProblems']),
    ...[plan, items].flatMap((paper) => (paper && !paper.facts.complete ? paper.facts.missing : [])),
  ];
}

/** Drafts that have not passed their gate: nothing creative reaches the client without it. */
export function unreleased(state: JobState): readonly string[] {
  return Object.values(state.pieces)
    .filter((piece) => piece.versions.length > 0 && newest(piece, ['DRAFT'])?.verdict !== 'released')
    .map((piece) => piece.name);
}

function draftGateOpen(state: JobState): Refusal | undefined {
  const pieces = unreleased(state);
  return pieces.length > 0 ? refuse('DRAFT_GATE_OPEN', { params: { pieces }, rule: 'R-66' }) : undefined;
}

/** A proposal that is not agreed inside is worked on again; its round was never shown, so it does not count. */
export function backToWork(sketch: Sketch): void {
  const proposal = currentProposal(sketch.state);
  if (!proposal) return;
  const again = proposal.round > 1;
  set(sketch, proposal, again ? { state: 'CORRECTING', round: proposal.round - 1 } : { state: 'PREPARING' });
  moveTo(sketch, again ? 'REVISING' : 'CREATING');
}

/** Who agrees beside creative and account service: whose work the proposal holds, and whom the author asks for (P-09, R-97). */
export function partiesOf(state: JobState, asked: readonly string[] = []): readonly ('strategy' | 'media')[] {
  const order = state.papers['F-04']?.facts;
  const kinds = [
    ...state.workTypes,
    ...listFact(order?.['workTypes']),
    ...Object.values(state.pieces).map((piece) => piece.workType),
  ];
  return [
    ...(state.papers['F-19'] || asked.includes('strategy') ? (['strategy'] as const) : []),
    ...(kinds.includes('media') || order?.['hasMedia'] === true || asked.includes('media') ? (['media'] as const) : []),
  ];
}

/** Account service and creative agree before anything is proposed; second proposals answer every opinion. */
export const internalAgreement: PointDefinition = {
  by: account,
  phases: ['CREATING', 'INTERNAL_REVIEW', 'REVISING'],
  route: (state, submission) =>
    partiesOf(state, submission?.act.with).length > 0
      ? standardRoutes.internalAgreementWide
      : standardRoutes.internalAgreement,
  check(_state, { act }) {
    const unknown = (act.with ?? []).findIndex((key) => key !== 'strategy' && key !== 'media');
    if (unknown >= 0)
      return refuse('UNKNOWN_OBJECT', { field: `with.${unknown}`, params: { what: act.with?.[unknown] ?? '' } });
    // Whose work it is agrees to it; the author does not excuse anybody.
    const [marked] = act.notApplicable ?? [];
    return marked
      ? refuse('SKIP_NOT_ALLOWED', { field: 'notApplicable', params: { step: marked.step }, rule: 'R-102' })
      : undefined;
  },
  notApplicable(state, { act }) {
    const parties = partiesOf(state, act.with);
    return (['strategy', 'media'] as const)
      .filter((key) => !parties.includes(key))
      .map((step) => ({ step, reason: 'P-08' }));
  },
  suffix: (state) => `P${currentProposal(state)?.no ?? 0}`,
  guard(state) {
    const proposal = currentProposal(state);
    if (!proposal || (proposal.state !== 'PREPARING' && proposal.state !== 'CORRECTING'))
      return refuse('UNKNOWN_OBJECT', { field: 'point', params: { what: 'proposal' } });
    // What the client asked for goes into the proposal by an order, not beside it.
    const pending = state.revisions.find((one) => unordered.includes(one.state));
    if (pending)
      return pending.state === 'OPINION'
        ? refuse('DIRECTION_UNCONFIRMED', { rule: 'R-112' })
        : refuse('ORDER_MISSING', { rule: 'R-47' });
    const gaps = packageGaps(state);
    if (gaps.length > 0) return refuse('PACKAGE_INCOMPLETE', { params: { items: gaps }, rule: 'R-105' });
    const drafts = draftGateOpen(state);
    if (drafts) return drafts;
    const open = openOpinions(state, proposal.no).length;
    if (proposal.state === 'CORRECTING' && open > 0)
      return refuse('OPINIONS_UNANSWERED', { params: { n: open }, rule: 'R-113' });
    return undefined;
  },
  onSubmitted(sketch) {
    const proposal = currentProposal(sketch.state);
    if (proposal)
      set(sketch, proposal, {
        state: 'INTERNAL',
        round: proposal.state === 'CORRECTING' ? proposal.round + 1 : proposal.round,
      });
    moveTo(sketch, 'INTERNAL_REVIEW');
  },
  onPassed(sketch) {
    const proposal = currentProposal(sketch.state);
    if (proposal) set(sketch, proposal, { state: 'READY' });
  },
  onNo: backToWork,
  onTakenBack(sketch, { circulation }) {
    const { state } = sketch;
    const changed = (['F-19', 'F-20'] as const).some(
      (key) => (state.papers[key]?.at ?? '') > (circulation.endedAt ?? ''),
    );
    const same = isAbout(circulation.id, currentProposal(state));
    if (changed || !same || !internalAgreement.phases.includes(state.phase))
      return refuse('ACTED_UPON', { field: 'step', rule: 'R-102' });
    const no = internalAgreement.guard?.(state);
    if (!no) internalAgreement.onSubmitted?.(sketch, circulation);
    return no;
  },
  onWithdrawn: backToWork,
};

/** Time, place and who presents. Nothing unreleased is scheduled, whatever the client asked for. */
export const scheduleProposal: Of<'scheduleProposal'> = {
  by: account,
  phases: ['INTERNAL_REVIEW'],
  guard: (state) =>
    currentProposal(state)?.state === 'READY' || currentProposal(state)?.state === 'SCHEDULED'
      ? draftGateOpen(state)
      : refuse('DISAGREEMENT', { rule: 'R-102' }),
  decide(sketch, { act }) {
    const proposal = currentProposal(sketch.state);
    if (!proposal) return refuse('UNKNOWN_OBJECT', { params: { what: 'proposal' } });
    if (act.participants.length === 0)
      return refuse('FIELD_MISSING', { field: 'participants', params: { fields: ['participants'] }, rule: 'R-110' });
    set(sketch, proposal, { state: 'SCHEDULED', scheduled: { at: act.at, place: act.place } });
    return undefined;
  },
};

/** The proposal was held: questions, doubts and objections are recorded, the client is asked for a comment. */
export const holdProposal: Of<'holdProposal'> = {
  by: account,
  phases: ['INTERNAL_REVIEW'],
  guard: (state) =>
    currentProposal(state)?.state === 'SCHEDULED'
      ? draftGateOpen(state)
      : refuse('WRONG_PHASE', { params: { phase: state.phase } }),
  decide(sketch, command) {
    const { act, receivedAt, actor } = command;
    const proposal = currentProposal(sketch.state);
    if (!proposal) return refuse('UNKNOWN_OBJECT', { params: { what: 'proposal' } });
    if (act.heldAt > receivedAt)
      return refuse('FIELD_WRONG', { field: 'heldAt', params: { name: 'heldAt', why: 'future' } });
    if (act.attended.length === 0)
      return refuse('FIELD_MISSING', { field: 'attended', params: { fields: ['attended'] }, rule: 'R-110' });
    sketch.add({ type: 'proposalHeld', no: proposal.no, heldAt: act.heldAt, attended: act.attended });
    for (const { important, ...one } of act.feedback) {
      const id = `o${sketch.state.opinions.length + 1}`;
      const opinion: Opinion = { id, ...one, from: actor.personId, at: receivedAt, proposal: proposal.no };
      sketch.add({ type: 'opinionRecorded', opinion });
      if (important) report(sketch, opinion, actor.personId);
    }
    set(sketch, proposal, { state: 'AWAITING_COMMENT', heldAt: act.heldAt });
    if (proposal.round >= 3) sketch.add({ type: 'directorTold', about: 'proposal', round: proposal.round });
    moveTo(sketch, 'PROPOSED');
    const about = sketch.state.papers['F-20'] ?? sketch.state.papers['F-19'];
    if (!about) return refuse('PACKAGE_INCOMPLETE', { params: { items: ['F-20'] } });
    return sendRound(sketch, command, {
      id: `proposalComment:P${proposal.no}`,
      point: 'proposalComment',
      route: standardRoutes.proposalComment,
      about: { kind: 'paper', paper: about.key, form: about.form, version: about.version, hash: about.hash },
      notApplicable: [],
      onSubmitted: () => undefined,
    });
  },
};

/** The client's answer to a proposal. Agreement to a concept opens the detailed one; opinions open a revision (M-05). */
export const proposalComment: PointDefinition = {
  by: account,
  phases: ['PROPOSED'],
  route: () => standardRoutes.proposalComment,
  suffix: (state) => `P${currentProposal(state)?.no ?? 0}`,
  guard: (state) =>
    currentProposal(state)?.state === 'AWAITING_COMMENT'
      ? undefined
      : refuse('WRONG_PHASE', { params: { phase: state.phase } }),
  onPassed(sketch) {
    const proposal = currentProposal(sketch.state);
    if (!proposal) return;
    set(sketch, proposal, { state: 'AGREED' });
    for (const revision of sketch.state.revisions) {
      if (revision.proposal === proposal.no && revision.state !== 'CONFIRMED' && revision.state !== 'DROPPED')
        sketch.add({ type: 'revisionChanged', revision: { ...revision, state: 'CONFIRMED' } });
    }
    // Pieces a correction left as they were stand where they stood.
    for (const piece of Object.values(sketch.state.pieces))
      if (piece.state === 'revising') sketch.add({ type: 'pieceMoved', pieceId: piece.id, state: 'released' });
    moveTo(sketch, proposal.kind === 'CONCEPT' ? 'CREATING' : 'CLIENT_CONFIRMED');
  },
  onNo(sketch, { decision }) {
    const proposal = currentProposal(sketch.state);
    if (!proposal) return;
    if (decision.reason === rejectedForGood)
      return reject(sketch, { personId: decision.personId, words: decision.words ?? '' });
    set(sketch, proposal, { state: 'OPINIONS_RECEIVED' });
    const open = openOpinions(sketch.state, proposal.no).map((one) => one.id);
    raiseRevision(sketch, {
      bornAt: 'proposal',
      proposal: proposal.no,
      pieceIds: Object.values(sketch.state.pieces)
        .filter((piece) => piece.versions.length > 0)
        .map((piece) => piece.id),
      words: decision.words ?? '',
      from: decision.personId,
      cause: causeOfNo(decision.reason, 'client'),
      opinionIds: open,
    });
  },
  onTakenBack: backToComment,
};

/** The client took the comment back before anybody asked for the direction: the proposal waits for a comment again. */
function backToComment(sketch: Sketch, { circulation, decision }: No): Refusal | undefined {
  const proposal = currentProposal(sketch.state);
  if (proposal?.state === 'REJECTED') return rejectionTakenBack(sketch, { circulation, decision }, proposal);
  const revision = raisedBy(sketch.state, (one) => one.bornAt === 'proposal' && one.proposal === proposal?.no);
  if (
    !proposal ||
    !isAbout(circulation.id, proposal) ||
    proposal.state !== 'OPINIONS_RECEIVED' ||
    !revision ||
    sketch.state.phase !== 'REVISING'
  )
    return refuse('ACTED_UPON', { field: 'step', rule: 'R-112' });
  dropRevision(sketch, revision, decision);
  set(sketch, proposal, { state: 'AWAITING_COMMENT' });
  moveTo(sketch, 'PROPOSED');
  return undefined;
}

/** A rejection is taken back until the account director has decided what it means. */
function rejectionTakenBack(sketch: Sketch, { circulation, decision }: No, proposal: Proposal): Refusal | undefined {
  const review = sketch.state.circulations[reviewOf(proposal.no)];
  if (!isAbout(circulation.id, proposal) || review?.status !== 'running' || sketch.state.phase !== 'CLOSING')
    return refuse('ACTED_UPON', { field: 'step' });
  closeRound(sketch, review, { by: decision.personId });
  for (const one of openOpinions(sketch.state, proposal.no))
    if (one.kind === 'rejection' && one.at === decision.at && one.from === decision.personId)
      sketch.add({ type: 'opinionWithdrawn', opinionId: one.id });
  const { rejected: _taken, ...before } = proposal;
  set(sketch, before, { state: 'AWAITING_COMMENT' });
  moveTo(sketch, 'PROPOSED');
  return undefined;
}

/** What the client said outside a signature: by phone, in a meeting. Changes no state. */
export const recordOpinion: Of<'recordOpinion'> = {
  by: [...account, 'CLIENT_LEAD', 'CLIENT_CONTACT', 'CLIENT_DECIDER'],
  phases: working,
  decide(sketch, { act, receivedAt, actor }) {
    // How weighty its own opinion is, is not the client's to say: account service judges it.
    if (act.important && actor.side !== 'agency')
      return refuse('NOT_ALLOWED', { field: 'important', params: { who: 'ACCOUNT_EXECUTIVE' }, rule: 'R-60' });
    if (act.words.trim() === '')
      return refuse('FIELD_MISSING', { field: 'words', params: { fields: ['words'] }, rule: 'R-117' });
    if (act.words.length > maxWords)
      return refuse('TOO_LONG', { field: 'words', params: { name: 'words', max: maxWords } });
    const proposal = currentProposal(sketch.state);
    const { kind, words, from, pieceId, source } = act;
    const opinion: Opinion = {
      id: `o${sketch.state.opinions.length + 1}`,
      kind,
      words,
      from,
      at: receivedAt,
      ...(proposal ? { proposal: proposal.no } : {}),
      ...(pieceId ? { pieceId } : {}),
      ...(source ? { source } : {}),
    };
    sketch.add({ type: 'opinionRecorded', opinion });
    if (act.important) report(sketch, opinion, actor.personId);
    return undefined;
  },
};

/** Every opinion is marked done or explained before the next proposal. */
export const answerOpinion: Of<'answerOpinion'> = {
  by: [...account, 'CREATIVE_DIRECTOR', 'ART_DIRECTOR', 'COPYWRITER', 'ARTIST'],
  phases: working,
  guard: (state) => (openOpinions(state).length > 0 ? undefined : refuse('NO_OPINION_OPEN', { rule: 'R-113' })),
  decide(sketch, { act }) {
    if (!sketch.state.opinions.some((one) => one.id === act.opinionId))
      return refuse('UNKNOWN_OBJECT', { field: 'opinionId', params: { what: act.opinionId } });
    if (!act.done && act.words.trim() === '')
      return refuse('FIELD_MISSING', { field: 'words', params: { fields: ['words'] }, rule: 'R-113' });
    sketch.add({ type: 'opinionAnswered', opinionId: act.opinionId, done: act.done, words: act.words });
    return undefined;
  },
};
