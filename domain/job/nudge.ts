import type { Moment } from '../circulation/reach.ts';
import { tooLong } from '../circulation/limits.ts';
import { refuse } from '../process.ts';
import type { Refusal } from '../process.ts';
import type { JobAct } from './acts.ts';
import { someoneHolds } from './ask-again.ts';
import type { ActDefinition } from './definition.ts';
import { jobPhases } from './state.ts';

/** Not now, and when it is possible again: `params.at` is the instant, `params.when` what a wall clock shows then. */
function notNow(why: 'nudged' | 'onIt' | 'closed' | 'leave', { at, said }: Moment): Refusal {
  return refuse('NUDGE_LATER', { field: 'step', params: { why, when: said, at }, rule: 'R-230' });
}

/**
 * Presses for a waiting step by hand (催办). Once a step and four working hours, and never in the closed hours or on the
 * leave of those it waits for, nor while they said they are on it. It moves no date, climbs no rung, and decides nothing.
 */
export const nudge: ActDefinition<Extract<JobAct, { type: 'nudge' }>> = {
  by: ['owner', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR', 'MANAGEMENT'],
  phases: jobPhases.filter((phase) => phase !== 'ARCHIVED' && phase !== 'CANCELLED'),
  guard: (state) => (someoneHolds(state) ? undefined : refuse('NOBODY_ASKED')),
  decide(sketch, { act, actor, receivedAt, reach }) {
    const { state } = sketch;
    const { circulation: id, round, step, words } = act;
    const found = Object.hasOwn(state.circulations, id) ? state.circulations[id] : undefined;
    const stay = found?.stays.find((one) => one.step === step);
    if (!found) return refuse('UNKNOWN_OBJECT', { field: 'circulation', params: { what: id } });
    if (!stay) return refuse('UNKNOWN_OBJECT', { field: 'step', params: { what: step } });
    if (round !== found.round)
      return refuse('STALE_ROUND', { field: 'round', params: { round, now: found.round }, rule: 'R-100' });
    if (found.status !== 'running' || stay.state !== 'open')
      return refuse('ALREADY_DECIDED', { field: 'step', rule: 'R-100' });
    const open = stay.holders.filter(({ personId }) => !stay.decisions.some((one) => one.personId === personId));
    const others = open.filter(({ personId }) => personId !== actor.personId);
    if (others.length === 0) return refuse('NOBODY_ELSE', { field: 'step' });
    const long = tooLong(words);
    if (long) return long;
    if (!reach) return refuse('FIELD_MISSING', { field: 'reach', params: { fields: ['reach'] } });
    if (stay.onItUntil !== undefined && stay.onItUntil > receivedAt && reach.paused)
      return notNow('onIt', reach.paused);
    const last = stay.nudges?.findLast(({ people }) => others.some(({ personId }) => people.includes(personId)));
    if (last && last.again.at > receivedAt) return notNow('nudged', last.again);
    const theirs = reach.holders.filter(({ personId }) => others.some((holder) => holder.personId === personId));
    const now = theirs.filter(({ from }) => from.at <= receivedAt).map(({ personId }) => personId);
    if (now.length > 0) {
      const said = words === undefined || words.trim() === '' ? {} : { words };
      const where = { circulation: id, round, step };
      sketch.add({ type: 'nudged', ...where, by: actor.personId, people: now, again: reach.again, ...said });
      return undefined;
    }
    const [soonest] = theirs.toSorted((a, b) => (a.from.at < b.from.at ? -1 : 1));
    return soonest ? notNow(soonest.why ?? 'closed', soonest.from) : refuse('NOT_WITH_THEM', { field: 'step' });
  },
};
