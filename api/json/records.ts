import type { Connection } from 'mongoose';
import { z } from 'zod';
import { exportLog, type ExportOptions, type LogExport } from '../../store/export.ts';
import { outcomeOf } from '../door/records.ts';
import { Problem } from '../problems.ts';
import type { Lang } from '../view/lang.ts';
import { refusalIn } from './sayings.ts';
import { refusalSchema } from './schemas.ts';

/** What became of a command, of a job or of a case. */
export const outcomeSchema = z.object({
  commandId: z.string(),
  outcome: z.enum(['accepted', 'refused', 'pending']),
  seq: z.int().optional(),
  refusal: refusalSchema.optional(),
});

/** The answer to "what became of it"; `pending` where the records know nothing of the command. */
export async function outcomeAnswer(
  store: Connection,
  processId: string,
  commandId: string,
  language: Lang,
): Promise<{ readonly status: 200; readonly body: z.input<typeof outcomeSchema> }> {
  const outcome = await outcomeOf(store, processId, commandId);
  if (outcome === undefined) return { status: 200, body: { commandId, outcome: 'pending' } };
  return outcome.accepted
    ? { status: 200, body: { commandId, outcome: 'accepted', seq: outcome.seq } }
    : { status: 200, body: { commandId, outcome: 'refused', refusal: refusalIn(outcome.refusal, language) } };
}

/** A log as `jobbag verify` checks it. */
export const logSchema = z.object({
  format: z.literal('jobbag-log-1'),
  processId: z.string(),
  head: z.object({ seq: z.int(), hash: z.string() }),
  entries: z.array(z.object({ seq: z.int(), body: z.string(), hash: z.string() })),
  daily: z.array(z.unknown()),
});

/** The log of a process, without names and addresses. Throws the 404 problem where there is none. */
export async function logAnswer(
  store: Connection,
  processId: string,
  options: Pick<ExportOptions, 'toSeq'> = {},
): Promise<{ readonly status: 200; readonly body: LogExport }> {
  const log = await exportLog(store, processId, options);
  if (log === undefined) throw new Problem('NOT_FOUND');
  return { status: 200, body: log };
}
