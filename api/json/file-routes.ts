import { z } from 'zod';
import { keepManifest, manifestOf, type ManifestFile } from '../../store/manifests.ts';
import { wholeJob } from '../../store/jobs.ts';
import type { ApiDeps } from '../deps.ts';
import { invalid, Problem, type FieldProblem } from '../problems.ts';
import { reachableJob } from './reach.ts';
import { fileName } from '../gate/files.ts';
import { receivedSchema, receiveFile } from './receive-file.ts';
import { route, type AnyRoute } from './route.ts';
import { nothing, processId, sha256Hex } from './schemas.ts';
import { agreedType, sniffBytes } from '../gate/sniff.ts';

const jobParams = z.strictObject({ jobId: processId });
const use = z
  .enum(['view', 'master'])
  .meta({ description: '`view`: what people look at; `master`: what is printed or broadcast' });
const manifestFile = z.object({ name: z.string(), size: z.int(), sha256: z.string(), mime: z.string(), use });

/** Routes about files: uploads and the manifests that versions of pieces are. */
export const fileRoutes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/jobs/{jobId}/files',
    id: 'uploadFile',
    tag: 'Files',
    summary: 'Upload one file (multipart/form-data, field `file`)',
    description:
      'The bytes must be what the ending of the name promises. Kept under its SHA-256; it becomes part of a job by a manifest.',
    params: jobParams,
    query: nothing,
    multipart: true,
    answers: { 201: { description: 'Kept', schema: receivedSchema } },
    handle: async ({ deps, req, res, who, params }) => {
      await reachableJob(deps, who, params.jobId, 'job.read');
      return { status: 201, body: await receiveFile(deps, req, res) };
    },
  }),
  route({
    method: 'post',
    path: '/jobs/{jobId}/manifests',
    id: 'makeManifest',
    tag: 'Files',
    summary: 'Put uploaded files together as one version; its hash is what `submitVersion` names and signatures bind',
    params: jobParams,
    query: nothing,
    body: z.strictObject({
      files: z
        .array(z.strictObject({ name: fileName, sha256: sha256Hex, use }))
        .min(1)
        .max(100),
    }),
    example: { files: [{ name: '20260312_夏季主视觉_完稿.pdf', sha256: '0'.repeat(64), use: 'view' }] },
    answers: {
      201: {
        description: 'The manifest; the same files are the same hash',
        schema: z.object({ hash: z.string(), files: z.array(manifestFile) }),
      },
    },
    handle: async ({ deps, who, params, body }) => {
      await reachableJob(deps, who, params.jobId, 'job.read');
      const errors: FieldProblem[] = [];
      const files: ManifestFile[] = [];
      const names = new Set<string>();
      for (const [place, file] of body.files.entries()) {
        if (names.has(file.name))
          errors.push({ field: `files.${place}.name`, code: 'TWICE', detail: '文件名重复 / the same name twice' });
        names.add(file.name);
        const held = await heldFile(deps, file);
        if (typeof held === 'string')
          errors.push({ field: `files.${place}.${held}`, code: 'RULE', detail: fileWords[held] });
        else files.push({ name: file.name, sha256: file.sha256, use: file.use, ...held });
      }
      if (errors.length > 0) throw invalid(errors);
      return { status: 201, body: { hash: await keepManifest(deps.store, files), files } };
    },
  }),
  route({
    method: 'get',
    path: '/jobs/{jobId}/manifests/{hash}',
    id: 'getManifest',
    tag: 'Files',
    summary: 'The files of a version of a piece of this job',
    params: z.strictObject({ jobId: processId, hash: sha256Hex }),
    query: nothing,
    answers: {
      200: {
        description: 'The manifest',
        schema: z.object({ hash: z.string(), files: z.array(manifestFile) }),
        headers: ['ETag'],
      },
    },
    handle: async ({ deps, who, params }) => {
      const row = await reachableJob(deps, who, params.jobId, 'job.read');
      const job = await wholeJob(deps.store, row._id);
      const inJob = Object.values(job?.state.pieces ?? {}).some((piece) =>
        piece.versions.some((version) => version.hash === params.hash),
      );
      const manifest = inJob ? await manifestOf(deps.store, params.hash) : null;
      if (manifest === null) throw new Problem('NOT_FOUND');
      return { status: 200, body: manifest, headers: { ETag: `"${manifest.hash}"` } };
    },
  }),
];

const fileWords = {
  sha256: '还没有上传这个文件 / this file has not been uploaded',
  name: '文件内容与扩展名不符 / the file is not what its name says',
  use: '这种文件不能在页面上看，只能作为母版 / this kind cannot be looked at; it is a master',
} as const;

/** Size and type of an uploaded file, or the name of the field that is wrong. The bytes are looked at again: the name may be another now. */
async function heldFile(
  deps: ApiDeps,
  file: { readonly name: string; readonly sha256: string; readonly use: 'view' | 'master' },
): Promise<{ size: number; mime: string } | keyof typeof fileWords> {
  // Held, because the upload may be old and a manifest is about to name it.
  const size = await deps.blobs.hold(file.sha256);
  const stream = size === undefined ? undefined : await deps.blobs.get(file.sha256, { start: 0, end: sniffBytes - 1 });
  if (size === undefined || stream === undefined) return 'sha256';
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const mime = agreedType(file.name, Buffer.concat(chunks));
  if (mime === undefined) return 'name';
  return file.use === 'view' && mime === 'application/octet-stream' ? 'use' : { size, mime };
}
