import type { Client } from '@temporalio/client';
import temporal from '@temporalio/proto';

/** What the engine wrote down for some decisions, an average of each. */
export interface HistoryShare {
  readonly events: number;
  readonly runs: number;
  /** Events by type, most frequent first. */
  readonly byType: readonly (readonly [type: string, n: number])[];
  /** Activities scheduled, by name. */
  readonly activities: readonly (readonly [name: string, n: number])[];
}

const { EventType } = temporal.temporal.api.enums.v1;

/** Reads all runs of these workflows and counts what was written since `fromMs`, per decision. */
export async function historyShare(
  client: Client,
  workflowIds: readonly string[],
  fromMs: number,
  decisions: number,
): Promise<HistoryShare> {
  const types = new Map<string, number>();
  const activities = new Map<string, number>();
  let runs = 0;
  for (const workflowId of workflowIds) {
    for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) {
      const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      const fresh = (events ?? []).filter(
        ({ eventTime }) => Number(eventTime?.seconds ?? 0) * 1000 + Number(eventTime?.nanos ?? 0) / 1e6 >= fromMs,
      );
      for (const event of fresh) {
        const type = wordsOf(EventType[event.eventType ?? 0] ?? 'unknown');
        types.set(type, (types.get(type) ?? 0) + 1);
        const name = event.activityTaskScheduledEventAttributes?.activityType?.name;
        if (name) activities.set(name, (activities.get(name) ?? 0) + 1);
        if (event.workflowExecutionStartedEventAttributes) runs += 1;
      }
    }
  }
  const share = (counted: Map<string, number>): (readonly [string, number])[] =>
    [...counted].map(([name, n]) => [name, n / decisions] as const).sort((a, b) => b[1] - a[1]);
  return {
    events: [...types.values()].reduce((a, b) => a + b, 0) / decisions,
    runs: runs / decisions,
    byType: share(types),
    activities: share(activities),
  };
}

/** `EVENT_TYPE_WORKFLOW_TASK_STARTED` → `WorkflowTaskStarted`. */
function wordsOf(type: string): string {
  return type
    .replace('EVENT_TYPE_', '')
    .toLowerCase()
    .replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
