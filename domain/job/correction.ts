import { emptyStay } from '../circulation/evolve.ts';
import { standardRoutes } from '../circulation/routes.ts';
import { openings } from '../circulation/start.ts';
import type { Circulation } from '../circulation/types.ts';
import type { Sketch } from './sketch.ts';

/** Point of the desk on which a refused order waits for its correction. */
export const correctionPoint = 'orderCorrection';

const idFor = (paper: string): string => `${correctionPoint}:${paper}`;

/**
 * A refused order lies with the account person until it goes round again: a desk with a ladder of its own, so that a
 * refusal nobody answers speaks up after one working day (P-07). Signing it is not possible, only sending the corrected
 * order round or cancelling the job takes it away.
 */
export function openCorrection(sketch: Sketch, refused: Circulation): void {
  if (refused.about.kind !== 'paper') return;
  const id = idFor(refused.about.paper);
  const route = standardRoutes.orderCorrection;
  const routeKey = `${route.id}@${route.version}`;
  const before = sketch.state.circulations[id];
  if (before?.status === 'running') return;
  if (!sketch.state.routes[routeKey]) sketch.add({ type: 'routePinned', key: routeKey, route });
  const round = (before?.round ?? 0) + 1;
  const stays = route.steps.map((step) => emptyStay(step.key));
  const opening = { round, cause: 'brief', about: refused.about, authorId: sketch.state.ownerId, stays } as const;
  if (before) sketch.add({ type: 'roundOpened', circulation: id, ...opening });
  else
    sketch.add({
      type: 'circulationStarted',
      circulation: {
        id,
        point: correctionPoint,
        route: routeKey,
        ...opening,
        status: 'running',
        startedAt: sketch.command.at,
        closedRounds: [],
      },
    });
  sketch.add(...openings(route, stays, id, round));
}

/** The corrected order goes round: nothing waits for a correction any more. */
export function closeCorrection(sketch: Sketch, paper: string, by: string): void {
  const running = sketch.state.circulations[idFor(paper)];
  if (running?.status !== 'running') return;
  sketch.add({ type: 'circulationEnded', circulation: running.id, round: running.round, verdict: 'closed', by });
}
