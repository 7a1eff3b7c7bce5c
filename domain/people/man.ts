import type { Route, RouteStep } from '../circulation/types.ts';
import { refuse } from '../process.ts';
import type { Refusal } from '../process.ts';
import type { BrandTeam, Person } from './types.ts';

/** Who would sign which step of a route, and the steps nobody is left for. */
export interface Manning {
  readonly holds: Readonly<Record<string, readonly string[]>>;
  readonly missing: readonly RouteStep[];
}

/** One seat to fill: a step, several times when several people must sign it. */
interface Seat {
  readonly step: RouteStep;
  readonly able: readonly string[];
}

function seatsOf(step: RouteStep): number {
  return step.rule.kind === 'some' ? step.rule.n : 1;
}

/** Everybody who holds one of a step's titles: members of the team, or active people of the client. */
export function ableFor(
  step: RouteStep,
  team: BrandTeam,
  people: readonly Person[],
  clientId: string,
): readonly string[] {
  const titles = [step.role, ...step.alsoRoles];
  const active = new Map(people.filter((person) => person.active).map((person) => [person.id, person]));
  if (step.side === 'client') {
    return [...active.values()]
      .filter((person) => person.side === 'client' && person.clientId === clientId)
      .filter((person) => person.roles.some((role) => titles.includes(role)))
      .map((person) => person.id);
  }
  return team.members
    .filter((member) => active.get(member.personId)?.side === 'agency')
    .filter((member) => member.roles.some((role) => titles.includes(role)))
    .map((member) => member.personId);
}

/**
 * Finds different people for all steps of a route: nobody signs two steps of one round, nor beyond the own submission
 * so a team in which two steps have no two able people cannot run the route. Receipts may be given by whoever
 * confirmed and optional steps may be left out, so neither is asked for. A maximum matching, so a step is named
 * as missing only when no other distribution of people would do.
 */
export function manRoute(team: BrandTeam, route: Route, people: readonly Person[], clientId: string): Manning {
  const seats: Seat[] = route.steps
    .filter((step) => step.act !== 'receipt' && !step.optional)
    .flatMap((step) =>
      Array.from({ length: seatsOf(step) }, () => ({ step, able: ableFor(step, team, people, clientId) })),
    );
  const seatOf = new Map<string, Seat>();

  function seat(wanted: Seat, tried: Set<string>): boolean {
    for (const personId of wanted.able) {
      if (tried.has(personId)) continue;
      tried.add(personId);
      const sitting = seatOf.get(personId);
      if (sitting === undefined || seat(sitting, tried)) {
        seatOf.set(personId, wanted);
        return true;
      }
    }
    return false;
  }

  const unfilled = new Set(seats.filter((wanted) => !seat(wanted, new Set())).map((wanted) => wanted.step));
  const holds: Record<string, string[]> = {};
  for (const [personId, { step }] of seatOf) (holds[step.key] ??= []).push(personId);
  return { holds, missing: [...unfilled] };
}

/**
 * Whether a team can run a route, else the refusal `TEAM_SHORT` that names the steps without anybody, one string
 * `title (step)` each in both languages. Asked when a team or a route is saved.
 */
export function canMan(
  team: BrandTeam,
  route: Route,
  people: readonly Person[],
  clientId: string,
): Refusal | undefined {
  const { missing } = manRoute(team, route, people, clientId);
  if (missing.length === 0) return undefined;
  return refuse('TEAM_SHORT', { field: 'members', params: { steps: missing.map((step) => step.key) }, rule: 'R-99' });
}
