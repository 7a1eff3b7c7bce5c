import { ApplicationFailure } from '@temporalio/workflow';
import { newCase } from '../../domain/cases/process.ts';
import { standardCases } from '../../domain/cases/standard.ts';
import type { CaseState } from '../../domain/cases/state.ts';
import type { MinutesState } from '../../domain/minutes/state.ts';
import type { ScheduleState } from '../../domain/schedule/state.ts';

/** A new case of a kind the house ships; any other kind fails it for good, nothing could ever happen to it. */
export function firstCase(processId: string, kind: string): CaseState {
  const definition = Object.hasOwn(standardCases, kind) ? standardCases[kind] : undefined;
  if (definition) return newCase(processId, definition);
  throw ApplicationFailure.create({
    message: `There is no kind of case called ${kind}`,
    type: 'UNKNOWN_KIND_OF_CASE',
    nonRetryable: true,
  });
}

/**
 * Brings the state of a case of any release to the shape of this one. Each step changes shape and causes nothing; the
 * tests keep recorded states. The definition is part of the state: a case ends by the table it began with.
 */
export function upcastCase(carried: unknown): CaseState {
  if (isCaseState(carried)) return carried;
  throw unreadable();
}

/** The same for minutes, which have verdicts and tasks beside what every case has. */
export function upcastMinutes(carried: unknown): MinutesState {
  if (isMinutesState(carried)) return carried;
  throw unreadable();
}

/** The same for an execution schedule, which has its entries beside what every case has. */
export function upcastSchedule(carried: unknown): ScheduleState {
  if (isScheduleState(carried)) return carried;
  throw unreadable();
}

function isScheduleState(value: unknown): value is ScheduleState {
  return isCaseState(value) && 'entries' in value && 'nextEntry' in value && 'entriesCount' in value;
}

function isMinutesState(value: unknown): value is MinutesState {
  return isCaseState(value) && 'verdicts' in value && 'tasks' in value && 'tasksCount' in value;
}

function isCaseState(value: unknown): value is CaseState {
  const versioned = typeof value === 'object' && value !== null && 'stateVersion' in value && value.stateVersion === 1;
  return versioned && 'definition' in value && 'clocks' in value;
}

function unreadable(): ApplicationFailure {
  return ApplicationFailure.create({
    message: 'The state of this case is of a release that this one cannot read',
    type: 'UNKNOWN_STATE_VERSION',
  });
}
