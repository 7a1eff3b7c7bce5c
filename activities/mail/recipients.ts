import type { MailInput } from '../../domain/job/effects.ts';
import type { HoldingContext } from '../../domain/people/holders.ts';
import { holdersOfPosition } from '../../domain/people/positions.ts';
import type { Spot } from './job-at.ts';
import { isOwnersMail } from './standing-in.ts';

/** One mail of an effect: its name in the outbox and whom it is for. */
export interface Addressee {
  readonly name: string;
  readonly personId: string;
}

/**
 * Whom a mail is for. One recipient is one mail under the effect's own name, so a position that changes hands between
 * two attempts makes no second mail; several recipients are one mail each, the person in its name.
 */
export async function addresseesOf(
  input: MailInput,
  readHouse: () => Promise<HoldingContext>,
  spot: Spot,
): Promise<readonly Addressee[]> {
  if ('personId' in input.to) {
    // What became of the owner's own paper is the owner's mail: on leave, the stand-in's.
    const own = isOwnersMail(input) ? holdersOfPosition('owner', await readHouse())[0] : undefined;
    return [{ name: input.name, personId: own ?? input.to.personId }];
  }
  const step = spot.step ?? input.route;
  const holderId = spot.stay?.holders[0]?.personId;
  const about = { ...(step === undefined ? {} : { step }), ...(holderId === undefined ? {} : { holderId }) };
  const people = [...new Set(holdersOfPosition(input.to.position, await readHouse(), about))];
  if (input.to.position !== 'executors') return people.slice(0, 1).map((personId) => ({ name: input.name, personId }));
  return people.map((personId) => ({ name: `${input.name}/${personId}`, personId }));
}
