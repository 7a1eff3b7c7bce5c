import type { Connection } from 'mongoose';
import type { StepOpenedAct } from '../domain/circulation/acts.ts';
import type { Holder } from '../domain/circulation/types.ts';
import type { Calendar } from '../domain/calendar/types.ts';
import type { OpenInput } from '../domain/job/effects.ts';
import { addMs } from '../domain/instant.ts';
import { holdersFor } from '../domain/people/holders.ts';
import { mintGrant } from '../store/grants.ts';
import type { Keyring } from '../store/keyring.ts';
import { calendarIn, holdingIn, houseNow, timesOf } from './house.ts';

/** What opening a step needs. */
export interface OpenDeps {
  readonly connection: Connection;
  /** The ring that links are made with. */
  readonly ring: Keyring;
  /** The office's calendar while the register has none. */
  readonly office: Calendar;
}

/** Purpose of the grants that asking mails bring: look at one version at one step, and decide there. */
export const decidePurpose = 'decide';

/** Somebody must have been reached within this time, else the account executive hears of it (design §5). */
const reachWithinMs = 60 * 60 * 1000;

/**
 * Finds whose desk a step lies on, makes their grants, and counts its limits for a start from `openingAt`; they are
 * counted anew when the asking mail is accepted. Absences are judged at `openingAt`, or at the moment when the step had
 * to find somebody else; grants are made by scope: so the same input gives the same grants however often it runs.
 *
 * Where nobody may sign (a caretaker), the step opens with an empty desk and is told as unreached at once, not after an
 * hour: a link on a desk that must not sign would be a signature waiting to go wrong.
 */
export async function openStep(deps: OpenDeps, input: OpenInput): Promise<StepOpenedAct> {
  const { connection, ring } = deps;
  const { processId, circulation, round, step, route, openingAt, judgedAt = openingAt } = input;
  const keep = input.keep ?? [];
  const asking = {
    ...input,
    // Who keeps the desk must not be found a second time.
    signedBy: [...input.signedBy, ...(input.to === undefined ? [] : keep.map(({ personId }) => personId))],
    at: judgedAt,
  };
  const house = await houseNow(connection);
  const { to, how } = input;
  const handed = to === undefined ? {} : { handed: { to, standIn: how === 'standIn' } };
  const { holders, caretaker } = holdersFor(route, { ...(await holdingIn(house, asking)), ...handed });

  const found = await Promise.all(
    (caretaker ? [] : holders).map(async ({ personId, standInFor }): Promise<Holder> => {
      const scope = { personId, processId, circulation, round, step, hash: input.about.hash, purpose: decidePurpose };
      const grant = await mintGrant(connection, scope, ring, openingAt);
      return { personId, ...(standInFor === undefined ? {} : { standInFor }), grantId: grant.id };
    }),
  );
  const desk = [...(input.to === undefined ? [] : keep), ...found];
  const people = desk.map(({ personId }) => personId);
  const calendar = await calendarIn(house, route.side, input.clientId, deps.office, people);
  return {
    type: 'stepOpened',
    circulation,
    round,
    step,
    holders: desk,
    ...timesOf(input, calendar, judgedAt),
    unreachedAt: desk.length === 0 ? judgedAt : addMs(judgedAt, reachWithinMs),
  };
}
