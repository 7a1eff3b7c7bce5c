import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes, base } from '../../../api/json/openapi.ts';
import { cookieNames } from '../../../api/session/cookies.ts';
import { stayingCookie } from '../../../api/session/staying.ts';
import { statusGrant } from '../../../api/staff/status-link.ts';
import { withoutSecrets } from '../../../config/logging.ts';
import { mintFormValue } from '../../../store/form-values.ts';
import { mintGrant } from '../../../store/grants.ts';
import { tokenFor } from '../../../store/links.ts';
import { issueLoginCode } from '../../../store/login-codes.ts';
import { openSession } from '../../../store/sessions.ts';
import { openHouse, type House } from '../support/house.ts';

/** Real secrets of the house, by what they are. */
let secrets: Readonly<Record<string, string>>;
let house: House;
let routes: readonly string[];

beforeAll(async () => {
  house = await openHouse({ LOG_LEVEL: 'trace' });
  const { store, keys, clock, config } = house.api.deps;
  const executive = await house.person(['ACCOUNT_EXECUTIVE']);
  const { clientId } = await house.brand([executive]);
  const client = await house.person(['CLIENT_LEAD'], { side: 'client', clientId });
  const scope = { processId: 'job-x', circulation: 'c', round: 1, step: 's', hash: 'h', purpose: 'decide' };
  const grant = await mintGrant(store, { personId: executive.id, ...scope }, keys.links, clock());
  const status = await statusGrant(store, client, clientId, keys.links, clock());
  const { token } = await openSession(store, { personId: executive.id, how: 'code' }, clock(), 3_600_000);
  const login = await issueLoginCode(store, executive.id, keys.cookies, clock());
  secrets = {
    link: tokenFor(grant, keys.links),
    status: tokenFor(status, keys.links),
    session: token,
    cookie: stayingCookie(keys.cookies, token, clock()),
    apiToken: await house.token(executive),
    formValue: mintFormValue(keys.forms, { holder: 'x', purpose: 'y' }, clock()),
    code: login.code,
    address: executive.mail.address,
    cookieName: `${cookieNames(config.publicBaseUrl).session}=`,
  };
  routes = await everyRoute();
});
afterAll(() => house.close());

/** Every path the API has: pages as they are written in the code, routes of the JSON API as they are declared. */
async function everyRoute(): Promise<string[]> {
  const found = new Set(allRoutes.map((route) => base + route.path.replaceAll(/\{(\w+)\}/g, ':$1')));
  for await (const file of glob('api/**/*.{ts,tsx}')) {
    const code = readFileSync(file, 'utf8');
    for (const [, path] of code.matchAll(/\.(?:get|post|all|use)\(\s*'(\/[^']*)'/g)) found.add(path ?? '');
    // Paths that are listed and mounted in a loop.
    for (const [, path] of code.matchAll(/\['(\/[^']*)', by/g)) found.add(path ?? '');
  }
  // The files of an approver's page lie below both of its roads.
  for (const road of ['/a/:link', '/desk/:process/:circulation/:step']) found.add(`${road}/files/:hash/:place/:how`);
  return [...found];
}

describe('no line of the log holds a secret', { timeout: 120_000 }, () => {
  it('whatever secret stands in whatever place of whatever route, by any method, in capitals too', async () => {
    expect(routes.length).toBeGreaterThan(60);
    for (const path of [
      '/a/:link',
      '/c/a/:link',
      '/sign-in/code',
      '/sign-in/oidc/callback',
      '/jobs/:id/files/:hash/:place/:how',
    ])
      expect(routes).toContain(path);
    const {
      link = '',
      status = '',
      cookie = '',
      apiToken = '',
      session = '',
      formValue = '',
      code = '',
      address = '',
    } = secrets;
    const inPaths = [link, status, cookie, apiToken, session];
    const query = new URLSearchParams({
      code,
      state: session,
      token: apiToken,
      lang: link,
      formValue,
      address,
      iss: cookie,
    });
    for (const [n, route] of routes.entries()) {
      const put = inPaths[n % inPaths.length] ?? '';
      const filled = route.replaceAll(/:\w+|\*\w+/g, () => put);
      const addresses = [
        filled,
        `/${filled.replace(/^\/([a-z])/, (_all, one: string) => one.toUpperCase())}`,
        `${filled}/`,
      ];
      for (const one of [...addresses, `${filled}?${query.toString()}`]) {
        await fetch(`${house.url}/${one.replace(/^\/+/, '')}`, {
          redirect: 'manual',
          headers: { accept: 'text/html', cookie: `${secrets.cookieName ?? ''}${cookie}` },
        });
      }
      await fetch(`${house.url}${filled}?${query.toString()}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'sec-fetch-site': 'same-origin', authorization: `Bearer ${apiToken}x` },
        body: new URLSearchParams({ code, formValue, address, linkCode: code }),
      });
    }
    // By the two roads a link opens, in every spelling a router would still take.
    for (const one of [
      `/A/${link}`,
      `/c/A/${status}`,
      `/C/a/${status}`,
      `/a/${link.replace('.', '%2E')}`,
      `/%61/${link}`,
      `//a/${link}`,
    ])
      await fetch(house.url + one, { redirect: 'manual' });
    const lines = house.logged.join('');
    expect(house.logged.length).toBeGreaterThan(routes.length * 4);
    for (const [what, secret] of Object.entries(secrets).filter(([name]) => name !== 'cookieName'))
      expect([what, lines.includes(secret)]).toEqual([what, false]);
    // A half of a link is half a secret.
    for (const half of [...link.split('.'), ...status.split('.')]) expect(lines).not.toContain(half);
  });

  it('no number for the collector holds one either', async () => {
    const { link = '' } = secrets;
    for (const road of ['a', 'A']) await fetch(`${house.url}/${road}/${link}/files/x/0/raw`);
    const numbers = await (await fetch(`${house.api.metricsUrl ?? ''}/metrics`)).text();
    expect(numbers).toContain('/files/:hash/:place/:how');
    expect(numbers).not.toContain(link.split('.')[0]);
  });

  it('texts that quote a secret go without it, and cleaning twice changes nothing', () => {
    const { link = '', cookie = '', apiToken = '', session = '' } = secrets;
    const quoted = [
      `GET https://x.example/a/${link}/files/1 failed`,
      `GET /A/${link.slice(0, 40)}`,
      `bad ${link} here`,
      `cookie ${cookie}; token ${apiToken}; session ${session}.`,
      `callback https://x.example/cb?code=abc-def&state=xyz&lang=en`,
    ].map(withoutSecrets);
    expect(quoted).toEqual([
      'GET https://x.example/a/[link] failed',
      'GET /a/[link]',
      'bad [link] here',
      'cookie [token]; token [token]; session [token].',
      'callback https://x.example/cb?code=[redacted]&state=[redacted]&lang=en',
    ]);
    expect(quoted.map(withoutSecrets)).toEqual(quoted);
    const hash = '9f3c71aa'.repeat(8);
    expect(withoutSecrets(`/jobs/job-1/files/${hash}/0/raw`)).toBe(`/jobs/job-1/files/${hash}/0/raw`);
  });
});
