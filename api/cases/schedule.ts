import { isOver } from '../../domain/cases/state.ts';
import type { ScheduleState } from '../../domain/schedule/state.ts';
import type { Content } from '../../papers/form.ts';
import { withOwners } from '../../papers/timing/schedule.ts';
import { isSchedule } from '../../store/cases.ts';
import type { WholeJob } from '../../store/jobs.ts';
import { scheduleWorkflowId } from '../../workflows/ids.ts';
import type { ApiDeps } from '../deps.ts';
import { statusOfRefusal } from '../door/answer.ts';
import type { SignedIn } from '../session/identify.ts';
import { sendBeginning, type Begun } from './begin.ts';
import { readCase } from './read.ts';
import { inPaper, scheduleProblems, whyNotScheduled } from './schedule-checks.ts';
import { sendCaseAct } from './send.ts';

/** The schedule of a job as it stands; undefined where none was begun. */
export async function scheduleOf(deps: Pick<ApiDeps, 'store'>, jobId: string): Promise<ScheduleState | undefined> {
  const found = await readCase(deps, scheduleWorkflowId(jobId));
  return found && isSchedule(found.state) ? found.state : undefined;
}

/**
 * Lays down a version of a job's execution schedule (F-11, R-52), and begins the schedule with the first. Nothing is begun
 * where anything is wrong, and the same id is the same version however often it is sent: there is one schedule a job.
 * Throws 403 for whoever may not, Refused where the core says no to the beginning.
 */
export async function layDown(
  deps: ApiDeps,
  who: SignedIn,
  { row, state }: WholeJob,
  commandId: string,
  content: unknown,
): Promise<Begun> {
  const processId = scheduleWorkflowId(row._id);
  const problems = (await scheduleProblems(deps, content)).map(inPaper);
  if (problems.length > 0) return { processId, sent: { kind: 'wrong', problems } };
  const refusal = whyNotScheduled(state, row.open);
  if (refusal) {
    const stamp = { commandId, receivedAt: deps.clock() };
    return { processId, sent: { kind: 'refused', ...stamp, refusal, status: statusOfRefusal(refusal) } };
  }
  if ((await readCase(deps, processId)) === undefined) {
    const { title, clientId, brandId, ownerId } = row;
    const about = { title, clientId, brandId, ownerId, jobId: row._id, parts: {} };
    // One name for the beginning of this job's schedule: two who press at once begin it once.
    const beginning = { kind: 'schedule', processId, requestId: processId, right: 'job.request' } as const;
    const begun = await sendBeginning(deps, who, beginning, about);
    const there = begun.sent.kind === 'refused' && begun.sent.refusal.code === 'ALREADY_DECIDED';
    if (begun.sent.kind !== 'accepted' && begun.sent.kind !== 'received' && !there) return begun;
  }
  const act = { type: 'move', move: 'layDown', paper: { form: 'F-11', content } };
  return { processId, sent: await sendCaseAct(deps, who, processId, commandId, act) };
}

/** What the next version begins with: the last one, with whoever answers for each entry now. */
export function nextSchedule(state: ScheduleState, content: Content): Content {
  const owners: (string | undefined)[] = [];
  for (const { row, owner } of state.entries) owners[row] = owner;
  return withOwners(content, owners);
}

/** How far a schedule is: entries in all, confirmed or done, done, past their date. */
export interface ScheduleCount {
  readonly all: number;
  readonly confirmed: number;
  readonly done: number;
  readonly declined: number;
  readonly late: number;
}

/** Counts the entries of a schedule as they stand at a moment. */
export function countSchedule(state: ScheduleState, now: string): ScheduleCount {
  const of = (...states: readonly string[]): number => state.entries.filter((one) => states.includes(one.state)).length;
  const open = isOver(state) ? [] : state.entries.filter((one) => one.state !== 'done');
  return {
    all: state.entries.length,
    confirmed: of('confirmed', 'done'),
    done: of('done'),
    declined: of('declined'),
    late: open.filter(({ node }) => node < now).length,
  };
}
