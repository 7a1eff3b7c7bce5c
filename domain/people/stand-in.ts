import type { Role } from './roles.ts';
import { roleFacts } from './roles.ts';

/**
 * Who may stand in for whom (§1.4, P-43, R-228): the same title, or a higher one in the same line. The order is the
 * order of preference. A title that is not listed is stood in for by its own title only.
 */
const matrix: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  ACCOUNT_EXECUTIVE: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  // Never the executive: that would let an executive pass the gate of R-67.
  ACCOUNT_MANAGER: ['ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  // Finals need a director's signature, so the manager is no stand-in here.
  ACCOUNT_DIRECTOR: ['ACCOUNT_DIRECTOR'],
  CREATIVE_DIRECTOR: ['CREATIVE_DIRECTOR'],
  ART_DIRECTOR: ['ART_DIRECTOR', 'CREATIVE_DIRECTOR'],
  COPY_CHIEF: ['COPY_CHIEF'],
  COPYWRITER: ['COPYWRITER', 'COPY_CHIEF'],
  ARTIST: ['ARTIST'],
  STRATEGY_PLANNER: ['STRATEGY_PLANNER', 'STRATEGY_DIRECTOR'],
  PLANNING_MANAGER: ['PLANNING_MANAGER', 'PLANNING_DIRECTOR'],
  MEDIA_PLANNER: ['MEDIA_PLANNER', 'MEDIA_DIRECTOR'],
  MEDIA_BUYER: ['MEDIA_BUYER', 'MEDIA_DIRECTOR'],
  // Only somebody the client itself named as lead; being named is what holding the title means.
  CLIENT_LEAD: ['CLIENT_LEAD'],
};

/** Titles whose stand-in must serve the same brand: an executive of another brand does not know the job. */
const brandTeamOnly: ReadonlySet<Role> = new Set<Role>(['ACCOUNT_EXECUTIVE']);

/** Titles that may stand in for an absent one, the most fitting first. */
export function standInRoles(absentRole: Role): readonly Role[] {
  return matrix[absentRole] ?? [absentRole];
}

/** What the matrix asks of somebody who might stand in. */
export interface StandInCandidate {
  readonly roles: readonly Role[];
  /** Whether the person serves the brand in question. */
  readonly inTeam: boolean;
}

/** Whether this person may stand in for somebody with that title (R-228, §1.4). Absence, authorship and earlier signatures are judged elsewhere. */
export function mayStandIn(absentRole: Role, candidate: StandInCandidate): boolean {
  return standInRoles(absentRole).some(
    (role) => candidate.roles.includes(role) && (candidate.inTeam || !brandTeamOnly.has(role)),
  );
}

const headOfDepartment = {
  account: 'ACCOUNT_DIRECTOR',
  creative: 'CREATIVE_DIRECTOR',
  media: 'MEDIA_DIRECTOR',
  planning: 'PLANNING_DIRECTOR',
  production: 'ACCOUNT_DIRECTOR',
  finance: 'MANAGEMENT',
  administration: 'MANAGEMENT',
  // The service writes to nobody above the client's own person (M-22), so the client's head is ours.
  client: 'ACCOUNT_DIRECTOR',
  outside: 'ACCOUNT_DIRECTOR',
} as const satisfies Record<string, Role>;

/** The title that heads the department of another title (§1.1 DEPT_HEAD), for the second rung of a ladder. */
export function headOf(role: Role): Role {
  return headOfDepartment[roleFacts[role].department];
}
