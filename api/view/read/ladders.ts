import type { Connection } from 'mongoose';
import { checkLadder } from '../../../domain/calendar/check-ladder.ts';
import { deadline } from '../../../domain/calendar/deadline.ts';
import { ladderInstants } from '../../../domain/calendar/ladder-instants.ts';
import type { Ladder, LadderRecipient, QuietHours, Rung, RungChannel } from '../../../domain/calendar/ladders.ts';
import { nextMorning } from '../../../domain/calendar/morning.ts';
import { firstLoudMinute } from '../../../domain/calendar/quiet.ts';
import type { Calendar, CalendarProblem, SingleCalendar, WorkingSpan } from '../../../domain/calendar/types.ts';
import type { LadderScope, PinnedLadders } from '../../../domain/circulation/own-ladders.ts';
import { mostOwnLadders, ownLadder, sideOfKind, watchedBy } from '../../../domain/circulation/own-ladders.ts';
import { standardRoutes } from '../../../domain/circulation/routes.ts';
import { ladders, usualCopy } from '../../../domain/circulation/step-times.ts';
import { waitsForMorning } from '../../../domain/circulation/telling.ts';
import type { LadderId, Route, RouteStep, Rung as StepRung } from '../../../domain/circulation/types.ts';
import { compareInstants } from '../../../domain/instant.ts';
import type { Instant } from '../../../domain/instant.ts';
import { ladderInForce, ladderRegister, ladderSet } from '../../../store/ladders.ts';
import type { Change } from '../../../store/registers.ts';
import { newestRoute } from '../../../store/routes.ts';
import { zoneNamed } from '../zone.ts';

/** The routes as the house runs them: its own newest versions, else the standard ones. */
export async function routesOfHouse(store: Connection): Promise<readonly Route[]> {
  return Promise.all(
    Object.values(standardRoutes).map(async (route: Route) => (await newestRoute(store, route.id)) ?? route),
  );
}

/** One thing a ladder can watch: a step of a route, or every step of a kind that has none of its own. */
export interface Watch {
  readonly scope: LadderScope;
  readonly kind: LadderId;
  readonly side: 'agency' | 'client';
  readonly at?: { readonly route: Route; readonly step: RouteStep };
}

/** What a scope watches on these routes; undefined where there is no such step and no such kind. */
export function watchOf(scope: LadderScope, routes: readonly Route[]): Watch | undefined {
  const found = watchedBy(scope, routes);
  return found && { scope, ...found, side: found.at?.step.side ?? sideOfKind(found.kind) };
}

/** The ladder that jobs started now get at a scope, and whose it is: the step's own, its kind's own, or that of §7.3. */
export function inForceAt(
  { scope, kind, at }: Watch,
  own: PinnedLadders,
): { readonly ladder: Ladder; readonly from: LadderScope | undefined } {
  const found = at ? ownLadder(own, at.route.id, at.step) : Object.hasOwn(own, scope) ? own[scope] : undefined;
  if (found === undefined) return { ladder: ladders[kind], from: undefined };
  return { ladder: found, from: Object.hasOwn(own, scope) ? scope : kind };
}

/** A ladder as somebody draws it: what follows from the place it stands at is left out. */
export interface DrawnLadder {
  readonly limit: WorkingSpan;
  readonly warnPercents: readonly number[];
  readonly warnBy: RungChannel;
  readonly rungs: readonly {
    readonly after: WorkingSpan;
    readonly whom: LadderRecipient;
    readonly copy: readonly LadderRecipient[];
    readonly by: RungChannel;
  }[];
  readonly quiet?: QuietHours;
}

/** A ladder as it is kept for a scope: rungs numbered, reminders to the holder and escalations to anybody else. */
export function ladderFrom({ scope, kind }: Pick<Watch, 'scope' | 'kind'>, drawn: DrawnLadder): Ladder {
  const { limit, warnPercents, warnBy, quiet } = drawn;
  return {
    id: scope,
    name: ladders[kind].name,
    limit,
    warnPercents,
    warnBy,
    rungs: drawn.rungs.map(({ after, whom, copy, by }, place): Rung => ({
      n: place + 1,
      after,
      whom,
      copy,
      kind: whom === 'holder' ? 'remind' : 'escalate',
      by,
    })),
    ...(quiet === undefined ? {} : { quiet }),
  };
}

/** The same the other way round, with everything said that a ladder of §7.3 leaves unsaid. */
export function drawnFrom({ limit, warnPercents, warnBy = 'mail', rungs, quiet }: Ladder): DrawnLadder {
  return {
    limit,
    warnPercents,
    warnBy,
    rungs: rungs.map(({ after, whom, copy = usualCopy(whom), by = 'mail' }) => ({ after, whom, copy, by })),
    ...(quiet === undefined ? {} : { quiet }),
  };
}

/** Whether two ladders say the same. */
export function sameLadder(a: Ladder, b: Ladder): boolean {
  return JSON.stringify(drawnFrom(a)) === JSON.stringify(drawnFrom(b));
}

/** Everything wrong with a drawn ladder at its place. */
export function problemsAt(watch: Watch, ladder: Ladder, office: SingleCalendar): readonly CalendarProblem[] {
  return checkLadder(ladder, { side: watch.side, office });
}

/** What became of saving a ladder: its version, or why nothing was saved. */
export type SavedLadder =
  | { readonly kind: 'saved'; readonly version: number }
  | { readonly kind: 'bad'; readonly problems: readonly CalendarProblem[] }
  | { readonly kind: 'tooMany'; readonly most: number }
  | { readonly kind: 'same' }
  | { readonly kind: 'changed' };

/** Saves the ladder of a scope as its next version, for jobs that start from now on; null goes back to §7.3. */
export async function saveLadder(
  store: Connection,
  watch: Watch,
  wish: { readonly seen: number; readonly ladder: Ladder | null; readonly office: SingleCalendar },
  change: Change,
): Promise<SavedLadder> {
  const { seen, ladder, office } = wish;
  const { scope } = watch;
  const problems = ladder === null ? [] : problemsAt(watch, ladder, office);
  if (problems.length > 0) return { kind: 'bad', problems };
  const before = await ladderInForce(store, scope);
  if (before.version !== seen) return { kind: 'changed' };
  if (ladder === null ? before.ladder === null : before.ladder !== null && sameLadder(ladder, before.ladder))
    return { kind: 'same' };
  const others = Object.keys(await ladderSet(store)).filter((one) => one !== scope).length;
  if (ladder !== null && others >= mostOwnLadders) return { kind: 'tooMany', most: mostOwnLadders };
  const saved = await ladderRegister.save(store, scope, seen, { scope, ladder }, change);
  return saved.saved ? { kind: 'saved', version: saved.revision } : { kind: 'changed' };
}

/** One thing a ladder would do: when, to whom and how, and when its mail may leave. */
export interface LadderMoment {
  /** `warn50`, `L1`, …; `due` for the limit. */
  readonly key: string;
  readonly kind: 'warn' | 'remind' | 'escalate' | 'due';
  readonly n: number;
  readonly whom: readonly LadderRecipient[];
  readonly by: RungChannel;
  readonly at: Instant;
  readonly provisional: boolean;
  /** Told in the digest of a morning: because the ladder says so, or because nothing is lost by waiting for it. */
  readonly inDigest: boolean;
  /** When the mail or the digest leaves on this calendar, where that is not at once. */
  readonly leavesAt?: Instant;
}

/** Everything a ladder would do at a step that lies still from a moment on, in order. Throws CalendarRefusal. */
export function momentsOf(ladder: Ladder, calendar: Calendar, from: Instant): readonly LadderMoment[] {
  const due = deadline(calendar, zoneNamed, from, ladder.limit);
  const instants = ladderInstants(calendar, zoneNamed, from, ladder);
  const told = instants.map((one): LadderMoment => {
    const rung = ladder.rungs.find(({ n }) => n === one.n);
    const by = (one.n === 0 ? ladder.warnBy : rung?.by) ?? 'mail';
    const copy = one.n === 0 ? [] : (rung?.copy ?? usualCopy(one.whom));
    const { key, kind, n, at, provisional } = one;
    const said = { key, kind, n, whom: [one.whom, ...copy], by, at, provisional };
    if (by === 'desk') return { ...said, inDigest: false };
    const loud = ladder.quiet ? firstLoudMinute(calendar, zoneNamed, ladder.quiet, at) : at;
    const morning = nextMorning(calendar, zoneNamed, loud).at;
    const rungs = instants.map((other): StepRung => ({
      n: other.n,
      kind: other.kind,
      whom: other.whom,
      at: other.at,
      ...(other.at <= at ? { firedAt: other.at } : {}),
    }));
    const inDigest = by === 'digest' || waitsForMorning({ kind }, { dueAt: due.at, rungs }, morning);
    const leavesAt = inDigest ? morning : loud;
    return { ...said, inDigest, ...(leavesAt === at ? {} : { leavesAt }) };
  });
  const limit: LadderMoment = { key: 'due', kind: 'due', n: 0, whom: [], by: 'mail', inDigest: false, ...due };
  return [...told, limit].sort((a, b) => compareInstants(a.at, b.at));
}
