import type { Request, Response, Router } from 'express';
import type { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { onlyMethods, parse, Problem, type ProblemCode } from '../problems.ts';
import { signedIn, type SignedIn } from '../session/identify.ts';
import { problemSchema } from './schemas.ts';

/** Methods our routes use. */
export type Method = 'get' | 'post' | 'put' | 'delete';

/** What a handler answers: a status of those the route declared, a body, headers. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Media type of a body that is no JSON. */
  readonly type?: string;
}

/** What a handler is given: everything parsed, and who asks. */
export interface Asked<P, Q, B> {
  readonly req: Request;
  readonly res: Response;
  readonly deps: ApiDeps;
  readonly who: SignedIn;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

/** One route, written once: its handler and its page in the document both come from here. */
export interface RouteSpec<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly method: Method;
  /** Path with `{name}` for parameters, below `/api/v1`. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly params: P;
  readonly query: Q;
  /** Absent: the route takes no body. `multipart` bodies are read by the handler under its own limits. */
  readonly body?: B;
  readonly multipart?: boolean;
  /** What the document shows where the handler parses by itself. */
  readonly documentBody?: z.ZodType;
  readonly example?: unknown;
  /** Request headers the route reads, for the document. */
  readonly headers?: z.ZodObject;
  readonly answers: Readonly<
    Record<
      number,
      {
        readonly description: string;
        readonly schema?: z.ZodType;
        readonly type?: string;
        readonly headers?: readonly string[];
      }
    >
  >;
  /** Codes of problems beside those any route can give. */
  readonly problems?: readonly ProblemCode[];
  handle(asked: Asked<z.output<P>, z.output<Q>, z.output<B>>): Promise<Answer>;
}

/** A route whose types are proved and put away, so routes of any shape lie in one list. */
export interface AnyRoute {
  readonly method: Method;
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly tag: string;
  readonly operation: ZodOpenApiOperationObject;
  run(deps: ApiDeps, req: Request, res: Response): Promise<void>;
}

const responseHeaderWords: Readonly<Record<string, string>> = {
  ETag: 'Version of what was answered, for If-Match and If-None-Match',
  Location: 'Where the new thing can be read',
  'Retry-After': 'Seconds to wait before the next attempt',
};

/** Makes a route of what is written down about it. */
export function route<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType = z.ZodUndefined>(
  spec: RouteSpec<P, Q, B>,
): AnyRoute {
  return {
    method: spec.method,
    path: spec.path,
    id: spec.id,
    summary: spec.summary,
    tag: spec.tag,
    operation: operationOf(spec),
    async run(deps, req, res) {
      const who = signedIn(req);
      if (spec.method !== 'get') await deps.limiter.demand(limits.change, who.person.id);
      const params = parse(spec.params, { ...req.params }, req, 'path');
      const query = parse(spec.query, { ...req.query }, req, 'query');
      if (spec.body === undefined && req.body !== undefined && !isEmpty(req.body)) {
        throw new Problem('BAD_REQUEST', { params: { why: 'body' } });
      }
      // A route without a schema has B = ZodUndefined, whose output is undefined; the compiler cannot see that.
      const body = (spec.body === undefined ? undefined : parse(spec.body, req.body, req)) as z.output<B>;
      send(req, res, await spec.handle({ req, res, deps, who, params, query, body }));
    },
  };
}

function isEmpty(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.keys(body).length === 0;
}

function send(req: Request, res: Response, answer: Answer): void {
  for (const [name, value] of Object.entries(answer.headers ?? {})) res.set(name, value);
  const etag = answer.headers?.ETag;
  if (
    etag !== undefined &&
    req.method === 'GET' &&
    answer.status === 200 &&
    sameTag(req.headers['if-none-match'], etag)
  ) {
    res.status(304).end();
    return;
  }
  res.status(answer.status);
  if (answer.body === undefined) res.end();
  else if (answer.type !== undefined) res.type(answer.type).send(answer.body);
  else res.json(answer.body);
}

function sameTag(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

function operationOf<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  spec: RouteSpec<P, Q, B>,
): ZodOpenApiOperationObject {
  const has = (schema: z.ZodObject): boolean => Object.keys(schema.shape).length > 0;
  const problem = { 'application/problem+json': { schema: problemSchema } };
  const responses: Record<
    string,
    NonNullable<ZodOpenApiOperationObject['responses']>[`${1 | 2 | 3 | 4 | 5}${string}`]
  > = {};
  for (const [status, { description, schema, type, headers }] of Object.entries(spec.answers)) {
    responses[status] = {
      description,
      ...(schema === undefined ? {} : { content: { [type ?? 'application/json']: { schema } } }),
      ...(headers === undefined
        ? {}
        : {
            headers: Object.fromEntries(
              headers.map((name) => [
                name,
                { description: responseHeaderWords[name] ?? name, schema: { type: 'string' as const } },
              ]),
            ),
          }),
    };
  }
  responses['default'] = {
    description: 'A problem, with its code, its sentence and the fields it is about',
    content: problem,
  };
  return {
    operationId: spec.id,
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    tags: [spec.tag],
    requestParams: {
      ...(has(spec.params) ? { path: spec.params } : {}),
      ...(has(spec.query) ? { query: spec.query } : {}),
      ...(spec.headers === undefined ? {} : { header: spec.headers }),
    },
    ...(spec.body === undefined && spec.multipart !== true
      ? {}
      : {
          requestBody: {
            required: true,
            content:
              spec.multipart === true
                ? {
                    'multipart/form-data': {
                      schema: {
                        type: 'object' as const,
                        properties: { file: { type: 'string' as const, format: 'binary' } },
                        required: ['file'],
                      },
                    },
                  }
                : {
                    'application/json': {
                      ...(spec.body === undefined ? {} : { schema: spec.documentBody ?? spec.body }),
                      ...(spec.example === undefined ? {} : { example: spec.example }),
                    },
                  },
          },
        }),
    responses,
  };
}

/** All routes as paths of the document. */
export function pathsOf(routes: readonly AnyRoute[], base: string): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const one of routes) (paths[base + one.path] ??= {})[one.method] = one.operation;
  return paths;
}

/** Puts routes on a router; a known path asked with a method it does not have says which it has. */
export function mount(router: Router, deps: ApiDeps, routes: readonly AnyRoute[]): void {
  for (const path of new Set(routes.map((one) => one.path))) {
    const group = routes.filter((one) => one.path === path);
    const pattern = path.replace(/\{(\w+)\}/g, ':$1');
    for (const one of group) router[one.method](pattern, (req, res) => one.run(deps, req, res));
    const allow = group.map((one) => one.method.toUpperCase());
    router.all(pattern, onlyMethods(...(allow.includes('GET') ? [...allow, 'HEAD'] : allow)));
  }
}
