import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantTable } from '../../../store/grants.ts';
import { logTable } from '../../../store/log.ts';
import { sessionTable } from '../../../store/sessions.ts';
import type { Person } from '../../../domain/people/types.ts';
import { openHouse, type House } from '../support/house.ts';
import { artworkJob, cookieOf, type ArtworkJob } from './office.ts';

let house: House;
let job: ArtworkJob;
const nasty = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)//',
  '{{7*7}}',
  '</textarea><svg onload=alert(1)>',
  '\u202egpj.exe',
  '😀👨‍👩‍👧',
  "' onmouseover='x",
];

beforeAll(async () => {
  house = await openHouse({ DOOR_DEADLINE_MS: '400' });
  job = await artworkJob(house, 'copywriter', {
    title: `夏季 ${nasty.join(' ')}`.slice(0, 190),
    words: nasty.join(' '),
  });
});
afterAll(() => house.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  fetch(house.url + path, { method, headers: { Accept: 'text/html', ...headers }, redirect: 'manual' });
const form = async (path: string, fields: Record<string, string>): Promise<Response> =>
  fetch(house.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      Accept: 'text/html',
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(fields).toString(),
  });
const person = (role: string): Person => {
  const found = job.people[role];
  if (!found) throw new Error(`nobody is ${role}`);
  return found;
};
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
const counts = async (): Promise<number[]> => {
  const { store } = house.api.deps;
  const known = await store.listCollections();
  return Promise.all([
    logTable(store).countDocuments(),
    grantTable(store).countDocuments(),
    sessionTable(store).countDocuments(),
    ...known.filter(({ name }) => name === 'limits').map(async ({ name }) => store.collection(name).countDocuments()),
  ]);
};

describe('the approver’s page under a link', () => {
  test('R-100: GET and HEAD of scanners, previews and browsers write nothing and set no session', async () => {
    const before = await counts();
    for (const agent of [
      'Mozilla/5.0 (Windows NT 10.0) SafeLinks',
      'Slackbot-LinkExpanding 1.0',
      'facebookexternalhit/1.1',
      'Mozilla/5.0 HeadlessChrome/130',
      'WhatsApp/2.23',
      'Googlebot/2.1',
      '',
    ]) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await get(job.link, { 'User-Agent': agent, 'Sec-Purpose': 'prefetch' }, method);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('set-cookie')).toBeNull();
        await answer.text();
      }
    }
    expect(await counts()).toEqual(before);
  });

  test('the page shows job, round, version, hash, meaning, checklist and who looks; link pages tell nobody where they are', async () => {
    const answer = await get(job.link, { 'Accept-Language': 'zh-CN' });
    const html = await answer.text();
    for (const said of [
      '请您审核签字',
      '第 2 轮 · 第 2 版',
      job.hashes[1].slice(0, 4),
      '您已在打印小样上校对文字',
      '陈默',
      '文案',
      '错漏字',
      '最佳',
      '改为“一杯山风”',
    ])
      expect(html).toContain(said);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('x-robots-tag')).toContain('noindex');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(html).not.toMatch(/<[^>]+\son\w+=|<script(?![^>]*src=)|\sstyle="/);
  });

  test('R-60: opinions of a revision that was dropped are no list of changes, and nobody is told that nothing changed', async () => {
    const dropped = await artworkJob(house, 'copywriter', { words: '背景换成绿色', dropped: true });
    const html = await (await get(dropped.link, { 'Accept-Language': 'zh-CN' })).text();
    expect(html).toContain('这一版没有记录在案的意见');
    for (const said of ['背景换成绿色', '改为“一杯山风”', '内容与上一版相同', '这是第一版'])
      expect(html).not.toContain(said);
  });

  test('row 22: nothing anybody typed becomes markup', async () => {
    const html = await (await get(job.link)).text();
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img src=x');
    expect(html).not.toContain('<svg onload');
  });

  test('row 4: unknown, foreign, malformed and altered links are one and the same 404', async () => {
    const altered = `${job.link.slice(0, -1)}${job.link.endsWith('A') ? 'B' : 'A'}`;
    const strip = (html: string): string => html.replace(/req[\w-]*|[0-9a-f]{8}-[0-9a-f-]{27}/gi, '');
    const pages = await Promise.all(
      ['/a/x', `/a/${'a'.repeat(28)}.${'b'.repeat(32)}`, altered, '/a/…'].map(async (path) => get(path)),
    );
    const bodies = await Promise.all(pages.map((page) => page.text()));
    expect(pages.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(new Set(bodies.slice(0, 3).map((body) => strip(body).length)).size).toBe(1);
  });

  test('row 6: an old round’s link says so and signs nothing', async () => {
    const html = await (await get(job.oldLink, { 'Accept-Language': 'zh-CN' })).text();
    expect(html).toContain('这是第 1 轮的链接');
    expect(html).not.toContain('value="sign"');
    for (const hash of job.hashes) expect((await get(`${job.oldLink}/files/${hash}/0/picture`)).status).toBe(404);
  });

  test('link identity beats a session and is shown', async () => {
    const other = await cookieOf(house, person('ACCOUNT_DIRECTOR'));
    const html = await (await get(job.link, { Cookie: `${other.name}=${other.value}` })).text();
    expect(html).toContain('陈默');
    expect(html).not.toContain('<b>周岚</b>');
  });

  test('R-80, R-83: signing with an open checklist comes back with every gap named and everything typed', async () => {
    const page = await (await get(job.link, { 'Accept-Language': 'zh-CN' })).text();
    const answer = await form(`${job.link}?lang=zh-CN`, {
      formValue: hidden(page, 'formValue'),
      round: '2',
      hash: hidden(page, 'hash'),
      verdict: 'sign',
      'check.C-06': 'pass',
      'check.C-07': 'na',
      signWords: nasty.join(' '),
    });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('请检查这一项');
    expect(html).toContain('请写一句说明');
    expect(html).toContain('请确认是在打印小样上核对的');
    expect(html).toContain('&lt;script>alert(1)&lt;/script>');
  });

  test('R-79: sending back without reason or words is refused beside its field', async () => {
    const page = await (await get(job.link)).text();
    const answer = await form(`${job.link}?lang=zh-CN`, {
      formValue: hidden(page, 'formValue'),
      round: '2',
      hash: hidden(page, 'hash'),
      verdict: 'back',
      backKind: 'return',
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('请选择原因');
  });

  test('a form older than its limit, forged, or from another round comes back filled in and decides nothing', async () => {
    const page = await (await get(job.link)).text();
    const fields = {
      round: '2',
      hash: hidden(page, 'hash'),
      verdict: 'back',
      backKind: 'return',
      reason: 'TEXT_ERROR',
      backWords: '第二行少一个字',
    };
    house.moveClock(3_600_000);
    try {
      const stale = await form(job.link, { ...fields, formValue: hidden(page, 'formValue') });
      expect(stale.status).toBe(409);
      expect(await stale.text()).toContain('第二行少一个字');
    } finally {
      house.moveClock(-3_600_000);
    }
    const forged = await form(job.link, { ...fields, formValue: 'kx81xx.forged' });
    expect(forged.status).toBe(409);
    const moved = await form(job.link, { ...fields, round: '1', formValue: hidden(page, 'formValue') });
    expect(moved.status).toBe(409);
    expect(await moved.text()).toContain('第二行少一个字');
  });

  test('with no process to answer, nothing is accepted and no page breaks', async () => {
    const page = await (await get(job.link)).text();
    const answer = await form(job.link, {
      formValue: hidden(page, 'formValue'),
      round: '2',
      hash: hidden(page, 'hash'),
      verdict: 'back',
      backKind: 'return',
      reason: 'TEXT_ERROR',
      backWords: '第二行少一个字',
    });
    expect([404, 409, 503]).toContain(answer.status);
    expect((await (await get(job.link)).text()).includes('value="sign"')).toBe(true);
  });

  test('S-85: pictures are our own bytes; native files go to the agency, to a client only after its signatures', async () => {
    const picture = await get(`${job.link}/files/${job.hashes[1]}/0/picture`);
    const bytes = await picture.arrayBuffer();
    const types = [
      picture.headers.get('content-type'),
      (await get(`${job.link}/files/${job.hashes[1]}/1/picture`)).headers.get('content-type'),
    ];
    expect(types).toContain('image/webp');
    expect(bytes.byteLength).toBeGreaterThan(0);
    const raws = await Promise.all([0, 1].map((place) => get(`${job.link}/files/${job.hashes[1]}/${place}/raw`)));
    for (const raw of raws) {
      expect(raw.status).toBe(200);
      expect(raw.headers.get('content-disposition')).toContain('attachment');
      expect(raw.headers.get('content-security-policy')).toContain('sandbox');
      expect(raw.headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect((await get(`${job.link}/files/${'0'.repeat(64)}/0/raw`)).status).toBe(404);
    expect((await get(`${job.link}/files/${job.hashes[1]}/9/raw`)).status).toBe(404);
  });

  test('R-69: a client sees no checklist and may only ask for a hand-over', async () => {
    const client = await artworkJob(house, 'client');
    const html = await (await get(client.link, { 'Accept-Language': 'zh-CN' })).text();
    expect(html).not.toContain('name="check.');
    expect(html).toContain('请客户主任转给别人');
    expect(html).toContain('确认并签字');
  });
});

describe('staff pages', () => {
  test('board, desk, the same approval by session, job page, and a part that is unchanged until something happens', async () => {
    const { name, value } = await cookieOf(house, person('COPYWRITER'));
    const Cookie = `${name}=${value}`;
    const board = await (await get('/', { Cookie })).text();
    expect(board).toContain('制作与 QC');
    const part = await get('/board/part', { Cookie });
    const etag = part.headers.get('etag') ?? '';
    expect((await get('/board/part', { Cookie, 'If-None-Match': etag })).status).toBe(304);
    const desk = await (await get('/desk', { Cookie })).text();
    const href = /href="(\/desk\/[^"]+)"/.exec(desk)?.[1] ?? '';
    expect(href).toContain(job.processId);
    const approval = await get(href, { Cookie });
    expect(approval.status).toBe(200);
    expect(await approval.text()).toContain('value="sign"');
  });

  test('staff pages lead strangers to the sign-in page', async () => {
    for (const path of ['/', '/desk', `/desk/${job.processId}/artworkQc:P1/copywriter`]) {
      const answer = await get(path);
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toContain('/sign-in');
    }
  });
});
