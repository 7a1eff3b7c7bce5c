import { diffMs } from '../instant.ts';
import { isAccountManagerOrAbove } from '../people/roles.ts';
import { refuse } from '../process.ts';
import type { JobAct } from './acts.ts';
import type { ActDefinition } from './definition.ts';
import { jobPhases, type JobState } from './state.ts';

/** Shortest time between two mails that somebody asked to be sent again, for one person at one step. */
export const askAgainPauseMs = 10 * 60_000;

/** Whether anybody has a paper on their desk. */
export function someoneHolds(state: JobState): boolean {
  return Object.values(state.circulations).some(
    ({ status, stays }) => status === 'running' && stays.some((stay) => stay.state === 'open'),
  );
}

/**
 * Sends the mail of an open step again, to the address on file and no other, with the link of the present round. For a
 * mail that got lost and for somebody who holds a link of an old round. It moves no date and climbs no rung.
 */
export const askAgain: ActDefinition<Extract<JobAct, { type: 'askAgain' }>> = {
  by: [],
  phases: jobPhases.filter((phase) => phase !== 'ARCHIVED' && phase !== 'CANCELLED'),
  guard: (state) => (someoneHolds(state) ? undefined : refuse('NOBODY_ASKED')),
  decide(sketch, { act, actor, receivedAt }) {
    const { state } = sketch;
    const { round, step, personId } = act;
    const found = Object.hasOwn(state.circulations, act.circulation) ? state.circulations[act.circulation] : undefined;
    if (!found) return refuse('UNKNOWN_OBJECT', { field: 'circulation', params: { what: act.circulation } });
    const stay = found.stays.find((one) => one.step === step);
    if (!stay) return refuse('UNKNOWN_OBJECT', { field: 'step', params: { what: step } });
    const may = actor.personId === personId || actor.personId === state.ownerId || isAccountManagerOrAbove(actor.roles);
    if (!may) return refuse('NOT_ALLOWED', { params: { who: 'ACCOUNT_EXECUTIVE' } });
    if (round !== found.round)
      return refuse('STALE_ROUND', { field: 'round', params: { round, now: found.round }, rule: 'R-100' });
    const holder = stay.holders.find((one) => one.personId === personId);
    if (found.status !== 'running' || stay.state !== 'open' || !holder)
      return refuse('NOT_WITH_THEM', { field: 'personId' });
    if (stay.decisions.some((decision) => decision.personId === personId))
      return refuse('ALREADY_DECIDED', { field: 'step', rule: 'R-100' });
    if (holder.againAt !== undefined && diffMs(holder.againAt, receivedAt) < askAgainPauseMs)
      return refuse('ASKED_LATELY', { params: { n: askAgainPauseMs / 60_000 } });
    sketch.add({ type: 'askedAgain', circulation: found.id, round, step, personId, by: actor.personId });
    return undefined;
  },
};
