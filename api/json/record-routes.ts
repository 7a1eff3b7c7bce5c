import { z } from 'zod';
import { mailsOfJob } from '../../store/outbox.ts';
import { languageOf } from '../session/language.ts';
import { reachableJob } from './reach.ts';
import { logAnswer, logSchema, outcomeAnswer, outcomeSchema } from './records.ts';
import { route, type AnyRoute } from './route.ts';
import { commandId, nothing, processId } from './schemas.ts';

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
        schema: logSchema,
      },
    },
    handle: async ({ deps, who, params, query }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.log');
      return logAnswer(deps.store, row._id, query.toSeq === undefined ? {} : { toSeq: query.toSeq });
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
        schema: outcomeSchema,
      },
    },
    handle: async ({ deps, req, who, params }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.read');
      return outcomeAnswer(deps.store, row._id, params.commandId, languageOf(req));
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
        description: 'Mails, newest first',
        schema: z.object({
          mails: z.array(
            z.object({
              mailId: z.string(),
              kind: z.string(),
              personId: z.string(),
              state: z.enum(['queued', 'claimed', 'sent', 'failed', 'leftOut']).meta({
                description:
                  '`leftOut`: what it asked for was over, answered or with somebody else before it left; `why` says which',
              }),
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
