import type { Connection } from 'mongoose';
import type { Grant } from './grants.ts';
import { findGrant, grantFields, grantId } from './grants.ts';
import type { Keyring } from './keyring.ts';
import { macOf, sameMac } from './keyring.ts';

/**
 * Personal links `/a/<id>.<mac>`. The MAC has two parts: 8 bytes over the id alone, so junk is refused without asking
 * the store, and 16 bytes over every field of the grant, so a row changed in the store opens nothing.
 */

const ID_MAC_BYTES = 8;
const FIELD_MAC_BYTES = 16;
const TOKEN = /^([a-z0-9]{6}[A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{32})$/;

/** What may be known of a link before the grant itself is read. */
export type FirstLook = { readonly plausible: true; readonly grantId: string } | { readonly plausible: false };

/** The end of a check: the grant, or why there is none. `unknown`: a MAC of ours for a grant the store does not have. */
export type LinkVerdict =
  { readonly ok: true; readonly grant: Grant } | { readonly ok: false; readonly why: 'junk' | 'unknown' | 'forged' };

/** The part of the address after `/a/`. Throws when the grant's key is not in the ring any more. */
export function tokenFor(grant: Grant, ring: Keyring): string {
  const key = ring.byId(grant.keyId);
  if (!key) throw new Error(`grant ${grant.id} was made with a key that is retired`);
  const mac = Buffer.concat([
    macOf(key, `id:${grant.id}`, ID_MAC_BYTES),
    macOf(key, grantFields(grant), FIELD_MAC_BYTES),
  ]);
  return `${grant.id}.${mac.toString('base64url')}`;
}

/** Where links of a purpose lead that have a page of their own. */
const roads: Readonly<Record<string, string>> = {
  minutes: '/m/a/',
  handOver: '/h/a/',
  schedule: '/e/a/',
  clientStatus: '/c/a/',
};

/** Every road a personal link can take; below one lies `/<token>` and whatever its page needs. */
export const linkRoads: readonly string[] = ['/a/', ...Object.values(roads)];

/** The road links of this purpose take, e.g. `/m/a/` for minutes. A link opens nothing on any other. */
export function roadOf({ purpose }: Pick<Grant, 'purpose'>): string {
  return Object.hasOwn(roads, purpose) ? (roads[purpose] ?? '/a/') : '/a/';
}

/**
 * The path of a grant's link, e.g. `/a/k3x9q2….….`; links to minutes, hand-overs, entries of a schedule and a client's own
 * jobs lead to pages of their own, `/m/a/…`, `/h/a/…`, `/e/a/…` and `/c/a/…`: every personal link stands behind `/a/`, which
 * is what all logs take out of a path. Throws when the grant's key is not in the ring any more.
 */
export function linkFor(grant: Grant, ring: Keyring): string {
  return `${roadOf(grant)}${tokenFor(grant, ring)}`;
}

function parts(path: string): { id: string; mac: Buffer } | undefined {
  const match = TOKEN.exec(path.replace(/^(\/[mhec])?\/a\//, ''));
  if (!match?.[1] || !match[2]) return undefined;
  const mac = Buffer.from(match[2], 'base64url');
  // Two spellings of the same bytes must not both be links.
  return mac.toString('base64url') === match[2] ? { id: match[1], mac } : undefined;
}

/** The first look at a link: touches neither store nor network. Takes the path or the part after `/a/`. */
export function firstLook(path: string, ring: Keyring): FirstLook {
  const read = parts(path);
  const key = read && ring.byId(read.id.slice(0, 6));
  if (!key || !sameMac(read.mac.subarray(0, ID_MAC_BYTES), macOf(key, `id:${read.id}`, ID_MAC_BYTES)))
    return { plausible: false };
  return { plausible: true, grantId: read.id };
}

/** Whether a loaded grant is really the one a link was made for. */
export function opensGrant(path: string, grant: Grant, ring: Keyring): boolean {
  const read = parts(path);
  const key = read && ring.byId(grant.keyId);
  if (!key || read.id !== grant.id || grantId(grant, grant.keyId) !== grant.id) return false;
  return sameMac(read.mac.subarray(ID_MAC_BYTES), macOf(key, grantFields(grant), FIELD_MAC_BYTES));
}

/** Checks a link to the end: first look, then the grant, then the MAC over its fields. */
export async function checkLink(connection: Connection, path: string, ring: Keyring): Promise<LinkVerdict> {
  const look = firstLook(path, ring);
  if (!look.plausible) return { ok: false, why: 'junk' };
  const grant = await findGrant(connection, look.grantId);
  if (!grant) return { ok: false, why: 'unknown' };
  return opensGrant(path, grant, ring) ? { ok: true, grant } : { ok: false, why: 'forged' };
}
