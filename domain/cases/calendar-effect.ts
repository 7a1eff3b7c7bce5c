import type { Calendar, ZoneSource } from '../calendar/types.ts';
import { CalendarRefusal } from '../calendar/refusal.ts';
import type { Instant } from '../instant.ts';
import { openTasks, type MinutesState } from '../minutes/state.ts';
import { dueMark, isUnsure, momentsOf, spansOf } from '../minutes/task-ladder.ts';
import { countSpans } from './count.ts';
import { counted } from './clocks.ts';
import type { ClockKey } from './definition.ts';
import { onDeskOf } from './holders.ts';
import { couldRule, isAhead } from './refresh.ts';
import type { CaseState } from './state.ts';
import { isOver } from './state.ts';

/** A moment of a case that a change of a calendar moves: the next mark of a clock, or the day of a task. */
export interface MovedCaseMoment {
  readonly what: { readonly clock: ClockKey } | { readonly task: string };
  /** Who has it. */
  readonly people: readonly string[];
  readonly was: Instant;
  readonly becomes: Instant;
  readonly provisional: boolean;
}

/** How a case's calendars stand after the change. */
export interface CaseCalendars {
  readonly calendarId: string;
  readonly after: (side: 'office' | 'client') => Calendar;
  readonly zones: ZoneSource;
}

/** What a changed calendar moves in a running case, by the very rules that count it once it is saved. Empty when nothing does. */
export function movedInCase(
  state: CaseState & Partial<Pick<MinutesState, 'tasks'>>,
  change: CaseCalendars,
): readonly MovedCaseMoment[] {
  if (isOver(state)) return [];
  try {
    return [...movedClocks(state, change), ...movedTasks(state, change)];
  } catch (error) {
    // A calendar without working time is refused when it is saved; what it would move nobody can say.
    if (error instanceof CalendarRefusal) return [];
    throw error;
  }
}

function movedClocks(state: CaseState, { calendarId, after, zones }: CaseCalendars): readonly MovedCaseMoment[] {
  return Object.entries(state.clocks).flatMap(([clock, running]): MovedCaseMoment[] => {
    const definition = state.definition.clocks[clock];
    if (!definition || !couldRule(state, definition.calendar, calendarId) || !isAhead(definition, running)) return [];
    const spans = definition.rungs.flatMap(({ when }) => ('after' in when ? [when.after] : []));
    const asked = { clock, count: running.count, from: running.from, spans };
    const { at, provisional } = countSpans(after(definition.calendar), zones, asked);
    const rungs = counted(state.definition, clock, running, at);
    const place = rungs.findIndex(({ rangAt, at: becomes }, n) => {
      const was = running.rungs[n]?.at;
      return rangAt === undefined && was !== undefined && becomes !== was;
    });
    const [was, becomes] = [running.rungs[place]?.at, rungs[place]?.at];
    if (was === undefined || becomes === undefined) return [];
    return [{ what: { clock }, people: onDeskOf(state), was, becomes, provisional }];
  });
}

function movedTasks(
  state: CaseState & Partial<Pick<MinutesState, 'tasks'>>,
  { calendarId, after, zones }: CaseCalendars,
): readonly MovedCaseMoment[] {
  if (!couldRule(state, 'office', calendarId)) return [];
  const open = openTasks({ tasks: state.tasks ?? [] });
  if (open.length === 0) return [];
  const asked = { clock: 'tasks', count: 0, from: state.since, spans: spansOf(open) };
  const { at, unsure = [] } = countSpans(after('office'), zones, asked);
  return open.flatMap(({ id, executor, dueAt }, n): MovedCaseMoment[] => {
    const becomes = momentsOf(at, n)[dueMark];
    if (dueAt === undefined || becomes === undefined || becomes === dueAt) return [];
    const provisional = isUnsure(unsure, n);
    return [{ what: { task: id }, people: [executor], was: dueAt, becomes, provisional }];
  });
}
