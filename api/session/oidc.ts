import type { Request, Response, Router } from 'express';
import * as oidc from 'openid-client';
import { safeError } from '../../config/logging.ts';
import { lengthPrefixed } from '../../store/digest.ts';
import { macOf, sameMac, type Keyring } from '../../store/keyring.ts';
import { personByAddress } from '../../store/people.ts';
import type { Session } from '../../store/sessions.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { clearCookie, cookieNames, cookieOf, setCookie } from './cookies.ts';

/** Opens a session for a proved person; tells whether the person may enter at all. */
type Enter = (deps: ApiDeps, req: Request, res: Response, personId: string, how: Session['how']) => Promise<boolean>;

/** How long a person may take at the identity provider; milliseconds. */
const journeyMs = 10 * 60_000;

/**
 * Signing in through an identity provider, switched on by configuration: authorization code with PKCE, state and nonce,
 * kept in a signed cookie of this browser. The provider proves a mail address; who that is, and whether the person may
 * enter, is said by our own register.
 */
export function oidcRoutes(routes: Router, deps: ApiDeps, enter: Enter): void {
  const settings = deps.config.oidc;
  if (settings === undefined) return;
  const names = cookieNames(deps.config.publicBaseUrl);
  const redirectUri = `${deps.config.publicBaseUrl}/sign-in/oidc/callback`;
  let discovered: Promise<oidc.Configuration> | undefined;

  const provider = (): Promise<oidc.Configuration> => {
    discovered ??= oidc
      .discovery(new URL(settings.issuer), settings.clientId, settings.clientSecret, undefined, {
        // Plain http only where the operator wrote http into the configuration: an issuer inside the same machine.
        ...(settings.issuer.startsWith('http:') ? { execute: [oidc.allowInsecureRequests] } : {}),
        timeout: 10,
      })
      .catch((error: unknown) => {
        discovered = undefined;
        throw error;
      });
    return discovered;
  };

  const failed = (res: Response, error?: unknown): void => {
    if (error !== undefined)
      deps.logger.warn({ err: safeError(error) }, 'signing in through the identity provider failed');
    clearCookie(res, names.oidc, names);
    res.redirect(303, '/sign-in?failed=1');
  };

  routes.get('/sign-in/oidc', async (req, res) => {
    await deps.limiter.demand(limits.codeAskedFrom, req.ip ?? '');
    try {
      const configuration = await provider();
      const journey = { verifier: oidc.randomPKCECodeVerifier(), state: oidc.randomState(), nonce: oidc.randomNonce() };
      const to = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: 'openid email',
        code_challenge: await oidc.calculatePKCECodeChallenge(journey.verifier),
        code_challenge_method: 'S256',
        state: journey.state,
        nonce: journey.nonce,
      });
      setCookie(res, names.oidc, sealJourney(deps.keys.cookies, journey, Date.now()), {
        secure: names.secure,
        maxAgeMs: journeyMs,
      });
      res.redirect(303, to.href);
    } catch (error) {
      failed(res, error);
    }
  });

  routes.get('/sign-in/oidc/callback', async (req, res) => {
    const journey = openJourney(deps.keys.cookies, cookieOf(req, names.oidc), Date.now());
    if (journey === undefined) return failed(res);
    try {
      // The address is ours by configuration; the Host header of the request is not believed.
      const here = new URL(redirectUri);
      here.search = new URL(req.originalUrl, redirectUri).search;
      const tokens = await oidc.authorizationCodeGrant(await provider(), here, {
        pkceCodeVerifier: journey.verifier,
        expectedState: journey.state,
        expectedNonce: journey.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      const address = claims?.email;
      if (typeof address !== 'string' || claims?.email_verified !== true) return failed(res);
      const person = await personByAddress(deps.store, address);
      if (person === undefined || !(await enter(deps, req, res, person.id, 'oidc'))) return failed(res);
      clearCookie(res, names.oidc, names);
      res.redirect(303, '/');
    } catch (error) {
      failed(res, error);
    }
  });
}

interface Journey {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

function message(parts: readonly string[]): string {
  return lengthPrefixed(['jobbag-oidc-1', ...parts]);
}

function sealJourney(ring: Keyring, journey: Journey, nowMs: number): string {
  const parts = [journey.verifier, journey.state, journey.nonce, nowMs.toString(36)];
  const key = ring.current();
  return [...parts, key.id, macOf(key, message(parts)).toString('base64url')].join('.');
}

function openJourney(ring: Keyring, cookie: string | undefined, nowMs: number): Journey | undefined {
  const [verifier, state, nonce, at, keyId, mac, ...more] = (cookie ?? '').split('.');
  if (verifier === undefined || state === undefined || nonce === undefined || at === undefined) return undefined;
  if (keyId === undefined || mac === undefined || more.length > 0) return undefined;
  const key = ring.byId(keyId);
  if (key === undefined || !sameMac(Buffer.from(mac, 'base64url'), macOf(key, message([verifier, state, nonce, at]))))
    return undefined;
  return nowMs - parseInt(at, 36) > journeyMs ? undefined : { verifier, state, nonce };
}
