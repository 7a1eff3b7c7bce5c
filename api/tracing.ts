import { SpanStatusCode, trace } from '@opentelemetry/api';
import { OpenTelemetryWorkflowClientInterceptor } from '@temporalio/interceptors-opentelemetry';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { loggedPath } from './gate/requests.ts';

/**
 * Tracing is switched on by configuration only. This side makes spans through OpenTelemetry's API and hands the trace
 * to the engine; which exporter carries them away is the operator's choice, loaded with `node --import` before us.
 */
export interface Tracing {
  readonly requests: RequestHandler;
  readonly interceptors: readonly WorkflowClientInterceptor[];
}

/** Spans for requests and commands when an endpoint is configured; nothing at all otherwise. */
export function tracing(otlpEndpoint: string | undefined): Tracing | undefined {
  if (otlpEndpoint === undefined) return undefined;
  const tracer = trace.getTracer('jobbag-api');
  return {
    interceptors: [new OpenTelemetryWorkflowClientInterceptor()],
    requests: (req: Request, res: Response, next: NextFunction): void => {
      tracer.startActiveSpan(`${req.method} ${loggedPath(req.originalUrl)}`, (span) => {
        span.setAttribute('http.request.method', req.method);
        res.on('close', () => {
          span.setAttribute('http.response.status_code', res.statusCode);
          if (res.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        });
        next();
      });
    },
  };
}
