import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { issueRecord } from '../../papers/service/issue-record.ts';
import { caseKey, casesLike } from '../../store/cases.ts';
import { raiseIssue } from '../cases/raise.ts';
import { languageOf } from '../session/language.ts';
import { begunSchema, caseAnswer } from './case-routes.ts';
import { caseLine, caseLineSchema } from './case-schemas.ts';
import { reachableJob } from './reach.ts';
import { route, type AnyRoute } from './route.ts';
import { nothing, processId } from './schemas.ts';
import { sayingFor } from './when.ts';

const jobParams = z.strictObject({ jobId: processId });
const title = z.string().max(200).meta({ description: 'In one line; the client reads it in the subject of a mail' });
const requestId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,40}$/, '8 to 40 letters, digits, _ or -')
  .optional()
  .meta({ description: 'The same id is the same issue, however often it is sent' });
const since = z.string().max(40).optional().meta({ description: 'Since when; ISO-8601, not ahead. Mandatory' });
const told = z.string().max(64).optional().meta({ description: 'Who of the client is to be told' });

/** Routes about issues of a job (M-16). What is done with one goes through `POST /cases/{caseId}/acts`. */
export const issueRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/jobs/{jobId}/issues',
    id: 'listIssues',
    tag: 'Jobs',
    summary: 'Issues of a job: open ones first, what is due first on top',
    params: jobParams,
    query: nothing,
    answers: { 200: { description: 'The issues', schema: z.object({ issues: z.array(caseLineSchema) }) } },
    handle: async ({ deps, req, who, params }) => {
      const { _id: jobId } = await reachableJob(deps, who, params.jobId, 'job.read');
      const [rows, say] = await Promise.all([casesLike(deps.store, { kind: 'issue', jobId }), sayingFor(deps, req)]);
      return { status: 200, body: { issues: rows.map((row) => caseLine(row, say)) } };
    },
  }),
  route({
    method: 'post',
    path: '/jobs/{jobId}/issues',
    id: 'raiseIssue',
    tag: 'Jobs',
    summary: 'Raise an issue on a running job (M-16): whoever of the house may see the job',
    description:
      'It lies with whoever answers for the job until cause and solution are on record and the client was told (R-64). The moves of the case do that: `record` brings F-63, `tellByMail` and `tellByPhone` tell the client, `close` ends it and names what is missing.',
    params: jobParams,
    query: nothing,
    body: z.strictObject({ id: requestId, title, since, told, content: z.unknown() }),
    documentBody: z.strictObject({ id: requestId, title, since, told, content: issueRecord.draftSchema }),
    example: {
      title: '打样色差',
      since: '2026-03-12T02:30:00.000Z',
      content: { happened: '打样偏红，与正稿不符', jobStage: 'PROOF_QC' },
    },
    answers: {
      201: { description: 'It is raised', schema: begunSchema, headers: ['Location', 'ETag'] },
      202: { description: 'The engine keeps it; nobody has looked at it yet', schema: begunSchema },
    },
    handle: async ({ deps, req, who, params, body }) => {
      const job = await reachableJob(deps, who, params.jobId, 'job.read');
      const { id = randomUUID(), ...input } = body;
      const begun = await raiseIssue(deps, who, job, id, { ...input, content: body.content });
      return caseAnswer(begun.sent, languageOf(req), '', { status: 201, id: caseKey(begun.processId) });
    },
  }),
];
