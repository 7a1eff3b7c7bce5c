import { submitRound } from '../circulation/start.ts';
import type { About, CheckAnswer, Circulation, RoundCause, Route } from '../circulation/types.ts';
import type { Refusal } from '../process.ts';
import { isRefusal, refuse } from '../process.ts';
import type { PointId } from './acts.ts';
import type { PersonCommand, Sketch } from './sketch.ts';
import type { JobState } from './state.ts';

/** What goes on its way, and round which route. */
export interface Sending {
  readonly id: string;
  readonly point: PointId;
  readonly route: Route;
  readonly about: About;
  readonly notApplicable: readonly { readonly step: string; readonly reason: string }[];
  readonly checklist?: readonly CheckAnswer[];
  readonly onSubmitted: (circulation: Circulation) => void;
}

/** Why the next round exists: whoever sent the last one back is its cause. People argue about it and pay for it. */
export function causeOf(state: JobState, id: string): RoundCause {
  const before = state.circulations[id];
  const last = before?.closedRounds.at(-1);
  if (!before || !last) return 'first';
  const stopped = before.stays.find((stay) => stay.state === 'stopped');
  const side = state.routes[before.route]?.steps.find((step) => step.key === stopped?.step)?.side;
  if (side === 'client') return 'client';
  return last.verdict === 'refuse' ? 'brief' : 'agency';
}

/** Sends a version on its way; the route is copied into the job the first time it is used here. */
export function sendRound(sketch: Sketch, command: PersonCommand<unknown>, sending: Sending): Refusal | undefined {
  const { id, point, route, about, notApplicable } = sending;
  const before = sketch.state.circulations[id];
  const routeKey = `${route.id}@${route.version}`;
  if (!sketch.state.routes[routeKey]) sketch.add({ type: 'routePinned', key: routeKey, route });
  if (before?.status === 'running') return refuse('IN_CIRCULATION', { field: 'point' });
  // A paper whose route changed between rounds (media joined, six steps chosen) starts a circulation of its own.
  const target = before === undefined || before.route === routeKey ? id : `${id}/${routeKey}`;
  const events = submitRound(
    sketch.state.circulations[target],
    {
      id: target,
      point,
      routeKey,
      route: sketch.state.routes[routeKey] ?? route,
      about,
      authorId: command.actor.personId,
      proof: command.actor.proof,
      at: command.receivedAt,
      commandId: command.id,
      notApplicable,
      ...(sending.checklist ? { checklist: sending.checklist } : {}),
    },
    causeOf(sketch.state, id),
  );
  if (isRefusal(events)) return events;
  sketch.add(...events);
  const circulation = sketch.state.circulations[target];
  if (circulation) sending.onSubmitted(circulation);
  return undefined;
}
