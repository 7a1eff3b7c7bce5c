import { z } from 'zod';
import { answersOf, possible, type JobAnswers, type Possibility } from '../../domain/job/answers.ts';
import { readBoard } from '../../store/board.ts';
import { jobAtLeast, wholeJob } from '../../store/jobs.ts';
import { stepsOf } from '../../store/steps.ts';
import { acts } from '../../papers/acts.ts';
import { languageOf } from '../session/language.ts';
import type { Lang } from '../view/lang.ts';
import { Problem } from '../problems.ts';
import { createJob } from './create-job.ts';
import { readDesk } from './desk-route.ts';
import { findJobs } from './find-jobs.ts';
import { jobSchema, jobView, stepSchema, stepView } from './job-views.ts';
import { brandScope, reachableJob } from './reach.ts';
import { tagOf } from './revisions.ts';
import { route, type AnyRoute } from './route.ts';
import { refusalIn } from './sayings.ts';
import { commandId, doorAnswerSchema, id, nothing, phase, processId, refusalSchema } from './schemas.ts';
import { takeAct } from './take-act.ts';
import { dueInWords, inWords, sayingFor, type Saying } from './when.ts';

/** How long a reader waits for the read model to reach the entry it asked for; milliseconds. */
const atLeastWaitMs = 3_000;

const jobParams = z.strictObject({ jobId: processId });
const yes = z.enum(['true', 'false']).transform((text) => text === 'true');
const requestSchema = acts.find((act) => act.type === 'request')?.schema ?? z.never();
const actSchema = z.union(
  acts
    .filter((act) => act.type !== 'request')
    .map((act) => act.schema.meta({ title: act.type, description: act.description.en })),
);

const possibilitySchema = z.object({
  act: z.string(),
  point: z.string().optional(),
  circulation: z.string().optional(),
  step: z.string().optional(),
  by: z.array(z.string()),
  possible: z.boolean(),
  refusal: refusalSchema.optional(),
});

function possibilityView(one: Possibility, language: Lang) {
  const { refusal, ...rest } = one;
  return {
    ...rest,
    possible: refusal === undefined,
    ...(refusal === undefined ? {} : { refusal: refusalIn(refusal, language) }),
  };
}

const source = z
  .enum(['process', 'store'])
  .meta({ description: 'Who answered: the process itself, or the store where the process could not' });
const answersSchema = z
  .object({
    source,
    processId: z.string(),
    jobNumber: z.string().optional(),
    phase,
    since: z.string(),
    holders: z.array(
      z.object({
        personId: z.string(),
        circulation: z.string().optional(),
        step: z.string().optional(),
        since: z.string().optional(),
        dueAt: z.string().optional(),
        dueInWords: inWords.optional(),
      }),
    ),
    next: z.array(z.string()),
    dueAt: z.string().optional(),
    dueInWords: inWords.optional(),
    due: z
      .object({
        of: z.enum(['step', 'proposal', 'node', 'stage', 'delivery', 'wanted']),
        at: z.string().optional(),
        date: z.string().optional(),
      })
      .optional()
      .meta({
        description:
          'The fifth answer and what says it: the desk due first, the proposal that is arranged, the next key node, the agreed delivery, the date the client wants, else a week from the beginning of the stage; absent only for a job that is over',
      }),
    late: z.boolean(),
    lastDecision: z.object({ personId: z.string(), verdict: z.string(), at: z.string(), step: z.string() }).optional(),
  })
  .meta({ id: 'FiveAnswers' });

/** The five answers with their dates in words. */
function answersView(source: 'process' | 'store', answers: JobAnswers, say: Saying) {
  const { dueAt } = answers;
  return {
    source,
    ...answers,
    holders: answers.holders.map((holder) => ({ ...holder, ...dueInWords(say, holder.dueAt) })),
    ...dueInWords(say, dueAt),
    late: dueAt !== undefined && dueAt < say.now,
  };
}

/** Routes about jobs: lists, creation, acts, and what a job is and can do now. */
export const jobRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/jobs',
    id: 'findJobs',
    tag: 'Jobs',
    summary: 'Find jobs in my reach',
    params: nothing,
    query: z.strictObject({
      q: z
        .string()
        .max(200)
        .optional()
        .meta({ description: 'Words of number, title, client, brand or line; Chinese works by any two characters' }),
      phase: phase.optional(),
      open: yes.optional(),
      ownerId: id().optional(),
      clientId: id().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      skip: z.coerce.number().int().min(0).max(10_000).default(0),
    }),
    answers: { 200: { description: 'Jobs, newest movement first', schema: z.object({ jobs: z.array(jobSchema) }) } },
    handle: async ({ deps, req, who, query }) => {
      const scope = brandScope(who, 'job.read');
      if (scope === undefined) return { status: 200, body: { jobs: [] } };
      const [found, say] = await Promise.all([findJobs(deps.store, { ...query, scope }), sayingFor(deps, req)]);
      return { status: 200, body: { jobs: found.map((row) => jobView(row, say)) } };
    },
  }),
  route({
    method: 'post',
    path: '/jobs',
    id: 'requestJob',
    tag: 'Jobs',
    summary: 'Ask for a job (立项申请)',
    description:
      'Body: the act `request`. The same key and body give the same answer for a day; the same key with another body is refused.',
    headers: z.object({
      'idempotency-key': z.string().min(8).max(200).meta({ description: 'Chosen by the sender, once for each job' }),
    }),
    params: nothing,
    query: nothing,
    body: z.unknown(),
    documentBody: requestSchema,
    answers: {
      201: {
        description: 'The job exists',
        schema: z.object({ id: z.string(), commandId: z.string(), seq: z.int() }),
        headers: ['Location', 'ETag'],
      },
      202: {
        description: 'Kept by the engine; nobody has looked at it yet',
        schema: z.object({ id: z.string(), commandId: z.string(), outcome: z.literal('received') }),
        headers: ['Location'],
      },
    },
    handle: ({ deps, req, who, body }) => createJob(deps, req, who, body),
  }),
  route({
    method: 'get',
    path: '/board',
    id: 'readBoard',
    tag: 'Jobs',
    summary: 'The board: open jobs by column, due first on top',
    params: nothing,
    query: z.strictObject({ ownerId: id().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    answers: {
      200: {
        description: 'Columns with their cards and counts',
        schema: z.object({
          columns: z.array(
            z.object({
              column: z.string(),
              counts: z.object({ open: z.int(), late: z.int(), withClient: z.int() }),
              jobs: z.array(jobSchema),
            }),
          ),
          counts: z.object({ open: z.int(), late: z.int(), withClient: z.int() }),
        }),
      },
    },
    handle: async ({ deps, req, who, query }) => {
      const scope = brandScope(who, 'job.read') ?? [];
      const say = await sayingFor(deps, req);
      const board = await readBoard(deps.store, {
        scope,
        now: say.now,
        limit: query.limit,
        ...(query.ownerId === undefined ? {} : { ownerId: query.ownerId }),
      });
      const columns = board.columns.map(({ column, counts, cards }) => ({
        column,
        counts,
        jobs: cards.map((card) => jobView(card, say)),
      }));
      return { status: 200, body: { columns, counts: board.counts } };
    },
  }),
  readDesk,
  route({
    method: 'get',
    path: '/jobs/{jobId}',
    id: 'getJob',
    tag: 'Jobs',
    summary: 'One job: where it stands, its papers, pieces and revisions',
    params: jobParams,
    query: z.strictObject({
      atLeast: z.coerce
        .number()
        .int()
        .min(0)
        .max(10_000_000)
        .optional()
        .meta({ description: 'Wait until this entry of the log is read, e.g. the seq of an accepted act' }),
    }),
    answers: {
      200: {
        description: 'The job; the ETag is the number of its last entry',
        schema: z.object({
          job: jobSchema,
          papers: z.array(z.unknown()),
          pieces: z.array(z.unknown()),
          proposals: z.array(z.unknown()),
          revisions: z.array(z.unknown()),
          opinions: z.array(z.unknown()),
        }),
        headers: ['ETag'],
      },
    },
    handle: async ({ deps, req, who, params, query }) => {
      // Waited for before anything is judged: a job that was created just now is not in the read model yet.
      const there =
        query.atLeast === undefined ||
        (await jobAtLeast(deps.store, params.jobId, query.atLeast, atLeastWaitMs)) !== undefined;
      const first = await reachableJob(deps, who, params.jobId, 'job.read');
      if (!there && first.seq < (query.atLeast ?? 0))
        throw new Problem('UNAVAILABLE', { headers: { 'Retry-After': '1' } });
      const job = await wholeJob(deps.store, first._id);
      if (job === null) throw new Problem('NOT_FOUND');
      const { papers, pieces, proposals, revisions, opinions } = job.state;
      const body = {
        job: jobView(job.row, await sayingFor(deps, req)),
        papers: Object.values(papers),
        pieces: Object.values(pieces),
        proposals,
        revisions,
        opinions,
      };
      return { status: 200, body, headers: { ETag: tagOf(job.row.seq) } };
    },
  }),
  route({
    method: 'post',
    path: '/jobs/{jobId}/acts',
    id: 'act',
    tag: 'Jobs',
    summary: 'Do something on a job: any act and any of the six verbs',
    description:
      'Give an `id` of your own and the same act counts once, however often it is sent. 202 means the engine keeps it and its outcome will be recorded: ask `/commands/{commandId}`.',
    params: jobParams,
    query: nothing,
    body: z.strictObject({ act: z.unknown(), id: commandId.optional() }),
    documentBody: z.object({ act: actSchema, id: commandId.optional() }),
    example: {
      act: { type: 'sign', circulation: 'workOrder-1', round: 1, step: 'copywriter', hash: '0'.repeat(64) },
      id: 'c3f1a2f0-6c1e-4a2b-9d56-0a4d8f2b7c11',
    },
    answers: {
      200: { description: 'Accepted', schema: doorAnswerSchema },
      202: { description: 'Received', schema: doorAnswerSchema, headers: ['Location'] },
    },
    handle: async ({ deps, req, who, params, body }) =>
      takeAct(deps, req, who, (await reachableJob(deps, who, params.jobId, 'job.read'))._id, body),
  }),
  route({
    method: 'get',
    path: '/jobs/{jobId}/possible',
    id: 'possibleActs',
    tag: 'Jobs',
    summary: 'What may happen now, by whom, and why the rest may not',
    params: jobParams,
    query: nothing,
    answers: {
      200: {
        description: 'Every act one can think of',
        schema: z.object({ source, possible: z.array(possibilitySchema) }),
      },
    },
    handle: async ({ deps, req, who, params }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.read');
      const language = languageOf(req);
      const asked = row.open ? await deps.door.possible(row._id) : ({ kind: 'gone' } as const);
      if (asked.kind === 'answered')
        return {
          status: 200,
          body: { source: 'process', possible: asked.answer.map((one) => possibilityView(one, language)) },
        };
      const job = await wholeJob(deps.store, row._id);
      if (job === null) throw new Problem('NOT_FOUND');
      return {
        status: 200,
        body: { source: 'store', possible: possible(job.state).map((one) => possibilityView(one, language)) },
      };
    },
  }),
  route({
    method: 'get',
    path: '/jobs/{jobId}/state',
    id: 'fiveAnswers',
    tag: 'Jobs',
    summary: 'The five answers: state, holder, since when, what next, until when',
    params: jobParams,
    query: nothing,
    answers: { 200: { description: 'The answers', schema: answersSchema } },
    handle: async ({ deps, req, who, params }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.read');
      const asked = row.open ? await deps.door.state(row._id) : ({ kind: 'gone' } as const);
      const say = await sayingFor(deps, req);
      if (asked.kind === 'answered') return { status: 200, body: answersView('process', asked.answer, say) };
      const job = await wholeJob(deps.store, row._id);
      if (job === null) throw new Problem('NOT_FOUND');
      return { status: 200, body: answersView('store', answersOf(job.state), say) };
    },
  }),
  route({
    method: 'get',
    path: '/jobs/{jobId}/steps',
    id: 'listSteps',
    tag: 'Jobs',
    summary: 'Every stay of a paper on a desk of this job, oldest first',
    params: jobParams,
    query: nothing,
    answers: {
      200: {
        description: 'Steps; circulation, round, step and hash are what a verb needs',
        schema: z.object({ steps: z.array(stepSchema) }),
      },
    },
    handle: async ({ deps, req, who, params }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.read');
      const [steps, say] = await Promise.all([stepsOf(deps.store, row._id), sayingFor(deps, req)]);
      return { status: 200, body: { steps: steps.map((step) => stepView(step, say)) } };
    },
  }),
];
