import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../../store/people.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** A browser that keeps cookies and follows nothing. */
class Browser {
  readonly jar = new Map<string, string>();

  async go(
    path: string,
    form?: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const answer = await fetch(`${house.url}${path}`, {
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === undefined ? {} : { 'sec-fetch-site': 'same-origin' }),
        ...headers,
      },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return answer;
  }
}

async function codeFor(address: string, mailsBefore = 0): Promise<string> {
  await expect
    .poll(() => house.mails.filter((mail) => mail.to === address).length, { timeout: 5_000 })
    .toBeGreaterThan(mailsBefore);
  const mail = house.mails.filter((one) => one.to === address).at(-1);
  return (/(\d{4}) (\d{4})/.exec(mail?.text ?? '') ?? []).slice(1).join('');
}

async function signIn(browser: Browser, address: string): Promise<Response> {
  const before = house.mails.filter((mail) => mail.to === address).length;
  await browser.go('/sign-in', { address });
  return browser.go('/sign-in/code', { code: await codeFor(address, before) });
}

async function me(browser: Browser): Promise<number> {
  return (await browser.go('/api/v1/me', undefined, { accept: 'application/json' })).status;
}

describe('signing in with a one-time code', () => {
  it('lets a person of the agency in, and the cookie is out of the reach of scripts and foreign pages', async () => {
    const person = await house.person(['ACCOUNT_EXECUTIVE']);
    const browser = new Browser();
    const answer = await signIn(browser, person.mail.address);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/');
    const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('jobbag='));
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax/);
    expect(await me(browser)).toBe(200);
  });

  it('answers an unknown address, a client’s person and a disabled person exactly as a known one, and mails nobody', async () => {
    const known = await house.person(['ACCOUNT_EXECUTIVE']);
    const client = await house.person(['CLIENT_LEAD'], { side: 'client', clientId: 'c1' });
    const gone = await house.person(['ARTIST'], { active: false });
    const seen = [];
    for (const address of [known.mail.address, client.mail.address, gone.mail.address, 'nobody@agency.example']) {
      const browser = new Browser();
      const answer = await browser.go('/sign-in', { address });
      const page = await browser.go('/sign-in/code');
      seen.push({
        status: answer.status,
        location: answer.headers.get('location'),
        cookies: [...browser.jar.keys()],
        page: await page.text(),
      });
    }
    await codeFor(known.mail.address);
    for (const one of seen) expect(one).toEqual(seen[0]);
    expect(
      house.mails.some((mail) => [client.mail.address, gone.mail.address, 'nobody@agency.example'].includes(mail.to)),
    ).toBe(false);
  });

  it('gives a code five tries, and the right one does not help afterwards', async () => {
    const person = await house.person(['ACCOUNT_EXECUTIVE']);
    const browser = new Browser();
    await browser.go('/sign-in', { address: person.mail.address });
    const code = await codeFor(person.mail.address);
    const wrong = code === '00000000' ? '00000001' : '00000000';
    for (let n = 0; n < 5; n += 1) expect((await browser.go('/sign-in/code', { code: wrong })).status).toBe(422);
    expect((await browser.go('/sign-in/code', { code })).status).toBe(422);
    expect(await me(browser)).toBe(401);
  });

  it('a code works once, in the browser that asked, for ten minutes', async () => {
    const person = await house.person(['ACCOUNT_EXECUTIVE']);
    const asking = new Browser();
    await asking.go('/sign-in', { address: person.mail.address });
    const code = await codeFor(person.mail.address);
    const other = new Browser();
    expect((await other.go('/sign-in/code', { code })).status).toBe(422);
    const requestId = asking.jar.get('jobbag_signin') ?? '';
    expect((await asking.go('/sign-in/code', { code })).status).toBe(303);
    const again = new Browser();
    again.jar.set('jobbag_signin', requestId);
    expect((await again.go('/sign-in/code', { code })).status).toBe(422);
  });

  it('asks for the limit: the sixth code for one address within fifteen minutes is refused, for unknown ones too', async () => {
    for (const address of [(await house.person(['ARTIST'])).mail.address, 'nobody-at-all@agency.example']) {
      const statuses = [];
      for (let n = 0; n < 6; n += 1) statuses.push((await new Browser().go('/sign-in', { address })).status);
      expect(statuses).toEqual([303, 303, 303, 303, 303, 429]);
    }
  });

  it('a new session id at every sign-in: one that was planted before never becomes somebody’s', async () => {
    const person = await house.person(['ACCOUNT_EXECUTIVE']);
    const browser = new Browser();
    browser.jar.set('jobbag', 'planted');
    await signIn(browser, person.mail.address);
    const first = browser.jar.get('jobbag');
    expect(first).not.toBe('planted');
    const thief = new Browser();
    thief.jar.set('jobbag', first ?? '');
    expect(await me(thief)).toBe(200);
    await signIn(browser, person.mail.address);
    expect(browser.jar.get('jobbag')).not.toBe(first);
    expect(await me(thief)).toBe(401);
  });

  it('whoever is disabled is out at once; whoever signs out too', async () => {
    const person = await house.person(['ACCOUNT_EXECUTIVE']);
    const browser = new Browser();
    await signIn(browser, person.mail.address);
    const entry = await people.get(house.api.deps.store, person.id);
    await people.save(
      house.api.deps.store,
      person.id,
      entry?.revision ?? 0,
      { ...person, active: false },
      { by: 'test', at: house.api.deps.clock() },
    );
    expect(await me(browser)).toBe(401);

    const other = await house.person(['ACCOUNT_EXECUTIVE']);
    const leaving = new Browser();
    await signIn(leaving, other.mail.address);
    const cookie = leaving.jar.get('jobbag') ?? '';
    expect((await leaving.go('/sign-out', {})).status).toBe(303);
    leaving.jar.set('jobbag', cookie);
    expect(await me(leaving)).toBe(401);
  });

  it('a session ends after eight idle hours and after seven days, and a forged time does not help', async () => {
    const person = await house.person(['ACCOUNT_EXECUTIVE']);
    const browser = new Browser();
    await signIn(browser, person.mail.address);
    const hour = 3_600_000;
    house.moveClock(7 * hour);
    expect(await me(browser)).toBe(200);
    house.moveClock(7 * hour);
    expect(await me(browser)).toBe(200);
    const kept = browser.jar.get('jobbag') ?? '';
    house.moveClock(8 * hour + 1_000);
    expect(await me(browser)).toBe(401);
    const [token, , keyId, mac] = kept.split('.');
    browser.jar.set('jobbag', [token, Date.parse(house.api.deps.clock()).toString(36), keyId, mac].join('.'));
    expect(await me(browser)).toBe(401);
    house.moveClock(-22 * hour - 1_000);
  });

  it('leads back only to pages of the house', async () => {
    const person = await house.person(['ACCOUNT_EXECUTIVE']);
    for (const [next, expected] of [
      ['//evil.example', '/'],
      ['/\\evil.example', '/'],
      ['https://evil.example', '/'],
      ['/a/some-link', '/'],
      ['/jobs/job-1', '/jobs/job-1'],
    ] as const) {
      const browser = new Browser();
      const asked = await browser.go('/sign-in', { address: `x${Math.random()}@agency.example`, next });
      expect(asked.headers.get('location')).toBe(
        expected === '/' ? '/sign-in/code' : `/sign-in/code?next=${encodeURIComponent(expected)}`,
      );
    }
    const browser = new Browser();
    await signIn(browser, person.mail.address);
    expect((await browser.go('/sign-in?next=//evil.example')).headers.get('location')).toBe('/');
  });

  it('refuses a post that a foreign page sends', async () => {
    const browser = new Browser();
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      expect((await browser.go('/sign-in', { address: 'a@agency.example' }, headers)).status).toBe(403);
    }
    const foreign = await fetch(`${house.url}/sign-in`, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
      body: new URLSearchParams({ address: 'a@b.example' }),
    });
    expect(foreign.status).toBe(403);
  });

  it('goes on mailing to the address on file although Host and Forwarded headers lie; no mail names them', async () => {
    const person = await house.person(['ACCOUNT_EXECUTIVE']);
    const browser = new Browser();
    const answer = await browser.go(
      '/sign-in',
      { address: person.mail.address },
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    );
    expect(answer.headers.get('location')).toBe('/sign-in/code');
    await codeFor(person.mail.address);
    expect(house.mails.at(-1)?.raw).not.toContain('evil.example');
  });

  it('no code, address or cookie stands in the log', async () => {
    const person = await house.person(['ACCOUNT_EXECUTIVE']);
    const browser = new Browser();
    await signIn(browser, person.mail.address);
    const code = await codeFor(person.mail.address);
    const log = house.logged.join('');
    expect(log).not.toContain(code);
    expect(log).not.toContain(person.mail.address);
    expect(log).not.toContain(browser.jar.get('jobbag')?.split('.')[0] ?? 'none');
  });
});
