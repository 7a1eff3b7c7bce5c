import { dueOfClocks } from '../cases/clocks.ts';
import { datesMovedMails, effectsOfCase, mailsOf } from '../cases/effects.ts';
import { askedInVain, notNeededMails } from '../cases/not-needed.ts';
import { isOver } from '../cases/state.ts';
import type { Due, Process, Stamp } from '../process.ts';
import { decideMinutes } from './decide.ts';
import { evolveMinutes } from './evolve.ts';
import type { MinutesAct, MinutesEffect, MinutesEvent, MinutesState } from './state.ts';
import { openTasks, tasksClock } from './state.ts';
import { dueMark, nextMark, spansOf, taskLadder } from './task-ladder.ts';

function due(state: MinutesState): Due<MinutesAct> | undefined {
  let nearest: Due<MinutesAct> | undefined = dueOfClocks(state);
  if (isOver(state)) return nearest;
  for (const task of openTasks(state)) {
    const next = nextMark(task);
    if (next === undefined || (nearest && nearest.at <= next.at)) continue;
    const mark = next.mark === undefined ? {} : { mark: next.mark };
    nearest = { at: next.at, act: { type: 'taskDue', task: task.id, ...mark } };
  }
  return nearest;
}

function effects(state: MinutesState, event: MinutesEvent, stamp: Stamp): readonly MinutesEffect[] {
  switch (event.type) {
    case 'lateObjection':
      return mailsOf(state, [{ notice: 'lateObjection', to: ['owner'] }], stamp, { words: event.words });
    case 'taskReminded': {
      const executor = state.tasks.find(({ id }) => id === event.task)?.executor ?? state.ownerId;
      const parts = { ...state.parts, executor: [executor] };
      const { notice, to } = taskLadder[event.mark ?? dueMark] ?? { notice: 'taskOverdue', to: ['executor', 'owner'] };
      return mailsOf({ ...state, parts }, [{ notice, to }], stamp, { waits: true });
    }
    case 'taskSettled':
      return event.by === state.ownerId
        ? []
        : mailsOf(state, [{ notice: 'taskSettled', to: ['owner'] }], stamp, { words: event.words });
    case 'tasksCounted': {
      const { moved } = event;
      const whose = state.tasks.filter(({ id }) => moved?.tasks.includes(id) === true).map(({ executor }) => executor);
      return moved ? datesMovedMails(state, moved, whose, stamp) : [];
    }
    case 'tasksRecounting':
      return countTasks(state, stamp);
    default:
      return [
        ...effectsOfCase(state, event, stamp),
        ...countTasks(state, stamp),
        ...(event.type === 'caseMoved' ? notNeededMails(state, askedInVain(state, event), stamp, event.words) : []),
      ];
  }
}

/** The days of the tasks end at close of business on the office's calendar. */
function countTasks(state: MinutesState, stamp: Stamp): readonly MinutesEffect[] {
  const open = openTasks(state);
  if (state.tasksCount !== stamp.seq || open.length === 0) return [];
  const { processId, clientId, since: from } = state;
  const spans = spansOf(open);
  const input = { processId, clientId, calendar: 'office', clock: tasksClock, count: stamp.seq, from, spans } as const;
  return [{ kind: 'count', name: `${processId}/count/${tasksClock}/${stamp.seq}`, input }];
}

/** Minutes (M-07) as plain functions. */
export const minutesProcess: Process<MinutesState, MinutesAct, MinutesEvent, MinutesEffect> = {
  decide: decideMinutes,
  evolve: evolveMinutes,
  due,
  effects,
};
