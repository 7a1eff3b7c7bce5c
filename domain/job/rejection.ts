import { emptyStay } from '../circulation/evolve.ts';
import { standardRoutes } from '../circulation/routes.ts';
import { openings } from '../circulation/start.ts';
import type { Circulation, Stay } from '../circulation/types.ts';
import type { PointDefinition } from './definition.ts';
import { moveTo } from './definition.ts';
import { closeRounds, dropRevision, openRevisions, runningRounds } from './raising.ts';
import type { Closing } from './raising.ts';
import { pinned } from './rounds.ts';
import type { Sketch } from './sketch.ts';
import type { JobState, Paper, Proposal } from './state.ts';

/** Point of the desk on which the account director reviews a job whose proposal was rejected for good. */
export const reviewPoint = 'rejectionReview';

/** Reason with which a client says on the desk of the comment that there shall be no further round. */
export const rejectedForGood = 'REJECTED_FOR_GOOD';

const states: readonly Proposal['state'][] = ['OPINIONS_RECEIVED', 'CORRECTING'];

/** Whether the job's newest proposal was rejected: nothing will be delivered, and the archive asks for nothing made. */
export function isRejected(state: Pick<JobState, 'proposals'>): boolean {
  return state.proposals.at(-1)?.state === 'REJECTED';
}

/** Whether there is a proposal that can still be rejected; once making began it is no proposal any more. */
export function rejectable(state: JobState): boolean {
  const proposal = state.proposals.at(-1);
  if (!proposal || proposal.state === 'REJECTED') return false;
  return state.phase !== 'REVISING' || states.includes(proposal.state);
}

/** The client's own written word that is still unused: a comment of this kind lies in the bag (R-92, F-18). */
export function writtenRejection(state: JobState): Paper | undefined {
  const used = state.proposals.flatMap((one) => (one.rejected?.paper ? [one.rejected.paper] : []));
  return Object.values(state.papers).find(
    (paper) =>
      paper.form === 'F-18' &&
      paper.status === 'filed' &&
      paper.facts['kind'] === 'rejection' &&
      !used.includes(paper.hash),
  );
}

/**
 * The proposal is rejected for good (M-05): what the client said is kept whole, and the job stands in
 * closing, on the account director's desk. Nothing is made of it until the director has reviewed it.
 */
export function reject(sketch: Sketch, by: { personId: string; words: string; paper?: string }): void {
  const proposal = sketch.state.proposals.at(-1);
  if (!proposal) return;
  const at = sketch.command.receivedAt;
  sketch.add(
    {
      type: 'opinionRecorded',
      opinion: {
        id: `o${sketch.state.opinions.length + 1}`,
        kind: 'rejection',
        words: by.words,
        from: by.personId,
        at,
        proposal: proposal.no,
      },
    },
    { type: 'proposalRejected', no: proposal.no, by: by.personId, words: by.words },
    {
      type: 'proposalChanged',
      proposal: {
        ...proposal,
        state: 'REJECTED',
        rejected: { by: by.personId, at, ...(by.paper ? { paper: by.paper } : {}) },
      },
    },
  );
  moveTo(sketch, 'CLOSING');
  openReview(sketch, proposal.no);
}

function openReview(sketch: Sketch, no: number): void {
  const { state } = sketch;
  const about = state.papers['F-20'] ?? state.papers['F-19'] ?? state.papers['F-04'];
  if (!about) return;
  const route = standardRoutes.rejectionReview;
  const routeKey = pinned(sketch, route);
  const stays = route.steps.map((step): Stay =>
    step.act === 'submit' ? { ...emptyStay(step.key), state: 'notApplicable', reason: 'M-05' } : emptyStay(step.key),
  );
  const id = reviewOf(no);
  const before = state.circulations[id];
  const round = (before?.round ?? 0) + 1;
  const thing = {
    kind: 'paper',
    paper: about.key,
    form: about.form,
    version: about.version,
    hash: about.hash,
  } as const;
  const opening = { round, cause: 'client', about: thing, authorId: state.ownerId, stays } as const;
  if (before) sketch.add({ type: 'roundOpened', circulation: id, ...opening });
  else
    sketch.add({
      type: 'circulationStarted',
      circulation: {
        id,
        point: reviewPoint,
        route: routeKey,
        ...opening,
        status: 'running',
        startedAt: sketch.command.at,
        closedRounds: [],
      },
    });
  sketch.add(...openings(route, stays, id, round));
}

/** Name of the review of a proposal. */
export function reviewOf(no: number): string {
  return `${reviewPoint}:P${no}`;
}

/** What falls with the proposal: its open revisions, and every round that still runs. */
export function settleRejection(sketch: Sketch, closing: Closing): void {
  for (const revision of openRevisions(sketch.state)) dropRevision(sketch, revision);
  const lost = runningRounds(sketch.state).filter(({ point }) => point !== reviewPoint);
  closeRounds(sketch, lost, closing);
}

/** The director decides what a rejection means: the job ends, or another proposal is prepared (M-05). */
export const rejectionReview: PointDefinition = {
  by: [],
  phases: ['CLOSING'],
  route: () => standardRoutes.rejectionReview,
  onPassed(sketch, review) {
    settleRejection(sketch, decidedIn(sketch, review));
  },
  onNo(sketch, { circulation }) {
    settleRejection(sketch, decidedIn(sketch, circulation));
    moveTo(sketch, 'CREATING');
  },
};

/** Who decided the review, in their words. */
function decidedIn({ command: { actor } }: Sketch, { stays }: Circulation): Closing {
  const { words } = stays.flatMap(({ decisions }) => decisions).at(-1) ?? {};
  return { by: actor.kind === 'person' ? actor.personId : '', words };
}
