import { WorkflowClient, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import type { Digests } from '../activities/digest/parts.ts';
import { digestWorkflowId, digestWorkflowType } from '../workflows/ids.ts';

/** What starting digests needs. */
export interface DigestParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
  readonly taskQueue: string;
  /** Rungs of a crowded minute that take their turn in a second. */
  readonly rungsPerSecond: number;
}

/** Rungs of one minute are one mail a person, whatever gathering of requests the house has set. */
const gatherMs = 60_000;
/** Mails of jobs that come in a row lie less apart than this. */
const quietMs = 10_000;

/** Has the engine send digests, each by one run: the id is the digest's own, and a second start finds the first. */
export function digestsIn({ connection, namespace, dataConverter, taskQueue, rungsPerSecond }: DigestParts): Digests {
  const workflows = new WorkflowClient({ connection, namespace, dataConverter });
  return {
    gatherMs,
    quietMs,
    rungsPerSecond,
    async start(digest) {
      try {
        await workflows.start(digestWorkflowType, {
          workflowId: digestWorkflowId(taskQueue, digest.digestId),
          taskQueue,
          args: [digest],
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowIdConflictPolicy: 'USE_EXISTING',
        });
      } catch (error) {
        // It ran to its end before.
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
  };
}
