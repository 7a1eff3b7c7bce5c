import { deadline } from '../calendar/deadline.ts';
import { ladderOf } from '../circulation/own-ladders.ts';
import type { Circulation, Route } from '../circulation/types.ts';
import type { Instant } from '../instant.ts';
import { laterOf } from '../instant.ts';
import type { JobState } from '../job/state.ts';
import type { HoldingContext } from '../people/holders.ts';
import { holdersFor } from '../people/holders.ts';
import type { TimeCalendars } from './account.ts';

/** A step that is not open yet and is expected to open at a moment, on this person's desk if nothing changes. */
export interface StepAhead {
  readonly circulation: string;
  readonly step: string;
  readonly role: string;
  readonly side: 'agency' | 'client';
  readonly personId?: string;
  readonly at: Instant;
}

/** Who can hold the steps of a job's brand. */
export type AheadHouse = Pick<HoldingContext, 'team' | 'people' | 'absences'>;

/**
 * What the routes a job is on will bring next, if everybody takes the time their step has: an open desk answers at its
 * date (now, where that has passed), each later one its limit after the one before. Who it will be is found by the rule
 * that opens desks, for the moment it opens, so leave that is announced counts. A job on hold brings nothing.
 */
export function stepsAhead(
  state: JobState,
  house: AheadHouse,
  calendars: TimeCalendars,
  now: Instant,
): readonly StepAhead[] {
  if (state.onHold !== undefined) return [];
  return Object.values(state.circulations).flatMap((circulation) => {
    const route = state.routes[circulation.route];
    return circulation.status === 'running' && route
      ? aheadOf(circulation, route, { state, house, calendars, now })
      : [];
  });
}

function aheadOf(
  circulation: Circulation,
  route: Route,
  around: {
    readonly state: JobState;
    readonly house: AheadHouse;
    readonly calendars: TimeCalendars;
    readonly now: Instant;
  },
): readonly StepAhead[] {
  const { state, house, calendars, now } = around;
  const ends = new Map<string, Instant>();
  const signedBy = circulation.stays.flatMap(({ decisions, holders, state: at }) =>
    at === 'open' || at === 'opening'
      ? holders.map(({ personId }) => personId)
      : decisions.map(({ personId }) => personId),
  );
  const found: StepAhead[] = [];
  for (const step of route.steps) {
    const stay = circulation.stays.find((one) => one.step === step.key);
    if (stay === undefined) continue;
    if (stay.state !== 'waiting') {
      const waits = stay.state === 'open' || stay.state === 'opening';
      ends.set(step.key, waits && stay.dueAt !== undefined ? laterOf(stay.dueAt, now) : now);
      continue;
    }
    const before = step.after.map((key) => ends.get(key));
    if (before.some((end) => end === undefined)) continue;
    const at = before.reduce<Instant>((latest, end) => (end === undefined ? latest : laterOf(latest, end)), now);
    const { clientId, ownerId } = state;
    const { holders } = holdersFor(step, {
      ...house,
      at,
      clientId,
      ownerId,
      authorId: circulation.authorId,
      signedBy,
    });
    const personId = holders[0]?.personId;
    if (personId !== undefined) signedBy.push(personId);
    const { key, role, side } = step;
    const own = calendars.ofDesk({ side, clientId, holders: personId === undefined ? [] : [personId] });
    ends.set(key, deadline(own, calendars.zones, at, ladderOf(state.ladders, circulation.route, step).limit).at);
    found.push({
      circulation: circulation.id,
      step: key,
      role,
      side,
      at,
      ...(personId === undefined ? {} : { personId }),
    });
  }
  return found;
}
