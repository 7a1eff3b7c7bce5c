import type { CirculationEvent } from '../circulation/acts.ts';
import { signersOf } from '../circulation/decide.ts';
import type { Circulation, Holder, RouteStep, Stay } from '../circulation/types.ts';
import type { HandOverCause } from '../people/hand-over.ts';
import { closeCorrection, correctionPoint, openCorrection } from './correction.ts';
import type { Sketch } from './sketch.ts';
import type { JobState } from './state.ts';

/** Whom a brand goes to, and with which titles. */
export type BrandMove = Pick<HandOverCause, 'from' | 'to' | 'roles' | 'owns'>;

/** An open desk that goes over with a brand, and why the one it goes to could not sign there. */
export interface HandedDesk {
  readonly circulation: Circulation;
  readonly step: RouteStep;
  readonly stay: Stay;
  /** Who lies on the desk because of whoever gives: they themselves, or their stand-in. */
  readonly leaving: Holder;
  readonly refused?: 'twoSteps' | 'ownWork';
}

/** Whether a job's account person changes with the brand. */
export function ownerMoves(state: Pick<JobState, 'ownerId'>, { from, owns }: BrandMove): boolean {
  return owns && state.ownerId === from;
}

/**
 * The open desks of a job that go over: those the giver holds by a title that goes over, and those somebody holds for the
 * giver. A client's desk never does, nor what the giver holds for somebody else, nor a desk already signed there.
 */
export function desksHanded(state: JobState, move: BrandMove): readonly HandedDesk[] {
  return Object.values(state.circulations).flatMap((circulation) => {
    if (circulation.status !== 'running') return [];
    return circulation.stays.flatMap((stay): HandedDesk[] => {
      const step = state.routes[circulation.route]?.steps.find(({ key }) => key === stay.step);
      if (stay.state !== 'open' || !step || !goesOver(step, move)) return [];
      const leaving = stay.holders.find((holder) => isFor(holder, move.from));
      if (!leaving || stay.decisions.some(({ personId }) => personId === leaving.personId)) return [];
      const refused = whyNot(circulation, step, move.to);
      return [{ circulation, step, stay, leaving, ...(refused ? { refused } : {}) }];
    });
  });
}

/** Whether a step is one of the giver's titles; the author's own step moves with nobody. */
function goesOver(step: RouteStep, { roles }: BrandMove): boolean {
  return (
    step.side === 'agency' &&
    step.act !== 'submit' &&
    [step.role, ...step.alsoRoles].some((role) => roles.includes(role))
  );
}

const isFor = (holder: Holder, personId: string): boolean => (holder.standInFor ?? holder.personId) === personId;

function whyNot(circulation: Circulation, step: RouteStep, to: string): HandedDesk['refused'] {
  if (circulation.authorId === to) return 'ownWork';
  return step.act !== 'receipt' && signersOf(circulation, step.key).has(to) ? 'twoSteps' : undefined;
}

/** The corrections of refused orders that lie with a job's account person. */
export function correctionsOf(state: JobState): readonly Circulation[] {
  return Object.values(state.circulations).filter(
    ({ point, status }) => point === correctionPoint && status === 'running',
  );
}

/**
 * A brand that both have signed over reaches a running job: who answers for it changes, and the giver's open desks go to
 * the taker; where that one has signed meanwhile, the desk finds another by the rules that open any step. Comes to
 * a job once, however often it is told.
 */
export function handBrandOver(sketch: Sketch, cause: HandOverCause): void {
  const { state } = sketch;
  if (state.refreshed?.[cause.handOverId] !== undefined) return;
  const owner = ownerMoves(state, cause);
  const desks = desksHanded(state, cause);
  sketch.add({ type: 'brandHandedOver', cause, owner });
  if (owner) {
    for (const correction of correctionsOf(state)) {
      if (correction.about.kind !== 'paper') continue;
      closeCorrection(sketch, correction.about.paper, cause.signed.giver);
      openCorrection(sketch, correction);
    }
  }
  sketch.add(...desks.map((desk) => handing(desk, cause)));
}

function handing({ circulation, step, stay, leaving }: HandedDesk, { to }: BrandMove): CirculationEvent {
  return {
    type: 'stepOpening',
    circulation: circulation.id,
    round: circulation.round,
    step: step.key,
    to,
    how: 'reassign',
    keep: stay.holders.filter((holder) => holder !== leaving && holder.personId !== to),
    because: 'handOver',
  };
}

/**
 * The job after a hand-over. A desk whose holder is being looked for at this moment may be answered out of the team as it
 * was: it remembers whose place the taker has (`successor`), and who is told of papers goes by `handedTo`.
 */
export function afterHandOver(state: JobState, cause: HandOverCause, owner: boolean): JobState {
  const { from, to, handOverId } = cause;
  const handed = Object.entries(state.handedTo ?? {}).map(([who, by]) => [who, by === from ? to : by] as const);
  const circulations = Object.entries(state.circulations).map(([id, circulation]) => {
    const steps = state.routes[circulation.route]?.steps ?? [];
    const stays = circulation.stays.map((stay) => {
      const step = steps.find(({ key }) => key === stay.step);
      return stay.state === 'opening' && step && goesOver(step, cause) ? { ...stay, successor: { from, to } } : stay;
    });
    return [id, { ...circulation, stays }] as const;
  });
  return {
    ...state,
    ...(owner ? { ownerId: to } : {}),
    refreshed: { ...state.refreshed, [handOverId]: 1 },
    handedTo: Object.fromEntries([...handed, [from, to] as const].filter(([who, by]) => who !== by && who !== to)),
    circulations: Object.fromEntries(circulations),
  };
}

/** Who is told what a person would be told of their papers: that person, or whoever has taken the brand over from them. */
export function tellsInstead(state: Pick<JobState, 'handedTo'>, personId: string): string {
  const handed = state.handedTo;
  return handed !== undefined && Object.hasOwn(handed, personId) ? (handed[personId] ?? personId) : personId;
}
