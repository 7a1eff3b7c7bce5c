import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse, type House } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const html = { accept: 'text/html' };

describe('headers of every page', () => {
  it.each([
    '/',
    '/sign-in',
    '/sign-in/code',
    '/desk',
    '/a/not-a-link',
    '/nothing/here',
    '/problems/INVALID',
    '/api/docs',
    '/jobs/job-x',
  ])('%s', async (path) => {
    const answer = await fetch(`${house.url}${path}`, { headers: html, redirect: 'manual' });
    expect(answer.status).toBeLessThan(500);
    const csp = answer.headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ])
      expect(csp).toContain(part);
    expect(csp).not.toContain('unsafe');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('x-robots-tag')).toContain('noindex');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-powered-by')).toBeNull();
    const text = await answer.text();
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(text).not.toMatch(/\sstyle="|\son\w+="/);
    expect(text).not.toMatch(/(src|href)="https?:/);
  });

  it('the 404 of a page is friendly and in the reader’s language, and says nothing of what was asked', async () => {
    const english = await fetch(`${house.url}/secret-thing`, { headers: { ...html, 'accept-language': 'en' } });
    expect(english.status).toBe(404);
    const text = await english.text();
    expect(text).toContain('lang="en"');
    expect(text).not.toContain('secret-thing');
    expect(await (await fetch(`${house.url}/secret-thing`, { headers: html })).text()).toContain('lang="zh-CN"');
  });
});

describe('health and metrics', () => {
  it('healthz lives, readyz names engine and store', async () => {
    expect(await (await fetch(`${house.url}/healthz`)).json()).toEqual({ status: 'up' });
    const ready = await fetch(`${house.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', engine: 'up', store: 'up' }]);
  });

  it('metrics speak of route templates only, on their own listener', async () => {
    await fetch(`${house.url}/problems/INVALID`, { headers: html });
    const text = await (await fetch(`${house.api.metricsUrl ?? ''}/metrics`)).text();
    expect(text).toContain('route="/problems/:code"');
    expect(text).not.toContain('not-a-link');
    expect((await fetch(`${house.url}/metrics`)).status).toBe(404);
  });
});

describe('R-20 of the threats: nothing that leads somewhere stands in the log', () => {
  it('links, queries, tokens and cookies are left out', async () => {
    const link = 'Zm9vYmFyYmF6cXV4.c2VjcmV0LW1hYy1oZXJl';
    await fetch(`${house.url}/a/${link}`, {
      headers: { ...html, cookie: 'jobbag=very-secret-cookie', authorization: 'Bearer jobbag_very-secret-token' },
    });
    await fetch(`${house.url}/a/${link}?next=hidden-query`, { headers: html });
    await fetch(`${house.url}/a/${link}`, {
      method: 'POST',
      headers: { ...html, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ words: 'spoken-in-confidence' }),
    });
    const log = house.logged.join('');
    for (const secret of [link, 'very-secret-cookie', 'very-secret-token', 'hidden-query', 'spoken-in-confidence'])
      expect(log).not.toContain(secret);
    expect(log).toContain('/a/[link]');
  });
});

describe('host headers', () => {
  it('no page and no redirect repeats a host that somebody claimed', async () => {
    for (const path of ['/', '/sign-in', '/desk', '/nothing', '/api/docs', '/api/v1/openapi.json']) {
      const answer = await fetch(`${house.url}${path}`, {
        redirect: 'manual',
        headers: { ...html, 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
      });
      expect(answer.headers.get('location') ?? '').not.toContain('evil');
      expect(await answer.text()).not.toContain('evil.example');
    }
  });
});

describe('forms', () => {
  it('are refused when they are not what a browser of ours sends', async () => {
    const send = (body: string, headers: Readonly<Record<string, string>> = {}) =>
      fetch(`${house.url}/sign-in`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body,
      });
    expect((await send('address=%ff')).status).toBe(400);
    expect((await send('address=%zz')).status).toBe(400);
    expect((await send('__proto__=1')).status).toBe(400);
    expect((await send('address=a%00b@c.example')).status).toBe(422);
    expect((await send('address=a@b.example&address=c@d.example')).status).toBe(422);
    expect((await send(`address=${'a'.repeat(200_000)}`)).status).toBe(413);
    expect((await send('{"address":"a@b.example"}', { 'content-type': 'application/json' })).status).toBe(415);
    expect((await send('address=a%0d%0aBcc:x@b.example')).status).toBe(422);
  });
});
