import { createHash, randomBytes } from 'node:crypto';
import type { Instant } from '../domain/instant.ts';
import { epochMsOf } from '../domain/instant.ts';
import { lengthPrefixed } from './digest.ts';
import type { Keyring } from './keyring.ts';
import { macOf, sameMac } from './keyring.ts';

/**
 * Form values `issuedAt.random.mac`: stateless, bound to who was shown the form and what for. The value *is* the
 * decision's id, so a form sent twice is one decision.
 */

/** What a form value belongs to: the id of a grant or of a session, and the purpose of the form. */
export interface FormBinding {
  readonly holder: string;
  readonly purpose: string;
}

/** What became of a form value. A stale one is genuine but old: its form comes back filled in. */
export type FormVerdict =
  | { readonly ok: true; readonly commandId: string; readonly issuedAtMs: number }
  | { readonly ok: false; readonly why: 'malformed' | 'forged' | 'stale' };

const SHAPE = /^([a-z0-9]{8,9})\.([A-Za-z0-9_-]{22})\.([a-z0-9]{6})([A-Za-z0-9_-]{22})$/;
// Two machines of the house may disagree about the time by this much.
const SKEW_MS = 60_000;

function message(binding: FormBinding, issued: string, random: string): string {
  return lengthPrefixed(['jobbag-form-1', binding.holder, binding.purpose, issued, random]);
}

/** Makes a form value: 128 random bits, bound and stamped. */
export function mintFormValue(ring: Keyring, binding: FormBinding, now: Instant): string {
  const key = ring.current();
  const issued = epochMsOf(now).toString(36);
  const random = randomBytes(16).toString('base64url');
  return `${issued}.${random}.${key.id}${macOf(key, message(binding, issued, random)).toString('base64url')}`;
}

/** Checks a form value: is it ours, for this holder and purpose, and not older than `maxAgeMs`. */
export function checkFormValue(
  ring: Keyring,
  value: string,
  binding: FormBinding,
  now: Instant,
  maxAgeMs: number,
): FormVerdict {
  const match = SHAPE.exec(value);
  const [, issued, random, keyId, mac] = match ?? [];
  if (issued === undefined || random === undefined || keyId === undefined || mac === undefined)
    return { ok: false, why: 'malformed' };
  const given = Buffer.from(mac, 'base64url');
  const key = ring.byId(keyId);
  if (!key || given.toString('base64url') !== mac || !sameMac(given, macOf(key, message(binding, issued, random)))) {
    return { ok: false, why: 'forged' };
  }
  const issuedAtMs = parseInt(issued, 36);
  const ageMs = epochMsOf(now) - issuedAtMs;
  if (ageMs > maxAgeMs || ageMs < -SKEW_MS) return { ok: false, why: 'stale' };
  return { ok: true, commandId: commandIdOf(value), issuedAtMs };
}

/** The id of the command a form value stands for: 22 characters `[A-Za-z0-9_-]`. */
export function commandIdOf(value: string): string {
  return createHash('sha256').update(`jobbag-command-1:${value}`).digest().subarray(0, 16).toString('base64url');
}
