import type { Head } from '../job/state.ts';
import { canonical } from './canonical.ts';
import type { KeptEntry, LogEntry, Sha256 } from './entry.ts';
import { genesis, readEntry } from './entry.ts';

/**
 * Why an entry is not to be believed:
 * `edited` its text or hash was changed · `unreadable` it is no entry · `missing` it was taken out ·
 * `swapped` it stands where a later or an earlier one belongs · `duplicate` it is there twice · `foreign` it belongs to another process ·
 * `truncated` it is known to exist but the log ends before it · `rewritten` somebody holds another hash for it.
 */
export type LieKind =
  'edited' | 'unreadable' | 'missing' | 'swapped' | 'duplicate' | 'foreign' | 'truncated' | 'rewritten';

/** The verdict on a chain. A bad one names the first entry that lies by its number, and where it stands (from 0). */
export type ChainVerdict =
  | { readonly ok: true; readonly head: Head }
  | { readonly ok: false; readonly seq: number; readonly position: number; readonly why: LieKind };

/** What is known from outside the chain: whose it is, and heads that receipts, daily files or the process itself hold. */
export interface Known {
  readonly processId?: string;
  readonly heads?: readonly Head[];
}

interface ReadEntry {
  readonly kept: KeptEntry;
  readonly entry: LogEntry | undefined;
  /** Text, number and hash agree with each other. */
  readonly sound: boolean;
}

/**
 * Checks a whole log from its first entry. Without a known head it finds every change inside;
 * a cut tail or a log written anew from some entry on is found only by somebody who holds a head.
 */
export function verifyChain(entries: readonly KeptEntry[], known: Known, sha256: Sha256): ChainVerdict {
  const read = entries.map((kept): ReadEntry => {
    const entry = readEntry(kept.body);
    const sound = entry?.seq === kept.seq && canonical(entry) === kept.body && sha256(kept.body) === kept.hash;
    return { kept, entry, sound };
  });
  const processId = known.processId ?? read[0]?.entry?.processId;
  const expected = new Map((known.heads ?? []).map((head) => [head.seq, head.hash]));
  let head = genesis;
  for (const [position, one] of read.entries()) {
    const seq = head.seq + 1;
    const lie = (why: LieKind, at = seq): ChainVerdict => ({ ok: false, seq: at, position, why });
    if (!one.entry) return lie('unreadable');
    if (!one.sound) return lie('edited');
    if (one.entry.processId !== processId) return lie('foreign');
    if (one.kept.seq !== seq)
      return lie(misplaced(one.kept.seq, seq, entries), one.kept.seq < seq ? one.kept.seq : seq);
    if (one.entry.prev !== head.hash) {
      // Whom to believe? An entry the next one (or a known head) vouches for is honest, so the one before it was changed.
      const liar = position > 0 && vouched(one, read[position + 1], expected) ? seq - 1 : seq;
      return { ok: false, seq: liar, position: position - (seq - liar), why: 'edited' };
    }
    head = { seq, hash: one.kept.hash };
  }
  return againstHeads(head, entries, expected);
}

function misplaced(found: number, wanted: number, entries: readonly KeptEntry[]): LieKind {
  if (found < wanted) return 'duplicate';
  return entries.some((kept) => kept.seq === wanted) ? 'swapped' : 'missing';
}

function vouched(one: ReadEntry, next: ReadEntry | undefined, expected: ReadonlyMap<number, string>): boolean {
  const held = expected.get(one.kept.seq);
  if (held !== undefined) return held === one.kept.hash;
  return next?.entry === undefined || next.entry.prev === one.kept.hash;
}

function againstHeads(head: Head, entries: readonly KeptEntry[], expected: ReadonlyMap<number, string>): ChainVerdict {
  const known = [...expected].sort(([a], [b]) => a - b);
  for (const [seq, hash] of known) {
    if (seq > head.seq) return { ok: false, seq: head.seq + 1, position: entries.length, why: 'truncated' };
    if (seq > 0 && entries[seq - 1]?.hash !== hash) return { ok: false, seq, position: seq - 1, why: 'rewritten' };
  }
  return { ok: true, head };
}
