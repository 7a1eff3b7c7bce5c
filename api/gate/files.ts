import { PassThrough, type Readable } from 'node:stream';
import type { Request, Response } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import { line } from '../../papers/text.ts';
import { BlobTooLarge, type Blobs } from '../../store/blobs.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { agreedType, sniffBytes } from './sniff.ts';

/** A file that arrived whole and is what its name says. */
export interface KeptFile {
  /** Name of the form field it came in. */
  readonly field: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly mime: string;
}

/**
 * A file that was not kept: its name is none a file may have, its bytes are not what the ending promises, it holds
 * nothing, or it is larger than the house takes. `name` is as it was sent.
 */
export interface RefusedFile {
  readonly field: string;
  readonly name: string;
  readonly why: 'name' | 'lies' | 'empty' | 'large';
}

/** A multipart request, read to its end. */
export interface ReceivedForm {
  /** Fields that are no files, as the parser makes them. */
  readonly body: unknown;
  readonly files: readonly KeptFile[];
  readonly refused: readonly RefusedFile[];
  /** The field of the first file beyond the limit; what came before it is kept, what came after it was not read. */
  readonly tooMany?: string;
}

/** What one handler takes in one request. */
export interface FormLimits {
  readonly files: number;
  readonly fields: number;
  /** The longest text a field may bring, bytes. */
  readonly textBytes: number;
  /** The one field files may come in; any without. */
  readonly field?: string;
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
 * Reads a multipart request, streaming its files to the blobs: every limit of the parser is set, and a picture that is
 * something else (a PNG that is HTML) is not kept. What may not be kept is named in `refused` and the rest still arrives.
 * Throws Problem for what is no multipart at all, and the parser's MulterError where another limit of the form is passed.
 */
export async function receiveFiles(
  deps: Pick<ApiDeps, 'config' | 'blobs'>,
  req: Request,
  res: Response,
  limits: FormLimits,
): Promise<ReceivedForm> {
  // Checked again here: whoever calls must not be able to hand a parsed body of another type in as a file.
  if (req.is('multipart/form-data') !== 'multipart/form-data') {
    throw new Problem('MEDIA_TYPE', { params: { allow: 'multipart/form-data' } });
  }
  const files: KeptFile[] = [];
  const refused: RefusedFile[] = [];
  const parser = multer({
    storage: toBlobs(deps.blobs, deps.config.uploadMaxBytes, (file) =>
      'sha256' in file ? files.push(file) : refused.push(file),
    ),
    limits: {
      files: limits.files,
      fields: limits.fields,
      parts: limits.files + limits.fields,
      fieldNameSize: 100,
      fieldSize: limits.textBytes,
      headerPairs: 20,
    },
    defParamCharset: 'utf8',
    preservePath: true,
  });
  const upload = limits.field === undefined ? parser.any() : parser.single(limits.field);
  const tooMany = await new Promise<string | undefined>((resolve, reject) => {
    upload(req, res, (error: unknown) => {
      if (error === undefined || error === null) resolve(undefined);
      else if (error instanceof MulterError && error.code === 'LIMIT_FILE_COUNT') resolve(error.field ?? '');
      else reject(asError(error));
    });
  });
  return { body: req.body, files, refused, ...(tooMany === undefined ? {} : { tooMany }) };
}

function toBlobs(blobs: Blobs, maxBytes: number, tell: (file: KeptFile | RefusedFile) => void): StorageEngine {
  return {
    _handleFile(_req, file, callback) {
      take(blobs, maxBytes, file.fieldname, file.originalname, file.stream).then(
        (arrived) => {
          if (arrived) tell(arrived);
          callback(null, {});
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

async function take(
  blobs: Blobs,
  maxBytes: number,
  field: string,
  sent: string,
  stream: Readable,
): Promise<KeptFile | RefusedFile | undefined> {
  const named = fileName.safeParse(sent);
  const { head, rest } = await firstBytes(stream);
  const drop = (why: RefusedFile['why']): RefusedFile => {
    rest.resume();
    return { field, name: sent, why };
  };
  // Browsers send one part without a name for an empty choice.
  if (sent === '' && head.length === 0) return void rest.resume();
  if (!named.success) return drop('name');
  if (head.length === 0) return drop('empty');
  const mime = agreedType(named.data, head);
  if (mime === undefined) return drop('lies');
  try {
    return { field, name: named.data, mime, ...(await blobs.put(rest, { maxBytes })) };
  } catch (error) {
    if (!(error instanceof BlobTooLarge)) throw error;
    stream.resume();
    return { field, name: sent, why: 'large' };
  }
}

/** The first bytes of a stream, and a stream that still holds everything. */
function firstBytes(stream: Readable): Promise<{ head: Buffer; rest: PassThrough }> {
  const rest = new PassThrough({ highWaterMark: 1_048_576 });
  // A sender may break off before anybody reads; that must not end the process, and whoever reads then is told as well.
  rest.on('error', () => undefined);
  let head = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      rest.write(chunk);
      if (head.length < sniffBytes) return;
      stream.off('data', look);
      stream.off('end', short);
      stream.pause();
      // When the reader of `rest` gives up, the rest of the upload is still taken off the line.
      rest.once('close', () => stream.resume());
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

/** The parser's own complaints (no boundary, cut off) are about what was sent. */
function asError(error: unknown): Error {
  if (!(error instanceof Error)) return new Problem('INTERNAL');
  const about = !(error instanceof Problem) && /boundary|multipart|unexpected end|malformed/i.test(error.message);
  return about ? new Problem('BAD_REQUEST', { params: { why: 'multipart' } }) : error;
}
