import { checkRoute } from '../circulation/check.ts';
import { submitRound } from '../circulation/start.ts';
import type { About, CheckAnswer, Circulation, RoundCause, Route } from '../circulation/types.ts';
import type { Refusal } from '../process.ts';
import { isRefusal, refuse } from '../process.ts';
import { reasonFacts } from '../wording/reasons.ts';
import type { PointId } from './acts.ts';
import { closeCorrection } from './correction.ts';
import type { PersonCommand, Sketch } from './sketch.ts';
import type { JobState } from './state.ts';

/** What goes on its way, and round which route. */
export interface Sending {
  readonly id: string;
  readonly point: PointId;
  readonly route: Route;
  readonly about: About;
  readonly notApplicable: readonly { readonly step: string; readonly reason: string }[];
  /** Steps the rules leave out, where the route that is taken has them at all. */
  readonly leftOut?: readonly { readonly step: string; readonly reason: string }[];
  readonly checklist?: readonly CheckAnswer[];
  /** Why the round exists, where the sender knows better than the round before. */
  readonly cause?: RoundCause;
  readonly onSubmitted: (circulation: Circulation) => void;
}

/** Circulations of one thing: more than one where its route changed between rounds. */
export function family(state: JobState, id: string): readonly Circulation[] {
  return Object.values(state.circulations).filter((one) => one.id === id || one.id.startsWith(`${id}/`));
}

/**
 * Why the next round exists: the reason that was given for the no says whose it is, else the side that gave it. People
 * argue about it and pay for it. A round that was taken back leaves its cause to the next one.
 */
export function causeOf(state: JobState, id: string): RoundCause {
  const before = [...family(state, id)].sort((a, b) => a.startedAt.localeCompare(b.startedAt)).at(-1);
  const last = before?.closedRounds.at(-1);
  if (!before || !last) return 'first';
  if (last.verdict === 'withdrawn' || last.verdict === 'closed') return before.cause;
  const stopped = before.stays.find((stay) => stay.state === 'stopped');
  const side = state.routes[before.route]?.steps.find((step) => step.key === stopped?.step)?.side;
  const no = stopped?.decisions.find((one) => one.verdict !== 'sign');
  return causeOfNo(no?.reason, side, last.verdict === 'refuse');
}

/** Whose a no is: its reason says so; "other" is the side's that gave it. */
export function causeOfNo(
  reason: string | undefined,
  side: 'agency' | 'client' | undefined,
  refused = false,
): Exclude<RoundCause, 'first'> {
  const known = reason === undefined || reason === 'OTHER' ? undefined : reasonFacts(reason)?.cause;
  return known ?? (side === 'client' ? 'client' : refused ? 'brief' : 'agency');
}

/**
 * Routes a command may send something round: the door looks whether the house has drawn newer ones of these. Two where
 * the choice lies in what the job knows (media, six steps or seven).
 */
export function routesAsked(act: {
  readonly type: string;
  readonly point?: string;
  readonly stage?: string;
}): readonly string[] {
  switch (act.type) {
    case 'submit':
      return act.point === 'workOrder'
        ? ['workOrder', 'workOrderMedia']
        : act.point === 'internalAgreement'
          ? ['internalAgreement', 'internalAgreementWide']
          : [act.point ?? ''];
    case 'submitVersion':
      return act.stage === 'DRAFT'
        ? ['draftGate']
        : act.stage === 'PROOF'
          ? ['proofSeven', 'proofSix']
          : ['qcSeven', 'qcSix'];
    case 'holdProposal':
      return ['proposalComment'];
    default:
      return [];
  }
}

/** Copies a route into the job the first time it is used here; its key. */
export function pinned(sketch: Sketch, route: Route): string {
  const key = `${route.id}@${route.version}`;
  if (!sketch.state.routes[key]) sketch.add({ type: 'routePinned', key, route });
  return key;
}

/** Sends a version on its way; the route is copied into the job the first time it is used here. */
export function sendRound(sketch: Sketch, command: PersonCommand<unknown>, sending: Sending): Refusal | undefined {
  const { id, point, about, notApplicable } = sending;
  const route =
    command.routes?.find((one) => one.id === sending.route.id && one.version > sending.route.version) ?? sending.route;
  const bad = route === sending.route ? undefined : checkRoute(route)[0];
  if (bad) return refuse('ROUTE_BAD', { field: 'routes', params: { why: bad.code }, rule: 'R-96' });
  const routeKey = pinned(sketch, route);
  const before = family(sketch.state, id);
  if (before.some((one) => one.status === 'running')) return refuse('IN_CIRCULATION', { field: 'point' });
  // A paper whose route changed between rounds (media joined, six steps chosen) starts a circulation of its own.
  const target = before.find((one) => one.route === routeKey)?.id ?? (before.length === 0 ? id : `${id}/${routeKey}`);
  const taken = sketch.state.routes[routeKey] ?? route;
  const leftOut = (sending.leftOut ?? []).filter(({ step }) =>
    taken.steps.some((one) => one.key === step && one.optional),
  );
  const events = submitRound(
    sketch.state.circulations[target],
    {
      id: target,
      point,
      routeKey,
      route: taken,
      about,
      authorId: command.actor.personId,
      proof: command.actor.proof,
      at: command.receivedAt,
      commandId: command.id,
      notApplicable: [...notApplicable, ...leftOut],
      ...(sending.checklist ? { checklist: sending.checklist } : {}),
    },
    sending.cause ?? causeOf(sketch.state, id),
  );
  if (isRefusal(events)) return events;
  sketch.add(...events);
  if (about.kind === 'paper') closeCorrection(sketch, about.paper, command.actor.personId);
  const circulation = sketch.state.circulations[target];
  if (circulation) sending.onSubmitted(circulation);
  return undefined;
}
