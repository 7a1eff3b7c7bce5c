import type { AttributeValue, Tracer } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { withoutSecrets } from './logging.ts';

/** Traces of a process, on their way to a collector. Absent where none is configured. */
export interface Traces {
  readonly tracer: Tracer;
  /** Takes spans that were made elsewhere, as those of workflows are. */
  readonly processor: SpanProcessor;
  /** Which process the spans come from. */
  readonly resource: Resource;
  /** Sends what is left and ends. A collector that is away is not waited for longer than a few seconds. */
  stop(): Promise<void>;
}

// A collector that is away must hold up neither a request nor the end of a process.
const SEND_WITHIN_MS = 3_000;

/**
 * Starts tracing by OTLP over HTTP when the configuration names a collector (`OTEL_EXPORTER_OTLP_ENDPOINT`, the address
 * without `/v1/traces`). The libraries are loaded only then, so a start without traces costs nothing. Several parts of
 * one process may start their own.
 */
export async function startTraces(endpoint: string | undefined, service: string): Promise<Traces | undefined> {
  if (endpoint === undefined) return undefined;
  const [{ context, propagation }, { AsyncLocalStorageContextManager }, exporting, resources, sdk, core] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/core'),
    ]);
  // Both answer false where another part of this process was first; theirs do the same.
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  const resource = resources.Resource.default().merge(new resources.Resource({ 'service.name': service }));
  const exporter = new exporting.OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: SEND_WITHIN_MS,
  });
  const batches = new sdk.BatchSpanProcessor(exporter, { exportTimeoutMillis: SEND_WITHIN_MS });
  const processor: SpanProcessor = {
    onStart: (span, parent) => batches.onStart(span, parent),
    onEnd: (span) => batches.onEnd(withoutSecretsIn(span)),
    forceFlush: () => batches.forceFlush(),
    shutdown: () => batches.shutdown(),
  };
  const provider = new sdk.BasicTracerProvider({ resource, spanProcessors: [processor] });
  return {
    tracer: provider.getTracer(service),
    processor,
    resource,
    stop: () => provider.shutdown().catch(() => undefined),
  };
}

/** A span as a collector may see it: texts of errors quote what they failed on, which may be a link or an address. */
function withoutSecretsIn(span: ReadableSpan): ReadableSpan {
  const clean = (value: AttributeValue | undefined): AttributeValue | undefined =>
    typeof value === 'string' ? withoutSecrets(value) : value;
  const all = (attributes: ReadableSpan['attributes'] | undefined): ReadableSpan['attributes'] =>
    Object.fromEntries(Object.entries(attributes ?? {}).map(([name, value]) => [name, clean(value)]));
  const { message } = span.status;
  const seen = {
    name: withoutSecrets(span.name),
    attributes: all(span.attributes),
    status: { ...span.status, ...(message === undefined ? {} : { message: withoutSecrets(message) }) },
    events: span.events.map((event) => ({ ...event, attributes: all(event.attributes) })),
  };
  const isSeen = (name: string | symbol): name is keyof typeof seen => Object.hasOwn(seen, name);
  // What a span knows stands on its prototype too; only what it says is replaced.
  return new Proxy(span, {
    get: (target, name): unknown => (isSeen(name) ? seen[name] : Reflect.get(target, name)),
  });
}
