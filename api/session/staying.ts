import type { Instant } from '../../domain/instant.ts';
import { epochMsOf } from '../../domain/instant.ts';
import { lengthPrefixed } from '../../store/digest.ts';
import { macOf, sameMac, type Keyring } from '../../store/keyring.ts';

/** A session ends after so long without a request. */
export const idleMs = 8 * 3_600_000;
/** A session ends after so long in any case. */
export const absoluteMs = 7 * 86_400_000;
/** The time of the last request is written anew at most this often. */
const freshMs = 5 * 60_000;

/**
 * The cookie of a session: its token, when it was last used, and our mark on both. So idle time needs no write to the
 * store for a reading, and nobody but us can move it.
 */
export function stayingCookie(ring: Keyring, token: string, now: Instant): string {
  const seen = epochMsOf(now).toString(36);
  const key = ring.current();
  return `${token}.${seen}.${key.id}.${macOf(key, message(token, seen)).toString('base64url')}`;
}

function message(token: string, seen: string): string {
  return lengthPrefixed(['jobbag-session-seen-1', token, seen]);
}

const shape = /^([A-Za-z0-9_-]{43})\.([a-z0-9]{8,9})\.([a-z0-9]{6})\.([A-Za-z0-9_-]{22})$/;

/** The token of a cookie whose mark is right and whose owner was here within the idle time; `renew` when it should be written anew. */
export function stayingToken(
  ring: Keyring,
  cookie: string,
  now: Instant,
): { readonly token: string; readonly renew: boolean } | undefined {
  const [, token, seen, keyId, mac] = shape.exec(cookie) ?? [];
  if (token === undefined || seen === undefined || keyId === undefined || mac === undefined) return undefined;
  const key = ring.byId(keyId);
  if (key === undefined || !sameMac(Buffer.from(mac, 'base64url'), macOf(key, message(token, seen)))) return undefined;
  const idle = epochMsOf(now) - parseInt(seen, 36);
  return idle > idleMs ? undefined : { token, renew: idle > freshMs };
}
