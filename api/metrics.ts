import { createServer, type Server } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { DoorAnswer } from './door/answer.ts';

/** What the API counts; one registry a process, so two apps in one test do not share numbers. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts and times requests by method, route template and status; a path itself never becomes a label. */
  readonly requests: RequestHandler;
  /** Counts and times commands by how the door answered. */
  readonly door: (kind: DoorAnswer['kind'], act: string, tookMs: number) => void;
}

/** Seconds, from a cached page to a door that waited for nobody. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Makes the counters. `processNumbers` adds memory, event loop and the like; off in tests. */
export function createMetrics(options: { readonly processNumbers: boolean }): Metrics {
  const registry = new Registry();
  if (options.processNumbers) collectDefaultMetrics({ register: registry });
  const requestSeconds = new Histogram({
    name: 'jobbag_http_request_seconds',
    help: 'Time to answer a request, by method, route template and status',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [registry],
  });
  const doorAnswers = new Counter({
    name: 'jobbag_door_answers_total',
    help: 'Commands by how the door answered',
    labelNames: ['kind', 'act'],
    registers: [registry],
  });
  const doorSeconds = new Histogram({
    name: 'jobbag_door_seconds',
    help: 'Time from a command to its answer, by kind of answer',
    labelNames: ['kind'],
    buckets,
    registers: [registry],
  });
  return {
    registry,
    requests: (req: Request, res: Response, next: NextFunction): void => {
      const end = requestSeconds.startTimer();
      res.on('finish', () =>
        end({ method: knownMethod(req.method), route: routeOf(req), status: String(res.statusCode) }),
      );
      next();
    },
    door(kind, act, tookMs) {
      doorAnswers.inc({ kind, act });
      doorSeconds.observe({ kind }, tookMs / 1_000);
    },
  };
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function knownMethod(method: string): string {
  return methods.has(method) ? method : 'other';
}

/** The template the router matched, so ids and links never become labels. */
function routeOf(req: Request): string {
  const route: unknown = req.route;
  const path = typeof route === 'object' && route !== null && 'path' in route ? String(route.path) : undefined;
  if (path === undefined) return 'none';
  // Routers below a link or a desk lie below what names one: only the first word of it is a template.
  const [, below] = /^\/(a|desk)\//i.exec(req.baseUrl) ?? [];
  return `${below === undefined ? req.baseUrl : `/${below.toLowerCase()}`}${path}`;
}

/** The listener for the collector, apart from the one the world reaches. */
export function metricsServer(metrics: Metrics): Server {
  return createServer((req, res) => {
    if (req.url?.split('?')[0] !== '/metrics' || req.method !== 'GET') {
      res.writeHead(404).end();
      return;
    }
    metrics.registry.metrics().then(
      (text) => res.writeHead(200, { 'Content-Type': metrics.registry.contentType }).end(text),
      () => res.writeHead(500).end(),
    );
  });
}
