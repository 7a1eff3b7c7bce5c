import type { Instant } from '../../domain/instant.ts';
import { holdersOfPosition } from '../../domain/people/positions.ts';
import type { StepRow } from '../../store/steps.ts';
import { standingSteps } from '../../store/steps.ts';
import type { HouseNow } from '../house.ts';
import { holdingIn, peopleIn } from '../house.ts';
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

/**
 * The steps that still stand after the last rung of their ladders, by the director who reads of them every working day
 * until somebody acts (M-22).
 */
export async function standingByDirector(
  house: HouseNow,
  now: Instant,
): Promise<ReadonlyMap<string, readonly StepRow[]>> {
  const directors = new Map<string, string>();
  const found = new Map<string, StepRow[]>();
  for (const step of await standingSteps(house.connection)) {
    const job = `${step.brandId} ${step.ownerId}`;
    const director = directors.get(job) ?? (await directorOf(house, step, now));
    directors.set(job, director);
    const theirs = found.get(director);
    if (theirs) theirs.push(step);
    else found.set(director, [step]);
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
