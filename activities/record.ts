import { ApplicationFailure } from '@temporalio/common';
import type { Connection } from 'mongoose';
import type { Clock } from '../config/clock.ts';
import type { Instant } from '../domain/instant.ts';
import { LogDiverged, record } from '../store/recorder.ts';
import { alongside } from './along.ts';
import type { JobActivities } from './contract.ts';

/** What the recorder works with. */
export interface RecordDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  /** Opens steps along with an append; without it they are opened on their own. */
  readonly open?: JobActivities['openStep'];
  /** Sends mails along with the entry they speak about; without it they are sent on their own. */
  readonly send?: JobActivities['sendMail'];
  /** When something due is done in a crowded minute; without it everything is done at its own moment. */
  readonly turns?: (at: Instant) => Promise<Instant>;
  /** What goes on after its append was answered; the worker's orderly end waits for it. */
  readonly underWay?: Set<Promise<unknown>>;
}

/** A step that takes longer to open does not hold up the log. Steps open within milliseconds. */
const openWithinMs = 3_000;
/** A mail server that takes longer does not hold up the log. */
const sendWithinMs = 1_000;
const pauseMs = 60_000;

/**
 * The recorder: appends entries to the log strictly in order, folds the read models, answers with the new head.
 * Safe to run any number of times. A store that tells another story than the process fails as `LOG_DIVERGED`, which is
 * tried again for ever: the job stands still and an operator sees why, but no decision is lost and none is overwritten.
 */
export function createRecordActivities(deps: RecordDeps): Pick<JobActivities, 'recordEntries'> {
  const { connection, clock, open, send, turns, underWay = new Set() } = deps;
  const openAlong = open && alongside(open, { withinMs: openWithinMs, pauseMs: 0, underWay });
  const sendAlong = send && alongside(send, { withinMs: sendWithinMs, pauseMs, underWay });
  return {
    async recordEntries(input) {
      const { opens = [], mails = [], dueAt, ...append } = input;
      try {
        // A grant whose step never comes to be is harmless, nobody is sent its link before the entry is there. A mail
        // speaks about an entry, so it waits until that is in the log.
        const recorded = record(connection, append, clock());
        const [head, opened, mailed, turnAt] = await Promise.all([
          recorded,
          opens.length > 0 ? openAlong?.(opens) : undefined,
          mails.length > 0 ? recorded.then(() => sendAlong?.(mails)) : undefined,
          // Who cannot be given a turn goes at the moment itself.
          dueAt === undefined ? undefined : recorded.then(() => turns?.(dueAt)?.catch(() => undefined)),
        ]);
        return {
          ...head,
          ...(opened ? { opened } : {}),
          ...(mailed ? { mailed } : {}),
          ...(turnAt === undefined || turnAt === dueAt ? {} : { turnAt }),
        };
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
