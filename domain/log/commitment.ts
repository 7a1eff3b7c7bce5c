import { canonical } from './canonical.ts';
import type { Sha256 } from './entry.ts';

/** Personal data beside the log: the value and the salt that ties it to its commitment. Erasing both leaves the chain whole. */
export interface Salted {
  readonly salt: string;
  readonly value: string;
}

/**
 * The commitment for a value: a hash that shows nothing of it without the salt. The salt must be random and used once
 * (16 bytes or more); with a known salt a short value such as a name could be guessed.
 */
export function commit(salt: string, value: string, sha256: Sha256): string {
  return sha256(canonical(['jobbag-commitment-1', salt, value]));
}

/** Whether personal data lying beside is what was committed to. */
export function opens(commitment: string, salted: Salted, sha256: Sha256): boolean {
  return commit(salted.salt, salted.value, sha256) === commitment;
}
