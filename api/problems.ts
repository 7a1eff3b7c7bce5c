import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { safeError, type Logger } from '../config/logging.ts';
import type { Refusal } from '../domain/process.ts';
import { refusalTable } from '../domain/wording/refusals.ts';
import type { DoorAnswer } from './door/answer.ts';
import { sayRefusal } from '../domain/wording/say-refusal.ts';
import { problemsOf, type Problem as InputProblem } from '../papers/problems.ts';
import { problemTable, type ProblemCode } from './problem-table.ts';
import { languageOf } from './session/language.ts';
import { fill } from './session/say.ts';
import { pick, type Lang } from './view/lang.ts';

export { problemTable, type ProblemCode } from './problem-table.ts';

/** One thing wrong with what was sent. `field` is a JSON Pointer-like dotted path, `''` for the whole. */
export interface FieldProblem {
  readonly field: string;
  readonly code: string;
  readonly detail: string;
}

type Params = Readonly<Record<string, string | number | readonly string[]>>;

/** A clear no that a handler throws; the one error handler makes the answer of it. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly params: Params;
  readonly errors: readonly FieldProblem[];
  /** Headers the answer needs, e.g. `Allow`, `Retry-After`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    more: { params?: Params; errors?: readonly FieldProblem[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.params = more.params ?? {};
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

/** A refusal of the core on its way to the answer. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** Problem details as RFC 9457 spells them, with our stable code, the fields and the rule. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly FieldProblem[];
  readonly rule?: string;
  readonly requestId?: string;
}

/** The problem details of one of the API's own codes. */
export function detailsOfProblem(problem: Problem, language: Lang): ProblemDetails {
  const entry = problemTable[problem.code];
  return {
    type: `/problems/${problem.code}`,
    title: pick(entry.title, language),
    status: entry.status,
    detail: fill(pick(entry.words, language), problem.params, language),
    code: problem.code,
    ...(problem.errors.length === 0 ? {} : { errors: problem.errors }),
  };
}

/** The problem details of a refusal of the core. */
export function detailsOfRefusal(refusal: Refusal, language: Lang): ProblemDetails {
  const entry = refusalTable[refusal.code];
  const detail = sayRefusal(refusal, language === 'en' ? 'en' : 'zh');
  return {
    type: `/problems/${refusal.code}`,
    title: pick({ zh: '不能这样做', en: 'This cannot be done' }, language),
    status: entry.status,
    detail,
    code: refusal.code,
    ...(refusal.field === undefined ? {} : { errors: [{ field: refusal.field, code: refusal.code, detail }] }),
    ...(refusal.rule === undefined ? {} : { rule: refusal.rule }),
  };
}

/** Findings with those of unions taken apart: of a union the branch that came closest speaks. */
function plain(issues: readonly z.core.$ZodIssue[], at: readonly PropertyKey[] = []): z.core.$ZodIssue[] {
  return issues.flatMap((issue): z.core.$ZodIssue[] => {
    const path = [...at, ...issue.path];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) return plain(closest(issue.errors), path);
    return [{ ...issue, path }];
  });
}

/** The branch whose mistakes lie deepest, and of those the one with the fewest. */
function closest(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  const depth = (issues: readonly z.core.$ZodIssue[]): number =>
    Math.max(0, ...issues.map((issue) => issue.path.length));
  return [...branches].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
}

/** What is wrong with an input, field by field, in the reader's language. `prefix` is where the input lies in the request. */
export function fieldProblems(
  schema: z.ZodType,
  error: z.ZodError,
  input: unknown,
  language: Lang,
  prefix = '',
): FieldProblem[] {
  return inLanguage(problemsOf(schema, new z.ZodError(plain(error.issues)), input), language, prefix);
}

/** Problems of a form in the reader's language. */
export function inLanguage(problems: readonly InputProblem[], language: Lang, prefix = ''): FieldProblem[] {
  return problems.slice(0, 100).map((problem) => ({
    field: [prefix, problem.field].filter((part) => part !== '').join('.'),
    code: problem.code,
    detail: pick(problem, language),
  }));
}

/** The problem of an input with these fields wrong. */
export function invalid(errors: readonly FieldProblem[]): Problem {
  return new Problem('INVALID', {
    params: { fields: [...new Set(errors.map((e) => e.field || 'body'))].slice(0, 20) },
    errors,
  });
}

/** Parses what came in; throws the problem that names every wrong field. Parsed input is returned, never written back. */
export function parse<S extends z.ZodType>(schema: S, value: unknown, req: Request, prefix = ''): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(fieldProblems(schema, parsed.error, value, languageOf(req), prefix));
}

/** The no of a door answer as something to throw; undefined when the answer is no no. */
export function problemOfDoor(answer: DoorAnswer): Error | undefined {
  switch (answer.kind) {
    case 'accepted':
    case 'received':
      return undefined;
    case 'refused':
      return new Refused(answer.refusal);
    case 'closed':
      return new Problem('CLOSED_PROCESS', { params: { phase: answer.closed.phase } });
    case 'unknown':
      return new Problem('NOT_FOUND');
    case 'unavailable':
      return new Problem('UNAVAILABLE', { headers: { 'Retry-After': String(answer.retryAfterSeconds) } });
  }
}

/** Makes the friendly page of a problem; given by the view. */
export type RenderProblem = (details: ProblemDetails, req: Request) => string;

/** Answers with problem details, or with the friendly page where a person's browser asks. */
export function sendProblem(req: Request, res: Response, details: ProblemDetails, render: RenderProblem): void {
  res.status(details.status);
  res.set('Cache-Control', 'no-store');
  const wantsPage =
    !req.path.startsWith('/api/') &&
    req.accepts(['application/problem+json', 'application/json', 'text/html']) === 'text/html';
  if (wantsPage) {
    res.type('html').send(render(details, req));
    return;
  }
  res.type('application/problem+json').send(JSON.stringify(details));
}

/** Express and body-parser say what went wrong by these names; anything else is ours to answer neutrally. */
function problemOf(error: unknown): Problem | Refused {
  if (error instanceof Problem || error instanceof Refused) return error;
  if (!(error instanceof Error)) return new Problem('INTERNAL');
  const status = 'status' in error && typeof error.status === 'number' ? error.status : undefined;
  const type = 'type' in error && typeof error.type === 'string' ? error.type : '';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // A full disk, a quota that is used up, a file longer than this process may make.
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return new Problem('DISK_FULL');
  if (type === 'entity.parse.failed') return new Problem('BAD_JSON', { params: { why: 'syntax' } });
  if (type === 'entity.too.large' || type === 'parameters.too.many')
    return new Problem('TOO_LARGE', { params: { max: '256 KB' } });
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new Problem('MEDIA_TYPE', { params: { allow: 'UTF-8' } });
  if (status === 408) return new Problem('TIMEOUT');
  if (error.name === 'URIError' || (status !== undefined && status >= 400 && status < 500)) {
    return new Problem('BAD_REQUEST', { params: { why: type === '' ? 'malformed' : type } });
  }
  if (isStoreAway(error)) return new Problem('UNAVAILABLE', { headers: { 'Retry-After': '5' } });
  return new Problem('INTERNAL');
}

/** Errors of the document store that mean "not reachable now" rather than "wrong". */
function isStoreAway(error: Error): boolean {
  return (
    /^(MongoServerSelectionError|MongoNetworkError|MongoNetworkTimeoutError|MongoNotConnectedError|PoolClearedError|MongoPoolClearedError|MongooseServerSelectionError|MongoTopologyClosedError)$/.test(
      error.name,
    ) ||
    (error.name === 'MongoServerError' && saysComeBack(error)) ||
    // A connection that breaks in the moment of writing comes through bare.
    ('code' in error && /^(EPIPE|ECONNRESET|ECONNREFUSED)$/.test(String(error.code)))
  );
}

/** Codes of a server that steps down, shuts down, or has no primary just now. */
const comeBackCodes: ReadonlySet<unknown> = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

/** The front answers while the database behind it is away; that one has no codes of this protocol, only its own sentences. */
function saysComeBack(error: Error): boolean {
  return (
    ('code' in error && comeBackCodes.has(error.code)) ||
    /failed to connect to|terminating connection|connection refused|the database system is (starting up|shutting down|in recovery|not yet accepting)|postmaster|unexpected EOF|conn closed|closed network connection|broken pipe|connection reset/i.test(
      error.message,
    )
  );
}

/** The one error handler. Logs what the person is not told; never throws. */
export function problemHandler(deps: { readonly logger: Logger; readonly render: RenderProblem }) {
  return (error: unknown, req: Request, res: Response, _next: NextFunction): void => {
    const problem = problemOf(error);
    const language = languageOf(req);
    const details =
      problem instanceof Refused ? detailsOfRefusal(problem.refusal, language) : detailsOfProblem(problem, language);
    const requestId =
      typeof res.getHeader('X-Request-Id') === 'string' ? String(res.getHeader('X-Request-Id')) : undefined;
    if (details.status >= 500) deps.logger.error({ err: safeError(error), requestId }, 'request failed');
    if (res.headersSent) {
      res.destroy();
      return;
    }
    if (problem instanceof Problem) res.set(problem.headers);
    sendProblem(req, res, requestId === undefined ? details : { ...details, requestId }, deps.render);
  };
}

/** The uniform 404: the same for a page that never was and a thing the reader may not see. */
export const notFound: RequestHandler = () => {
  throw new Problem('NOT_FOUND');
};

/** Answers a known path asked with a wrong method; `allow` lists the right ones. */
export function onlyMethods(...allow: readonly string[]): RequestHandler {
  return () => {
    throw new Problem('METHOD', { params: { allow: allow.join(', ') }, headers: { Allow: allow.join(', ') } });
  };
}
