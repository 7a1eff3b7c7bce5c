import type { Instant } from '../../domain/instant.ts';
import { epochMsOf } from '../../domain/instant.ts';
import type { Person } from '../../domain/people/types.ts';
import { lengthPrefixed } from '../../store/digest.ts';
import type { Grant } from '../../store/grants.ts';
import { macOf, sameMac, type Keyring } from '../../store/keyring.ts';
import { idleAfterMs } from '../../store/link-uses.ts';

/** How long a browser is believed after a code, milliseconds: as long as any link may lie unused (design §6). */
export const proofMs = idleAfterMs;

/** Whose browser proved what: the person behind one link, at the address they have now. */
export interface Proof {
  readonly grant: Pick<Grant, 'id'>;
  readonly person: Pick<Person, 'id' | 'mail'>;
}

/**
 * The cookie of a browser in which somebody typed the code for one link: when that was, and our mark on it. Nothing is
 * stored, so what one browser proved helps no other that holds the same link, and the next correction of the address ends it.
 */
export function proofCookie(ring: Keyring, proof: Proof, now: Instant): string {
  const proved = epochMsOf(now).toString(36);
  const key = ring.current();
  return `${proved}.${key.id}.${macOf(key, message(proof, proved)).toString('base64url')}`;
}

function message({ grant, person }: Proof, proved: string): string {
  const { revision, since = '' } = person.mail;
  return lengthPrefixed(['jobbag-link-proof-1', grant.id, person.id, String(revision), since, proved]);
}

const shape = /^([a-z0-9]{8,9})\.([a-z0-9]{6})\.([A-Za-z0-9_-]{22})$/;

/** Whether a cookie proves that this browser's reader had the code for this link, within the time it is believed. */
export function proofHolds(ring: Keyring, cookie: string, proof: Proof, now: Instant): boolean {
  const [, proved, keyId, mac] = shape.exec(cookie) ?? [];
  if (proved === undefined || keyId === undefined || mac === undefined) return false;
  const key = ring.byId(keyId);
  if (key === undefined || !sameMac(Buffer.from(mac, 'base64url'), macOf(key, message(proof, proved)))) return false;
  return epochMsOf(now) - parseInt(proved, 36) <= proofMs;
}
