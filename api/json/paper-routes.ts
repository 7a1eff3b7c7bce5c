import { z } from 'zod';
import { formIds } from '../../domain/wording/papers.ts';
import { checkDraft, checkPaper, formJsonSchema, freeze } from '../../papers/form.ts';
import { forms } from '../../papers/index.ts';
import { draftOf, draftsOf, dropDraft, saveDraft, type Draft } from '../../store/drafts.ts';
import { freezePapers } from '../../store/freeze.ts';
import { frozenPaper, jobsWithPaper, paperVersionsOf } from '../../store/papers.ts';
import { inLanguage, invalid, Problem } from '../problems.ts';
import { languageOf } from '../session/language.ts';
import { reachableJob } from './reach.ts';
import { basedOn, tagOf } from './revisions.ts';
import { route, type AnyRoute, type Answer } from './route.ts';
import { id, nothing, processId, sha256Hex } from './schemas.ts';

const formId = z.enum(formIds).meta({ description: 'Form', example: 'F-04' });
const content = z
  .record(z.string(), z.unknown())
  .meta({ description: 'Fields of the form; its JSON Schema is at /forms/{form}' });
const draftParams = z.strictObject({ draftId: id() });
const draftSchema = z
  .object({
    id: z.string(),
    form: formId,
    processId: z.string().optional(),
    revision: z.int(),
    content: z.unknown(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Draft' });

function draftAnswer(draft: Draft): Answer {
  const { id: draftId, form, processId: job, revision, content: typed, updatedAt } = draft;
  return {
    status: 200,
    body: { id: draftId, form, ...(job === undefined ? {} : { processId: job }), revision, content: typed, updatedAt },
    headers: { ETag: tagOf(revision) },
  };
}

/** Routes about papers: forms, checks, frozen versions and drafts. */
export const paperRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/forms',
    id: 'listForms',
    tag: 'Papers',
    summary: 'The forms of the house',
    params: nothing,
    query: nothing,
    answers: {
      200: {
        description: 'Forms',
        schema: z.object({
          forms: z.array(
            z.object({
              id: formId,
              title: z.object({ zh: z.string(), en: z.string() }),
              writtenBy: z.array(z.string()),
            }),
          ),
        }),
      },
    },
    handle: async () => ({
      status: 200,
      body: { forms: Object.values(forms).map(({ id: form, title, writtenBy }) => ({ id: form, title, writtenBy })) },
    }),
  }),
  route({
    method: 'get',
    path: '/forms/{form}',
    id: 'getForm',
    tag: 'Papers',
    summary: 'JSON Schema of a form',
    params: z.strictObject({ form: formId }),
    query: nothing,
    answers: {
      200: { description: 'JSON Schema 2020-12 of the complete paper', schema: z.record(z.string(), z.unknown()) },
    },
    handle: async ({ params }) => ({ status: 200, body: formJsonSchema(forms[params.form]) }),
  }),
  route({
    method: 'post',
    path: '/forms/{form}/validate',
    id: 'validatePaper',
    tag: 'Papers',
    summary: 'Check a paper without keeping it',
    params: z.strictObject({ form: formId }),
    query: nothing,
    body: z.strictObject({
      content,
      draft: z.boolean().default(false).meta({ description: 'Let anything be absent' }),
    }),
    example: { content: {}, draft: true },
    answers: {
      200: {
        description: 'It is right; with the facts guards will read',
        schema: z.object({ content: z.unknown(), facts: z.record(z.string(), z.unknown()), hash: z.string() }),
      },
    },
    handle: async ({ req, params, body }) => {
      const form = forms[params.form];
      const checked = body.draft ? checkDraft(form, body.content) : checkPaper(form, body.content);
      if (!checked.ok) throw invalid(inLanguage(checked.problems, languageOf(req), 'content'));
      const frozen = freeze(form, checked.content);
      return { status: 200, body: { content: frozen.content, facts: frozen.facts, hash: frozen.hash } };
    },
  }),
  route({
    method: 'post',
    path: '/forms/{form}/freeze',
    id: 'freezePaper',
    tag: 'Papers',
    summary: 'Keep a version under its hash; it becomes part of a job by an act',
    params: z.strictObject({ form: formId }),
    query: nothing,
    body: z.strictObject({ content }),
    example: { content: {} },
    answers: {
      201: {
        description: 'Kept; the same content is the same hash',
        schema: z.object({ form: formId, hash: z.string(), facts: z.record(z.string(), z.unknown()) }),
      },
    },
    handle: async ({ deps, req, params, body }) => {
      const checked = checkDraft(forms[params.form], body.content);
      if (!checked.ok) throw invalid(inLanguage(checked.problems, languageOf(req), 'content'));
      const frozen = freeze(forms[params.form], checked.content);
      await freezePapers(deps.store, deps.blobs, [frozen]);
      return { status: 201, body: { form: frozen.form, hash: frozen.hash, facts: frozen.facts } };
    },
  }),
  route({
    method: 'get',
    path: '/jobs/{jobId}/papers',
    id: 'listPapers',
    tag: 'Papers',
    summary: 'Every version of every paper of a job, oldest first',
    params: z.strictObject({ jobId: processId }),
    query: nothing,
    answers: {
      200: {
        description: 'Versions',
        schema: z.object({
          papers: z.array(
            z.object({
              key: z.string(),
              form: z.string(),
              version: z.int(),
              hash: z.string(),
              by: z.string(),
              at: z.string(),
              status: z.string(),
            }),
          ),
        }),
      },
    },
    handle: async ({ deps, who, params }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.read');
      const versions = await paperVersionsOf(deps.store, row._id);
      return {
        status: 200,
        body: {
          papers: versions.map(({ key, form, version, hash, by, at, status }) => ({
            key,
            form,
            version,
            hash,
            by,
            at,
            status,
          })),
        },
      };
    },
  }),
  route({
    method: 'get',
    path: '/jobs/{jobId}/papers/{hash}',
    id: 'getPaper',
    tag: 'Papers',
    summary: 'One version of a paper with its words',
    params: z.strictObject({ jobId: processId, hash: sha256Hex }),
    query: nothing,
    answers: {
      200: {
        description: 'The version',
        schema: z.object({
          form: z.string(),
          hash: z.string(),
          content: z.unknown(),
          facts: z.record(z.string(), z.unknown()),
        }),
        headers: ['ETag'],
      },
    },
    handle: async ({ deps, who, params }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.read');
      const inJob = (await jobsWithPaper(deps.store, params.hash)).includes(row._id);
      const paper = inJob ? await frozenPaper(deps.store, params.hash) : null;
      if (paper === null) throw new Problem('NOT_FOUND');
      return { status: 200, body: paper, headers: { ETag: `"${paper.hash}"` } };
    },
  }),
  route({
    method: 'get',
    path: '/drafts',
    id: 'listDrafts',
    tag: 'Papers',
    summary: 'My drafts, newest first',
    params: nothing,
    query: nothing,
    answers: { 200: { description: 'Drafts', schema: z.object({ drafts: z.array(draftSchema) }) } },
    handle: async ({ deps, who }) => ({
      status: 200,
      body: { drafts: (await draftsOf(deps.store, who.person.id)).map((row) => draftAnswer(row).body) },
    }),
  }),
  route({
    method: 'get',
    path: '/drafts/{draftId}',
    id: 'getDraft',
    tag: 'Papers',
    summary: 'One of my drafts',
    params: draftParams,
    query: nothing,
    answers: { 200: { description: 'The draft', schema: draftSchema, headers: ['ETag'] } },
    handle: async ({ deps, who, params }) => {
      const row = await draftOf(deps.store, params.draftId, who.person.id);
      if (row === null) throw new Problem('NOT_FOUND');
      return draftAnswer(row);
    },
  }),
  route({
    method: 'put',
    path: '/drafts/{draftId}',
    id: 'saveDraft',
    tag: 'Papers',
    summary: 'Save a draft over the revision seen',
    headers: z.object({
      'if-match': z.string().optional().meta({ description: 'ETag of the draft as it was read' }),
      'if-none-match': z.string().optional().meta({ description: '`*` for a new draft' }),
    }),
    params: draftParams,
    query: nothing,
    body: z.strictObject({ form: formId, processId: processId.optional(), content }),
    example: { form: 'F-04', content: {} },
    answers: { 200: { description: 'Saved', schema: z.object({ revision: z.int() }), headers: ['ETag'] } },
    handle: async ({ deps, req, who, params, body }) => {
      const checked = checkDraft(forms[body.form], body.content);
      if (!checked.ok) throw invalid(inLanguage(checked.problems, languageOf(req), 'content'));
      const job =
        body.processId === undefined ? undefined : (await reachableJob(deps, who, body.processId, 'job.read'))._id;
      const saved = await saveDraft(deps.store, {
        id: params.draftId,
        ownerId: who.person.id,
        form: body.form,
        ...(job === undefined ? {} : { processId: job }),
        content: checked.content,
        revision: basedOn(req),
        updatedAt: deps.clock(),
      });
      if (!saved.saved)
        throw new Problem(
          'PRECONDITION',
          saved.current === null ? {} : { headers: { ETag: tagOf(saved.current.revision) } },
        );
      return { status: 200, body: { revision: saved.revision }, headers: { ETag: tagOf(saved.revision) } };
    },
  }),
  route({
    method: 'delete',
    path: '/drafts/{draftId}',
    id: 'dropDraft',
    tag: 'Papers',
    summary: 'Throw one of my drafts away',
    params: draftParams,
    query: nothing,
    answers: { 204: { description: 'It is gone' } },
    handle: async ({ deps, who, params }) => {
      await dropDraft(deps.store, params.draftId, who.person.id);
      return { status: 204 };
    },
  }),
];
