import { addMs, isInstant } from '../instant.ts';
import type { Instant } from '../instant.ts';
import type { Due } from '../process.ts';
import type { CaseMoved, CaseReport } from './acts.ts';
import type { CaseDefinition, ClockDefinition, ClockKey, RungDefinition } from './definition.ts';
import type { Asked, CaseState, RunningClock } from './state.ts';

const minuteMs = 60_000;

function start(clock: ClockDefinition, from: Instant, count: number): RunningClock {
  const rungs = clock.rungs.map(({ when }) =>
    // Minutes before a meeting are minutes by the wall clock; everything else only a calendar can count.
    'minutesBefore' in when ? { at: addMs(from, -when.minutesBefore * minuteMs) } : {},
  );
  return { from, count, rungs };
}

function factMoment(state: CaseState, clock: ClockDefinition): Instant | undefined {
  if (clock.from.on !== 'fact') return undefined;
  const value = state.papers[clock.from.form]?.facts[clock.from.fact];
  return typeof value === 'string' && isInstant(value) ? value : undefined;
}

/** The clocks after a case was begun or moved: those whose states were left stop, those whose states were entered start. */
export function clocksAfterMove(state: CaseState, moved: CaseMoved | undefined, count: number): CaseState['clocks'] {
  const running: Record<ClockKey, RunningClock> = {};
  for (const [key, clock] of Object.entries(state.definition.clocks)) {
    if (!clock.runsIn.includes(state.state)) continue;
    const before = state.clocks[key];
    const entered = moved === undefined || !clock.runsIn.includes(moved.from);
    const begins = from(state, clock, { entered, moved, known: before !== undefined });
    if (begins !== undefined) running[key] = start(clock, begins, count);
    else if (before && !askedAnew(state, clock, count)) running[key] = before;
  }
  return running;
}

function from(
  state: CaseState,
  clock: ClockDefinition,
  { entered, moved, known }: { entered: boolean; moved: CaseMoved | undefined; known: boolean },
): Instant | undefined {
  switch (clock.from.on) {
    case 'begin':
      return moved === undefined ? state.from : undefined;
    case 'entry':
      return entered ? state.since : undefined;
    case 'fact':
      return (entered && !known) || moved?.paper?.form === clock.from.form ? factMoment(state, clock) : undefined;
    case 'accepted':
      return undefined;
  }
}

/** A new asking starts its own clock; what was counted from the one before is over. */
function askedAnew(state: CaseState, clock: ClockDefinition, seq: number): boolean {
  return clock.from.on === 'accepted' && state.asked[clock.from.notice]?.sent === seq;
}

function hasArrived(asked: Asked): boolean {
  return Object.values(asked.people).some((fate) => fate.acceptedAt !== undefined && fate.bouncedAt === undefined);
}

/** The clocks after something was heard of a mail: the first to arrive starts what counts from it, a bounce of the last ends it. */
export function clocksAfterMail(state: CaseState, notice: string, at: Instant, count: number): CaseState['clocks'] {
  const asked = state.asked[notice];
  const clocks: Record<ClockKey, RunningClock> = { ...state.clocks };
  for (const [key, clock] of Object.entries(state.definition.clocks)) {
    if (clock.from.on !== 'accepted' || clock.from.notice !== notice || !clock.runsIn.includes(state.state)) continue;
    if (!asked || !hasArrived(asked)) delete clocks[key];
    else clocks[key] ??= start(clock, at, count);
  }
  return clocks;
}

/**
 * A clock with the calendar's answer: a moment for each mark in working time; marks that were reached stay as they are.
 * Where silence would decide, a mark that people knew of never comes earlier: what they were told they had, they have.
 */
export function counted(
  definition: CaseDefinition,
  key: ClockKey,
  running: RunningClock,
  at: readonly Instant[],
): RunningClock['rungs'] {
  const marks = definition.clocks[key]?.rungs ?? [];
  let next = 0;
  return running.rungs.map((rung, n) => {
    const mark = marks[n];
    if (!mark || 'minutesBefore' in mark.when) return rung;
    const moment = at[next];
    next += 1;
    if (rung.rangAt !== undefined || moment === undefined) return rung;
    const kept = isSilence(definition, mark) && rung.at !== undefined && rung.at > moment ? rung.at : moment;
    return { ...rung, at: kept };
  });
}

function isSilence({ moves, states }: CaseDefinition, { move }: RungDefinition): boolean {
  const to = move === undefined ? undefined : moves[move]?.to;
  return to !== undefined && states[to]?.verdict === 'silent';
}

/** Whether an answer moves a mark that is ahead and that people could know of. */
export function isMoved(before: RunningClock['rungs'], after: RunningClock['rungs']): boolean {
  return after.some(({ at, rangAt }, n) => {
    const was = before[n]?.at;
    return rangAt === undefined && was !== undefined && at !== was;
  });
}

/** The nearest mark that was not reached yet. */
export function dueOfClocks(state: CaseState): Due<Extract<CaseReport, { type: 'rung' }>> | undefined {
  let nearest: Due<Extract<CaseReport, { type: 'rung' }>> | undefined;
  for (const [clock, { rungs }] of Object.entries(state.clocks)) {
    for (const [rung, { at, rangAt }] of rungs.entries()) {
      if (at === undefined || rangAt !== undefined || (nearest && nearest.at <= at)) continue;
      nearest = { at, act: { type: 'rung', clock, rung } };
    }
  }
  return nearest;
}
