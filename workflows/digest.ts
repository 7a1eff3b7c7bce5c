import { ActivityFailure, proxyActivities, sleep } from '@temporalio/workflow';
import type { DigestActivities } from '../activities/contract.ts';

/** What a digest is started with: its key in the outbox, and the moment it is planned for. */
export interface DigestArgument {
  readonly digestId: string;
  readonly at: string;
}

/**
 * A mail server may be down for a night; three days of tries outlast a weekend, as for every other mail. Between two
 * tries the activity mostly waits for the engine to catch up and says itself how long.
 */
const post = proxyActivities<DigestActivities>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

/**
 * Sends one digest at its moment, and once: it waits for the moment, and again where its reader's day turns out to begin
 * later, because a day was declared closed meanwhile. Nothing here can reach a job: no digest decides a step.
 */
export async function digest({ digestId, at }: DigestArgument): Promise<void> {
  for (let next: string | undefined = at; next !== undefined;) {
    const waitMs = Date.parse(next) - Date.now();
    if (waitMs > 0) await sleep(waitMs);
    try {
      next = (await post.sendDigest.executeWithOptions({ summary: 'send a digest' }, [digestId])).again;
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      await post.giveUpDigest(digestId);
      return;
    }
  }
}
