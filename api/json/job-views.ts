import { z } from 'zod';
import type { JobRow } from '../../store/jobs.ts';
import type { StepRow } from '../../store/steps.ts';
import { phase } from './schemas.ts';
import { dueInWords, inWords, type Saying } from './when.ts';

/** A desk the job lies on. */
const waitingSchema = z
  .object({
    circulation: z.string(),
    round: z.int(),
    point: z.string(),
    step: z.string(),
    role: z.string(),
    side: z.enum(['agency', 'client']),
    holders: z.array(z.string()),
    openedAt: z.string().optional(),
    dueAt: z.string().optional(),
    dueInWords: inWords.optional(),
    provisional: z.boolean().optional(),
  })
  .meta({ id: 'Waiting' });

/** A job as lists show it. Late is never stored: compare `dueAt`. */
export const jobSchema = z
  .object({
    id: z.string(),
    seq: z.int().meta({ description: 'Last entry of the log this answer knows' }),
    jobNumber: z.string().optional(),
    title: z.string(),
    phase,
    column: z.string(),
    open: z.boolean(),
    onHold: z.boolean(),
    clientId: z.string(),
    brandId: z.string(),
    lineId: z.string(),
    ownerId: z.string(),
    important: z.boolean(),
    workTypes: z.array(z.string()),
    pieces: z.int(),
    waiting: z.array(waitingSchema),
    dueAt: z.string().optional(),
    dueInWords: inWords.optional(),
    late: z.boolean(),
    withClient: z.boolean(),
    since: z.string(),
    openedAt: z.string().optional(),
    archivedAt: z.string().optional(),
    wantedDate: z.string().optional(),
  })
  .meta({ id: 'Job' });

/** What of a row the world outside may know: no search pieces, no hashes of the chain. */
export function jobView(row: Omit<JobRow, 'grams'>, say: Saying): z.input<typeof jobSchema> {
  const {
    _id,
    seq,
    jobNumber,
    title,
    phase: at,
    column,
    open,
    onHold,
    clientId,
    brandId,
    lineId,
    ownerId,
    important,
    workTypes,
    pieces,
    waiting,
  } = row;
  const { dueAt, withClient, since, openedAt, archivedAt, wantedDate } = row;
  return {
    id: _id,
    seq,
    title,
    phase: at,
    column,
    open,
    onHold,
    clientId,
    brandId,
    lineId,
    ownerId,
    important,
    workTypes: [...workTypes],
    pieces,
    waiting: waiting.map(({ holders, ...desk }) => ({
      ...desk,
      holders: [...holders],
      ...dueInWords(say, desk.dueAt, desk.provisional),
    })),
    ...dueInWords(say, dueAt, waiting.find((desk) => desk.dueAt === dueAt)?.provisional),
    late: open && dueAt !== undefined && dueAt < say.now,
    withClient,
    since,
    ...(jobNumber === undefined ? {} : { jobNumber }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(openedAt === undefined ? {} : { openedAt }),
    ...(archivedAt === undefined ? {} : { archivedAt }),
    ...(wantedDate === undefined ? {} : { wantedDate }),
  };
}

/** One stay of a paper on a desk; what a verb needs to name it is all there. */
export const stepSchema = z
  .object({
    processId: z.string(),
    circulation: z.string(),
    round: z.int(),
    step: z.string(),
    point: z.string(),
    role: z.string(),
    side: z.enum(['agency', 'client']),
    state: z.string(),
    open: z.boolean(),
    holders: z.array(z.string()),
    title: z.string(),
    version: z.int(),
    hash: z.string().meta({ description: 'Hash of the version that is signed here' }),
    openedAt: z.string().optional(),
    askedAt: z.string().optional(),
    dueAt: z.string().optional(),
    dueInWords: inWords.optional().meta({ description: 'While the step is open' }),
    provisional: z.boolean().meta({ description: 'Whether `dueAt` rests on holidays that are not published yet' }),
    closedAt: z.string().optional(),
    verdict: z.string().optional(),
    decidedBy: z.array(z.string()),
  })
  .meta({ id: 'Step' });

/** What of a stay the world outside may know: never the ids of grants. */
export function stepView(row: StepRow, say: Saying): z.input<typeof stepSchema> {
  const {
    processId,
    circulation,
    round,
    step,
    point,
    role,
    side,
    state,
    open,
    holders,
    title,
    version,
    hash,
    openedAt,
    askedAt,
    dueAt,
    provisional,
    closedAt,
    verdict,
    decidedBy,
  } = row;
  return {
    processId,
    circulation,
    round,
    step,
    point,
    role,
    side,
    state,
    open,
    holders: [...holders],
    title,
    version,
    hash,
    decidedBy: [...decidedBy],
    provisional,
    ...(open ? dueInWords(say, dueAt, provisional) : {}),
    ...(openedAt === undefined ? {} : { openedAt }),
    ...(askedAt === undefined ? {} : { askedAt }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(closedAt === undefined ? {} : { closedAt }),
    ...(verdict === undefined ? {} : { verdict }),
  };
}
