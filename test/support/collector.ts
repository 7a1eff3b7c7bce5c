import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const text = z.object({ stringValue: z.string().optional() });
const attribute = z.object({ key: z.string(), value: text });
const sent = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(attribute) }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** A span as it arrived. */
export interface ArrivedSpan {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly name: string;
}

/** A collector of traces that only listens: OTLP over HTTP in JSON. */
export interface Collector {
  readonly endpoint: string;
  readonly spans: readonly ArrivedSpan[];
  /** Everything as it came over the wire. */
  raw(): string;
  close(): Promise<void>;
}

/** Listens on a free port of this machine. */
export async function openCollector(): Promise<Collector> {
  const spans: ArrivedSpan[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const read = request.url === '/v1/traces' ? sent.safeParse(JSON.parse(body)) : undefined;
      if (!read?.success) {
        response.writeHead(400).end();
        return;
      }
      bodies.push(body);
      for (const { resource, scopeSpans } of read.data.resourceSpans) {
        const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
        for (const one of scopeSpans) spans.push(...one.spans.map((span) => ({ ...span, service })));
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    spans,
    raw: () => bodies.join('\n'),
    close: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
}
