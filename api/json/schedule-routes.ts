import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { executionSchedule } from '../../papers/timing/schedule.ts';
import { caseKey } from '../../store/cases.ts';
import { wholeJob } from '../../store/jobs.ts';
import { contentIn } from '../cases/read.ts';
import { layDown, scheduleOf } from '../cases/schedule.ts';
import { Problem } from '../problems.ts';
import { languageOf } from '../session/language.ts';
import { pick } from '../view/lang.ts';
import { begunSchema, caseAnswer } from './case-routes.ts';
import { reachableJob } from './reach.ts';
import { route, type AnyRoute } from './route.ts';
import { entriesView, entrySchema } from './schedule-schemas.ts';
import { commandId, nothing, processId } from './schemas.ts';
import { inWords, sayingFor } from './when.ts';

const jobParams = z.strictObject({ jobId: processId });
const id = commandId.optional().meta({ description: 'The same id is the same version, however often it is sent' });

const scheduleSchema = z
  .object({
    id: z.string().meta({ description: 'Key of the schedule; acts on its entries go to `POST /cases/{caseId}/acts`' }),
    state: z.string(),
    stateTitle: z.string(),
    ownerId: z.string(),
    paper: z.object({ version: z.int(), hash: z.string(), by: z.string(), at: z.string(), inWords }).optional(),
    entries: z.array(entrySchema),
  })
  .meta({ id: 'ExecutionSchedule' });

/** Routes of a job's execution schedule (F-11, R-52, R-53). What executors say goes through `POST /cases/{caseId}/acts`. */
export const scheduleRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/jobs/{jobId}/schedule',
    id: 'scheduleOfJob',
    tag: 'Time',
    summary: 'The execution schedule: who does what by when to which standard, who confirmed it, what is done',
    params: jobParams,
    query: nothing,
    answers: { 200: { description: 'The schedule as it stands now', schema: scheduleSchema } },
    handle: async ({ deps, req, who, params }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.read');
      const [state, say] = await Promise.all([scheduleOf(deps, row._id), sayingFor(deps, req)]);
      if (state === undefined) throw new Problem('NOT_FOUND');
      const content = await contentIn(deps, state, 'F-11', { copy: false });
      const paper = state.papers['F-11'];
      const title = state.definition.states[state.state]?.title;
      return {
        status: 200,
        body: {
          id: caseKey(state.processId),
          state: state.state,
          stateTitle: title === undefined ? state.state : pick(title, languageOf(req)),
          ownerId: state.ownerId,
          ...(paper === undefined
            ? {}
            : {
                paper: {
                  version: paper.version,
                  hash: paper.hash,
                  by: paper.by,
                  at: paper.at,
                  inWords: say.moment(paper.at),
                },
              }),
          entries: entriesView(state, say, content),
        },
      };
    },
  }),
  route({
    method: 'post',
    path: '/jobs/{jobId}/schedule',
    id: 'layDownSchedule',
    tag: 'Time',
    summary: 'Lay down the next version of the execution schedule (F-11)',
    description:
      'Account service lays it down with the executing team. Whoever has an entry that is new, or that changed in task, person, time node or standard, is asked to confirm it; every other confirmation stands. An entry without person, node or standard is refused by name.',
    params: jobParams,
    query: nothing,
    body: z.strictObject({ id, content: z.unknown() }),
    documentBody: z.strictObject({ id, content: executionSchedule.schema }),
    example: {
      content: {
        entries: [
          {
            stage: '执行准备',
            task: '活动现场搭建',
            owner: 'p-lin',
            timeNode: '2026-12-20T08:00:00.000Z',
            standard: '舞台、灯光、音响到位，彩排一次通过',
          },
        ],
      },
    },
    answers: {
      200: {
        description: 'It is laid down; its executors are asked',
        schema: begunSchema,
        headers: ['Location', 'ETag'],
      },
      202: { description: 'The engine keeps it; nobody has looked at it yet', schema: begunSchema },
    },
    handle: async ({ deps, req, who, params, body }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.read');
      const job = await wholeJob(deps.store, row._id);
      if (job === null) throw new Problem('NOT_FOUND');
      const { processId: schedule, sent } = await layDown(deps, who, job, body.id ?? randomUUID(), body.content);
      const named =
        sent.kind === 'wrong'
          ? { ...sent, problems: sent.problems.map((one) => ({ ...one, field: one.field.replace(/^paper\./, '') })) }
          : sent;
      return caseAnswer(named, languageOf(req), '', { id: caseKey(schedule) });
    },
  }),
];
