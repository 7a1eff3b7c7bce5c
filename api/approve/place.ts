import type { Circulation, Decision, Holder, Route, RouteStep, Stay } from '../../domain/circulation/types.ts';
import { correctionPoint } from '../../domain/job/correction.ts';
import type { JobState } from '../../domain/job/state.ts';

/** What an approver's page is about: one step of one circulation, as the link or the session names it. */
export interface Place {
  readonly processId: string;
  readonly circulation: string;
  /** The round the link was made for; a session always means the present one. */
  readonly round: number;
  readonly step: string;
  readonly personId: string;
}

/** A place found in the state of its job. */
export interface Found {
  readonly circulation: Circulation;
  readonly route: Route;
  readonly step: RouteStep;
  readonly stay: Stay;
}

/** Looks a place up; undefined when the job has no such circulation or step. */
export function findPlace(state: JobState, place: Pick<Place, 'circulation' | 'step'>): Found | undefined {
  const circulation = state.circulations[place.circulation];
  const route = circulation && state.routes[circulation.route];
  const step = route?.steps.find(({ key }) => key === place.step);
  const stay = circulation?.stays.find((one) => one.step === place.step);
  return circulation && route && step && stay ? { circulation, route, step, stay } : undefined;
}

/** What there is to say to somebody who opens the page: decide, or why there is nothing to decide. */
export type Situation =
  | { readonly kind: 'open'; readonly holder: Holder }
  | { readonly kind: 'decided'; readonly decision: Decision; readonly mine: boolean }
  /** `mine` is the step of the present round that lies with this person, if one does. */
  | { readonly kind: 'oldRound'; readonly now: number; readonly mine?: string }
  /** A refused order waits to be corrected and sent round again; nothing is signed here. */
  | { readonly kind: 'toCorrect'; readonly paper: string }
  | { readonly kind: 'notYet'; readonly holders: readonly string[] }
  | { readonly kind: 'moved'; readonly to: readonly string[] }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'closed' };

/** Reads the situation from the state; the workflow stays the judge of every decision. */
export function situationOf(state: JobState, found: Found, place: Place): Situation {
  const { circulation, stay } = found;
  if (place.round < circulation.round) {
    const mine =
      circulation.status === 'running' &&
      circulation.stays.find(
        (one) => one.state === 'open' && one.holders.some(({ personId }) => personId === place.personId),
      );
    return { kind: 'oldRound', now: circulation.round, ...(mine ? { mine: mine.step } : {}) };
  }
  const own = stay.decisions.find(({ personId }) => personId === place.personId);
  if (own) return { kind: 'decided', decision: own, mine: true };
  if (state.phase === 'ARCHIVED' || state.phase === 'CANCELLED') return { kind: 'closed' };
  const last = stay.decisions.at(-1);
  if ((stay.state === 'passed' || stay.state === 'stopped') && last)
    return { kind: 'decided', decision: last, mine: false };
  if (circulation.status === 'withdrawn') return { kind: 'withdrawn' };
  if (circulation.status !== 'running') {
    const ending =
      circulation.stays
        .flatMap(({ decisions }) => decisions)
        .filter(({ verdict }) => verdict !== 'sign')
        .at(-1) ?? last;
    return ending
      ? { kind: 'decided', decision: ending, mine: ending.personId === place.personId }
      : { kind: 'closed' };
  }
  if (stay.state !== 'open') return { kind: 'notYet', holders: holdersNow(circulation) };
  if (circulation.point === correctionPoint && circulation.about.kind === 'paper')
    return { kind: 'toCorrect', paper: circulation.about.paper };
  const holder = stay.holders.find(({ personId }) => personId === place.personId);
  return holder ? { kind: 'open', holder } : { kind: 'moved', to: stay.holders.map(({ personId }) => personId) };
}

/** Who holds the paper now. */
export function holdersNow(circulation: Circulation): string[] {
  if (circulation.status !== 'running') return [];
  return circulation.stays
    .filter(({ state }) => state === 'open')
    .flatMap(({ holders }) => holders.map(({ personId }) => personId));
}
