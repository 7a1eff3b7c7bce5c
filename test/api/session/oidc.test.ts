import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse, type House } from '../support/house.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An identity provider that speaks the protocol: discovery, keys, and a token endpoint that checks PKCE. */
class Provider {
  server: Server | undefined;
  issuer = '';
  /** What the next code stands for. */
  readonly codes = new Map<string, { challenge: string; nonce: string; claims: Record<string, unknown> }>();

  async open(): Promise<void> {
    this.server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        const answer = this.answer(req.url ?? '', new URLSearchParams(Buffer.concat(chunks).toString()));
        res
          .writeHead(answer === undefined ? 400 : 200, { 'content-type': 'application/json' })
          .end(JSON.stringify(answer ?? { error: 'invalid_grant' }));
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    this.issuer = `http://127.0.0.1:${(this.server?.address() as { port: number }).port}`;
  }

  private answer(url: string, form: URLSearchParams): unknown {
    const { issuer } = this;
    if (url === '/.well-known/openid-configuration') {
      return {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      };
    }
    if (url === '/jwks')
      return { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] };
    const known = this.codes.get(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (known === undefined || challenge !== known.challenge) return undefined;
    const now = Math.floor(Date.now() / 1_000);
    const body = `${part({ alg: 'RS256', kid: 'k' })}.${part({ iss: issuer, sub: 's', aud: 'jobbag', iat: now, exp: now + 60, nonce: known.nonce, ...known.claims })}`;
    const mark = createSign('RSA-SHA256').update(body).sign(privateKey).toString('base64url');
    return { access_token: 'a', token_type: 'bearer', expires_in: 60, id_token: `${body}.${mark}` };
  }
}

const provider = new Provider();
let house: House;
beforeAll(async () => {
  await provider.open();
  house = await openHouse({ OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'jobbag', OIDC_CLIENT_SECRET: 'secret' });
});
afterAll(async () => {
  await house.close();
  provider.server?.close();
});

/** Walks the journey; `twist` changes what comes back from the provider. */
async function journey(
  claims: Record<string, unknown>,
  twist: { state?: string; nonce?: string; cookie?: string } = {},
): Promise<Response> {
  const start = await fetch(`${house.url}/sign-in/oidc`, { redirect: 'manual' });
  const to = new URL(start.headers.get('location') ?? '');
  expect(to.searchParams.get('redirect_uri')).toBe('http://jobbag.test/sign-in/oidc/callback');
  const cookie = start.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const code = randomUUID();
  provider.codes.set(code, {
    challenge: to.searchParams.get('code_challenge') ?? '',
    nonce: twist.nonce ?? to.searchParams.get('nonce') ?? '',
    claims,
  });
  const back = new URLSearchParams({ code, state: twist.state ?? to.searchParams.get('state') ?? '' });
  return fetch(`${house.url}/sign-in/oidc/callback?${back.toString()}`, {
    redirect: 'manual',
    headers: { cookie: twist.cookie ?? cookie },
  });
}

describe('signing in through an identity provider', () => {
  it('lets in whoever the provider proves and our register knows', async () => {
    const person = await house.person(['ACCOUNT_EXECUTIVE']);
    const answer = await journey({ email: person.mail.address, email_verified: true });
    expect(answer.headers.get('location')).toBe('/');
    const cookie =
      answer.headers
        .getSetCookie()
        .find((one) => one.startsWith('jobbag='))
        ?.split(';')[0] ?? '';
    expect((await fetch(`${house.url}/api/v1/me`, { headers: { cookie } })).status).toBe(200);
  });

  it('refuses an unproved address, a stranger, a disabled person, and a wrong state, nonce or browser', async () => {
    const person = await house.person(['ACCOUNT_EXECUTIVE']);
    const gone = await house.person(['ACCOUNT_EXECUTIVE'], { active: false });
    const proved = { email: person.mail.address, email_verified: true };
    for (const answer of [
      await journey({ ...proved, email_verified: false }),
      await journey({ email: 'stranger@elsewhere.example', email_verified: true }),
      await journey({ email: gone.mail.address, email_verified: true }),
      await journey(proved, { state: 'other' }),
      await journey(proved, { nonce: 'other' }),
      await journey(proved, { cookie: '' }),
    ]) {
      expect(answer.headers.get('location')).toBe('/sign-in?failed=1');
      expect(answer.headers.getSetCookie().some((one) => one.startsWith('jobbag='))).toBe(false);
    }
  });
});
