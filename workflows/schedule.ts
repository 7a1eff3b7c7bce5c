import { continueAsNew, setHandler } from '@temporalio/workflow';
import type { CaseEffect } from '../domain/cases/acts.ts';
import { possibleMoves } from '../domain/cases/decide.ts';
import { scheduleProcess } from '../domain/schedule/process.ts';
import type { ScheduleAct, ScheduleEvent, ScheduleState } from '../domain/schedule/state.ts';
import { initialSchedule } from '../domain/schedule/state.ts';
import { casingOf, detailsOf, type CaseArgument } from './cases.ts';
import { movesQuery } from './messages.ts';
import { runProcess } from './shell.ts';
import { upcastSchedule } from './upcast/case.ts';

/** The execution schedule of one job (F-11), from the first version laid down to the last entry that is done. */
export async function schedule(argument: CaseArgument): Promise<void> {
  const { processId } = argument;
  let state = argument.state === undefined ? initialSchedule(processId) : upcastSchedule(argument.state);
  setHandler(movesQuery, () => possibleMoves(state));
  await runProcess<ScheduleState, ScheduleAct, ScheduleEvent, CaseEffect>(
    {
      ...casingOf(processId),
      process: scheduleProcess,
      show: (next) => {
        state = next;
        return detailsOf(next, scheduleProcess.due(next)?.at);
      },
      again: (next) => continueAsNew<typeof schedule>({ ...argument, state: next }),
    },
    state,
  );
}
