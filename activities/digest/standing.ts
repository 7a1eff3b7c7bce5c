import type { Instant } from '../../domain/instant.ts';
import { holdersOfPosition } from '../../domain/people/positions.ts';
import type { StepRow } from '../../store/steps.ts';
import { standingSteps } from '../../store/steps.ts';
import type { HouseNow } from '../house.ts';
import { holdingIn, peopleIn } from '../house.ts';
import { handOversStanding, type StandingHandOver } from './hand-overs-told.ts';
import type { PlanDeps } from './parts.ts';
import { hoursOf, morningAfter, plan } from './parts.ts';

/** The account director of a job, or who answers where there is none. */
export async function directorOf(
  house: HouseNow,
  { brandId, clientId, ownerId }: Pick<StepRow, 'brandId' | 'clientId' | 'ownerId'>,
  at: Instant,
): Promise<string> {
  const context = await holdingIn(house, { brandId, clientId, ownerId, authorId: '', signedBy: [], at });
  return holdersOfPosition('accountDirector', context)[0] ?? ownerId;
}

/** What still stands after the last rung of its ladder, for one reader. */
export interface Standing {
  readonly steps: readonly StepRow[];
  readonly handOvers: readonly StandingHandOver[];
}

/** Nothing stands. */
export const nothingStands: Standing = { steps: [], handOvers: [] };

/**
 * The steps, and the hand-overs of brands, that still stand after the last rung of their ladders, by the director who
 * reads of them every working day until somebody acts (M-22).
 */
export async function standingByDirector(house: HouseNow, now: Instant): Promise<ReadonlyMap<string, Standing>> {
  const directors = new Map<string, string>();
  const found = new Map<string, { readonly steps: StepRow[]; readonly handOvers: StandingHandOver[] }>();
  const theirs = async (about: Parameters<typeof directorOf>[1]) => {
    const whose = `${about.brandId} ${about.ownerId}`;
    const director = directors.get(whose) ?? (await directorOf(house, about, now));
    directors.set(whose, director);
    const known = found.get(director) ?? { steps: [], handOvers: [] };
    found.set(director, known);
    return known;
  };
  for (const step of await standingSteps(house.connection)) (await theirs(step)).steps.push(step);
  for (const one of await handOversStanding(house.connection)) {
    const { brandId, clientId, startedBy } = one.value;
    (await theirs({ brandId, clientId, ownerId: startedBy })).handOvers.push(one);
  }
  return found;
}

/** Plans the digest of a person's next morning. Whoever does not work any more has none. */
export async function planMorning(deps: PlanDeps, house: HouseNow, personId: string, now: Instant): Promise<void> {
  const person = (await peopleIn(house, [personId])).get(personId);
  if (person?.active !== true) return;
  const morning = morningAfter(await hoursOf(house, person, deps.office), now);
  if (morning) await plan(deps, personId, morning, now);
}

/** Plans the next morning of every director for whom something stands; returns how many there are. */
export async function planMornings(deps: PlanDeps, house: HouseNow, now: Instant): Promise<number> {
  const directors = [...(await standingByDirector(house, now)).keys()];
  for (const personId of directors) await planMorning(deps, house, personId, now);
  return directors.length;
}
