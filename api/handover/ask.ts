import { directorOf, type AskedDirector } from '../../domain/people/hand-over-director.ts';
import type { HandOver } from '../../domain/people/hand-over.ts';
import type { HouseLetter } from '../../domain/people/letter.ts';
import { handOvers, handOversAtDirector } from '../../store/hand-overs.ts';
import { absences, brandTeams, people } from '../../store/people.ts';
import { noteTelling } from '../../store/tellings.ts';
import { clocked, type ClockDeps } from './clock.ts';

/** Notes the letter that asks an account director, and returns the hand-over with that person asked; to be saved at once. */
export async function askDirector(
  { store, clock }: Pick<ClockDeps, 'store' | 'clock'>,
  next: { readonly id: string; readonly revision: number },
  value: HandOver,
  { personId, inPlaceOf }: AskedDirector,
): Promise<HandOver> {
  const { id: entry, revision } = next;
  const letter: HouseLetter = { kind: 'handOverDirector', register: 'handOvers', entry, revision, to: personId };
  await noteTelling(store, { kind: 'letter', letter }, clock());
  return { ...value, directorAsked: { personId, ...(inPlaceOf === undefined ? {} : { inPlaceOf }) } };
}

/**
 * Asks somebody else where the account director a hand-over waits for has left or is on leave by now, and the director
 * again on return: a signature that nobody could give would stall it in silence (M-21, §1.4). Twice is once.
 */
export async function askDirectors(deps: ClockDeps): Promise<void> {
  const { store, clock } = deps;
  const waiting = await handOversAtDirector(store);
  if (waiting.length === 0) return;
  const [everybody, teams, leave] = await Promise.all([people.now(store), brandTeams.now(store), absences.now(store)]);
  for (const { id, revision, value } of waiting) {
    const team = teams.all.find(({ brandId }) => brandId === value.brandId);
    const now = clock();
    const need = directorOf(value, { people: everybody.byId, team, absences: leave.all, now });
    if (need.kind !== 'asked' || need.personId === value.directorAsked?.personId) continue;
    const next = await clocked(deps, await askDirector(deps, { id, revision: revision + 1 }, value, need), now);
    await handOvers.save(store, id, revision, next, { by: need.personId, at: now });
  }
}
