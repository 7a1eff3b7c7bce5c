import { setTimeout } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import type { Connection } from 'mongoose';
import type { Clock } from '../config/clock.ts';
import { LogDiverged, record } from '../store/recorder.ts';
import type { StepOpenedAct } from '../domain/circulation/acts.ts';
import type { OpenEffect } from '../domain/job/effects.ts';
import type { JobActivities } from './contract.ts';

/** What the recorder works with. */
export interface RecordDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  /** Opens steps along with an append; without it they are opened on their own. */
  readonly open?: JobActivities['openStep'];
}

/** A step that takes longer to open does not hold up the log; it is opened on its own then. Steps open within milliseconds. */
const openWithinMs = 3_000;

/**
 * The recorder: appends entries to the log strictly in order, folds the read models, answers with the new head.
 * Safe to run any number of times. A store that tells another story than the process fails as `LOG_DIVERGED`, which is
 * tried again for ever: the job stands still and an operator sees why, but no decision is lost and none is overwritten.
 */
export function createRecordActivities({ connection, clock, open }: RecordDeps): Pick<JobActivities, 'recordEntries'> {
  return {
    async recordEntries(input) {
      try {
        const { opens = [], ...append } = input;
        if (open === undefined || opens.length === 0) return await record(connection, append, clock());
        // Side by side: a grant whose step never comes to be is harmless, nobody is sent its link before the entry is there.
        const [head, opened] = await Promise.all([record(connection, append, clock()), openAlong(open, opens)]);
        return { ...head, opened };
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

/** Tries each step once. What fails or takes too long is left out, never thrown. */
async function openAlong(
  open: JobActivities['openStep'],
  opens: readonly OpenEffect[],
): Promise<Record<string, StepOpenedAct>> {
  const found: Record<string, StepOpenedAct> = {};
  const all = opens.map(async ({ name, input }) => {
    try {
      found[name] = await open(input);
    } catch {
      // `openStep` meets the same trouble, with tries of its own and a name in the engine's screens.
    }
  });
  const waited = new AbortController();
  await Promise.race([
    Promise.all(all),
    setTimeout(openWithinMs, undefined, { signal: waited.signal }).catch(() => undefined),
  ]);
  waited.abort();
  return { ...found };
}
