import { SpanStatusCode, type Span } from '@opentelemetry/api';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { startTraces } from '../config/traces.ts';
import { loggedPath } from './gate/requests.ts';

/** Traces on the side of the API: spans for requests, and the trace handed on with every command to the engine. */
export interface Tracing {
  readonly requests: RequestHandler;
  readonly interceptors: readonly WorkflowClientInterceptor[];
  /** Sends what is left. */
  stop(): Promise<void>;
}

/** Spans for requests and commands when a collector is configured; nothing is even loaded otherwise. */
export async function openTracing(otlpEndpoint: string | undefined): Promise<Tracing | undefined> {
  const traces = await startTraces(otlpEndpoint, 'jobbag-api');
  if (traces === undefined) return undefined;
  const { tracer } = traces;
  const { OpenTelemetryWorkflowClientInterceptor } = await import('@temporalio/interceptors-opentelemetry');
  return {
    interceptors: [new OpenTelemetryWorkflowClientInterceptor({ tracer })],
    requests: (req: Request, res: Response, next: NextFunction): void => {
      tracer.startActiveSpan(`${req.method} ${loggedPath(req.originalUrl)}`, (span: Span) => {
        span.setAttribute('http.request.method', req.method);
        res.on('close', () => {
          span.setAttribute('http.response.status_code', res.statusCode);
          if (res.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        });
        next();
      });
    },
    stop: () => traces.stop(),
  };
}
