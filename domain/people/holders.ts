import type { RouteStep } from '../circulation/types.ts';
import { compareInstants } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { ableFor } from './man.ts';
import type { Role } from './roles.ts';
import { mayStandIn, standInRoles } from './stand-in.ts';
import type { Absence, BrandTeam, Person } from './types.ts';

/** What must be known to say whose desk a step lies on. */
export interface HoldingContext {
  readonly team: BrandTeam;
  readonly people: readonly Person[];
  readonly absences: readonly Absence[];
  /** The moment for which absence is judged. */
  readonly at: Instant;
  readonly clientId: string;
  /** The account person who answers for the job; holds the executive's steps. */
  readonly ownerId: string;
  readonly authorId: string;
  /** Who already signed a step of this round. */
  readonly signedBy: readonly string[];
  /** A person the step was handed to; `standIn` when they act for the one it was meant for. */
  readonly handed?: { readonly to: string; readonly standIn: boolean };
}

/** A person who holds a step, and for whom when that is not the one it was meant for. */
export interface Holding {
  readonly personId: string;
  readonly standInFor?: string;
}

/**
 * Whose desk a step lies on. `caretaker`: nobody may sign here, so it lies with somebody who has to find someone; such
 * a person hands it over and does not sign.
 */
export interface Holdings {
  readonly holders: readonly Holding[];
  readonly caretaker: boolean;
}

/** Whether a person is on leave at that moment. */
export function isAbsent(personId: string, absences: readonly Absence[], at: Instant): boolean {
  return absenceOf(personId, absences, at) !== undefined;
}

/** The leave a person is on at that moment. */
export function absenceOf(personId: string, absences: readonly Absence[], at: Instant): Absence | undefined {
  return absences.find(
    (absence) =>
      absence.personId === personId &&
      absence.asked !== true &&
      compareInstants(absence.from, at) <= 0 &&
      compareInstants(at, absence.to) < 0,
  );
}

/** Whether the step is one that its paper's author holds: the submission itself. */
function isOwnStep(step: RouteStep): boolean {
  return step.act === 'submit';
}

/** Whether this person may hold the step at all: there, not away, not the author, and without a signature in this round. */
function isFree(person: Person | undefined, step: RouteStep, context: HoldingContext): person is Person {
  if (!person?.active || isAbsent(person.id, context.absences, context.at)) return false;
  if (step.side === 'client' && person.clientId !== context.clientId) return false;
  if (step.side === 'agency' && person.side !== 'agency') return false;
  // A receipt may be given by who confirmed: on paper it is the second half of the same step.
  return person.id !== context.authorId && (step.act === 'receipt' || !context.signedBy.includes(person.id));
}

/** The titles somebody has for this brand: those of the team, else those of the house. */
function rolesFor(person: Person, team: BrandTeam): { readonly roles: readonly Role[]; readonly inTeam: boolean } {
  const member = team.members.find(({ personId }) => personId === person.id);
  return { roles: member?.roles ?? person.roles, inTeam: member !== undefined };
}

/** Whether somebody's titles let them hold the step: in their own right or by the matrix. Who is away or has signed is judged elsewhere. */
export function isAbleFor(personId: string, step: RouteStep, context: HoldingContext): boolean {
  const person = context.people.find(({ id }) => id === personId);
  if (person === undefined) return false;
  const { roles, inTeam } = rolesFor(person, context.team);
  return (
    [step.role, ...step.alsoRoles].some((role) => roles.includes(role)) || mayStandIn(step.role, { roles, inTeam })
  );
}

/** The one person a step is meant for before anybody is away or has signed: the job's owner, or the team's own choice. */
export function intendedFor(step: RouteStep, context: HoldingContext): string | undefined {
  if (step.role === 'ACCOUNT_EXECUTIVE') return context.ownerId;
  const chosen = context.team.defaults[step.role];
  return chosen !== undefined && isAbleFor(chosen, step, context) ? chosen : undefined;
}

/**
 * Members with one of the step's titles, those of its first title before the others; within a title the one with fewest
 * other titles, so that who can do much stays free for the later steps of the round.
 */
function inOwnRight(step: RouteStep, context: HoldingContext): readonly string[] {
  const able = ableFor(step, context.team, context.people, context.clientId);
  const byId = new Map(context.people.map((person) => [person.id, person]));
  const rank = (personId: string): number => {
    const person = byId.get(personId);
    const titles = person ? rolesFor(person, context.team).roles : [];
    return (titles.includes(step.role) ? 0 : 100) + titles.length;
  };
  return [...able].sort((a, b) => rank(a) - rank(b) || able.indexOf(a) - able.indexOf(b));
}

/** Everybody who may stand in, the titles in the matrix's order, the brand's own people before the rest of the house. */
function standIns(step: RouteStep, context: HoldingContext): readonly string[] {
  const able = context.people
    .map((person) => ({ person, ...rolesFor(person, context.team) }))
    .filter((candidate) => mayStandIn(step.role, candidate));
  return standInRoles(step.role).flatMap((role) =>
    [true, false].flatMap((inTeam) =>
      able
        .filter((candidate) => candidate.inTeam === inTeam && candidate.roles.includes(role))
        .map(({ person }) => person.id),
    ),
  );
}

/** The people who have to find someone when nobody may hold a step, in order; all of the agency's side. */
function caretakers(context: HoldingContext): readonly string[] {
  const withTitle = (role: Role, inTeam: boolean): string[] =>
    context.people
      .filter((person) => person.side === 'agency')
      .filter((person) =>
        inTeam
          ? context.team.members.some((m) => m.personId === person.id && m.roles.includes(role))
          : person.roles.includes(role),
      )
      .map((person) => person.id);
  return [
    ...withTitle('ACCOUNT_DIRECTOR', true),
    ...withTitle('MANAGEMENT', false),
    ...withTitle('ACCOUNT_DIRECTOR', false),
    ...withTitle('ADMIN', false),
  ];
}

/**
 * Who holds a step. One list of candidates in order of fitness, gone through once, so
 * there is no loop: the person it was handed to; the intended person; their named stand-in; who holds the title
 * in the team; who may stand in by the matrix. A step that several sign lies with all of its free holders. When nobody
 * is left it lies with a caretaker: the team's account director, then management. A hand-over to somebody whose titles
 * do not fit counts for nothing.
 */
export function holdersFor(step: RouteStep, context: HoldingContext): Holdings {
  if (isOwnStep(step)) return { holders: [{ personId: context.authorId }], caretaker: false };
  const byId = new Map(context.people.map((person) => [person.id, person]));
  const free = (personId: string | undefined): personId is string =>
    personId !== undefined && isFree(byId.get(personId), step, context);
  const handed =
    context.handed !== undefined && isAbleFor(context.handed.to, step, context) ? context.handed : undefined;
  const intended = intendedFor(step, context);
  const ownRight = inOwnRight(step, context);

  if (step.rule.kind !== 'one' && handed === undefined) {
    const all = ownRight.filter(free);
    if (all.length > 0) return { holders: all.map((personId) => ({ personId })), caretaker: false };
  }
  if (handed !== undefined && free(handed.to)) {
    const standsIn = handed.standIn || !ownRight.includes(handed.to);
    return {
      holders: [standsIn ? actingFor(handed.to, intended ?? ownRight[0], context) : { personId: handed.to }],
      caretaker: false,
    };
  }
  if (handed === undefined && free(intended)) return { holders: [{ personId: intended }], caretaker: false };

  const first = handed?.to ?? intended;
  const named = [first, ...ownRight].map((personId) => namedStandIn(personId, step, context, byId));
  const candidates = [named[0], intended, ...ownRight, ...named, ...standIns(step, context)];
  const chosen = candidates.find(free);
  if (chosen !== undefined) {
    const absent = [first, ...(ownRight.includes(chosen) ? [] : ownRight)].find(
      (personId) => personId !== undefined && !isThere(personId, byId, context),
    );
    return { holders: [actingFor(chosen, absent, context)], caretaker: false };
  }
  const caretaker = caretakers(context).find((personId) => isCaretaker(byId.get(personId), context));
  return { holders: caretaker === undefined ? [] : [{ personId: caretaker }], caretaker: true };
}

/** A caretaker does not sign, but the rules of the round still hold, so that no link lies on a wrong desk. */
function isCaretaker(person: Person | undefined, context: HoldingContext): boolean {
  return (
    person?.active === true &&
    !isAbsent(person.id, context.absences, context.at) &&
    person.id !== context.authorId &&
    !context.signedBy.includes(person.id)
  );
}

function namedStandIn(
  absentId: string | undefined,
  step: RouteStep,
  context: HoldingContext,
  byId: ReadonlyMap<string, Person>,
): string | undefined {
  if (absentId === undefined) return undefined;
  const named = standInNamedBy(absentId, context.absences, context.at);
  const person = named === undefined ? undefined : byId.get(named);
  return person !== undefined && mayStandIn(step.role, rolesFor(person, context.team)) ? person.id : undefined;
}

/**
 * Whom an absent person named, and where that one is away too, whom they named: the first who is there. Undefined at the
 * end of the chain, also where people named each other in a ring.
 */
export function standInNamedBy(absentId: string, absences: readonly Absence[], at: Instant): string | undefined {
  const passed = new Set<string>();
  for (let id: string | undefined = absentId; id !== undefined && !passed.has(id);) {
    passed.add(id);
    const absence = absenceOf(id, absences, at);
    if (absence === undefined) return id === absentId ? undefined : id;
    id = absence.standInId;
  }
  return undefined;
}

function isThere(personId: string, byId: ReadonlyMap<string, Person>, context: HoldingContext): boolean {
  return byId.get(personId)?.active === true && !isAbsent(personId, context.absences, context.at);
}

/**
 * Both names of a stand-in's step. A stand-in signs for the other, so the author of the paper and who already signed
 * have nobody acting for them: that would be their second signature. Then the person signs in their own name.
 */
function actingFor(personId: string, insteadOf: string | undefined, context: HoldingContext): Holding {
  if (
    insteadOf === undefined ||
    insteadOf === personId ||
    insteadOf === context.authorId ||
    context.signedBy.includes(insteadOf)
  )
    return { personId };
  return { personId, standInFor: insteadOf };
}
