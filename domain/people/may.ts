import { roleFacts } from './roles.ts';
import type { Department, Role } from './roles.ts';
import type { BrandTeam, Side } from './types.ts';

/**
 * Whoever looks or edits a register, as the door proved it. `brandIds` are the brands whose teams the person serves.
 * What happens to a job is judged by its core; here is only who may look, and who keeps the registers.
 */
export interface Viewer {
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly side: Side;
  readonly clientId?: string;
  readonly brandIds: readonly string[];
}

/** Everything this table rules on. */
export type ViewAct =
  | 'job.read'
  | 'job.status'
  | 'job.log'
  | 'job.mail'
  | 'job.resendMail'
  | 'job.request'
  | 'report.read'
  | 'contact.read'
  | 'contact.write'
  | 'people.read'
  | 'people.write'
  | 'team.read'
  | 'team.write'
  | 'client.read'
  | 'client.write'
  | 'code.write'
  | 'calendar.write'
  | 'absence.write'
  | 'route.write'
  | 'audit.read'
  | 'system.read';

/** What an act is about; only what the rules ask. */
export interface ViewObject {
  readonly brandId?: string;
  readonly clientId?: string;
  readonly personId?: string;
}

/** How far a right reaches; queries put it into their filter, so nothing out of reach is ever read. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'brands'; readonly brandIds: readonly string[] }
  | { readonly kind: 'client'; readonly clientId: string }
  | { readonly kind: 'self'; readonly personId: string }
  | { readonly kind: 'none' };

type Reach = 'all' | 'brands' | 'client' | 'self';

/** Groups of titles that have the same rights. */
type Group = 'keeper' | 'finance' | 'director' | 'manager' | 'executive' | 'maker' | 'client' | 'desk';

const makers: ReadonlySet<Department> = new Set<Department>(['creative', 'media', 'planning', 'production']);

function groupOf(role: Role): Group | undefined {
  if (role === 'ADMIN' || role === 'MANAGEMENT') return 'keeper';
  if (role === 'FINANCE') return 'finance';
  if (role === 'ACCOUNT_DIRECTOR') return 'director';
  if (role === 'ACCOUNT_MANAGER') return 'manager';
  if (role === 'ACCOUNT_EXECUTIVE') return 'executive';
  if (role === 'RECEPTION') return 'desk';
  if (roleFacts[role].side === 'client') return 'client';
  return makers.has(roleFacts[role].department) ? 'maker' : undefined;
}

/**
 * The table: act, group, reach. Account and creative people see the brands whose teams they serve; keepers see all; a
 * client's people see their own client's public status and nothing else. Personal data of contacts stays with the brand
 * team. Whoever is in no cell may not.
 */
const table: Readonly<Record<ViewAct, Readonly<Partial<Record<Group, Reach>>>>> = {
  'job.read': {
    keeper: 'all',
    finance: 'all',
    director: 'brands',
    manager: 'brands',
    executive: 'brands',
    maker: 'brands',
  },
  'job.status': {
    keeper: 'all',
    finance: 'all',
    director: 'brands',
    manager: 'brands',
    executive: 'brands',
    maker: 'brands',
    client: 'client',
  },
  'job.log': { keeper: 'all', director: 'brands', manager: 'brands', executive: 'brands', maker: 'brands' },
  'job.mail': { keeper: 'all', director: 'brands', manager: 'brands', executive: 'brands' },
  'job.resendMail': { keeper: 'all', director: 'brands', manager: 'brands', executive: 'brands' },
  'job.request': { director: 'brands', manager: 'brands', executive: 'brands' },
  'report.read': { keeper: 'all', finance: 'all', director: 'brands', manager: 'brands', executive: 'brands' },
  'contact.read': { director: 'brands', manager: 'brands', executive: 'brands', maker: 'brands' },
  'contact.write': { director: 'brands', manager: 'brands', executive: 'brands' },
  'people.read': {
    keeper: 'all',
    finance: 'all',
    director: 'all',
    manager: 'all',
    executive: 'all',
    maker: 'all',
    desk: 'all',
    client: 'self',
  },
  'people.write': { keeper: 'all' },
  'team.read': { keeper: 'all', director: 'brands', manager: 'brands', executive: 'brands', maker: 'brands' },
  'team.write': { keeper: 'all', director: 'brands' },
  'client.read': {
    keeper: 'all',
    finance: 'all',
    director: 'brands',
    manager: 'brands',
    executive: 'brands',
    maker: 'brands',
  },
  'client.write': { keeper: 'all', director: 'brands', manager: 'brands' },
  'code.write': { keeper: 'all', director: 'all' },
  'calendar.write': { keeper: 'all' },
  'absence.write': {
    keeper: 'all',
    director: 'brands',
    manager: 'brands',
    executive: 'self',
    maker: 'self',
    finance: 'self',
    desk: 'self',
  },
  'route.write': { keeper: 'all', director: 'all' },
  'audit.read': { keeper: 'all' },
  'system.read': { keeper: 'all' },
};

const width: Readonly<Record<Reach, number>> = { self: 0, client: 1, brands: 2, all: 3 };

/** How far this person's right to an act reaches: the widest of what their titles give. */
export function scopeOf(viewer: Viewer, act: ViewAct): Scope {
  let widest: Reach | undefined;
  for (const role of viewer.roles) {
    // A title of the other side gives nothing: an account with the wrong titles must not open the house to a client.
    if (roleFacts[role].side !== viewer.side) continue;
    const group = groupOf(role);
    const reach = group === undefined ? undefined : table[act][group];
    if (reach !== undefined && (widest === undefined || width[reach] > width[widest])) widest = reach;
  }
  switch (widest) {
    case undefined:
      return { kind: 'none' };
    case 'all':
      return { kind: 'all' };
    case 'brands':
      return viewer.brandIds.length === 0 ? { kind: 'none' } : { kind: 'brands', brandIds: viewer.brandIds };
    case 'client':
      return viewer.clientId === undefined ? { kind: 'none' } : { kind: 'client', clientId: viewer.clientId };
    case 'self':
      return { kind: 'self', personId: viewer.personId };
  }
}

/** Whether this person may do that to this object. An object that does not say what a narrower scope asks is out of reach. */
export function may(viewer: Viewer, act: ViewAct, object: ViewObject): boolean {
  const scope = scopeOf(viewer, act);
  switch (scope.kind) {
    case 'none':
      return false;
    case 'all':
      return true;
    case 'brands':
      return object.brandId !== undefined && scope.brandIds.includes(object.brandId);
    case 'client':
      return object.clientId === scope.clientId;
    case 'self':
      return object.personId === scope.personId;
  }
}

/** The brands whose teams a person serves. */
export function brandsOf(personId: string, teams: readonly BrandTeam[]): readonly string[] {
  return teams
    .filter((team) => team.members.some((member) => member.personId === personId))
    .map((team) => team.brandId);
}
