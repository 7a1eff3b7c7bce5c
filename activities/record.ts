import { ApplicationFailure } from '@temporalio/common';
import type { Connection } from 'mongoose';
import type { Clock } from '../config/clock.ts';
import { LogDiverged, record } from '../store/recorder.ts';
import type { JobActivities } from './contract.ts';

/** What the recorder works with. */
export interface RecordDeps {
  readonly connection: Connection;
  readonly clock: Clock;
}

/**
 * The recorder: appends entries to the log strictly in order, folds the read models, answers with the new head.
 * Safe to run any number of times. A store that tells another story than the process fails as `LOG_DIVERGED`, which is
 * tried again for ever: the job stands still and an operator sees why, but no decision is lost and none is overwritten.
 */
export function createRecordActivities({ connection, clock }: RecordDeps): Pick<JobActivities, 'recordEntries'> {
  return {
    async recordEntries(input) {
      try {
        return await record(connection, input, clock());
      } catch (error) {
        if (!(error instanceof LogDiverged)) throw error;
        throw ApplicationFailure.create({
          type: 'LOG_DIVERGED',
          message: error.message,
          nonRetryable: false,
          details: [{ processId: error.processId, seq: error.seq }],
          cause: error,
        });
      }
    },
  };
}
