import { dueOfClocks } from '../cases/clocks.ts';
import { effectsOfCase, mailsOf } from '../cases/effects.ts';
import { notNeededMails } from '../cases/not-needed.ts';
import { isOver } from '../cases/state.ts';
import type { CaseEffect } from '../cases/acts.ts';
import type { Due, Process, Stamp } from '../process.ts';
import { decideSchedule } from './decide.ts';
import { ownersOf } from './entries.ts';
import { evolveSchedule } from './evolve.ts';
import { entryLadder, nextRung, spansOfEntries } from './ladder.ts';
import type { ScheduleAct, ScheduleEvent, ScheduleState } from './state.ts';
import { entriesClock, openEntries } from './state.ts';

function due(state: ScheduleState): Due<ScheduleAct> | undefined {
  let nearest: Due<ScheduleAct> | undefined = dueOfClocks(state);
  if (isOver(state)) return nearest;
  for (const entry of openEntries(state)) {
    const next = nextRung(entry);
    if (next === undefined || (nearest && nearest.at <= next.at)) continue;
    nearest = { at: next.at, act: { type: 'entryReached', entry: entry.id, rung: next.rung } };
  }
  return nearest;
}

function effects(state: ScheduleState, event: ScheduleEvent, stamp: Stamp): readonly CaseEffect[] {
  switch (event.type) {
    case 'entryReminded': {
      const owner = state.entries.find(({ id }) => id === event.entry)?.owner ?? state.ownerId;
      const parts = { ...state.parts, executor: [owner] };
      const rung = entryLadder[event.rung];
      return rung ? mailsOf({ ...state, parts }, [{ notice: rung.notice, to: rung.to }], stamp, { waits: true }) : [];
    }
    case 'entryConfirmed': {
      // One mail for the whole: whoever laid it down reads the rest on its page.
      const whole = state.entries.every((entry) => entry.state === 'confirmed' || entry.state === 'done');
      return whole && event.by !== state.ownerId ? ownersMail(state, 'scheduleConfirmed', stamp) : [];
    }
    case 'entryDeclined':
      return event.by === state.ownerId ? [] : ownersMail(state, 'entryDeclined', stamp, event.words);
    case 'entryDone': {
      // With the last one the whole schedule is fulfilled, and that mail says it.
      const last = openEntries(state).length === 0;
      return last || event.by === state.ownerId ? [] : ownersMail(state, 'entryDone', stamp, event.evidence);
    }
    case 'entriesRecounting':
      return countEntries(state, stamp);
    case 'entriesCounted':
      return [];
    default:
      return [
        ...effectsOfCase(state, event, stamp),
        ...countEntries(state, stamp),
        ...(event.type === 'caseMoved' && event.move === 'endWithJob' ? endedMails(state, stamp) : []),
      ];
  }
}

/** The schedule ended with its job: whoever has not answered hears that nothing is needed; one that is set aside tells all. */
function endedMails(state: ScheduleState, stamp: Stamp): readonly CaseEffect[] {
  return notNeededMails(state, ownersOf(state.entries.filter((entry) => entry.state === 'asked')), stamp);
}

function ownersMail(state: ScheduleState, notice: string, stamp: Stamp, words?: string): readonly CaseEffect[] {
  return mailsOf(state, [{ notice, to: ['owner'] }], stamp, { waits: true, words });
}

/** The rungs of all entries, on the office's calendar; the nodes themselves are moments and no calendar moves them. */
function countEntries(state: ScheduleState, stamp: Stamp): readonly CaseEffect[] {
  if (state.entriesCount !== stamp.seq || openEntries(state).length === 0) return [];
  const { processId, clientId, since: from, entries } = state;
  const spans = spansOfEntries(entries);
  const input = {
    processId,
    clientId,
    calendar: 'office',
    clock: entriesClock,
    count: stamp.seq,
    from,
    spans,
  } as const;
  return [{ kind: 'count', name: `${processId}/count/${entriesClock}/${stamp.seq}`, input }];
}

/** An execution schedule (F-11) as plain functions. */
export const scheduleProcess: Process<ScheduleState, ScheduleAct, ScheduleEvent, CaseEffect> = {
  decide: decideSchedule,
  evolve: evolveSchedule,
  due,
  effects,
};
