import { signersOf } from '../circulation/decide.ts';
import { refuse } from '../process.ts';
import type { JobAct } from './acts.ts';
import { addWithConsequences } from './consequences.ts';
import { closeCorrection, correctionPoint, openCorrection } from './correction.ts';
import type { ActDefinition } from './definition.ts';
import { account, managers, moveTo } from './definition.ts';
import { isProduced } from './production.ts';
import { runningRounds } from './raising.ts';
import { isRejected, reviewPoint } from './rejection.ts';
import { notOnTo, onShortForm, shortFormGaps, shortFormOf } from './short-forms.ts';
import type { Sketch } from './sketch.ts';
import type { JobPhase, JobState } from './state.ts';
import { jobPhases } from './state.ts';

type Of<T extends JobAct['type']> = ActDefinition<Extract<JobAct, { type: T }>>;

const open: readonly JobPhase[] = jobPhases.filter((phase) => phase !== 'ARCHIVED' && phase !== 'CANCELLED');

/** The work appears; samples and effect are followed until the last placement. */
export const track: Of<'track'> = {
  by: account,
  phases: ['DELIVERED', 'IN_PRODUCTION'],
  guard: (state) => (state.phase === 'IN_PRODUCTION' ? notOnTo(state, 'TRACKING') : undefined),
  decide(sketch) {
    moveTo(sketch, 'TRACKING');
    return undefined;
  },
};

/** What the job taught: corrections of strategy and of execution. */
export const evaluate: Of<'evaluate'> = {
  by: account,
  phases: ['IN_PRODUCTION', 'DELIVERED', 'TRACKING', 'CLOSING'],
  guard(state) {
    if (runningRounds(state, [reviewPoint]).length > 0) return refuse('REVIEW_OPEN', { rule: 'R-231' });
    return state.phase === 'IN_PRODUCTION' ? notOnTo(state, 'CLOSING') : undefined;
  },
  decide(sketch, { act }) {
    const empty = (['strategy', 'execution'] as const).filter((key) => act[key].trim() === '');
    if (empty.length > 0)
      return refuse('FIELD_MISSING', { field: empty[0] ?? 'strategy', params: { fields: empty }, rule: 'R-200' });
    sketch.add({ type: 'evaluated', strategy: act.strategy, execution: act.execution });
    moveTo(sketch, 'CLOSING');
    return undefined;
  },
};

/** What a job lacks for its archive, each named; empty means it is whole. */
export function archiveGaps(state: JobState): readonly string[] {
  const gaps: string[] = [];
  if (!state.papers['F-01']) gaps.push('F-01');
  if (state.papers['F-04']?.status !== 'passed') gaps.push('F-04');
  for (const revision of state.revisions) {
    if (revision.state === 'DROPPED') continue;
    if (state.papers[`F-08:R${revision.ordinal}`]?.status !== 'passed') gaps.push(`F-08:R${revision.ordinal}`);
  }
  // A rejected proposal ends a job in which nothing was made: its papers are kept, no artwork is asked for (M-05).
  const short = onShortForm(state) ? shortFormOf(state) : undefined;
  if (short) gaps.push(...shortFormGaps(state, short));
  const pieces = isRejected(state) ? [] : Object.values(state.pieces);
  if (pieces.length === 0 && !isRejected(state) && !short) gaps.push('piece');
  for (const piece of pieces) {
    const artwork = piece.versions.some(
      (version) =>
        (version.stage === piece.final || version.stage === 'FINISHED_ARTWORK') && version.verdict === 'signed',
    );
    if (!artwork) gaps.push(`artwork:${piece.name}`);
    if (piece.needsProof && !piece.receiptAt) gaps.push(`proof:${piece.name}`);
  }
  if (isProduced(state) && !isRejected(state) && !state.papers['F-09']) gaps.push('F-09');
  if (!state.evaluation) gaps.push('evaluation');
  const running = Object.values(state.circulations).filter((circulation) => circulation.status === 'running');
  for (const circulation of running) gaps.push(`circulation:${circulation.point}`);
  return gaps;
}

/** Archiving refuses with the list of what is missing, else seals the dossier as one file. */
export const archive: Of<'archive'> = {
  by: account,
  phases: ['CLOSING'],
  guard(state) {
    const gaps = archiveGaps(state);
    return gaps.length > 0 ? refuse('ARCHIVE_INCOMPLETE', { params: { items: gaps }, rule: 'R-202' }) : undefined;
  },
  decide(sketch) {
    if (!sketch.state.effects.some((effect) => effect.kind === 'seal')) sketch.add({ type: 'archiveAsked' });
    return undefined;
  },
};

/** On hold, with a reason: nothing is signed until somebody resumes it. */
export const hold: Of<'hold'> = {
  by: managers,
  phases: open,
  decide(sketch, { act, actor }) {
    if (act.words.trim() === '') return refuse('REASON_MISSING', { field: 'words' });
    sketch.add({ type: 'held', by: actor.personId, words: act.words });
    return undefined;
  },
};

/** The hold ends. */
export const resume: Of<'resume'> = {
  by: managers,
  phases: open,
  decide(sketch, { actor }) {
    if (!sketch.state.onHold) return refuse('WRONG_PHASE', { params: { phase: sketch.state.phase } });
    sketch.add({ type: 'resumed', by: actor.personId });
    return undefined;
  },
};

function closeAll(sketch: Sketch, by: string): readonly string[] {
  return runningRounds(sketch.state).map(({ id, round }) => {
    const end = { type: 'circulationEnded', circulation: id, round, verdict: 'closed', by, withJob: true } as const;
    addWithConsequences(sketch, [end]);
    return id;
  });
}

/** Cancelled: open links close, the number is burnt and never used again. */
export const cancel: Of<'cancel'> = {
  by: managers,
  phases: open,
  decide(sketch, { act, actor }) {
    if (act.words.trim() === '') return refuse('REASON_MISSING', { field: 'words' });
    const ended = closeAll(sketch, actor.personId);
    const closed = ended.length === 0 ? {} : { ended };
    sketch.add({ type: 'cancelled', by: actor.personId, words: act.words, ...closed });
    moveTo(sketch, 'CANCELLED');
    return undefined;
  },
};

/** Where a reopened job goes on: an archived one is closed again, a cancelled one stands where it was given up. */
function backTo(state: JobState): JobPhase {
  if (state.phase === 'ARCHIVED') return 'CLOSING';
  const from = state.cancelledFrom ?? 'REQUESTED';
  const unnumbered: readonly JobPhase[] = ['REQUESTED', 'BRIEFED', 'ASSESSING', 'ALIGNING'];
  return state.jobNumber && unnumbered.includes(from) ? 'OPENED' : from;
}

/** A closed job comes back under its own number. */
export const reopen: Of<'reopen'> = {
  by: managers,
  phases: ['ARCHIVED', 'CANCELLED'],
  decide(sketch, { act, actor }) {
    if (act.words.trim() === '') return refuse('REASON_MISSING', { field: 'words' });
    const to = backTo(sketch.state);
    sketch.add({ type: 'reopened', by: actor.personId, words: act.words });
    moveTo(sketch, to);
    return undefined;
  },
};

/** What lies on the old owner's desk as the job's account person goes to the new one, where that one may hold it. */
function handDesksOver(sketch: Sketch, move: { from: string; to: string; by: string; words: string }): void {
  const { from, to, by, words } = move;
  for (const circulation of Object.values(sketch.state.circulations)) {
    if (circulation.status !== 'running') continue;
    const { id, round, about } = circulation;
    if (circulation.point === correctionPoint) {
      if (about.kind === 'paper') closeCorrection(sketch, about.paper, by);
      openCorrection(sketch, circulation);
      continue;
    }
    const taken = to === circulation.authorId || signersOf(circulation).has(to);
    for (const step of sketch.state.routes[circulation.route]?.steps ?? []) {
      const stay = circulation.stays.find((one) => one.step === step.key);
      const theirs = stay?.state === 'open' && stay.holders.some((holder) => holder.personId === from);
      if (step.role !== 'ACCOUNT_EXECUTIVE' || !theirs || taken) continue;
      const where = { circulation: id, round, step: step.key };
      sketch.add(
        { type: 'handedOver', ...where, by, how: 'reassign', to, words },
        { type: 'stepOpening', ...where, to, how: 'reassign', keep: [] },
      );
    }
  }
}

/** Another account person answers for the job; the field is never empty. */
export const changeOwner: Of<'changeOwner'> = {
  by: managers,
  phases: open,
  decide(sketch, { act, actor }) {
    if (act.to === '' || act.to === sketch.state.ownerId)
      return refuse('FIELD_WRONG', { field: 'to', params: { name: 'to', why: 'same' }, rule: 'R-65' });
    if (act.words.trim() === '') return refuse('REASON_MISSING', { field: 'words' });
    const from = sketch.state.ownerId;
    sketch.add({ type: 'ownerChanged', from, to: act.to, words: act.words });
    handDesksOver(sketch, { from, to: act.to, by: actor.personId, words: act.words });
    return undefined;
  },
};
