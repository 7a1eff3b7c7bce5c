import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { z } from 'zod';
import { clockOf } from '../config/clock.ts';
import { readConfig } from '../config/config.ts';
import { payloadCodec } from '../store/codec.ts';
import { openKeyrings } from '../store/keyring.ts';

/** Port the codec server listens on unless told otherwise. */
export const codecPort = 8234;

/** Pages that may ask, beside the command line: the engine's own UI where the stack puts it. */
const usualOrigins = ['http://127.0.0.1:8233', 'http://localhost:8233'];

/** Histories come a page at a time; the largest page of the largest jobs stays far below this. */
const largestBody = 16 * 1024 * 1024;

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const body = z.object({
  payloads: z.array(z.object({ metadata: z.record(z.string(), base64).nullish(), data: base64.nullish() })).max(10_000),
});

/** What a codec server is made of. */
export interface CodecServerParts {
  readonly codec: PayloadCodec;
  /** 0 takes any free port. */
  readonly port: number;
  /** Origins whose pages may ask, each exact. */
  readonly origins: readonly string[];
}

/** A running codec server. */
export interface CodecServer {
  /** What `--codec-endpoint` takes. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Opens what lies encrypted in the engine for the engine's own tools: `POST /decode` and `POST /encode` as the `temporal`
 * command and the UI ask for them. 1. It listens on this machine only. 2. A request must name this machine as its host,
 * so no page of another name that points here gets in. 3. A page must come from the UI; the command line has no origin.
 * Whoever can run programs on this machine can read through it, so it runs only while somebody is looking.
 */
export function startCodecServer(parts: CodecServerParts): Promise<CodecServer> {
  const server: Server = createServer((request, response) => {
    answer(parts, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('The payloads could not be read with the keys of this house.\n');
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(parts.port, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        url: `http://127.0.0.1:${port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}

async function answer(parts: CodecServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { origin, host = '' } = request.headers;
  const say = (status: number, sentence: string): void => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    response.end(`${sentence}\n`);
  };
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return say(403, 'Only this machine may ask.');
  if (origin !== undefined) {
    if (!parts.origins.includes(origin)) return say(403, 'Only the engine’s own pages may ask.');
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-headers', 'content-type, x-namespace');
    response.setHeader('access-control-allow-methods', 'POST');
    response.setHeader('vary', 'origin');
  }
  if (request.method === 'OPTIONS') {
    response.writeHead(204).end();
    return;
  }
  const path = request.url?.split('?')[0];
  if (path !== '/decode' && path !== '/encode') return say(404, 'There are /decode and /encode.');
  if (request.method !== 'POST') return say(405, 'Ask with POST.');
  // A form of another page could send text without being asked about its origin first; JSON it could not.
  if (!request.headers['content-type']?.startsWith('application/json')) return say(415, 'Send application/json.');
  const text = await read(request);
  if (text === undefined) return say(413, `More than ${largestBody} bytes.`);
  const parsed = body.safeParse(json(text));
  if (!parsed.success) return say(400, 'Send {"payloads": […]} with metadata and data in base64.');
  const payloads = parsed.data.payloads.map(({ metadata, data }): Payload => ({
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, bytes(value)])),
    data: bytes(data ?? ''),
  }));
  const found = path === '/decode' ? await parts.codec.decode(payloads) : await parts.codec.encode(payloads);
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ payloads: found.map(plain) }));
}

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
const textOf = (data: Uint8Array): string => Buffer.from(data).toString('base64');

function plain({ metadata, data }: Payload): unknown {
  const entries = Object.entries(metadata ?? {}).map(([key, value]) => [key, textOf(value)] as const);
  return { metadata: Object.fromEntries(entries), data: textOf(data ?? new Uint8Array()) };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The body as text; nothing where it is too large. */
async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `jobbag codec-server [PORT] [ORIGIN]`: runs until Ctrl-C, with the house's own keys. */
export async function run(args: readonly string[], out: (line: string) => void): Promise<number> {
  const [port = String(codecPort), ...given] = args;
  const origins = given.length > 0 ? given : usualOrigins;
  const bad = origins.find((one) => !URL.canParse(one) || new URL(one).origin !== one);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535 || bad !== undefined || given.length > 1) {
    out('usage: jobbag codec-server [PORT] [ORIGIN]    for example codec-server 8234 http://127.0.0.1:8233');
    return 2;
  }
  const config = readConfig();
  const rings = openKeyrings(config.keysDir, clockOf(config));
  const server = await startCodecServer({ codec: payloadCodec(rings.payloads), port: Number(port), origins });
  out(`codec endpoint: ${server.url}`);
  out(
    `  temporal workflow show --namespace ${config.temporalNamespace} --workflow-id ID --codec-endpoint ${server.url}`,
  );
  out(`  in the engine's UI (${origins.join(', ')}): Data Encoder, Remote Codec Endpoint ${server.url}`);
  await new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve());
  });
  await server.close();
  return 0;
}
