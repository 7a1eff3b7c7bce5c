import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { formIds } from '../../domain/wording/papers.ts';
import { caseActSchemas } from '../../papers/acts-case.ts';
import { caseAtLeast, caseKey, casesLike } from '../../store/cases.ts';
import { beginCase } from '../cases/begin.ts';
import { packOf } from '../cases/pack.ts';
import { contentIn, readsRestricted, reachableCase } from '../cases/read.ts';
import { sendCaseAct, type CaseSent } from '../cases/send.ts';
import { inLanguage, invalid, Problem, problemOfDoor } from '../problems.ts';
import { languageOf } from '../session/language.ts';
import type { Lang } from '../view/lang.ts';
import { caseKeyParam, caseLine, caseLineSchema, caseSchema, caseView, packView } from './case-schemas.ts';
import { brandScope } from './reach.ts';
import { logAnswer, logSchema, outcomeAnswer, outcomeSchema } from './records.ts';
import { tagOf } from './revisions.ts';
import { route, type Answer, type AnyRoute } from './route.ts';
import { commandId, doorAnswerSchema, nothing, pageQuery } from './schemas.ts';
import { sayingFor } from './when.ts';

const tag = 'Meetings';
const caseParams = z.strictObject({ caseId: caseKeyParam });

/** Id of a request that begins something: the same id is the same meeting. */
const requestId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,40}$/, '8 to 40 letters, digits, _ or -')
  .optional()
  .meta({ description: 'The same id is the same meeting, however often it is sent' });

const beginBody = z.looseObject({ id: requestId });
// What a meeting or minutes begin with is no paper.
const { type: _begin, paper: _paper, ...beginShape } = caseActSchemas.begin.shape;
const beginDocument = z.strictObject({ id: requestId, ...beginShape });
/** What beginning a case answers. */
export const begunSchema = z.object({
  id: z.string(),
  commandId: z.string(),
  seq: z.int().optional(),
  outcome: z.string(),
});

/** What became of an act on a case, as an answer; throws where it is a no. `id`: the key of one it began. */
export function caseAnswer(
  sent: CaseSent,
  language: Lang,
  prefix: string,
  more: { readonly status?: 201; readonly id?: string },
): Answer {
  const id = more.id === undefined ? {} : { id: more.id };
  switch (sent.kind) {
    case 'wrong':
      throw invalid(inLanguage(sent.problems, language, prefix));
    case 'accepted': {
      const { commandId: command, receivedAt, seq, repeated } = sent;
      const headers: Readonly<Record<string, string>> =
        more.id === undefined ? {} : { Location: `/api/v1/cases/${more.id}`, ETag: tagOf(seq) };
      return {
        status: more.status ?? 200,
        body: { ...id, commandId: command, receivedAt, outcome: 'accepted', seq, repeated },
        headers,
      };
    }
    case 'received':
      return {
        status: 202,
        body: { ...id, commandId: sent.commandId, receivedAt: sent.receivedAt, outcome: 'received' },
      };
    case 'refused':
    case 'closed':
    case 'unknown':
    case 'unavailable':
      throw problemOfDoor(sent) ?? new Problem('INTERNAL');
  }
}

function beginning(kind: 'meeting' | 'minutes'): AnyRoute {
  return route({
    method: 'post',
    path: kind === 'meeting' ? '/meetings' : '/minutes',
    id: kind === 'meeting' ? 'planMeeting' : 'beginMinutes',
    tag,
    summary:
      kind === 'meeting' ? 'Plan a meeting (M-06)' : 'Begin minutes of what was decided without a meeting (R-134)',
    description:
      '`parts` names people: `confirmer` (one, of the client), `reviewer` (one, of the agency), `participants`, `clientPeople`, `team`.',
    params: nothing,
    query: nothing,
    body: beginBody,
    documentBody: beginDocument,
    answers: {
      201: { description: 'It is begun', schema: begunSchema, headers: ['Location', 'ETag'] },
      202: { description: 'The engine keeps it; nobody has looked at it yet', schema: begunSchema },
    },
    handle: async ({ deps, req, who, body }) => {
      const { id = randomUUID(), ...input } = body;
      const { processId, sent } = await beginCase(deps, who, kind, id, input);
      return caseAnswer(sent, languageOf(req), '', { status: 201, id: caseKey(processId) });
    },
  });
}

/** Routes about meetings and minutes. */
export const caseRoutes: readonly AnyRoute[] = [
  beginning('meeting'),
  beginning('minutes'),
  route({
    method: 'get',
    path: '/cases',
    id: 'listCases',
    tag,
    summary: 'Meetings, minutes, issues and schedules: of my brands, and those I have a part or a task in',
    description:
      '`signature=missing` lists minutes that count as agreed because nobody objected, and that the client has not signed yet.',
    params: nothing,
    query: z.strictObject({
      ...pageQuery,
      kind: z.enum(['meeting', 'minutes', 'issue', 'schedule']).optional(),
      open: z.enum(['true', 'false']).optional(),
      mine: z.enum(['true']).optional().meta({ description: 'Only those I have a part or a task in' }),
      signature: z.enum(['missing']).optional(),
      jobId: z.string().max(64).optional(),
    }),
    answers: {
      200: {
        description: 'Open ones first, then what is due first',
        schema: z.object({ cases: z.array(caseLineSchema) }),
      },
    },
    handle: async ({ deps, req, who, query }) => {
      const { kind, open, mine, signature, jobId, limit } = query;
      const scope = brandScope(who, 'job.read');
      const within =
        scope === 'all' && mine === undefined
          ? {}
          : { personId: who.person.id, ...(scope === 'all' || mine !== undefined ? {} : { brandIds: scope ?? [] }) };
      const rows = await casesLike(deps.store, {
        ...within,
        ...(kind === undefined ? {} : { kind }),
        ...(open === undefined ? {} : { open: open === 'true' }),
        ...(signature === undefined ? {} : { standing: ['DEEMED_CONFIRMED', 'FILED_TACIT'] }),
        ...(jobId === undefined ? {} : { jobId }),
        limit,
      });
      const say = await sayingFor(deps, req);
      return { status: 200, body: { cases: rows.map((row) => caseLine(row, say)) } };
    },
  }),
  route({
    method: 'get',
    path: '/cases/{caseId}',
    id: 'getCase',
    tag,
    summary: 'One meeting, minutes or issue: papers, clocks, verdicts, tasks, and what may happen next',
    params: caseParams,
    query: z.strictObject({
      atLeast: z.coerce.number().int().min(0).max(10_000_000).optional().meta({ description: 'Wait for this entry' }),
    }),
    answers: { 200: { description: 'The case', schema: caseSchema, headers: ['ETag'] } },
    handle: async ({ deps, req, who, params, query }) => {
      if (query.atLeast !== undefined) {
        const { row } = await reachableCase(deps, who, params.caseId);
        await caseAtLeast(deps.store, row._id, query.atLeast, 2_000);
      }
      const found = await reachableCase(deps, who, params.caseId);
      const [say, pack] = await Promise.all([sayingFor(deps, req), packOf(deps, who, found.state)]);
      const body = { ...caseView(found, who, languageOf(req), say), ...(pack ? { pack: packView(pack, say) } : {}) };
      return { status: 200, body, headers: { ETag: tagOf(found.row.seq) } };
    },
  }),
  route({
    method: 'get',
    path: '/cases/{caseId}/papers/{form}',
    id: 'getCasePaper',
    tag,
    summary: 'Notice, agenda, minutes or issue record as they were last brought',
    description: 'Whoever does not keep the account reads the copy of the minutes, without the confidential paragraph.',
    params: z.strictObject({ caseId: caseKeyParam, form: z.enum(formIds) }),
    query: nothing,
    answers: {
      200: {
        description: 'The newest version',
        schema: z.object({
          form: z.string(),
          version: z.int(),
          hash: z.string(),
          copy: z.boolean(),
          content: z.record(z.string(), z.unknown()),
        }),
      },
    },
    handle: async ({ deps, who, params }) => {
      const { state } = await reachableCase(deps, who, params.caseId);
      const copy = !readsRestricted(state, who);
      const [paper, content] = [state.papers[params.form], await contentIn(deps, state, params.form, { copy })];
      if (paper === undefined || content === undefined) throw new Problem('NOT_FOUND');
      return { status: 200, body: { form: paper.form, version: paper.version, hash: paper.hash, copy, content } };
    },
  }),
  route({
    method: 'post',
    path: '/cases/{caseId}/acts',
    id: 'actOnCase',
    tag,
    summary:
      'Do something: make a move, tick an item, settle a task, confirm, decline or report an entry of a schedule',
    params: caseParams,
    query: nothing,
    body: z.strictObject({ id: commandId.optional(), act: z.unknown() }),
    documentBody: z.strictObject({
      id: commandId.optional(),
      act: z.union([
        caseActSchemas.move,
        caseActSchemas.tick,
        caseActSchemas.settleTask,
        caseActSchemas.confirmEntry,
        caseActSchemas.declineEntry,
        caseActSchemas.reportEntry,
      ]),
    }),
    example: { act: { type: 'settleTask', task: 'v1.1', done: true } },
    answers: {
      200: { description: 'It happened', schema: doorAnswerSchema },
      202: { description: 'The engine keeps it; its outcome will be recorded', schema: doorAnswerSchema },
    },
    handle: async ({ deps, req, who, params, body }) => {
      const { row } = await reachableCase(deps, who, params.caseId);
      const sent = await sendCaseAct(deps, who, row._id, body.id ?? randomUUID(), body.act);
      return caseAnswer(sent, languageOf(req), 'act', {});
    },
  }),
  route({
    method: 'get',
    path: '/cases/{caseId}/commands/{commandId}',
    id: 'outcomeOfCaseCommand',
    tag,
    summary: 'What became of a command, also one that was only received',
    params: z.strictObject({ caseId: caseKeyParam, commandId }),
    query: nothing,
    answers: {
      200: {
        description: '`pending` says nothing either way',
        schema: outcomeSchema,
      },
    },
    handle: async ({ deps, req, who, params }) => {
      const { row } = await reachableCase(deps, who, params.caseId);
      return outcomeAnswer(deps.store, row._id, params.commandId, languageOf(req));
    },
  }),
  route({
    method: 'get',
    path: '/cases/{caseId}/log',
    id: 'exportCaseLog',
    tag,
    summary: 'The log of a meeting or of minutes as a file that `jobbag verify` checks offline',
    params: caseParams,
    query: nothing,
    answers: {
      200: {
        description: 'Entries as they are kept, with their hashes, and the signed daily files that name this case',
        schema: logSchema,
      },
    },
    handle: async ({ deps, who, params }) => {
      const { row } = await reachableCase(deps, who, params.caseId);
      return logAnswer(deps.store, row._id);
    },
  }),
];
