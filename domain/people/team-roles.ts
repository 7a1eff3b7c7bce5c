import type { Role } from './roles.ts';
import type { BrandTeam } from './types.ts';

/** Titles a member of a brand's team has there; none for whoever is not in it. */
export function teamRolesOf(team: BrandTeam | undefined, personId: string): readonly Role[] {
  return team?.members.find((member) => member.personId === personId)?.roles ?? [];
}
