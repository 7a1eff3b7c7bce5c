import type { Request, Response } from 'express';
import { MulterError } from 'multer';
import type { ApiDeps } from '../deps.ts';
import { receiveFiles, type KeptFile, type RefusedFile } from '../gate/files.ts';
import type { FormFields } from '../gate/form-body.ts';
import { Problem } from '../problems.ts';
import type { Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import { bodyOf } from './form-value.ts';
import { staffWords } from './words.ts';

/** A form with files: its texts, what was kept, and what was not, said in words and by the field it came in. */
export interface ArrivedForm {
  readonly body: FormFields;
  readonly files: readonly KeptFile[];
  readonly refused: readonly { readonly field: string; readonly sentence: string }[];
}

/** The longest text a form field may bring, bytes: the longest long text of a paper in any script. */
const textBytes = 64 * 1024;

/**
 * Reads a form that brings files, several at once. A file that may not be kept is named in `refused` and the rest of the
 * form still arrives, so that nothing that was typed is lost. Throws for what is no form.
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
  const { uploadMaxBytes, uploadMaxFiles } = deps.config;
  const limits = { files: uploadMaxFiles, fields: 2_000, textBytes };
  const say = ({ field, name: sent, why }: RefusedFile): ArrivedForm['refused'][number] => {
    const name = sent.replace(/[\p{C}]/gu, '').slice(0, 80);
    switch (why) {
      case 'large':
        return { field, sentence: t('fileTooLarge', { name, max: Math.floor(uploadMaxBytes / 1_048_576) }) };
      case 'empty':
        return { field, sentence: t('fileEmpty', { name }) };
      case 'lies':
        return { field, sentence: t('fileLies', { name }) };
      case 'name':
        return { field, sentence: t('fileName') };
    }
  };
  try {
    const { body, files, refused, tooMany } = await receiveFiles(deps, req, res, limits);
    const over =
      tooMany === undefined ? [] : [{ field: tooMany, sentence: t('tooManyFiles', { max: uploadMaxFiles }) }];
    return { body: flat(body), files, refused: [...refused.map(say), ...over] };
  } catch (error) {
    if (!(error instanceof MulterError)) throw error;
    throw new Problem('TOO_LARGE', { params: { max: `${String(textBytes / 1024)} KB` } });
  }
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
