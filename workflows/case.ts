import { continueAsNew, setHandler } from '@temporalio/workflow';
import type { AnyCaseAct, CaseEffect, CaseEvent } from '../domain/cases/acts.ts';
import { possibleMoves } from '../domain/cases/decide.ts';
import { caseProcess } from '../domain/cases/process.ts';
import type { CaseState } from '../domain/cases/state.ts';
import { casingOf, detailsOf, type CaseArgument } from './cases.ts';
import { movesQuery } from './messages.ts';
import { runProcess } from './shell.ts';
import { firstCase, upcastCase } from './upcast/case.ts';

/** One case of any kind that needs no rules beside its table, e.g. a meeting (M-06). */
export async function runCase(argument: CaseArgument): Promise<void> {
  const { processId, kind } = argument;
  let state = argument.state === undefined ? firstCase(processId, kind) : upcastCase(argument.state);
  setHandler(movesQuery, () => possibleMoves(state));
  await runProcess<CaseState, AnyCaseAct, CaseEvent, CaseEffect>(
    {
      ...casingOf(processId),
      process: caseProcess,
      show: (next) => {
        state = next;
        return detailsOf(next, caseProcess.due(next)?.at);
      },
      again: (next) => continueAsNew<typeof runCase>({ ...argument, state: next }),
    },
    state,
  );
}
