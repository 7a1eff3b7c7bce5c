/** The one place that knows how a process is named in the engine. Ids hold no personal data and no job number. */

/** Task queue that every process of the house is worked on. */
export const taskQueue = 'jobbag';

/** Workflow id of the job that was asked for under this request id (`[A-Za-z0-9_-]{8,40}`). */
export function jobWorkflowId(requestId: string): string {
  return `job-${requestId}`;
}

/** Id of the one Schedule that starts what is done once a day, and of its runs; one for each task queue. */
export function dailyId(queue: string): string {
  return `daily-${queue}`;
}

/** Workflow id of the meeting that was asked for under this request id (`[A-Za-z0-9_-]{8,40}`). */
export function meetingWorkflowId(requestId: string): string {
  return `case-${requestId}`;
}

/** Workflow id of minutes that no meeting began, e.g. of a decision on the telephone. */
export function minutesWorkflowId(requestId: string): string {
  return `minutes-${requestId}`;
}

/** Workflow id of an issue of a job that was raised under this request id. */
export function issueWorkflowId(requestId: string): string {
  return `issue-${requestId}`;
}

/** Workflow id of the execution schedule of a job: one a job, so that a second beginning is the first one. */
export function scheduleWorkflowId(jobId: string): string {
  return `schedule-${jobId.replace(/^job-/, '')}`;
}

/** Name of the workflow type that sends one digest. */
export const digestWorkflowType = 'digest';

/** Workflow id of a digest: one a digest and task queue, so that it is sent by one run however often it is asked for. */
export function digestWorkflowId(queue: string, digestId: string): string {
  return `digest-${queue}-${digestId}`;
}
