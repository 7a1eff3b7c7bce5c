import { z } from 'zod';
import { exportLog } from '../../store/export.ts';
import { mailsOfJob } from '../../store/outbox.ts';
import { outcomeOf } from '../door/records.ts';
import { Problem } from '../problems.ts';
import { languageOf } from '../session/language.ts';
import { reachableJob } from './reach.ts';
import { route, type AnyRoute } from './route.ts';
import { refusalIn } from './sayings.ts';
import { commandId, nothing, processId, refusalSchema } from './schemas.ts';

const jobParams = z.strictObject({ jobId: processId });

/** Routes about what was recorded: log, outcomes of commands, mails. */
export const recordRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/jobs/{jobId}/log',
    id: 'exportLog',
    tag: 'Records',
    summary: 'The log of a job as a file that `jobbag verify` checks offline',
    params: jobParams,
    query: z.strictObject({
      toSeq: z.coerce
        .number()
        .int()
        .min(1)
        .max(10_000_000)
        .optional()
        .meta({ description: 'Up to and with this entry' }),
    }),
    answers: {
      200: {
        description: 'Entries as they are kept, with their hashes, and the signed daily files that name this job',
        schema: z.object({
          format: z.literal('jobbag-log-1'),
          processId: z.string(),
          head: z.object({ seq: z.int(), hash: z.string() }),
          entries: z.array(z.object({ seq: z.int(), body: z.string(), hash: z.string() })),
          daily: z.array(z.unknown()),
        }),
      },
    },
    handle: async ({ deps, who, params, query }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.log');
      const log = await exportLog(deps.store, row._id, query.toSeq === undefined ? {} : { toSeq: query.toSeq });
      if (log === undefined) throw new Problem('NOT_FOUND');
      return { status: 200, body: log };
    },
  }),
  route({
    method: 'get',
    path: '/jobs/{jobId}/commands/{commandId}',
    id: 'outcomeOfCommand',
    tag: 'Records',
    summary: 'What became of a command, also one that was only received',
    params: z.strictObject({ jobId: processId, commandId }),
    query: nothing,
    answers: {
      200: {
        description: '`pending` says nothing either way: it may still lie with the engine, or never have come',
        schema: z.object({
          commandId: z.string(),
          outcome: z.enum(['accepted', 'refused', 'pending']),
          seq: z.int().optional(),
          refusal: refusalSchema.optional(),
        }),
      },
    },
    handle: async ({ deps, req, who, params }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.read');
      const outcome = await outcomeOf(deps.store, row._id, params.commandId);
      if (outcome === undefined) return { status: 200, body: { commandId: params.commandId, outcome: 'pending' } };
      return outcome.accepted
        ? { status: 200, body: { commandId: params.commandId, outcome: 'accepted', seq: outcome.seq } }
        : {
            status: 200,
            body: {
              commandId: params.commandId,
              outcome: 'refused',
              refusal: refusalIn(outcome.refusal, languageOf(req)),
            },
          };
    },
  }),
  route({
    method: 'get',
    path: '/jobs/{jobId}/mails',
    id: 'listMails',
    tag: 'Records',
    summary: 'Mails of a job: to whom, accepted or not; never a link, addresses masked',
    params: jobParams,
    query: nothing,
    answers: {
      200: {
        description: 'Mails, oldest first',
        schema: z.object({
          mails: z.array(
            z.object({
              mailId: z.string(),
              kind: z.string(),
              personId: z.string(),
              state: z.string(),
              queuedAt: z.string(),
              sentAt: z.string().optional(),
              why: z.string().optional(),
              address: z.string().optional(),
              attempts: z.int(),
              together: z.boolean(),
              addressRevision: z.int(),
            }),
          ),
        }),
      },
    },
    handle: async ({ deps, who, params }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.mail');
      return { status: 200, body: { mails: await mailsOfJob(deps.store, row._id) } };
    },
  }),
];
