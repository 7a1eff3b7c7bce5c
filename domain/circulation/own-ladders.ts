import { checkLadder } from '../calendar/check-ladder.ts';
import type { Ladder } from '../calendar/ladders.ts';
import { standardRoutes } from './routes.ts';
import { ladders } from './step-times.ts';
import type { LadderId, Route, RouteStep } from './types.ts';

/** The kinds of ladder that steps name (§7.3). */
export const ladderIds: readonly LadderId[] = ['internalSignature', 'clientSignature', 'clientComment', 'refusedOrder'];

/**
 * What a ladder of the house's own watches: one step of one route (`qcSeven/artDirector`), or every step that names a
 * kind of §7.3 and has none of its own (`internalSignature`).
 */
export type LadderScope = string;

/** The scope of one step of a route. */
export function stepScope(routeId: string, step: string): LadderScope {
  return `${routeId}/${step}`;
}

/** A ladder of the house's own, with the number of the version that a job took. */
export interface OwnLadder extends Ladder {
  readonly version: number;
}

/** Ladders of the house's own by what they watch, as a job took them when it started; what is not there is §7.3's. */
export type PinnedLadders = Readonly<Record<LadderScope, OwnLadder>>;

/** The most ladders a house may draw itself: a job takes a copy of each when it starts, in one entry below 16 KB. */
export const mostOwnLadders = 12;

/** The house's own ladder for a step of a pinned route (`id@version`): the step's, else its kind's; undefined where the job took none. */
export function ownLadder(
  pinned: PinnedLadders | undefined,
  routeKey: string,
  step: Pick<RouteStep, 'key' | 'ladder'>,
): OwnLadder | undefined {
  if (pinned === undefined) return undefined;
  const [routeId = ''] = routeKey.split('@');
  const scope = stepScope(routeId, step.key);
  if (Object.hasOwn(pinned, scope)) return pinned[scope];
  return Object.hasOwn(pinned, step.ladder) ? pinned[step.ladder] : undefined;
}

/** The ladder that watches a step of a pinned route: the house's own where the job took one, else that of §7.3. */
export function ladderOf(
  pinned: PinnedLadders | undefined,
  routeKey: string,
  step: Pick<RouteStep, 'key' | 'ladder'>,
): Ladder {
  return ownLadder(pinned, routeKey, step) ?? ladders[step.ladder];
}

/** What a scope watches: the step with its route, or the kind alone. Undefined where there is no such thing. */
export function watchedBy(
  scope: LadderScope,
  routes: readonly Route[] = Object.values(standardRoutes),
): { readonly kind: LadderId; readonly at?: { readonly route: Route; readonly step: RouteStep } } | undefined {
  const kind = ladderIds.find((id) => id === scope);
  if (kind !== undefined) return { kind };
  const [routeId, key, more] = scope.split('/');
  const route = more === undefined ? routes.find(({ id }) => id === routeId) : undefined;
  const step = route?.steps.find((one) => one.key === key && one.act !== 'submit');
  return route && step ? { kind: step.ladder, at: { route, step } } : undefined;
}

/** On whose side a kind of ladder lies. */
export function sideOfKind(kind: LadderId): 'agency' | 'client' {
  return kind === 'clientSignature' || kind === 'clientComment' ? 'client' : 'agency';
}

/** The ladders of a command that hold together; one that does not leaves its step with the ladder of §7.3. */
export function soundLadders(given: PinnedLadders): PinnedLadders {
  const sound = Object.entries(given).filter(([, ladder]) => checkLadder(ladder).length === 0);
  return Object.fromEntries(sound.slice(0, mostOwnLadders));
}
