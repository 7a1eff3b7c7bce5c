import type { RouteStep } from '../circulation/types.ts';
import { intendedFor, isAbsent, standInNamedBy } from './holders.ts';
import type { HoldingContext } from './holders.ts';
import { roleFacts } from './roles.ts';
import type { Department, Role } from './roles.ts';
import { headOf, mayStandIn } from './stand-in.ts';

/** A position on a job, which somebody holds at a moment. */
export type Position =
  | 'owner'
  | 'accountManager'
  | 'accountDirector'
  | 'standInOrHead'
  | 'clientContact'
  | 'author'
  | 'creativeDirector'
  | 'executors'
  | 'client';

const executing: ReadonlySet<Department> = new Set<Department>(['creative', 'media', 'production']);

function isThere(personId: string, context: HoldingContext): boolean {
  const person = context.people.find(({ id }) => id === personId);
  return person?.active === true && !isAbsent(personId, context.absences, context.at);
}

/** The team's own choice for a title, then its members, then the house; who is there comes before who is on leave. */
function titled(role: Role, context: HoldingContext): string | undefined {
  const team = context.team.members.filter((member) => member.roles.includes(role)).map((member) => member.personId);
  const house = context.people
    .filter((person) => person.active && person.side === 'agency' && person.roles.includes(role))
    .map((person) => person.id);
  const chosen = context.team.defaults[role];
  const inOrder = [...(chosen === undefined ? [] : [chosen]), ...team, ...house];
  return (
    inOrder.find((personId) => isThere(personId, context)) ??
    team.find((personId) => context.people.some((person) => person.id === personId && person.active))
  );
}

/** Where a message ends when a title has nobody: account director, management, the job's owner. */
function somebody(context: HoldingContext): string {
  return titled('ACCOUNT_DIRECTOR', context) ?? titled('MANAGEMENT', context) ?? context.ownerId;
}

/**
 * Who answers for a job now: its owner, or, while the owner is on leave, whoever stands in; where nobody does, the account
 * manager. The job itself stays the owner's, and so do its mails from the day of return (§1.4).
 */
function answering(context: HoldingContext): string {
  const { ownerId, absences, at } = context;
  if (!isAbsent(ownerId, absences, at)) return ownerId;
  const named = standInNamedBy(ownerId, absences, at);
  return named !== undefined && isThere(named, context)
    ? named
    : (titled('ACCOUNT_MANAGER', context) ?? somebody(context));
}

/** The stand-in when the step's person is on leave, else the head of their department (§7.3, second rung). */
function standInOrHead(step: RouteStep | undefined, holderId: string | undefined, context: HoldingContext): string {
  if (step === undefined) return somebody(context);
  const holder = holderId ?? intendedFor(step, context);
  const named = holder === undefined ? undefined : standInNamedBy(holder, context.absences, context.at);
  if (named !== undefined && isThere(named, context)) {
    const member = context.team.members.find(({ personId }) => personId === named);
    const roles = member?.roles ?? context.people.find(({ id }) => id === named)?.roles ?? [];
    if (mayStandIn(step.role, { roles, inTeam: member !== undefined })) return named;
  }
  const head = titled(headOf(step.role), context);
  // A head who lets the own desk wait is not told by being told again.
  return head === undefined || head === holder ? somebody(context) : head;
}

/** The contact on the client's side: the team's choice, else anybody of the client with that title, but not who holds the desk. */
function clientContact(holderId: string | undefined, context: HoldingContext): string | undefined {
  const contacts = context.people.filter(
    ({ id, active, side, clientId, roles }) =>
      active &&
      side === 'client' &&
      clientId === context.clientId &&
      id !== holderId &&
      roles.includes('CLIENT_CONTACT'),
  );
  const chosen = context.team.defaults.CLIENT_CONTACT;
  return (contacts.find(({ id }) => id === chosen) ?? contacts[0])?.id;
}

/** Who is written to at the client: whom the mail means, else a contact or a lead; where they have nobody, the job's owner. */
function atClient({ people, clientId, authorId, ownerId }: HoldingContext): string {
  const theirs = people.filter((person) => person.active && person.side === 'client' && person.clientId === clientId);
  const titled = (role: Role) => theirs.find(({ roles }) => roles.includes(role));
  const found =
    theirs.find(({ id }) => id === authorId) ?? titled('CLIENT_CONTACT') ?? titled('CLIENT_LEAD') ?? theirs[0];
  return found?.id ?? ownerId;
}

/**
 * Who holds a position now; always at least one person, except `author` of a process without one, which is its owner.
 * `step` matters to `standInOrHead` only, `holderId` to it and to `clientContact`.
 */
export function holdersOfPosition(
  position: Position,
  context: HoldingContext,
  about: { readonly step?: RouteStep; readonly holderId?: string } = {},
): readonly string[] {
  switch (position) {
    case 'owner':
      return [answering(context)];
    case 'author':
      return [context.authorId === '' || context.authorId === context.ownerId ? answering(context) : context.authorId];
    case 'accountManager':
      return [titled('ACCOUNT_MANAGER', context) ?? somebody(context)];
    case 'accountDirector':
      return [somebody(context)];
    case 'creativeDirector':
      return [titled('CREATIVE_DIRECTOR', context) ?? somebody(context)];
    case 'standInOrHead':
      return [standInOrHead(about.step, about.holderId, context)];
    case 'clientContact':
      // Where the client has nobody else, account service calls (M-22).
      return [clientContact(about.holderId, context) ?? context.ownerId];
    case 'client':
      return [atClient(context)];
    case 'executors': {
      const executors = context.team.members
        .filter((member) => member.roles.some((role) => executing.has(roleFacts[role].department)))
        .map((member) => member.personId)
        .filter((personId) => context.people.some((person) => person.id === personId && person.active));
      return executors.length > 0 ? executors : [context.ownerId];
    }
  }
}
