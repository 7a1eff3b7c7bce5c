import { PassThrough, type Readable } from 'node:stream';
import type { Request, Response } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import { z } from 'zod';
import { line } from '../../papers/text.ts';
import { BlobTooLarge, type Blobs } from '../../store/blobs.ts';
import type { ApiDeps } from '../deps.ts';
import { invalid, Problem } from '../problems.ts';
import { agreedType, sniffBytes } from '../gate/sniff.ts';

/** A file that arrived whole and is what its name says. */
export interface ReceivedFile {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly mime: string;
}

/** Names Windows keeps for its devices; such a file could not be saved there. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A file name as we keep it: one visible line, no path, no trick. */
export const fileName = line(200).refine(
  (name) => !/[/\\:*?"<>|]/.test(name) && !name.startsWith('.') && !/[. ]$/.test(name) && !deviceName.test(name),
  {
    message: '文件名不能含有 / \\ : * ? " < > | / a file name holds none of / \\ : * ? " < > |',
  },
);

/**
 * Reads one upload, field `file`, streaming it to the blobs: every limit of the parser is set, the name is checked
 * before the first byte is kept, and a picture that is something else (a PNG that is HTML) is refused by name.
 */
export async function receiveFile(deps: ApiDeps, req: Request, res: Response): Promise<ReceivedFile> {
  // Checked again here: whoever calls must not be able to hand a parsed body of another type in as a file.
  if (req.is('multipart/form-data') !== 'multipart/form-data') {
    throw new Problem('MEDIA_TYPE', { params: { allow: 'multipart/form-data' } });
  }
  let received: ReceivedFile | undefined;
  const upload = multer({
    storage: toBlobs(deps.blobs, deps.config.uploadMaxBytes, (file) => (received = file)),
    limits: {
      files: 1,
      fields: 0,
      parts: 1,
      fileSize: deps.config.uploadMaxBytes,
      fieldNameSize: 100,
      fieldSize: 1_024,
      headerPairs: 20,
    },
    defParamCharset: 'utf8',
    preservePath: true,
  }).single('file');
  await new Promise<void>((resolve, reject) => {
    upload(req, res, (error: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(asProblem(error, deps.config.uploadMaxBytes));
    });
  });
  if (received === undefined) throw invalid([{ field: 'file', code: 'MISSING', detail: '请附上文件 / attach a file' }]);
  return received;
}

function toBlobs(blobs: Blobs, maxBytes: number, done: (file: ReceivedFile) => void): StorageEngine {
  return {
    _handleFile(_req, file, callback) {
      keep(blobs, maxBytes, file.originalname, file.stream).then(
        (kept) => {
          done(kept);
          callback(null, { size: kept.size });
        },
        (error: unknown) => {
          file.stream.resume();
          callback(error);
        },
      );
    },
    // A kept blob may also be somebody else's, so nothing is removed; blobs nobody names are swept by clean-up.
    _removeFile(_req, _file, callback) {
      callback(null);
    },
  };
}

async function keep(blobs: Blobs, maxBytes: number, sentName: string, stream: Readable): Promise<ReceivedFile> {
  const named = fileName.safeParse(sentName);
  if (!named.success)
    throw invalid([{ field: 'file', code: 'FORMAT', detail: '文件名不对 / the file name is not right' }]);
  const { head, rest } = await firstBytes(stream);
  const mime = agreedType(named.data, head);
  if (mime === undefined) {
    rest.resume();
    throw invalid([
      { field: 'file', code: 'FORMAT', detail: '文件内容与扩展名不符 / the file is not what its name says' },
    ]);
  }
  const kept = await blobs.put(rest, { maxBytes });
  if (kept.size === 0) throw invalid([{ field: 'file', code: 'MISSING', detail: '文件是空的 / the file is empty' }]);
  return { name: named.data, mime, ...kept };
}

/** The first bytes of a stream, and a stream that still holds everything. */
async function firstBytes(stream: Readable): Promise<{ head: Buffer; rest: PassThrough }> {
  const rest = new PassThrough({ highWaterMark: 1_048_576 });
  let head = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      rest.write(chunk);
      if (head.length < sniffBytes) return;
      stream.off('data', look);
      stream.pause();
      stream.off('end', short);
      stream.pipe(rest);
      resolve({ head, rest });
    };
    const short = (): void => {
      rest.end();
      resolve({ head, rest });
    };
    stream.on('data', look);
    stream.once('end', short);
    stream.once('error', (error) => {
      rest.destroy(error);
      reject(error);
    });
  });
}

function asProblem(error: unknown, maxBytes: number): Error {
  const megabytes = `${Math.floor(maxBytes / 1_048_576)} MB`;
  if (error instanceof BlobTooLarge)
    return new Problem('TOO_LARGE', {
      params: { max: megabytes },
      errors: [{ field: 'file', code: 'TOO_LARGE', detail: megabytes }],
    });
  if (error instanceof MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE')
      return new Problem('TOO_LARGE', {
        params: { max: megabytes },
        errors: [{ field: 'file', code: 'TOO_LARGE', detail: megabytes }],
      });
    return invalid([
      {
        field: (error.field ?? 'file').slice(0, 100),
        code: error.code,
        detail: '上传格式不对 / the upload is not in order',
      },
    ]);
  }
  // The parser's own complaints (no boundary, cut off) are about what was sent.
  if (
    error instanceof Error &&
    !(error instanceof Problem) &&
    /boundary|multipart|unexpected end|malformed/i.test(error.message)
  ) {
    return new Problem('BAD_REQUEST', { params: { why: 'multipart' } });
  }
  return error instanceof Error ? error : new Problem('INTERNAL');
}

/** What a received file looks like in an answer. */
export const receivedSchema = z
  .object({ name: z.string(), size: z.int(), sha256: z.string(), mime: z.string() })
  .meta({ id: 'ReceivedFile' });
