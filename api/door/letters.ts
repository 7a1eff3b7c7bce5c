import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { safeError } from '../../config/logging.ts';
import { letterName, type HouseLetter } from '../../domain/people/letter.ts';
import { taskQueue } from '../../workflows/ids.ts';
import { letterWorkflowType } from '../../workflows/messages.ts';
import type { DoorDeps } from './door.ts';

/**
 * Hands a letter of the house to the engine, which has it sent however often anything dies; the same letter is one run.
 * False while the engine does not answer. Never throws.
 */
export async function postLetter(deps: DoorDeps, letter: HouseLetter): Promise<boolean> {
  const { engine, deadlineMs, logger } = deps;
  try {
    // Deadlines of calls follow the machine's clock; the house's own may be moved.
    await engine.client.withDeadline(Date.now() + deadlineMs, () =>
      engine.client.workflow.start(letterWorkflowType, {
        workflowId: letterName(letter),
        taskQueue: deps.taskQueue ?? taskQueue,
        args: [letter],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return true;
    logger.warn({ err: safeError(error), kind: letter.kind }, 'a letter waits for the engine');
    return false;
  }
}
