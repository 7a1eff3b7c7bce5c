import type { RouteStep } from '../../../domain/circulation/types.ts';
import type { HoldingContext } from '../../../domain/people/holders.ts';
import type { Role } from '../../../domain/people/roles.ts';
import { roleFacts } from '../../../domain/people/roles.ts';
import type { BrandTeam, Person } from '../../../domain/people/types.ts';

/** A person with these titles; the side follows from the first. */
export function person(id: string, held: readonly Role[], more: Partial<Person> = {}): Person {
  const side = held[0] === undefined ? 'agency' : roleFacts[held[0]].side;
  const base: Person = {
    id,
    name: id,
    roles: held,
    side,
    language: 'zh-CN',
    mail: { address: `${id}@example.test`, revision: 1 },
    active: true,
  };
  return side === 'client' ? { ...base, clientId: 'c1', ...more } : { ...base, ...more };
}

/** A step as routes hold it, signed by one of a title. */
export function step(role: Role, more: Partial<RouteStep> = {}): RouteStep {
  return {
    key: role.toLowerCase(),
    role,
    alsoRoles: [],
    side: roleFacts[role].side === 'client' ? 'client' : 'agency',
    after: [],
    act: 'review',
    meaning: { zh: '已审核', en: 'Reviewed' },
    rule: { kind: 'one' },
    noes: ['return'],
    optional: false,
    checklist: [],
    ladder: 'internalSignature',
    ...more,
  };
}

/** A team in which everybody has the titles of the house. */
export function teamOf(people: readonly Person[], defaults: BrandTeam['defaults'] = {}): BrandTeam {
  return {
    id: 'team-1',
    brandId: 'b1',
    members: people.filter(({ side }) => side === 'agency').map(({ id, roles }) => ({ personId: id, roles })),
    defaults,
  };
}

/** One person for each title of the seven-step chain, and the client's lead. */
export const sevenPeople: readonly Person[] = [
  person('designer', ['ARTIST']),
  person('writer', ['COPYWRITER']),
  person('artDirector', ['ART_DIRECTOR']),
  person('creativeDirector', ['CREATIVE_DIRECTOR']),
  person('executive', ['ACCOUNT_EXECUTIVE']),
  person('director', ['ACCOUNT_DIRECTOR']),
  person('boss', ['MANAGEMENT']),
  person('lead', ['CLIENT_LEAD']),
];

/** The chain of artwork QC as steps. */
export const sevenSteps: readonly RouteStep[] = [
  step('ARTIST', { act: 'submit' }),
  step('COPYWRITER'),
  step('ART_DIRECTOR'),
  step('CREATIVE_DIRECTOR'),
  step('ACCOUNT_EXECUTIVE', { act: 'confirm' }),
  step('ACCOUNT_DIRECTOR', { act: 'confirm' }),
  step('CLIENT_LEAD', { act: 'confirm', ladder: 'clientSignature' }),
];

/** What is known when a step opens; 10:00 in Shanghai on a Thursday. */
export function contextOf(people: readonly Person[], more: Partial<HoldingContext> = {}): HoldingContext {
  return {
    team: teamOf(people),
    people,
    absences: [],
    at: '2026-03-12T02:00:00.000Z',
    clientId: 'c1',
    ownerId: 'executive',
    authorId: 'designer',
    signedBy: [],
    ...more,
  };
}
