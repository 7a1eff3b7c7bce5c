import type { Connection } from 'mongoose';
import { CalendarRefusal } from '../domain/calendar/refusal.ts';
import type { Instant } from '../domain/instant.ts';
import type { TimeCalendars } from '../domain/time-kept/account.ts';
import { stepsAhead, type AheadHouse, type StepAhead } from '../domain/time-kept/ahead.ts';
import { loadOf, type Load, type OnDesk } from '../domain/time-kept/load.ts';
import type { Absence, BrandTeam, Person } from '../domain/people/types.ts';
import type { BrandScope } from './board.ts';
import { inScope } from './board.ts';
import { boardColumns, jobStateTable, jobTable, readState, type JobRow, type JobStateRow } from './jobs.ts';
import { absences, brandTeams, people } from './people.ts';
import { shortMemory } from './short-memory.ts';
import { op } from './table.ts';

/** Open jobs whose desks are counted at most. */
const mostJobs = 20_000;
/** Jobs whose way ahead is reckoned: those due first. */
export const mostAhead = 400;
/** How old an answer may be that is shown; milliseconds. */
const oldestMs = 30_000;

/** The load of the desks, and how many jobs the days ahead were reckoned from. */
export interface LoadNow extends Load {
  readonly jobs: number;
  readonly reckoned: number;
}

const memory = shortMemory<LoadNow>(oldestMs);

type DeskRow = Pick<JobRow, '_id' | 'waiting' | 'dueSort' | 'onHold'>;

/** What lies on every desk in reach now, and what the next two weeks bring; an answer may be half a minute old. */
export async function loadNow(
  connection: Connection,
  query: { readonly scope: BrandScope; readonly now: Instant },
  calendars: TimeCalendars,
): Promise<LoadNow> {
  const { scope, now } = query;
  if (scope !== 'all' && scope.length === 0) return { ...loadOf([], [], calendars, now), jobs: 0, reckoned: 0 };
  return memory(connection, JSON.stringify(scope), now, async () => {
    const rows = (
      await Promise.all(
        boardColumns.map((column) =>
          jobTable(connection)
            .find({ open: true, ...inScope(scope), column }, { waiting: 1, dueSort: 1, onHold: 1 })
            .limit(mostJobs)
            .lean<DeskRow[]>(),
        ),
      )
    ).flat();
    // Nobody works on what is on hold, so it is no load.
    const running = rows.filter(({ onHold, waiting }) => !onHold && waiting.length > 0);
    const open = running.flatMap(({ waiting }) =>
      waiting.map(({ holders, role, side, dueAt }): OnDesk => ({
        holders,
        role,
        side,
        ...(dueAt === undefined ? {} : { dueAt }),
      })),
    );
    const first = running
      .sort((a, b) => (a.dueSort < b.dueSort ? -1 : a.dueSort > b.dueSort ? 1 : 0))
      .slice(0, mostAhead)
      .map(({ _id }) => _id);
    const ahead = await aheadOf(connection, first, calendars, now);
    return { ...loadOf(open, ahead, calendars, now), jobs: running.length, reckoned: first.length };
  });
}

async function aheadOf(
  connection: Connection,
  processIds: readonly string[],
  calendars: TimeCalendars,
  now: Instant,
): Promise<readonly StepAhead[]> {
  if (processIds.length === 0) return [];
  const [rows, teams, everybody, away] = await Promise.all([
    jobStateTable(connection)
      .find({ _id: op({ $in: [...processIds] }) })
      .lean<JobStateRow[]>(),
    brandTeams.now(connection),
    people.now(connection),
    absences.now(connection),
  ]);
  const houses = new Map<string, AheadHouse>();
  return rows.flatMap((row) => {
    const state = readState(row);
    const key = `${state.brandId} ${state.clientId} ${state.ownerId}`;
    const house = houses.get(key) ?? houseOf(state, teams.all, everybody.byId, everybody.all, away.all);
    houses.set(key, house);
    try {
      return stepsAhead(state, house, calendars, now);
    } catch (error) {
      // A calendar without working time says nothing about the days ahead; what lies on desks now is counted all the same.
      if (error instanceof CalendarRefusal) return [];
      throw error;
    }
  });
}

/** Who serves a brand, and its client's people: enough to say who a step is meant for, and small enough to ask often. */
function houseOf(
  job: { readonly brandId: string; readonly clientId: string; readonly ownerId: string },
  teams: readonly BrandTeam[],
  byId: ReadonlyMap<string, Person>,
  everybody: readonly Person[],
  away: readonly Absence[],
): AheadHouse {
  const team = teams.find(({ brandId }) => brandId === job.brandId) ?? {
    id: job.brandId,
    brandId: job.brandId,
    members: [],
    defaults: {},
  };
  const ids = new Set([job.ownerId, ...team.members.map(({ personId }) => personId)]);
  const ours = [...ids].flatMap((id) => byId.get(id) ?? []);
  const theirs = everybody.filter(({ side, clientId }) => side === 'client' && clientId === job.clientId);
  const people = [...ours, ...theirs];
  const known = new Set(people.map(({ id }) => id));
  return { team, people, absences: away.filter(({ personId }) => known.has(personId)) };
}
