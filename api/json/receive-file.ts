import type { Request, Response } from 'express';
import { MulterError } from 'multer';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { receiveFiles, type KeptFile, type RefusedFile } from '../gate/files.ts';
import { invalid, Problem } from '../problems.ts';

/** Reads one upload, field `file`. Every way in which it is not one file that may be kept is refused by name. */
export async function receiveFile(deps: ApiDeps, req: Request, res: Response): Promise<Omit<KeptFile, 'field'>> {
  const { files, refused, tooMany } = await receiveFiles(deps, req, res, {
    files: 1,
    fields: 0,
    textBytes: 1_024,
    field: 'file',
  }).catch((error: unknown) => {
    throw error instanceof MulterError ? notInOrder(error) : error;
  });
  if (tooMany !== undefined) throw notInOrder(new MulterError('LIMIT_FILE_COUNT', tooMany));
  const [no] = refused;
  if (no) throw problemOf(no, deps.config.uploadMaxBytes);
  const [file] = files;
  if (!file) throw invalid([{ field: 'file', code: 'MISSING', detail: '请附上文件 / attach a file' }]);
  const { name, size, sha256, mime } = file;
  return { name, mime, sha256, size };
}

const refusals = {
  name: { code: 'FORMAT', detail: '文件名不对 / the file name is not right' },
  lies: { code: 'FORMAT', detail: '文件内容与扩展名不符 / the file is not what its name says' },
  empty: { code: 'MISSING', detail: '文件是空的 / the file is empty' },
} as const;

function problemOf({ why }: RefusedFile, maxBytes: number): Problem {
  if (why !== 'large') return invalid([{ field: 'file', ...refusals[why] }]);
  const megabytes = `${Math.floor(maxBytes / 1_048_576)} MB`;
  return new Problem('TOO_LARGE', {
    params: { max: megabytes },
    errors: [{ field: 'file', code: 'TOO_LARGE', detail: megabytes }],
  });
}

function notInOrder(error: MulterError): Problem {
  const field = (error.field ?? 'file').slice(0, 100);
  return invalid([{ field, code: error.code, detail: '上传格式不对 / the upload is not in order' }]);
}

/** What a received file looks like in an answer. */
export const receivedSchema = z
  .object({ name: z.string(), size: z.int(), sha256: z.string(), mime: z.string() })
  .meta({ id: 'ReceivedFile' });
