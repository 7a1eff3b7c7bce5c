import { ApplicationFailure } from '@temporalio/common';
import { LogDiverged } from '../../store/append.ts';
import { recordCase } from '../../store/case-recorder.ts';
import type { MailDeps } from '../mail/parts.ts';
import type { CaseActivities } from './contract.ts';
import { countForCase } from './count.ts';
import { sendNotice } from './notice.ts';

/** What cases and minutes ask of the world, from the parts that mail is sent with. */
export function createCaseActivities(deps: MailDeps): CaseActivities {
  return {
    async recordCase(input) {
      try {
        return await recordCase(deps.connection, input, deps.clock());
      } catch (error) {
        if (!(error instanceof LogDiverged)) throw error;
        // Tried again for ever: the case stands still and an operator sees why, but nothing is lost or overwritten.
        throw ApplicationFailure.create({
          type: 'LOG_DIVERGED',
          message: error.message,
          nonRetryable: false,
          details: [{ processId: error.processId, seq: error.seq }],
          cause: error,
        });
      }
    },
    countSpans: (input) => countForCase(deps, input),
    sendNotice: (input) => sendNotice(deps, input),
  };
}
