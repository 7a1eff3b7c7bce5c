import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { invalid, Problem, type FieldProblem } from '../problems.ts';
import { readForm } from './form-body.ts';
import { NotOurJson, readStrictJson } from './strict-json.ts';

/** Largest JSON body, bytes. */
export const jsonLimitBytes = 256 * 1024;
/** Largest form body, bytes. */
export const formLimitBytes = 128 * 1024;

const withBody = new Set(['POST', 'PUT', 'PATCH']);

/** Which body a part of the service takes. Uploads are read by their own handler, under its own limits. */
export type BodyKind = 'json' | 'form';

/**
 * Reads the body before any handler sees the request: the right type or 415, the limit or 413, readable or 400,
 * and no character that no honest sender sends. `isUpload` names the requests whose body is left to the upload handler.
 */
export function bodyReader(kind: BodyKind, isUpload: (req: Request) => boolean): RequestHandler[] {
  const type = kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  const raw = express.raw({ type, limit: kind === 'json' ? jsonLimitBytes : formLimitBytes, inflate: false });
  const check = (req: Request, _res: Response, next: NextFunction): void => {
    if (!withBody.has(req.method)) {
      if (hasBody(req)) throw new Problem('BAD_REQUEST', { params: { why: 'body' } });
      next();
      return;
    }
    if (isUpload(req)) {
      next();
      return;
    }
    // A request without any body is let through where a form has no fields; the schema decides.
    if (hasBody(req) && req.is(type) === false)
      throw new Problem('MEDIA_TYPE', { params: { allow: type }, headers: { 'Accept-Post': type } });
    const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(req.headers['content-type'] ?? '')?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset))
      throw new Problem('MEDIA_TYPE', { params: { allow: `${type}; charset=utf-8` } });
    raw(req, _res, next);
  };
  const read = (req: Request, _res: Response, next: NextFunction): void => {
    const body: unknown = req.body;
    if (!Buffer.isBuffer(body)) {
      if (withBody.has(req.method) && !isUpload(req)) req.body = undefined;
      next();
      return;
    }
    if (body.length === 0) {
      req.body = undefined;
      next();
      return;
    }
    try {
      req.body = kind === 'json' ? readStrictJson(body) : readForm(body);
    } catch (error) {
      if (error instanceof NotOurJson)
        throw new Problem(kind === 'json' ? 'BAD_JSON' : 'BAD_REQUEST', { params: { why: error.why } });
      throw error;
    }
    refuseForbiddenCharacters(req.body);
    next();
  };
  return [check, read];
}

function hasBody(req: Request): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? '0') > 0;
}

/** Refuses addresses that carry control characters or half characters, in the path or in the query. */
export function cleanAddress(req: Request, _res: Response, next: NextFunction): void {
  let path: string;
  try {
    path = decodeURIComponent(req.path);
  } catch {
    throw new Problem('BAD_REQUEST', { params: { why: 'percent-encoding' } });
  }
  if (forbidden(path)) throw new Problem('BAD_REQUEST', { params: { why: 'control characters' } });
  const query = req.originalUrl.split('?')[1];
  if (query !== undefined) {
    try {
      decodeURIComponent(query.replaceAll('+', ' '));
    } catch {
      throw new Problem('BAD_REQUEST', { params: { why: 'percent-encoding' } });
    }
  }
  refuseForbiddenCharacters(req.query);
  next();
}

// Tabs and line breaks are text; everything else below the space is not, and neither is half of a surrogate pair.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const halfCharacter = /\p{Surrogate}/u;

function forbidden(text: string): boolean {
  return control.test(text) || halfCharacter.test(text);
}

/** Throws the problem that names the first fields with characters nobody may store: controls, NUL, half characters. */
function refuseForbiddenCharacters(value: unknown): void {
  const errors: FieldProblem[] = [];
  look(value, '', errors);
  if (errors.length > 0) throw invalid(errors);
}

function look(value: unknown, at: string, errors: FieldProblem[]): void {
  if (errors.length >= 10) return;
  if (typeof value === 'string') {
    if (forbidden(value))
      errors.push({
        field: at,
        code: 'forbidden_characters',
        detail: '不能含有控制字符 / control characters are not accepted',
      });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const field = at === '' ? key : `${at}.${key}`;
    if (forbidden(key))
      errors.push({
        field: JSON.stringify(field).slice(0, 100),
        code: 'forbidden_characters',
        detail: '字段名不对 / bad field name',
      });
    else look(item, field.slice(0, 200), errors);
  }
}
