import { calendarIdsOfDesk } from '../calendar/desk.ts';
import { onChangedCalendar } from '../circulation/evolve.ts';
import type { Stamp } from '../process.ts';
import type { RefreshCause } from './acts.ts';
import type { Sketch } from './sketch.ts';
import type { JobState } from './state.ts';

/** Takes a changed register into a running job. What reached it before, or is older than what did, changes nothing. */
export function refresh(sketch: Sketch, cause: RefreshCause): void {
  if ((sketch.state.refreshed?.[cause.calendarId] ?? 0) >= cause.revision) return;
  sketch.add({ type: 'refreshed', cause });
}

/** The job with every open desk that the calendar could rule waiting to be counted anew; which of them it rules the registers know. */
export function afterRefresh(state: JobState, cause: RefreshCause, stamp: Stamp): JobState {
  const { calendarId, revision } = cause;
  const { clientId } = state;
  const circulations = Object.entries(state.circulations).map(([id, circulation]) => {
    const route = state.routes[circulation.route];
    if (!route) return [id, circulation] as const;
    const after = onChangedCalendar(
      circulation,
      route,
      { calendarId, revision, at: stamp.at, seq: stamp.seq },
      (step, stay) =>
        calendarIdsOfDesk({
          side: step.side,
          clientId,
          holders: stay.holders.map(({ personId }) => personId),
        }).includes(calendarId),
    );
    return [id, after] as const;
  });
  return {
    ...state,
    refreshed: { ...state.refreshed, [calendarId]: revision },
    circulations: Object.fromEntries(circulations),
  };
}
