import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../../../api/json/openapi.ts';
import { openHouse, type House } from '../support/house.ts';

const methods = ['get', 'post', 'put', 'delete'] as const;

interface Target {
  readonly method: (typeof methods)[number];
  readonly path: string;
  readonly takesJson: boolean;
}

const document = openApiDocument('http://jobbag.test');
const targets: Target[] = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  methods.flatMap((method) => {
    const operation = item[method];
    if (operation === undefined) return [];
    const body = operation.requestBody;
    return [
      {
        method,
        path,
        takesJson: body !== undefined && 'content' in body && body.content?.['application/json'] !== undefined,
      },
    ];
  }),
);

let house: House;
let token: string;
let asked = 0;
/** All these questions are more than one address may ask in a minute; every hundredth comes from another. */
const nextAddress = (): string => `203.0.113.${Math.floor(asked++ / 100) % 250}`;
beforeAll(async () => {
  house = await openHouse({ DOOR_DEADLINE_MS: '500', TRUST_PROXY: '1' });
  token = await house.token(await house.person(['ADMIN', 'ACCOUNT_DIRECTOR']));
});
afterAll(() => house.close());

const details = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string().min(1),
  code: z.string(),
  errors: z.array(z.object({ field: z.string() })).optional(),
});

/** Every number and every row of the house, so that "nothing changed" can be seen. */
async function everything(): Promise<Record<string, number>> {
  const collections = await house.api.deps.store.listCollections();
  const counted: Record<string, number> = {};
  for (const { name } of collections) {
    if (name === 'limits') continue;
    counted[name] = await house.api.deps.store.collection(name).countDocuments();
  }
  return counted;
}

async function send(
  target: Target,
  body: string | Uint8Array | undefined,
  headers: Readonly<Record<string, string>> = {},
  pathValue = 'x12345678',
): Promise<Response> {
  const path = target.path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
    name === 'form' ? 'F-04' : name === 'hash' ? 'a'.repeat(64) : encodeURIComponent(pathValue),
  );
  return fetch(`${house.url}${path}`, {
    method: target.method.toUpperCase(),
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': 'key-12345678',
      'if-match': '"1"',
      'x-forwarded-for': nextAddress(),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Blob([new Uint8Array(body)]) }),
  });
}

async function problem(answer: Response): Promise<z.infer<typeof details>> {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const said = details.parse(await answer.json());
  expect(said.status).toBe(answer.status);
  return said;
}

const operators = [
  { $ne: null },
  { $gt: '' },
  [{ $where: '1' }],
  { 'a.b': 1 },
  { constructorx: { prototype: { polluted: true } } },
];
const texts = [
  '\u0000',
  'a\u0007b',
  '\ud800',
  'x\r\nBcc: evil@example.org',
  '\u202egnp.exe',
  'a'.repeat(100_000),
  '',
  '😀'.repeat(3_000),
];
const values: unknown[] = [null, 0, -1, 1e308, true, [], {}, [[[[]]]], ...operators, ...texts];

const bodies: string[] = [
  ...values.map((value) => JSON.stringify(value)),
  ...['act', 'content', 'files', 'name', 'form', 'code', 'type', 'title', 'id'].flatMap((field) =>
    values.map((value) => JSON.stringify({ [field]: value })),
  ),
  JSON.stringify({ act: { type: { $ne: null } } }),
  JSON.stringify({
    act: { type: 'sign', circulation: { $gt: '' }, round: '1', step: [], hash: 7, words: 'a'.repeat(5_000) },
  }),
  '{"role":"ADMIN","isAdmin":true,"name":"x","kind":"fullService","roles":["ADMIN"]}',
];

const unreadable: readonly (readonly [string, string | Uint8Array, number])[] = [
  ['no JSON', '{"a":', 400],
  ['a key twice', '{"name":"a","name":"b"}', 400],
  ['__proto__', '{"__proto__":{"polluted":true}}', 400],
  ['constructor', '{"a":{"constructor":{"prototype":{"polluted":true}}}}', 400],
  ['100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), 400],
  ['byte order mark', '\ufeff{}', 400],
  ['no UTF-8', new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400],
  ['too large', JSON.stringify({ name: 'a'.repeat(300_000) }), 413],
];

describe('bad input on every route of the document', () => {
  it('the document lists the routes', () => {
    expect(targets.length).toBeGreaterThan(25);
  });

  it.each(targets.filter((one) => one.takesJson))(
    '$method $path: values of every kind get a clear answer and change nothing',
    async (target) => {
      const before = await everything();
      for (const body of bodies) {
        const answer = await send(target, body);
        if (answer.status < 400) {
          // A few of these bodies are right for a route that only checks; it still must change nothing.
          expect(target.path, body.slice(0, 80)).toMatch(/validate|freeze|clients|drafts/);
          continue;
        }
        expect(answer.status, `${body.slice(0, 80)} → ${answer.status}`).toBeLessThan(500);
        const said = await problem(answer);
        if (said.code === 'INVALID') expect(said.errors?.length, body.slice(0, 80)).toBeGreaterThan(0);
      }
      const after = await everything();
      for (const name of Object.keys(before))
        if (!['papers', 'clients', 'audit'].includes(name)) expect(after[name], name).toBe(before[name]);
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    },
  );

  it.each(targets.filter((one) => one.takesJson))(
    '$method $path: what cannot be read is refused before any handler sees it',
    async (target) => {
      for (const [, body, status] of unreadable) {
        const answer = await send(target, body);
        expect(answer.status).toBe(status);
        await problem(answer);
      }
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/json; charset=utf-16',
      ]) {
        expect((await send(target, '{}', { 'content-type': type })).status, type).toBe(415);
      }
      expect((await send(target, '{}', { 'content-encoding': 'gzip' })).status).toBe(415);
    },
  );

  it.each(targets)('$method $path: hostile names in path and query', async (target) => {
    for (const hostile of [
      '%00',
      'a\u0000b',
      '$ne',
      'a'.repeat(3_000),
      '../../etc/passwd',
      '😀',
      '\u202e',
      '__proto__',
      "' or 1=1",
      '%ff',
    ]) {
      const answer = await send(target, target.takesJson ? '{}' : undefined, {}, hostile);
      expect(answer.status, hostile).toBeLessThan(500);
    }
    for (const query of [
      '?q[$ne]=1',
      '?q=a&q=b',
      '?limit=1e9',
      '?__proto__[x]=1',
      '?q=%00',
      '?q=%ff',
      '?unknown=1',
      '?atLeast=-1',
    ]) {
      const answer = await send({ ...target, path: `${target.path}${query}` }, target.takesJson ? '{}' : undefined);
      expect(answer.status, query).toBeGreaterThanOrEqual(400);
      expect(answer.status, query).toBeLessThan(500);
    }
  });

  it.each(targets)('$method $path: nobody without a token, and a wrong token is a clear 401', async (target) => {
    for (const authorization of ['', 'Bearer x', `Bearer jobbag_${'A'.repeat(43)}`, 'Basic YTpi']) {
      const answer = await send(target, target.takesJson ? '{}' : undefined, { authorization });
      expect([401, 429]).toContain(answer.status);
    }
  });

  it('a wrong method is told which are right; a path that never was is the uniform 404', async () => {
    const answer = await fetch(`${house.url}/api/v1/jobs`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': nextAddress() },
    });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST, HEAD']);
    expect((await fetch(`${house.url}/api/v1/nothing`, { headers: { 'x-forwarded-for': nextAddress() } })).status).toBe(
      404,
    );
  });

  it('30 MB are refused without being read', async () => {
    const answer = await send(
      { method: 'post', path: '/api/v1/clients', takesJson: true },
      new Uint8Array(30 * 1_048_576).fill(97),
    ).catch(() => undefined);
    // The server may close before the sender has finished; either way it goes on serving.
    if (answer !== undefined) expect(answer.status).toBe(413);
    expect((await fetch(`${house.url}/healthz`)).status).toBe(200);
  });
});
