import { calendarIdsOfDesk } from '../calendar/desk.ts';
import type { AbsenceCause, CalendarCause, RefreshCause } from '../job/acts.ts';
import type { CaseEvent } from './acts.ts';
import type { ClockDefinition } from './definition.ts';
import { askedNow } from './holders.ts';
import type { CaseState, RunningClock } from './state.ts';
import { isOver } from './state.ts';

/** Takes a changed register into a running case. What reached it before, or is older than what did, changes nothing. */
export function refreshed(state: CaseState, cause: RefreshCause): readonly CaseEvent[] {
  if (isOver(state)) return [];
  return cause.kind === 'calendar' ? onCalendar(state, cause) : onLeave(state, cause);
}

/** Under which name a case remembers how new a change was that reached it. */
export function refreshKey(cause: RefreshCause): string {
  return cause.kind === 'calendar' ? cause.calendarId : `absence/${cause.absenceId}/${cause.what}`;
}

/** Whether a calendar could rule what is counted on a side; which one does only the registers know. */
export function couldRule(
  { clientId }: Pick<CaseState, 'clientId'>,
  side: ClockDefinition['calendar'],
  calendarId: string,
): boolean {
  return calendarIdsOfDesk({ side: side === 'client' ? 'client' : 'agency', clientId, holders: [] }).includes(
    calendarId,
  );
}

/** Whether a clock has a mark ahead that only a calendar can count. */
export function isAhead(clock: ClockDefinition | undefined, running: RunningClock): boolean {
  return running.rungs.some((rung, n) => {
    const when = clock?.rungs[n]?.when;
    return when !== undefined && 'after' in when && rung.rangAt === undefined;
  });
}

function onCalendar(state: CaseState, cause: CalendarCause): readonly CaseEvent[] {
  const { calendarId, revision } = cause;
  if ((state.refreshed?.[calendarId] ?? 0) >= revision) return [];
  const anew = Object.entries(state.clocks).flatMap(([clock, running]): CaseEvent[] => {
    const definition = state.definition.clocks[clock];
    if (!definition || !couldRule(state, definition.calendar, calendarId) || !isAhead(definition, running)) return [];
    return [{ type: 'clockRecounting', clock, because: { calendarId, revision } }];
  });
  return [{ type: 'caseRefreshed', cause }, ...anew];
}

/**
 * The askings that leave moves: at its beginning those of who goes and those they answer for somebody else, at its end
 * those somebody answers for who comes back. Who gets them now the registers know; the clock of an asking runs on.
 */
function onLeave(state: CaseState, cause: AbsenceCause): readonly CaseEvent[] {
  const { personId: who, what, revision } = cause;
  if ((state.refreshed?.[refreshKey(cause)] ?? 0) >= revision) return [];
  const moved = askedNow(state).flatMap((notice): CaseEvent[] =>
    Object.entries(state.asked[notice]?.people ?? {}).flatMap(([personId, { standInId, bouncedAt }]): CaseEvent[] => {
      const theirs =
        what === 'begins'
          ? (personId === who && standInId === undefined) || standInId === who
          : personId === who && standInId !== undefined;
      return theirs && bouncedAt === undefined ? [{ type: 'askedAgain', notice, personId }] : [];
    }),
  );
  return moved.length === 0 ? [] : [{ type: 'caseRefreshed', cause }, ...moved];
}
