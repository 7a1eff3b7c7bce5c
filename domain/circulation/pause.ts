import type { Instant } from '../instant.ts';
import { isInstant } from '../instant.ts';
import type { Stamp } from '../process.ts';
import { isAhead, shifted } from './recount.ts';
import type { Pause, Recount, Rung, Stay } from './types.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** A moment moved by so much on the wall; what is no moment, or would leave the years we know, stays as it is. */
export function wallMoved(at: Instant, byMs: number): Instant {
  const to = Date.parse(at) + byMs;
  return isInstant(at) && Math.abs(to) < 8e15 ? new Date(to).toISOString() : at;
}

/** The same hour so many days later. */
export const daysLater = (at: Instant, days: number): Instant => wallMoved(at, days * dayMs);

/** Days between two moments, a begun one counted whole; not a number where one of them is no moment. */
export const wholeDays = (from: Instant, to: Instant): number => Math.ceil((Date.parse(to) - Date.parse(from)) / dayMs);

/**
 * The ladder after a pause. The first rung waits for its end; the ones behind it keep their distance in whole days, so
 * that they do not all fall on the same minute and stay at their hour of the working day.
 */
function pausedUntil(rungs: readonly Rung[], until: Instant): readonly Rung[] {
  const first = rungs.filter(isAhead).sort((a, b) => a.at.localeCompare(b.at))[0];
  if (!first || !isInstant(first.at) || !isInstant(until) || first.at >= until) return rungs;
  const days = wholeDays(first.at, until);
  return rungs.map((rung) => {
    if (!isAhead(rung)) return rung;
    return rung === first ? { ...rung, at: until } : { ...rung, at: daysLater(rung.at, days) };
  });
}

/** The desk, paused until then. It remembers what stood before, so that a nearer end can still be said. */
export function pausedAt(stay: Stay, said: Pause['said'], until: Instant, seq: number): Stay {
  const { pause: _before, ...open } = stay;
  const waiting = shifted(open, { kind: 'pause', until }, seq);
  const { recount } = waiting;
  const paused: Stay = { ...waiting, onItUntil: until, rungs: pausedUntil(stay.rungs, until) };
  if (recount?.seq !== seq || recount.rungs.length === 0) return paused;
  const { rungs, dueAt } = recount;
  const shifts = recount.shifts.slice(0, -1);
  return { ...paused, pause: { said, rungs, ...(dueAt === undefined ? {} : { dueAt }), shifts } };
}

/**
 * "I'm on it until": the last word of each holder counts, a nearer end as well as a later one, and the ladder waits for
 * the last of them. A pause that is over is no longer spoken about: the ladder goes on from where that one brought it.
 */
export function onIt(
  stay: Stay,
  word: Pause['said'][number],
  { receivedAt, seq }: Pick<Stamp, 'receivedAt' | 'seq'>,
): Stay {
  const { pause, onItUntil = '' } = stay;
  const running = stay.state === 'open' && onItUntil > receivedAt ? pause : undefined;
  const others = (running?.said ?? []).filter(
    ({ personId, until }) => personId !== word.personId && until > receivedAt,
  );
  const said = [...others, word];
  const until = said.reduce((last, one) => (one.until > last ? one.until : last), word.until);
  return pausedAt((running && withoutPause(stay, running, seq)) ?? stay, said, until, seq);
}

/** The desk as if nobody had said a word: rungs ahead and date as they stood, and whatever else shifted them since. */
function withoutPause(stay: Stay, { rungs: before, dueAt, shifts }: Pause, seq: number): Stay | undefined {
  const stood = (rung: Rung) => before.find(({ kind, n }) => isAhead(rung) && kind === rung.kind && n === rung.n);
  const rungs: Recount['rungs'] = stay.rungs.flatMap((rung) => stood(rung) ?? []);
  if (rungs.length === 0) return undefined;
  return {
    ...stay,
    // What shifted them on the calendar only the calendar says again; until then they stand too late rather than too early.
    rungs: shifts.length > 0 ? stay.rungs : stay.rungs.map((rung) => ({ ...rung, at: stood(rung)?.at ?? rung.at })),
    // The date goes the same way once more, so that whatever shifts it before the answer comes is counted on it as well.
    recount: { seq, rungs, ...(dueAt === undefined ? {} : { dueAt }), shifts },
  };
}
