import { canonical } from './canonical.ts';
import type { LogEntry, Sha256 } from './entry.ts';

/** Heads of chains by their names, e.g. `clients:c1`. */
export type Heads = Readonly<Record<string, { readonly seq: number; readonly hash: string }>>;

/** One change of a linked chain without its contents: `digest` stands for them, so they can be erased or kept back. */
export interface ChainLink {
  readonly seq: number;
  readonly prev: string;
  readonly digest: string;
  readonly hash: string;
}

/** Names a change by the one before and what it says. */
export function sealLink(chain: string, link: Omit<ChainLink, 'hash'>, sha256: Sha256): ChainLink {
  const { seq, prev, digest } = link;
  return { seq, prev, digest, hash: sha256(canonical(['jobbag-link-1', chain, seq, prev, digest])) };
}

/** Why a linked chain is not to be believed, and at which of its own entries. */
export interface LinkLie {
  readonly chain: string;
  readonly seq: number;
  /** `chain`: the change does not follow the one before. `head`: an entry of the log, `by`, took in another hash for it. `missing`: it is not there. */
  readonly why: 'chain' | 'head' | 'missing';
  /** The entry of the log that took the head in. */
  readonly by?: number;
}

/**
 * Checks the linked chains of a log: each is whole from its first change, and every head an entry took in is in it. Names
 * the first that lies, in the order in which the log took them in.
 */
export function verifyLinked(
  entries: readonly LogEntry[],
  chains: Readonly<Record<string, readonly ChainLink[]>>,
  sha256: Sha256,
): LinkLie | undefined {
  for (const [chain, links] of Object.entries(chains)) {
    let prev = '';
    for (const [place, link] of links.entries()) {
      const whole = link.seq === place + 1 && link.prev === prev && sealLink(chain, link, sha256).hash === link.hash;
      if (!whole) return { chain, seq: place + 1, why: 'chain' };
      prev = link.hash;
    }
  }
  for (const { seq: by, stamp } of entries) {
    for (const [chain, head] of Object.entries(stamp.links ?? {})) {
      const link = Object.hasOwn(chains, chain) ? chains[chain]?.[head.seq - 1] : undefined;
      if (!link) return { chain, seq: head.seq, why: 'missing', by };
      if (link.hash !== head.hash) return { chain, seq: head.seq, why: 'head', by };
    }
  }
  return undefined;
}
