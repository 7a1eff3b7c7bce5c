import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { z } from 'zod';
import { isMessageId } from './box.ts';
import type { MailBox } from './box.ts';
import { faultSchema } from './faults.ts';
import type { FaultBook } from './faults.ts';
import { readMessage } from './message.ts';
import type { MessageDetail } from './message.ts';
import { renderInbox } from './page.tsx';
import { script, style } from './style.ts';
import { langOf } from './wording.ts';

const LARGEST_BODY = 64 * 1024;

/** Pages of ours run one script and one style of ours, and show messages in a frame of this server. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A message shows its own text and pictures and nothing else: no script, no fetch, no form. */
const MESSAGE_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly policy?: string;
  readonly body?: string | Buffer;
}

const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});
const problem = (status: number, title: string): Answer => json({ title, status }, status);
const html = (body: string, status = 200, policy = PAGE_POLICY): Answer => ({
  status,
  type: 'text/html; charset=utf-8',
  policy,
  body,
});

/** Pages for people and JSON for programs, over one mailbox. */
export function inboxServer(box: MailBox, faults: FaultBook): Server {
  return createServer((request, response) => {
    answer(box, faults, request)
      .catch((error: unknown) => problem(500, error instanceof Error ? error.message : 'unknown'))
      .then((result) => send(request, response, result))
      .catch(() => response.destroy());
  });
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status ?? 200, {
    'content-type': answer.type ?? 'text/plain; charset=utf-8',
    'content-security-policy': answer.policy ?? "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

async function answer(box: MailBox, faults: FaultBook, request: IncomingMessage): Promise<Answer> {
  // A foreign page that points its own name at this address must not read the mails.
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host))
    return problem(421, 'This inbox answers on the loopback only.');
  const url = new URL(request.url ?? '/', 'http://localhost');
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const [first, second, third, fourth, ...rest] = url.pathname.split('/').slice(1);
  if (rest.length > 0) return problem(404, 'not found');
  if (first === 'api' && second === 'messages' && third !== undefined) {
    return method === 'GET' ? oneMessage(box, third, fourth) : problem(405, 'method not allowed');
  }
  if (fourth !== undefined) return problem(404, 'not found');
  if (first === 'api' && second === 'messages') return messages(box, method, url);
  if (first === 'api' && second === 'faults' && third === undefined) return faultsApi(faults, method, request);
  if (method !== 'GET') return problem(405, 'method not allowed');
  if (url.pathname === '/inbox.css') return { type: 'text/css; charset=utf-8', body: style };
  if (url.pathname === '/inbox.js') return { type: 'text/javascript; charset=utf-8', body: script };
  if (url.pathname === '/') return page(box, request, url);
  if (first !== 'messages' || second === undefined) return problem(404, 'not found');
  if (third === undefined) return page(box, request, url, second);
  return third === 'html' ? messageHtml(box, second) : problem(404, 'not found');
}

async function page(box: MailBox, request: IncomingMessage, url: URL, id?: string): Promise<Answer> {
  const q = (url.searchParams.get('q') ?? '').slice(0, 200);
  const found = box.list(q === '' ? {} : { q });
  const lang = langOf(url.searchParams.get('lang'), request.headers['accept-language']);
  const open = id === undefined ? undefined : ((await detail(box, id)) ?? ('missing' as const));
  const shown = { lang, q, messages: found, total: found.length, ...(open === undefined ? {} : { open }) };
  return html(renderInbox(shown), open === 'missing' ? 404 : 200);
}

async function messageHtml(box: MailBox, id: string): Promise<Answer> {
  const message = await detail(box, id);
  if (message === undefined) return problem(404, 'not found');
  // Links open beside the inbox; the frame itself stays where it is.
  return html(`<!doctype html><base target="_blank">${message.html}`, 200, MESSAGE_POLICY);
}

async function detail(box: MailBox, id: string): Promise<MessageDetail | undefined> {
  const summary = isMessageId(id) ? box.find(id) : undefined;
  return summary === undefined ? undefined : readMessage(summary, await box.raw(id));
}

async function oneMessage(box: MailBox, id: string, form: string | undefined): Promise<Answer> {
  if (form === 'raw') {
    const known = isMessageId(id) && box.find(id) !== undefined;
    return known ? { body: await box.raw(id) } : problem(404, 'not found');
  }
  const message = form === undefined ? await detail(box, id) : undefined;
  return message === undefined ? problem(404, 'not found') : json(message);
}

async function messages(box: MailBox, method: string | undefined, url: URL): Promise<Answer> {
  if (method === 'DELETE') {
    await box.clear();
    return { status: 204 };
  }
  if (method !== 'GET') return problem(405, 'method not allowed');
  const text = z.string().max(320).optional();
  const filter = z
    .object({ to: text, subject: text, since: z.iso.datetime({ offset: true }).optional() })
    .safeParse(Object.fromEntries(url.searchParams));
  if (!filter.success)
    return problem(400, `${filter.error.issues[0]?.path.join('.')}: ${filter.error.issues[0]?.message}`);
  const given = Object.fromEntries(Object.entries(filter.data).filter(([, value]) => value !== undefined));
  const found = box.list(given);
  return json({ total: found.length, messages: found });
}

async function faultsApi(faults: FaultBook, method: string | undefined, request: IncomingMessage): Promise<Answer> {
  if (method === 'GET') return json({ faults: faults.list() });
  if (method === 'DELETE') {
    faults.clear();
    return { status: 204 };
  }
  if (method !== 'POST') return problem(405, 'method not allowed');
  // A form on a foreign page cannot send this type without asking first, and we never say yes.
  if (request.headers['content-type']?.startsWith('application/json') !== true)
    return problem(415, 'send application/json');
  const body = await readBody(request);
  const parsed = z.union([faultSchema, z.array(faultSchema).max(100)]).safeParse(body);
  if (!parsed.success) return problem(400, z.prettifyError(parsed.error));
  for (const fault of [parsed.data].flat()) faults.add(fault);
  return json({ faults: faults.list() }, 201);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(chunk as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
