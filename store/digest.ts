import { createHash } from 'node:crypto';

/** SHA-256 of a text (UTF-8) or bytes, as 64 lower-case hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The first 128 bits of SHA-256 as 22 characters that fit into an address. */
export function shortDigest(content: string): string {
  return createHash('sha256').update(content).digest().subarray(0, 16).toString('base64url');
}

/** Joins parts so that no two lists give the same text: each part is preceded by its length in UTF-8 bytes. */
export function lengthPrefixed(parts: readonly string[]): string {
  return parts.map((part) => `${String(Buffer.byteLength(part))}:${part}`).join('');
}
