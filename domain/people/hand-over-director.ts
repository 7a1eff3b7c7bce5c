import type { Instant } from '../instant.ts';
import { isAbsent, standInNamedBy } from './holders.ts';
import type { Role } from './roles.ts';
import { teamRolesOf } from './team-roles.ts';
import type { Absence, BrandTeam, Person } from './types.ts';

/** Who signs a hand-over as account director; `inPlaceOf` names the brand's own one who is away. */
export interface AskedDirector {
  readonly personId: string;
  readonly inPlaceOf?: string;
}

/**
 * What a hand-over needs of an account director (F-57). `own`: one of the two is the brand's account director, so the
 * signature is there with theirs, and nobody signs twice. `nobody`: there is no one who could sign.
 */
export type DirectorNeed =
  | { readonly kind: 'own'; readonly personId: string }
  | ({ readonly kind: 'asked' } & AskedDirector)
  | { readonly kind: 'nobody' };

/** What must be known to say whose signature as account director a hand-over needs. */
export interface DirectorContext {
  readonly people: ReadonlyMap<string, Person>;
  readonly team: BrandTeam | undefined;
  readonly absences: readonly Absence[];
  readonly now: Instant;
}

const title: Role = 'ACCOUNT_DIRECTOR';

/**
 * Whose signature as account director a hand-over needs (F-57, §1.4): the brand's own; while that one is away whom they
 * named, if of that title, else another account director, in the team before the rest of the house; where there is none,
 * agency management. Never an account manager, and never one of those who give or take.
 */
export function directorOf(
  { from, to, giverSigns }: { readonly from: string; readonly to: string; readonly giverSigns: string },
  { people, team, absences, now }: DirectorContext,
): DirectorNeed {
  const ours = (personId: string): boolean => teamRolesOf(team, personId).includes(title);
  const own = [giverSigns, to].find(ours);
  if (own !== undefined) return { kind: 'own', personId: own };
  const works = (personId: string): boolean => people.get(personId)?.active === true && personId !== from;
  const there = (personId: string): boolean =>
    works(personId) && personId !== to && personId !== giverSigns && !isAbsent(personId, absences, now);
  const chosen = team?.defaults[title];
  const members = (team?.members ?? []).map(({ personId }) => personId);
  const directors = [...new Set([...(chosen === undefined ? [] : [chosen]), ...members])].filter(ours).filter(works);
  const [first, ...others] = directors;
  const named = first === undefined ? undefined : standInNamedBy(first, absences, now);
  const house = (role: Role): string[] =>
    [...people.values()].filter((person) => holds(person, role)).map(({ id }) => id);
  const found = [
    ...(first === undefined ? [] : [first]),
    ...(named !== undefined && holds(people.get(named), title) ? [named] : []),
    ...others,
    ...house(title),
    ...house('MANAGEMENT'),
  ].find(there);
  if (found === undefined) return { kind: 'nobody' };
  return { kind: 'asked', personId: found, ...(first === undefined || ours(found) ? {} : { inPlaceOf: first }) };
}

const holds = (person: Person | undefined, role: Role): boolean =>
  person?.side === 'agency' && person.roles.includes(role);
