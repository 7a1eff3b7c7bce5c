import type { Process } from '../process.ts';
import type { AnyCaseAct, CaseEffect, CaseEvent } from './acts.ts';
import { checkCase } from './check.ts';
import { dueOfClocks } from './clocks.ts';
import { decideCase } from './decide.ts';
import type { CaseDefinition } from './definition.ts';
import { effectsOfCase } from './effects.ts';
import { evolveCase } from './evolve.ts';
import type { CaseState } from './state.ts';
import { initialCase } from './state.ts';

/** Runs any case: the state carries the definition it began with. */
export const caseProcess: Process<CaseState, AnyCaseAct, CaseEvent, CaseEffect> = {
  decide: decideCase,
  evolve: evolveCase,
  due: dueOfClocks,
  effects: effectsOfCase,
};

/** A new case of a kind. Throws RangeError for a definition that does not hold together; `checkCase` says why. */
export function newCase(processId: string, definition: CaseDefinition): CaseState {
  const problems = checkCase(definition);
  if (problems.length > 0)
    throw new RangeError(`${definition.id}: ${problems.map(({ code, at }) => `${code} ${at}`).join(', ')}`);
  return initialCase(processId, definition);
}
