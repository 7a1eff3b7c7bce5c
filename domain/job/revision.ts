import { standardRoutes } from '../circulation/routes.ts';
import { refuse } from '../process.ts';
import type { PointDefinition, PointSubmission } from './definition.ts';
import { account, lacking } from './definition.ts';
import { currentProposal } from './proposal.ts';
import { closeRounds, runningRounds } from './raising.ts';
import type { Sketch } from './sketch.ts';
import type { JobPhase, JobState, Revision } from './state.ts';

const phases: readonly JobPhase[] = ['REVISING'];

function named(state: JobState, submission: PointSubmission | undefined): Revision | undefined {
  const ordinal = submission?.act.revision ?? state.revisions.length;
  return state.revisions.find((one) => one.ordinal === ordinal);
}

function of(sketch: Sketch, id: string): Revision | undefined {
  const ordinal = Number(/:R(\d+)/.exec(id)?.[1] ?? Number.NaN);
  return sketch.state.revisions.find((one) => one.ordinal === ordinal);
}

const set = (sketch: Sketch, revision: Revision | undefined, state: Revision['state']): void => {
  if (revision) sketch.add({ type: 'revisionChanged', revision: { ...revision, state } });
};

/** The client confirms where the change shall go before any order is written. */
export const revisionDirection: PointDefinition = {
  by: account,
  phases,
  form: 'F-18',
  route: () => standardRoutes.revisionDirection,
  suffix: (state, submission) => `R${named(state, submission)?.ordinal ?? 0}`,
  check(state, submission) {
    const revision = named(state, submission);
    if (!revision) return refuse('UNKNOWN_OBJECT', { field: 'revision', params: { what: 'revision' } });
    if (revision.state !== 'OPINION') return refuse('ALREADY_DECIDED', { field: 'revision' });
    return lacking(submission.paper, 'R-143');
  },
  onPassed: (sketch, circulation) => set(sketch, of(sketch, circulation.id), 'DIRECTION_CONFIRMED'),
  onTakenBack: (sketch, { circulation }) =>
    of(sketch, circulation.id)?.state === 'OPINION' ? undefined : refuse('ACTED_UPON', { field: 'step' }),
};

/** The revision order carries the original number and never makes a new one. */
export const revisionOrder: PointDefinition = {
  by: account,
  phases,
  form: 'F-08',
  route: () => standardRoutes.revisionOrder,
  suffix: (state, submission) => `R${named(state, submission)?.ordinal ?? 0}`,
  check(state, submission) {
    const revision = named(state, submission);
    if (!revision) return refuse('UNKNOWN_OBJECT', { field: 'revision', params: { what: 'revision' } });
    if (revision.state === 'OPINION') return refuse('DIRECTION_UNCONFIRMED', { field: 'revision', rule: 'R-112' });
    if (revision.state !== 'DIRECTION_CONFIRMED' && revision.state !== 'REFUSED')
      return refuse('ALREADY_DECIDED', { field: 'revision' });
    const missing = lacking(submission.paper, 'R-143');
    if (missing) return missing;
    if (submission.paper?.facts['originalJobNumber'] !== state.jobNumber) {
      return refuse('FIELD_WRONG', {
        field: 'originalJobNumber',
        params: { name: 'originalJobNumber', why: state.jobNumber ?? '' },
        rule: 'R-05',
      });
    }
    return undefined;
  },
  onSubmitted: (sketch, circulation) => set(sketch, of(sketch, circulation.id), 'ORDERED'),
  onPassed(sketch, circulation) {
    const revision = of(sketch, circulation.id);
    set(sketch, revision, 'IN_WORK');
    const by = sketch.command.actor.kind === 'person' ? sketch.command.actor.personId : '';
    const proposal = currentProposal(sketch.state);
    if (revision?.bornAt === 'proposal' && proposal) {
      sketch.add({ type: 'proposalChanged', proposal: { ...proposal, state: 'CORRECTING' } });
      // What the client confirmed was the draft as it was: a changed one is confirmed again.
      for (const key of ['F-22', 'F-22:trio'])
        if (sketch.state.papers[key]?.status === 'passed')
          sketch.add({ type: 'paperStatus', key, status: 'withdrawn' });
    }
    // A version the client wants changed goes no further round.
    const lost = runningRounds(sketch.state, ['draftGate', 'artworkQc', 'proofQc']).filter(
      ({ about }) => about.kind === 'piece' && revision?.pieceIds.includes(about.pieceId),
    );
    closeRounds(sketch, lost, { by });
    for (const pieceId of revision?.pieceIds ?? []) sketch.add({ type: 'pieceMoved', pieceId, state: 'revising' });
  },
  onNo: (sketch, { circulation }) => set(sketch, of(sketch, circulation.id), 'REFUSED'),
  onTakenBack(sketch, { circulation }) {
    const revision = of(sketch, circulation.id);
    if (revision?.state !== 'REFUSED') return refuse('ACTED_UPON', { field: 'step' });
    set(sketch, revision, 'ORDERED');
    return undefined;
  },
  onWithdrawn: (sketch, circulation) => set(sketch, of(sketch, circulation.id), 'DIRECTION_CONFIRMED'),
};
