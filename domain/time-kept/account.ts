import type { DeskSide } from '../calendar/desk.ts';
import type { Calendar, ZoneSource } from '../calendar/types.ts';
import { workingMinutesBetween } from '../calendar/working.ts';
import type { Instant } from '../instant.ts';
import { laterOf } from '../instant.ts';
import type { JobPhase } from '../job/state.ts';
import type { DeskStory, Passage, Walk } from './walk.ts';

/** The calendars time is counted by. */
export interface TimeCalendars {
  /** The house's: the whole of a job and every share of it are counted by this one, so that they add up. */
  readonly office: Calendar;
  readonly zones: ZoneSource;
  /** The one a desk's own limit runs by (P-21). */
  readonly ofDesk: (desk: DeskSide) => Calendar;
}

/** Time on one desk, milliseconds of working time. */
export interface DeskTime extends DeskStory {
  /** How long it lay there by the desk's own calendar, without holds. */
  readonly layMs: number;
  /** What of the job's time this is: where it lay on several desks at once, the time is parted evenly among them. */
  readonly shareMs: number;
  /** How long it lay there after its date, by the desk's own calendar. */
  readonly overMs: number;
}

/** Time that one person's answer was waited for, in one title. An empty id: the desk was still being handed out. */
export interface PersonTime {
  readonly personId: string;
  readonly role: string;
  readonly side: 'agency' | 'client';
  readonly shareMs: number;
}

/** Time on the desks of one title. */
export interface RoleTime {
  readonly role: string;
  readonly side: 'agency' | 'client';
  readonly shareMs: number;
}

/** Time in which no desk had the job, by the phase it was in: making, buying, running. */
export interface BetweenTime {
  readonly phase: JobPhase;
  readonly ownerId: string;
  readonly shareMs: number;
}

/**
 * Whose time it was (M-22), milliseconds of working time. 1. `agencyMs + clientMs + betweenMs + holdMs = wholeMs`.
 * 2. The shares of the desks are `agencyMs + clientMs`; so are those of the people, and those of the roles.
 * 3. `between` adds up to `betweenMs`.
 */
export interface TimeKept {
  readonly from?: Instant;
  /** Until when it is counted: now, or when the job was over. */
  readonly until?: Instant;
  readonly wholeMs: number;
  readonly agencyMs: number;
  readonly clientMs: number;
  readonly betweenMs: number;
  readonly holdMs: number;
  readonly desks: readonly DeskTime[];
  readonly people: readonly PersonTime[];
  readonly roles: readonly RoleTime[];
  readonly between: readonly BetweenTime[];
}

/** Working time between two moments, whole milliseconds. Throws CalendarRefusal `tooFar`. */
export function workingMs(calendar: Calendar, zones: ZoneSource, from: Instant, to: Instant): number {
  // The calendar counts in milliseconds and answers in minutes; rounding gives back exactly what it counted.
  return Math.round(workingMinutesBetween(calendar, zones, from, to) * 60_000);
}

/** Parts a whole number evenly, so that the parts add up to it again; the first ones take what is left over. */
export function partEvenly(whole: number, parts: number): readonly number[] {
  const each = Math.floor(whole / parts);
  return Array.from({ length: parts }, (_, place) => each + (place < whole - each * parts ? 1 : 0));
}

/** Adds up what a walk found, up to `now`. Throws CalendarRefusal where one passage lasts longer than any calendar looks. */
export function timeKept(
  { passages, desks: stories }: Pick<Walk, 'passages' | 'desks'>,
  client: { readonly clientId: string },
  calendars: TimeCalendars,
  now: Instant,
): TimeKept {
  const { office, zones } = calendars;
  const desks = new Map<string, { layMs: number; shareMs: number; overMs: number }>();
  const people = new Map<string, { personId: string; role: string; side: 'agency' | 'client'; shareMs: number }>();
  const roles = new Map<string, { role: string; side: 'agency' | 'client'; shareMs: number }>();
  const between = new Map<string, { phase: JobPhase; ownerId: string; shareMs: number }>();
  const sums = { wholeMs: 0, agencyMs: 0, clientMs: 0, betweenMs: 0, holdMs: 0 };
  let until: Instant | undefined;

  for (const passage of passages) {
    const to = endOf(passage, now);
    if (passage.over || to <= passage.from) continue;
    until = to;
    const ms = workingMs(office, zones, passage.from, to);
    sums.wholeMs += ms;
    if (passage.onHold) {
      sums.holdMs += ms;
      continue;
    }
    const here = passage.desks.flatMap(({ key, waitingFor }) => {
      const story = stories[key];
      return story ? [{ story, waitingFor }] : [];
    });
    if (here.length === 0) {
      sums.betweenMs += ms;
      const { phase, ownerId } = passage;
      add(between, `${phase} ${ownerId}`, { phase, ownerId, shareMs: ms });
      continue;
    }
    const shares = partEvenly(ms, here.length);
    for (const [place, { story, waitingFor }] of here.entries()) {
      const shareMs = shares[place] ?? 0;
      const { role, side } = story;
      sums[side === 'client' ? 'clientMs' : 'agencyMs'] += shareMs;
      add(roles, `${side} ${role}`, { role, side, shareMs });
      const waited = waitingFor.length > 0 ? waitingFor : [''];
      const each = partEvenly(shareMs, waited.length);
      for (const [at, personId] of waited.entries())
        add(people, `${side} ${role} ${personId}`, { personId, role, side, shareMs: each[at] ?? 0 });
      const own = calendars.ofDesk({ side, clientId: client.clientId, holders: waitingFor });
      const overFrom = story.dueAt === undefined ? undefined : laterOf(story.dueAt, passage.from);
      add(desks, story.key, {
        layMs: workingMs(own, zones, passage.from, to),
        shareMs,
        overMs: overFrom !== undefined && overFrom < to ? workingMs(own, zones, overFrom, to) : 0,
      });
    }
  }
  const most = (a: { shareMs: number }, b: { shareMs: number }): number => b.shareMs - a.shareMs;
  return {
    ...(passages[0] ? { from: passages[0].from } : {}),
    ...(until === undefined ? {} : { until }),
    ...sums,
    desks: Object.values(stories).map((story) => ({
      ...story,
      ...(desks.get(story.key) ?? { layMs: 0, shareMs: 0, overMs: 0 }),
    })),
    people: [...people.values()].sort(most),
    roles: [...roles.values()].sort(most),
    between: [...between.values()].sort(most),
  };
}

/** When a passage ended; the one that still runs ends now. */
export function endOf(passage: Passage, now: Instant): Instant {
  return passage.to !== undefined && passage.to < now ? passage.to : now;
}

/** Adds the numbers of a row to those under its key; what is no number stays that of the first. */
function add<R extends object>(rows: Map<string, R>, key: string, row: R): void {
  const known = rows.get(key);
  if (!known) {
    rows.set(key, { ...row });
    return;
  }
  for (const field of Object.keys(row) as (keyof R)[]) {
    const [old, more] = [known[field], row[field]];
    if (typeof old === 'number' && typeof more === 'number') Object.assign(known, { [field]: old + more });
  }
}
