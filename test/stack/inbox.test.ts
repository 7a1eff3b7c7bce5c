import { createTransport } from 'nodemailer';
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startStack } from '../../ops/stack/stack.ts';
import type { Inbox, Stack } from '../../ops/stack/stack.ts';
import { anyPorts, freshFolder, nothingGiven } from './folder.ts';

const dataDir = freshFolder();
let stack: Stack;
let inbox: Inbox;

async function start(): Promise<void> {
  stack = await startStack({ dataDir, parts: ['mail'], ports: anyPorts, environment: nothingGiven });
  if (stack.inbox === undefined) throw new Error('SMTP_URL is set');
  inbox = stack.inbox;
}

beforeAll(start);
beforeEach(() => inbox.faults.clear());
afterAll(() => stack.stop());

interface Letter {
  readonly to: string;
  readonly subject?: string;
  readonly html?: string;
}

function post(letter: Letter): Promise<unknown> {
  const transport = createTransport({ url: stack.smtpUrl, socketTimeout: 5000 } as object);
  const text = '请于 17:00 前确认。打开：http://127.0.0.1:3000/a/abc.def。';
  const html = letter.html ?? '<p>请确认</p><a href="http://127.0.0.1:3000/a/abc?x=1&amp;y=2">打开</a>';
  return transport.sendMail({
    from: '"工作袋" <bag@agency.example>',
    subject: '请签字 · SK-001',
    text,
    ...letter,
    html,
  });
}

const get = async <T>(path: string): Promise<T> => (await fetch(`${inbox.url}${path}`)).json() as Promise<T>;

test('a mail is stored, found and read, and lives through a restart and a lost index', async () => {
  await post({ to: 'lin@agency.example' });
  await post({ to: 'chen@client.example', subject: 'Another' });
  const before = await get<{ messages: { id: string; subject: string }[] }>('/api/messages?to=LIN@');
  expect(before.messages.map(({ subject }) => subject)).toEqual(['请签字 · SK-001']);
  expect((await get<{ total: number }>('/api/messages?subject=another')).total).toBe(1);
  expect((await get<{ total: number }>('/api/messages?since=2999-01-01T00:00:00Z')).total).toBe(0);
  expect((await fetch(`${inbox.url}/api/messages?since=yesterday`)).status).toBe(400);

  const mail = await get<Record<string, unknown>>(`/api/messages/${before.messages[0]?.id}`);
  expect(mail).toMatchObject({
    subject: '请签字 · SK-001',
    from: { name: '工作袋', address: 'bag@agency.example' },
    to: [{ name: '', address: 'lin@agency.example' }],
    envelopeTo: ['lin@agency.example'],
    links: ['http://127.0.0.1:3000/a/abc?x=1&y=2', 'http://127.0.0.1:3000/a/abc.def'],
  });
  expect(mail['text']).toContain('请于 17:00 前确认');
  const raw = await (await fetch(`${inbox.url}/api/messages/${before.messages[0]?.id}/raw`)).text();
  expect(raw).toContain('Message-ID:');
  expect(raw).not.toContain('X-Jobbag-Envelope');

  await stack.stop();
  const mailDir = join(dataDir, 'mail');
  writeFileSync(join(mailDir, 'index.jsonl'), '');
  appendFileSync(join(mailDir, 'index.jsonl'), '{"id":"cut sho');
  mkdirSync(mailDir, { recursive: true });
  await start();
  expect(inbox.list().map(({ subject }) => subject)).toEqual(['Another', '请签字 · SK-001']);
  expect((await fetch(`${inbox.url}/api/messages`, { method: 'DELETE' })).status).toBe(204);
  expect(readdirSync(mailDir).filter((name) => name.endsWith('.eml'))).toEqual([]);
});

test('a hostile mail is shown without harm', async () => {
  await post({
    to: 'evil@agency.example',
    subject: '<img src=x onerror=alert(1)>',
    html: '<script>alert(1)</script><b>hello</b>',
  });
  const [message] = inbox.list({ to: 'evil@' });
  const page = await (await fetch(`${inbox.url}/messages/${message?.id}?lang=zh`)).text();
  expect(page).not.toContain('<img src=x');
  expect(page).toContain('&lt;img src=x');
  expect(page).toContain('lang="zh-CN"');
  expect(page).toMatch(/<iframe[^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);
  const frame = await fetch(`${inbox.url}/messages/${message?.id}/html`);
  expect(frame.headers.get('content-security-policy')).toMatch(
    /^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/,
  );
  for (const path of [
    '/messages/..%2f..%2fetc',
    '/messages/x/html',
    '/api/messages/x',
    '/api/messages/x/raw',
    '/nothing',
    '/api/messages/a/b/c',
  ]) {
    expect((await fetch(inbox.url + path)).status, path).toBe(404);
  }
});

test('the page speaks the language that was asked for', async () => {
  const page = async (headers: Record<string, string>, path = '/'): Promise<string> =>
    (await fetch(inbox.url + path, { headers })).text();
  expect(await page({ 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5' })).toContain('试用收件箱');
  expect(await page({ 'accept-language': 'en-GB' })).toContain('Trial inbox');
  expect(await page({ 'accept-language': 'en-GB' }, '/?lang=zh-CN')).toContain('试用收件箱');
  expect(await page({}, '/?q=%3Cscript%3E')).not.toContain('<script>"');
});

test('refusing at RCPT: now, for ever, for some, n times', async () => {
  inbox.faults.add({ kind: 'refuse', code: 450, times: 2, to: 'busy@' });
  inbox.faults.add({ kind: 'refuse', code: 550, to: 'gone@' });
  for (let i = 0; i < 2; i++) await expect(post({ to: 'busy@a.example' })).rejects.toMatchObject({ responseCode: 450 });
  await post({ to: 'busy@a.example' });
  await expect(post({ to: 'gone@a.example' })).rejects.toMatchObject({ responseCode: 550 });
  inbox.faults.add({ kind: 'refuse', code: 421, to: 'never@', probability: 0 });
  await post({ to: 'never@a.example' });
});

test('dropping after DATA: the sender does not know, the mail is there or not as told', async () => {
  inbox.faults.add({ kind: 'drop', to: 'kept@', times: 1 });
  inbox.faults.add({ kind: 'drop', to: 'away@', kept: false });
  const kept = inbox.waitFor((message) => message.to.includes('kept@a.example'));
  await expect(post({ to: 'kept@a.example' })).rejects.toThrow();
  await kept;
  await post({ to: 'kept@a.example' });
  expect(inbox.list({ to: 'kept@' })).toHaveLength(2);
  await expect(post({ to: 'away@a.example' })).rejects.toThrow();
  expect(inbox.list({ to: 'away@' })).toHaveLength(0);
});

test('losing and delaying, told over HTTP', async () => {
  const tell = (body: unknown, type = 'application/json'): Promise<Response> =>
    fetch(`${inbox.url}/api/faults`, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) });
  const faults = [
    { kind: 'lose', to: 'lost@', times: 1 },
    { kind: 'delay', ms: 300, to: 'slow@' },
  ];
  expect((await tell(faults)).status).toBe(201);
  expect((await tell({ kind: 'explode' })).status).toBe(400);
  expect((await tell(faults, 'text/plain')).status).toBe(415);
  await post({ to: 'lost@a.example' });
  expect(inbox.list({ to: 'lost@' })).toHaveLength(0);
  const startedAt = performance.now();
  await post({ to: 'slow@a.example' });
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(300);
  expect((await fetch(`${inbox.url}/api/faults`, { method: 'DELETE' })).status).toBe(204);
  expect(await get('/api/faults')).toEqual({ faults: [] });
});

test('a foreign name that points here is turned away', async () => {
  const { request } = await import('node:http');
  const status = await new Promise((resolve, reject) => {
    request(`${inbox.url}/api/messages`, { headers: { host: 'evil.example' } }, (answer) => resolve(answer.statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});

test('restart breaks connections, keeps mails and addresses', async () => {
  await post({ to: 'stay@a.example' });
  const url = stack.inboxUrl;
  await stack.restart('mail');
  expect(stack.inboxUrl).toBe(url);
  await post({ to: 'stay@a.example' });
  expect(inbox.list({ to: 'stay@' })).toHaveLength(2);
});
