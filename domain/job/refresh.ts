import { calendarIdsOfDesk } from '../calendar/desk.ts';
import type { Ladder } from '../calendar/ladders.ts';
import type { CirculationEvent } from '../circulation/acts.ts';
import { onChangedCalendar } from '../circulation/evolve.ts';
import { ownLadder } from '../circulation/own-ladders.ts';
import type { Holder, RouteStep, Stay } from '../circulation/types.ts';
import type { HandOverCause } from '../people/hand-over.ts';
import type { Stamp } from '../process.ts';
import type { AbsenceCause, CalendarCause, RefreshCause } from './acts.ts';
import { handBrandOver } from './hand-over.ts';
import type { Sketch } from './sketch.ts';
import type { JobState } from './state.ts';

/** Takes a changed register into a running job. What reached it before, or is older than what did, changes nothing. */
export function refresh(sketch: Sketch, cause: RefreshCause | HandOverCause): void {
  if (cause.kind === 'calendar') {
    if ((sketch.state.refreshed?.[cause.calendarId] ?? 0) < cause.revision) sketch.add({ type: 'refreshed', cause });
    return;
  }
  if (cause.kind === 'handOver') return handBrandOver(sketch, cause);
  const moving = movedByLeave(sketch.state, cause);
  if (moving.length > 0) sketch.add({ type: 'refreshed', cause }, ...moving);
}

/**
 * The open desks that leave moves: those of who goes, and those that somebody held for who comes back, or nobody at all.
 * Each finds its person anew. Who has signed there keeps the desk, and an own submission moves to nobody.
 */
function movedByLeave(state: JobState, { personId, what }: AbsenceCause): readonly CirculationEvent[] {
  return Object.values(state.circulations).flatMap((circulation) => {
    if (circulation.status !== 'running') return [];
    return circulation.stays.flatMap((stay): CirculationEvent[] => {
      const step = state.routes[circulation.route]?.steps.find(({ key }) => key === stay.step);
      if (stay.state !== 'open' || !step || step.act === 'submit') return [];
      const leaving = stay.holders.find((holder) => isMoved(stay, holder, personId, what));
      const nobody = what === 'ends' && stay.holders.length === 0 && step.side === 'agency';
      if (!leaving && !nobody) return [];
      const where = { circulation: circulation.id, round: circulation.round, step: stay.step };
      return [
        {
          type: 'stepOpening',
          ...where,
          // Meant for the one stood in for, so that the next stand-in's signature names that person and not this one.
          to: what === 'begins' ? (leaving?.standInFor ?? personId) : personId,
          how: 'reassign',
          keep: stay.holders.filter((holder) => holder !== leaving),
          because: what === 'begins' ? 'absence' : 'return',
        },
      ];
    });
  });
}

function isMoved(stay: Stay, holder: Holder, personId: string, what: AbsenceCause['what']): boolean {
  if (stay.decisions.some((one) => one.personId === holder.personId)) return false;
  return what === 'begins' ? holder.personId === personId : holder.standInFor === personId;
}

/** The job after a register that changed has reached it. What leave moves, its own events say. */
export function afterRefresh(state: JobState, cause: RefreshCause, stamp: Stamp): JobState {
  return cause.kind === 'calendar' ? afterCalendar(state, cause, stamp) : state;
}

/** The job with every open desk that the calendar could rule waiting to be counted anew; which of them it rules the registers know. */
function afterCalendar(state: JobState, { calendarId, revision }: CalendarCause, stamp: Stamp): JobState {
  const { clientId } = state;
  const circulations = Object.entries(state.circulations).map(([id, circulation]) => {
    const route = state.routes[circulation.route];
    if (!route) return [id, circulation] as const;
    const own = (step: RouteStep): Ladder | undefined => ownLadder(state.ladders, circulation.route, step);
    const change = { calendarId, revision, at: stamp.at, seq: stamp.seq, own };
    const after = onChangedCalendar(circulation, route, change, ({ side }, stay) =>
      calendarIdsOfDesk({ side, clientId, holders: stay.holders.map(({ personId }) => personId) }).includes(calendarId),
    );
    return [id, after] as const;
  });
  return {
    ...state,
    refreshed: { ...state.refreshed, [calendarId]: revision },
    circulations: Object.fromEntries(circulations),
  };
}
