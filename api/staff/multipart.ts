import { PassThrough, type Readable } from 'node:stream';
import type { Request, Response } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import { line } from '../../papers/text.ts';
import { BlobTooLarge, type Blobs } from '../../store/blobs.ts';
import type { ApiDeps } from '../deps.ts';
import type { FormFields } from '../gate/form-body.ts';
import { agreedType, sniffBytes } from '../gate/sniff.ts';
import { Problem } from '../problems.ts';
import type { Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import { bodyOf } from './form-value.ts';
import { staffWords } from './words.ts';

/** A file that arrived whole and is what its name says. */
export interface ArrivedFile {
  /** Name of the form field it came in. */
  readonly field: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly mime: string;
}

/** A form with files: its texts, what was kept, and what was not, said in words and by the field it came in. */
export interface ArrivedForm {
  readonly body: FormFields;
  readonly files: readonly ArrivedFile[];
  readonly refused: readonly { readonly field: string; readonly sentence: string }[];
}

const kept = line(200).refine((name) => !/[/\\:*?"<>|]/.test(name) && !name.startsWith('.') && !/[. ]$/.test(name));
/** The longest text a form field may bring, bytes: the longest long text of a paper in any script. */
const textBytes = 64 * 1024;

/**
 * Reads a form that brings files, several at once, streamed to the blobs. A file that may not be kept is named in
 * `refused` and the rest of the form still arrives, so that nothing that was typed is lost. Throws for what is no form.
 */
export async function receiveForm(
  deps: Pick<ApiDeps, 'config' | 'blobs'>,
  req: Request,
  res: Response,
  lang: Lang,
): Promise<ArrivedForm> {
  if (req.is('multipart/form-data') !== 'multipart/form-data')
    return { body: bodyOf(req.body), files: [], refused: [] };
  const t = words(lang, staffWords);
  const files: ArrivedFile[] = [];
  const refused: { field: string; sentence: string }[] = [];
  const { uploadMaxBytes: maxBytes, uploadMaxFiles } = deps.config;
  const keep = keeper(deps.blobs, maxBytes, async (arrived) => {
    if ('sha256' in arrived) files.push(arrived);
    else {
      const name = arrived.name.replace(/[\p{C}]/gu, '').slice(0, 80);
      const sentence =
        arrived.why === 'large'
          ? t('fileTooLarge', { name, max: Math.floor(maxBytes / 1_048_576) })
          : arrived.why === 'empty'
            ? t('fileEmpty', { name })
            : arrived.why === 'lies'
              ? t('fileLies', { name })
              : t('fileName');
      refused.push({ field: arrived.field, sentence });
    }
  });
  const upload = multer({
    storage: keep,
    limits: {
      files: uploadMaxFiles,
      fields: 2_000,
      parts: 2_000 + uploadMaxFiles,
      fieldNameSize: 100,
      fieldSize: textBytes,
      headerPairs: 20,
    },
    defParamCharset: 'utf8',
    preservePath: true,
  }).any();
  await new Promise<void>((resolve, reject) => {
    upload(req, res, (error: unknown) => {
      if (error === undefined || error === null) resolve();
      else if (error instanceof MulterError && error.code === 'LIMIT_FILE_COUNT') {
        refused.push({ field: error.field ?? '', sentence: t('tooManyFiles', { max: uploadMaxFiles }) });
        resolve();
      } else reject(asProblem(error));
    });
  });
  return { body: flat(req.body), files, refused };
}

/** The parser makes trees of names such as `items[0][name]`; our forms are flat, so the names are put together again. */
function flat(body: unknown): FormFields {
  const found: Record<string, string | string[]> = {};
  const walk = (value: unknown, name: string, depth: number): void => {
    if (typeof value === 'string') found[name] = value;
    else if (Array.isArray(value) && value.every((one) => typeof one === 'string')) found[name] = value;
    else if (typeof value === 'object' && value !== null && depth < 4) {
      for (const [key, item] of Object.entries(value)) walk(item, name === '' ? key : `${name}[${key}]`, depth + 1);
    }
  };
  walk(body, '', 0);
  return found;
}

type NotKept = { readonly field: string; readonly name: string; readonly why: 'name' | 'lies' | 'empty' | 'large' };

function keeper(blobs: Blobs, maxBytes: number, tell: (file: ArrivedFile | NotKept) => Promise<void>): StorageEngine {
  return {
    _handleFile(_req, file, callback) {
      take(blobs, maxBytes, file.fieldname, file.originalname, file.stream)
        .then(async (arrived) => {
          if (arrived) await tell(arrived);
          callback(null, {});
        })
        .catch((error: unknown) => {
          file.stream.resume();
          callback(error);
        });
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
): Promise<ArrivedFile | NotKept | undefined> {
  // Browsers send one part without a name for an empty choice.
  const named = kept.safeParse(sent);
  const { head, rest } = await firstBytes(stream);
  const drop = (why: NotKept['why']): NotKept => {
    rest.resume();
    return { field, name: sent, why };
  };
  if (sent === '' && head.length === 0) return void rest.resume();
  if (!named.success) return drop('name');
  if (head.length === 0) return drop('empty');
  const mime = agreedType(named.data, head);
  if (mime === undefined) return drop('lies');
  try {
    return { field, name: named.data, mime, ...(await blobs.put(rest, { maxBytes })) };
  } catch (error) {
    if (error instanceof BlobTooLarge) {
      stream.resume();
      return { field, name: named.data, why: 'large' };
    }
    throw error;
  }
}

/** The first bytes of a stream, and a stream that still holds everything. */
function firstBytes(stream: Readable): Promise<{ head: Buffer; rest: PassThrough }> {
  const rest = new PassThrough({ highWaterMark: 1_048_576 });
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

function asProblem(error: unknown): Error {
  if (error instanceof MulterError) return new Problem('TOO_LARGE', { params: { max: `${textBytes / 1024} KB` } });
  if (
    error instanceof Error &&
    !(error instanceof Problem) &&
    /boundary|multipart|unexpected end|malformed/i.test(error.message)
  )
    return new Problem('BAD_REQUEST', { params: { why: 'multipart' } });
  return error instanceof Error ? error : new Problem('INTERNAL');
}
