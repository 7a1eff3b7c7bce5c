import { officeCalendarId } from '../calendar/desk.ts';
import type { Stamp } from '../process.ts';
import { isBehind } from '../timetable/milestones.ts';
import { announcedKey, extensionKey, floatKey, warnedKey } from '../timetable/types.ts';
import type { JobEvent } from './events.ts';
import type { MailEffect, MailKind, Recipient } from './effects.ts';
import type { JobState } from './state.ts';
import type { PlanEffect } from './timetable.ts';

/** What an event asks of the world for the sake of the timetable. `state` is the one after the event. */
export function timetableEffects(state: JobState, event: JobEvent, stamp: Stamp): readonly (MailEffect | PlanEffect)[] {
  const { timetable } = state;
  if (!timetable) return [];
  const mail = (kind: MailKind, key: string, to: Recipient & { readonly position: string }): readonly MailEffect[] => {
    const { processId, brandId, clientId, ownerId } = state;
    const name = `${processId}/timetable/${key}/${to.position}`;
    const authorId = timetable.baseline.acceptedBy;
    const about = { processId, name, kind, to, brandId, clientId, ownerId, seq: stamp.seq };
    return [{ kind: 'mail', name, input: { ...about, ...(authorId === undefined ? {} : { authorId }) } }];
  };
  switch (event.type) {
    case 'nodeAnnounced':
      return event.told ? mail('nodeAhead', announcedKey(event.node), { position: 'client' }) : [];
    case 'stageWarned':
      return mail('stageWarned', warnedKey(event, event.percent), { position: 'owner' });
    case 'floatUsedUp':
      return mail('floatUsedUp', `${floatKey}/${timetable.baseline.hash}`, { position: 'owner' });
    case 'extensionDrafted':
      return mail('extensionDrafted', `${extensionKey}/${timetable.baseline.hash}`, { position: 'owner' });
    default:
      return isLook(state, event) ? [plan(state, stamp.seq)] : [];
  }
}

function plan({ processId, clientId }: JobState, seq: number): PlanEffect {
  return { kind: 'plan', name: `${processId}/timetable/plan/${String(seq)}`, input: { processId, clientId, seq } };
}

/**
 * What a look at the forecast is worth: a new baseline, the clock, a changed calendar, the end of a hold, a desk that
 * begins to be late, and, while an extension is asked for, the work going on. Where everything was warned of, or
 * delivered, there is nothing to look for.
 */
function isLook(state: JobState, event: JobEvent): boolean {
  const told = state.timetable?.told ?? [];
  switch (event.type) {
    case 'baselineAccepted':
    case 'timetableLook':
      return true;
    case 'refreshed':
      return (
        event.cause.kind === 'calendar' &&
        (event.cause.calendarId === officeCalendarId || event.cause.calendarId === state.clientId)
      );
    case 'resumed':
      return !isBehind('delivery', state.phase);
    // An extension that is drafted may be needed no more once the work has caught up.
    case 'phaseChanged':
    case 'nodeReached':
      return state.timetable?.extension !== undefined && !isBehind('delivery', state.phase);
    case 'rungClimbed':
      return (
        event.kind === 'remind' &&
        state.circulations[event.circulation]?.point !== 'timetable' &&
        !isBehind('delivery', state.phase) &&
        !(told.includes(floatKey) && told.includes(extensionKey))
      );
    default:
      return false;
  }
}
