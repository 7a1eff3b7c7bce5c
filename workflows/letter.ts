import { ActivityFailure, log as workflowLog, proxyActivities } from '@temporalio/workflow';
import type { LetterActivities } from '../activities/letters/contract.ts';
import type { HouseLetter } from '../domain/people/letter.ts';

/** As for every mail: three days outlast a weekend, one try may take as long as a slow server needs to answer after DATA. */
const post = proxyActivities<LetterActivities>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '15 minutes' },
});

/** One letter of the house on its way to one person. One that cannot be sent is on record in the outbox; nothing waits for it. */
export async function letter(what: HouseLetter): Promise<void> {
  try {
    await post.sendLetter.executeWithOptions({ summary: `letter ${what.kind}` }, [what]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    workflowLog.warn('A letter could not be sent', { kind: what.kind, entry: what.entry });
  }
}
