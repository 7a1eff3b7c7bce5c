import type { JobState } from '../../domain/job/state.ts';
import { refuse, type Refusal } from '../../domain/process.ts';
import type { Person } from '../../domain/people/types.ts';
import { checkPaper } from '../../papers/form.ts';
import { problemAt, type Problem as InputProblem } from '../../papers/problems.ts';
import { executionSchedule, scheduleRowsOf } from '../../papers/timing/schedule.ts';
import type { FoldedCase } from '../../store/cases.ts';
import { wholeJob } from '../../store/jobs.ts';
import { peopleById } from '../../store/people.ts';
import type { ApiDeps } from '../deps.ts';

/** Rows whose people are looked up; a form with more has too many, and is told so. */
const mostRows = 60;

/** What is wrong with a schedule before anybody is asked: what its form says, and whoever is nobody of the house. */
export async function scheduleProblems(
  deps: Pick<ApiDeps, 'store'>,
  content: unknown,
): Promise<readonly InputProblem[]> {
  const checked = checkPaper(executionSchedule, content);
  const owners = scheduleRowsOf(content)
    .slice(0, mostRows)
    .map(({ owner }) => owner.trim());
  const people = await peopleById(deps.store, [...new Set(owners.filter((owner) => owner !== ''))]);
  const strangers = owners.flatMap((owner, n) => (owner === '' || works(people.get(owner)) ? [] : [strangerAt(n)]));
  return [...(checked.ok ? [] : checked.problems), ...strangers];
}

function works(person: Person | undefined): boolean {
  return person?.active === true && person.side === 'agency';
}

function strangerAt(row: number): InputProblem {
  return problemAt(executionSchedule.schema, ['entries', row, 'owner'], {
    code: 'RULE',
    zh: '：应是公司在职人员，由他自己确认（R-53）',
    en: ': choose an active person of the agency, who confirms it (R-53)',
  });
}

/** Why a schedule cannot be laid down for a job as it stands: it has ended, or nobody was told to work yet. */
export function whyNotScheduled(
  { phase, papers }: Pick<JobState, 'phase' | 'papers'>,
  open: boolean,
): Refusal | undefined {
  if (!open) return refuse('CLOSED', { params: { phase } });
  const accepted = Object.values(papers).some(
    ({ form, status }) => ['F-04', 'F-08'].includes(form) && status === 'passed',
  );
  return accepted ? undefined : refuse('ORDER_MISSING', { rule: 'R-47' });
}

/** The same for the job a schedule belongs to, as far as the store knows it. */
export async function whyNotNow(deps: Pick<ApiDeps, 'store'>, { jobId }: FoldedCase): Promise<Refusal | undefined> {
  const job = jobId === undefined ? null : await wholeJob(deps.store, jobId);
  return job === null ? undefined : whyNotScheduled(job.state, job.row.open);
}

/** A problem of the schedule's content under the name it has in an act that brings the paper. */
export function inPaper(problem: InputProblem): InputProblem {
  return { ...problem, field: problem.field === '' ? 'paper.content' : `paper.content.${problem.field}` };
}
