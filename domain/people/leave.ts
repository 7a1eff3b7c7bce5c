import { compareInstants, diffMs, earlierOf, laterOf } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { isAbsent } from './holders.ts';
import { mayStandIn } from './stand-in.ts';
import type { Absence, BrandTeam, Person } from './types.ts';

/** Longest leave that is announced in one go, milliseconds: a year. */
const longestMs = 366 * 86_400_000;

/** What must be known to judge leave. */
export interface LeaveContext {
  readonly people: ReadonlyMap<string, Person>;
  readonly teams: readonly BrandTeam[];
  /** Everybody's leave, without the one that is judged. */
  readonly absences: readonly Absence[];
  readonly now: Instant;
}

/** What is wrong with leave as somebody announces it: a stable code, the field, and whom or which moments the sentence names. */
export interface LeaveProblem {
  readonly field: 'personId' | 'from' | 'to' | 'standInId';
  readonly code:
    | 'unknownPerson'
    | 'endsBeforeStart'
    | 'isOver'
    | 'tooLong'
    | 'alreadyAway'
    | 'noStandIn'
    | 'oneself'
    | 'unknownStandIn'
    | 'standInAway'
    | 'mayNotStandIn'
    | 'chainEnds';
  readonly personId?: string;
  readonly from?: Instant;
  readonly to?: Instant;
}

const overlaps = (a: Pick<Absence, 'from' | 'to'>, b: Pick<Absence, 'from' | 'to'>): boolean =>
  compareInstants(laterOf(a.from, b.from), earlierOf(a.to, b.to)) < 0;

/** The titles somebody has, by the team they serve; those of the house where they serve none. */
function titlesOf(person: Person, teams: readonly BrandTeam[]) {
  const own = teams.flatMap((team) =>
    team.members.flatMap(({ personId, roles }) => (personId === person.id ? [{ team, roles }] : [])),
  );
  return own.length > 0 ? own : [{ team: undefined, roles: person.roles }];
}

/**
 * Whether somebody may stand in for any title of another: the same or a higher one in the same line, in the brand's
 * team where the title asks for that. For titles it does not cover a step finds its person by the matrix.
 */
export function couldStandIn(standIn: Person, absent: Person, teams: readonly BrandTeam[]): boolean {
  if (!standIn.active || standIn.side !== absent.side || standIn.id === absent.id) return false;
  return titlesOf(absent, teams).some(({ team, roles }) => {
    const member = team?.members.find(({ personId }) => personId === standIn.id);
    const candidate = { roles: member?.roles ?? standIn.roles, inTeam: team === undefined || member !== undefined };
    return roles.some((role) => mayStandIn(role, candidate));
  });
}

/**
 * What is wrong with leave before it is announced (M-21, R-227, R-228): it ends before it starts, it overlaps leave of the
 * same person, the stand-in is missing, away at the time or of the wrong title, or people for whom this person stands in
 * would be left without anybody. A ring of stand-ins cannot come to be: whoever is in one is away.
 */
export function checkLeave(wanted: Absence, context: LeaveContext): readonly LeaveProblem[] {
  const { people, teams, absences, now } = context;
  const person = people.get(wanted.personId);
  if (person?.active !== true || person.side !== 'agency') return [{ field: 'personId', code: 'unknownPerson' }];
  if (compareInstants(wanted.to, wanted.from) <= 0) return [{ field: 'to', code: 'endsBeforeStart' }];
  if (compareInstants(wanted.to, now) <= 0) return [{ field: 'to', code: 'isOver' }];
  if (diffMs(wanted.from, wanted.to) > longestMs) return [{ field: 'to', code: 'tooLong' }];
  const during = absences.filter((one) => overlaps(one, wanted));
  const own = during.find(({ personId }) => personId === person.id);
  if (own) return [{ field: 'from', code: 'alreadyAway', from: own.from, to: own.to }];
  const no = standInProblem(wanted, person, during, context);
  if (no) return [no];
  const standIn = people.get(wanted.standInId ?? '');
  // Somebody relies on this person already: the stand-in takes that over too.
  const left = during
    .filter(({ standInId }) => standInId === person.id)
    .find(({ personId }) => {
      const relying = people.get(personId);
      return relying !== undefined && standIn !== undefined && !couldStandIn(standIn, relying, teams);
    });
  return left ? [{ field: 'standInId', code: 'chainEnds', personId: left.personId, from: left.from, to: left.to }] : [];
}

/**
 * Who is asked to agree to somebody's leave (M-21, R-227): for each brand they serve its account manager, else its account
 * director; where there is nobody, or who is left is away too, agency management, then who keeps the registers. Never themselves.
 */
export function agreersOf(
  personId: string,
  { people, teams, absences, now }: Pick<LeaveContext, 'people' | 'teams' | 'absences' | 'now'>,
): readonly string[] {
  const there = (id: string | undefined): id is string =>
    id !== undefined && id !== personId && people.get(id)?.active === true && !isAbsent(id, absences, now);
  const own = teams.filter(({ members }) => members.some((member) => member.personId === personId));
  const found = own.flatMap((team) => {
    const titled = (['ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'] as const).flatMap((role) => [
      team.defaults[role],
      ...team.members.filter(({ roles }) => roles.includes(role)).map((member) => member.personId),
    ]);
    const first = titled.find(there);
    return first === undefined ? [] : [first];
  });
  if (found.length > 0) return [...new Set(found)];
  const keepers = (['MANAGEMENT', 'ADMIN'] as const).flatMap((role) =>
    [...people.values()].filter(({ roles, side }) => side === 'agency' && roles.includes(role)).map(({ id }) => id),
  );
  const keeper = keepers.find(there);
  return keeper === undefined ? [] : [keeper];
}

function standInProblem(
  { standInId }: Absence,
  person: Person,
  during: readonly Absence[],
  { people, teams }: LeaveContext,
): LeaveProblem | undefined {
  const field = 'standInId';
  if (standInId === undefined || standInId === '') return { field, code: 'noStandIn' };
  if (standInId === person.id) return { field, code: 'oneself' };
  const standIn = people.get(standInId);
  if (standIn?.active !== true) return { field, code: 'unknownStandIn' };
  const away = during.find(({ personId }) => personId === standInId);
  if (away) return { field, code: 'standInAway', personId: standInId, from: away.from, to: away.to };
  return couldStandIn(standIn, person, teams) ? undefined : { field, code: 'mayNotStandIn', personId: standInId };
}
