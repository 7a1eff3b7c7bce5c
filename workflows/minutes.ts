import { continueAsNew, setHandler } from '@temporalio/workflow';
import { possibleOnMinutes } from '../domain/minutes/decide.ts';
import { minutesProcess } from '../domain/minutes/process.ts';
import type { MinutesAct, MinutesEffect, MinutesEvent, MinutesState } from '../domain/minutes/state.ts';
import { initialMinutes } from '../domain/minutes/state.ts';
import { casingOf, detailsOf, type CaseArgument } from './cases.ts';
import { movesQuery } from './messages.ts';
import { runProcess } from './shell.ts';
import { upcastMinutes } from './upcast/case.ts';

/** Minutes of one meeting or telephone decision, from the end of it to the client's yes and the file (M-07). */
export async function minutes(argument: CaseArgument): Promise<void> {
  const { processId } = argument;
  let state = argument.state === undefined ? initialMinutes(processId) : upcastMinutes(argument.state);
  setHandler(movesQuery, () => possibleOnMinutes(state));
  await runProcess<MinutesState, MinutesAct, MinutesEvent, MinutesEffect>(
    {
      ...casingOf(processId),
      process: minutesProcess,
      show: (next) => {
        state = next;
        return detailsOf(next, minutesProcess.due(next)?.at);
      },
      again: (next) => continueAsNew<typeof minutes>({ ...argument, state: next }),
    },
    state,
  );
}
