import { mayAnswerFor } from '../../domain/cases/decide.ts';
import type { CaseState } from '../../domain/cases/state.ts';
import type { Instant } from '../../domain/instant.ts';
import { absenceOf, isAbsent, standInNamedBy } from '../../domain/people/holders.ts';
import type { Absence, Person } from '../../domain/people/types.ts';
import { absencesOf } from '../../store/people.ts';
import type { HouseNow } from '../house.ts';
import { peopleIn } from '../house.ts';

/**
 * Who gets a mail instead of somebody of the house on leave, where something waits for them: whom they named, and so on
 * while those are away too. Nobody who may not do it: whoever made the paper reviews it for nobody.
 */
export async function standInOf(
  house: HouseNow,
  state: CaseState,
  about: { readonly meant: Person | undefined; readonly waits: boolean; readonly at: Instant },
): Promise<Person | undefined> {
  const { meant, waits, at } = about;
  if (!waits || meant?.side !== 'agency') return undefined;
  const named = standInNamedBy(meant.id, await leaveIn(house, meant, at), at);
  if (named === undefined || !mayAnswerFor(state, meant.id, named)) return undefined;
  const person = (await peopleIn(house, [named])).get(named);
  return person?.side === 'agency' && isReachable(person) ? person : undefined;
}

/** Whether a person is on leave at that moment. */
export async function isAway(house: HouseNow, person: Person, at: Instant): Promise<boolean> {
  return isAbsent(person.id, await leaveIn(house, person, at), at);
}

/** Whether a mail can be written to somebody at all. */
export function isReachable(person: Person): boolean {
  return person.active && /^[^\s@<>"',;:\\()[\]]+@[^\s@<>"',;:\\()[\]]+$/u.test(person.mail.address);
}

/** Leave as it is registered; of a register too large to be remembered, that of the person and of whom they named in turn. */
async function leaveIn(house: HouseNow, person: Person, at: Instant): Promise<readonly Absence[]> {
  if (house.absences.complete) return house.absences.all;
  const found: Absence[] = [];
  const asked = new Set<string>();
  let next: string | undefined = person.id;
  while (next !== undefined && !asked.has(next)) {
    asked.add(next);
    const theirs: readonly Absence[] = await absencesOf(house.connection, [next]);
    found.push(...theirs);
    next = absenceOf(next, theirs, at)?.standInId;
  }
  return found;
}
