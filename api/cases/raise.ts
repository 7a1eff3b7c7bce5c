import { may } from '../../domain/people/may.ts';
import type { Problem as InputProblem } from '../../papers/problems.ts';
import type { JobRow } from '../../store/jobs.ts';
import { issueWorkflowId } from '../../workflows/ids.ts';
import type { ApiDeps } from '../deps.ts';
import type { SignedIn } from '../session/identify.ts';
import { sendBeginning, type Begun } from './begin.ts';

/** What somebody raises: in one line, since when, who of the client is to be told, and the issue record (F-63) so far. */
export interface RaisedIssue {
  readonly title: unknown;
  /** ISO-8601; since when things go wrong. Refused where it is absent. */
  readonly since?: unknown;
  /** Who of the client is to be told, where that is known already. */
  readonly told?: unknown;
  readonly content: unknown;
}

/** Whether this person may raise an issue on a job: whoever of the house may see it, while it runs. */
export function mayRaiseIssue(
  who: Pick<SignedIn, 'viewer' | 'person'>,
  job: Pick<JobRow, 'open' | 'brandId' | 'clientId' | 'holders'>,
): boolean {
  return job.open && who.person.side === 'agency' && may(who.viewer, 'job.read', job);
}

/**
 * Raises an issue on a running job (M-16, S-46). It lies with whoever answers for the job, whoever raises it. The same
 * request id (`[A-Za-z0-9_-]{8,40}`) is the same issue, however often it is sent. Throws 403 for who may not see the job,
 * Refused where the core says no.
 */
export async function raiseIssue(
  deps: ApiDeps,
  who: SignedIn,
  job: JobRow,
  requestId: string,
  { title, since, told, content }: RaisedIssue,
): Promise<Begun> {
  const processId = issueWorkflowId(requestId);
  const wrong = (field: string, zh: string, en: string): Begun => ({
    processId,
    sent: { kind: 'wrong', problems: [{ field, code: 'RULE', zh, en }] },
  });
  if (!job.open)
    return wrong(
      'jobId',
      '工作已结束；问题只能在进行中的工作上提出。',
      'This job is over; an issue is raised on a job that runs.',
    );
  if (since === undefined || since === '')
    return wrong('since', '请写明从什么时候起。', 'Please say since when things go wrong.');
  if (typeof since === 'string' && since > deps.clock())
    return wrong(
      'since',
      '“从什么时候起”不能晚于现在。',
      '“Since when” cannot lie ahead; write when it began, or when you noticed it.',
    );
  const begun = await sendBeginning(
    deps,
    who,
    { kind: 'issue', processId, requestId, right: 'job.read' },
    {
      title,
      clientId: job.clientId,
      brandId: job.brandId,
      ownerId: job.ownerId,
      jobId: job._id,
      from: since,
      parts: { finder: [who.person.id], ...(told === undefined || told === '' ? {} : { told: [told] }) },
      paper: { form: 'F-63', content },
    },
  );
  const { sent } = begun;
  return sent.kind === 'wrong' ? { processId, sent: { ...sent, problems: sent.problems.map(asRaised) } } : begun;
}

/** A problem under the name that the field has where an issue is raised. */
function asRaised(problem: InputProblem): InputProblem {
  const { field } = problem;
  if (field === 'from') return { ...problem, field: 'since' };
  if (field.startsWith('parts.')) return { ...problem, field: field.slice('parts.'.length).split('.')[0] ?? field };
  return field.startsWith('paper.') ? { ...problem, field: field.slice('paper.'.length) } : problem;
}
