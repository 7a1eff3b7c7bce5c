import type { WorkerOptions } from '@temporalio/worker';
import { startTraces } from '../config/traces.ts';

/** Traces on the side of the worker: spans of workflows and activities continue the trace a command brought along. */
export interface WorkerTracing {
  readonly interceptors: NonNullable<WorkerOptions['interceptors']>;
  readonly sinks: NonNullable<WorkerOptions['sinks']>;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/** What a worker needs to trace when a collector is configured; nothing is even loaded otherwise. The bundle must be a traced one. */
export async function openWorkerTracing(otlpEndpoint: string | undefined): Promise<WorkerTracing | undefined> {
  const traces = await startTraces(otlpEndpoint, 'jobbag-worker');
  if (traces === undefined) return undefined;
  const { tracer, processor, resource } = traces;
  const kit = await import('@temporalio/interceptors-opentelemetry');
  return {
    interceptors: {
      activity: [(context) => ({ inbound: new kit.OpenTelemetryActivityInboundInterceptor(context, { tracer }) })],
    },
    sinks: { exporter: kit.makeWorkflowExporter(processor, resource) },
    stop: () => traces.stop(),
  };
}
