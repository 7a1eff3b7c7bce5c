import type { Connection } from 'mongoose';
import { calendarOfDesk } from '../../domain/calendar/desk.ts';
import { nextMorning } from '../../domain/calendar/morning.ts';
import { mayLeaveAt } from '../../domain/calendar/quiet.ts';
import { CalendarRefusal } from '../../domain/calendar/refusal.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import { ladders, stepTimes } from '../../domain/circulation/step-times.ts';
import type { Instant } from '../../domain/instant.ts';
import { canonical } from '../../domain/log/canonical.ts';
import {
  rungName,
  rungsDue,
  signingStep,
  toldOfRung,
  withClocks,
  withRungsTold,
  type CountSignature,
  type RungDue,
} from '../../domain/people/hand-over-clock.ts';
import type { HandOver } from '../../domain/people/hand-over.ts';
import type { HoldingContext } from '../../domain/people/holders.ts';
import type { HouseLetter } from '../../domain/people/letter.ts';
import { calendars } from '../../store/calendars.ts';
import { handOvers, handOversAsked } from '../../store/hand-overs.ts';
import { absences, brandTeams, people } from '../../store/people.ts';
import { noteTelling } from '../../store/tellings.ts';
import type { ApiDeps } from '../deps.ts';
import { timeIn } from '../view/read/house.ts';
import { zoneNamed } from '../view/zone.ts';

/** What the clocks of hand-overs need. */
export type ClockDeps = Pick<ApiDeps, 'store' | 'clock' | 'config'>;

/** Whose hours rule a person's desk, as the calendars stand now: their own, else the office's. */
async function hoursNow(deps: ClockDeps): Promise<(personId: string) => Calendar> {
  const kept = await calendars.now(deps.store);
  const office = timeIn(kept, deps).calendar;
  return (personId) => calendarOfDesk({ side: 'agency', clientId: '', holders: [personId] }, kept.byId, office);
}

function countBy(hoursOf: (personId: string) => Calendar): CountSignature {
  return (ladder, personId, from) => orNothing(() => stepTimes(ladder, hoursOf(personId), zoneNamed, from));
}

function orNothing<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    // Hours without any working time ahead count nothing; whoever keeps the calendars is told there.
    if (error instanceof CalendarRefusal) return undefined;
    throw error;
  }
}

/** A hand-over that is about to be saved, with the clocks of the signatures it then waits for. */
export async function clocked(deps: ClockDeps, value: HandOver, now: Instant): Promise<HandOver> {
  return withClocks(value, countBy(await hoursNow(deps)), now);
}

/** So often a hand-over that is changed by somebody else at the same moment is looked at again; then at the next look. */
const tries = 3;

/**
 * Climbs the ladders of hand-overs that wait for signatures (M-22, S-133): counts them by the calendars as they stand,
 * and has every rung told whose moment has come. A rung is one letter by its name however many processes look, and what
 * it tells of is saved before it is noted, so whoever dies in between loses and doubles nothing. It signs for nobody.
 */
export async function climbLadders(deps: ClockDeps): Promise<void> {
  const waiting = await handOversAsked(deps.store);
  if (waiting.length === 0) return;
  const hoursOf = await hoursNow(deps);
  for (const { id } of waiting) {
    for (let attempt = 0; attempt < tries; attempt += 1) if (await climbed(deps, hoursOf, id)) break;
  }
}

/** True once a hand-over has the clocks it should have and nothing more to tell now. */
async function climbed(deps: ClockDeps, hoursOf: (personId: string) => Calendar, id: string): Promise<boolean> {
  const { store, clock } = deps;
  const entry = await handOvers.get(store, id);
  if (entry?.value.state !== 'asked') return true;
  const { revision, value } = entry;
  const now = clock();
  const change = { by: 'house', at: now };
  const counted = withClocks(value, countBy(hoursOf), now);
  if (canonical(counted) !== canonical(value)) {
    // Letters are written from what is saved, so the rungs stand there before anybody is told of one.
    await handOvers.save(store, id, revision, counted, change);
    return false;
  }
  const due = rungsDue(value, now);
  if (due.length === 0) return true;
  const context = await contextOf(store, value, now);
  for (const one of due) await noteRung(deps, hoursOf, { id, value, context }, one, now);
  return (await handOvers.save(store, id, revision, withRungsTold(value, now), change)).saved;
}

/** Everybody the rungs of a hand-over could tell; who started it answers for it. */
async function contextOf(store: Connection, value: HandOver, at: Instant): Promise<HoldingContext> {
  const [everybody, teams, leave] = await Promise.all([people.now(store), brandTeams.now(store), absences.now(store)]);
  const { brandId, clientId, startedBy } = value;
  return {
    team: teams.all.find((team) => team.brandId === brandId) ?? { id: '', brandId, members: [], defaults: {} },
    people: everybody.all.filter(({ side }) => side === 'agency'),
    absences: leave.all,
    at,
    clientId,
    ownerId: startedBy,
    authorId: '',
    signedBy: [],
  };
}

async function noteRung(
  { store }: ClockDeps,
  hoursOf: (personId: string) => Calendar,
  { id, value, context }: { readonly id: string; readonly value: HandOver; readonly context: HoldingContext },
  { wait, rung }: RungDue,
  now: Instant,
): Promise<void> {
  // One that is told on the desk alone is read there.
  if (rung.by === 'desk') return;
  const { quiet } = value.ladder ?? ladders[signingStep(value, wait.part).ladder];
  for (const to of toldOfRung(value, { wait, rung }, context)) {
    const kind = to === wait.personId ? 'handOverReminder' : 'handOverLate';
    const letter: HouseLetter = { kind, register: 'handOvers', entry: id, revision: 1, to, rung: rungName(rung) };
    const hours = hoursOf(to);
    const leaves = orNothing(() =>
      rung.by === 'digest'
        ? nextMorning(hours, zoneNamed, now).at
        : quiet === undefined
          ? undefined
          : mayLeaveAt(hours, zoneNamed, quiet, { due: rung.at, now }),
    );
    await noteTelling(store, { kind: 'letter', letter }, now, leaves);
  }
}
