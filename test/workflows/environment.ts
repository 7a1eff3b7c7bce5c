import { TestWorkflowEnvironment } from '@temporalio/testing';
import { timeSkippingServer } from '../../ops/stack/time-skipping.ts';

/** The SDK waits five seconds for the server; a machine that is busy with everything else may need more than one such wait. */
const attempts = 12;

/** An engine whose clock skips, also on a busy machine. */
export async function skippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const path = await timeSkippingServer();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({
        server: { executable: { type: 'existing-path', path } },
      });
    } catch (error) {
      if (attempt === attempts || !String(error).includes('did not start')) throw error;
    }
  }
}
