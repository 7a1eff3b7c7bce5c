import type { Head } from '../job/state.ts';
import type { Stamp } from '../process.ts';
import { canonical } from './canonical.ts';

/** SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits. Given from outside, because the domain has no dependency. */
export type Sha256 = (text: string) => string;

/**
 * One entry of a process's log. `prev` is the hash of the entry before; `commitments` stand for personal data
 * that lies beside the log and can be erased without breaking it.
 */
export interface LogEntry<E = unknown> {
  readonly processId: string;
  readonly seq: number;
  readonly prev: string;
  readonly stamp: Stamp;
  readonly event: E;
  readonly commitments?: Readonly<Record<string, string>>;
}

/** An entry as it is kept and exported: the canonical text is the record, the hash its name. */
export interface KeptEntry {
  readonly seq: number;
  readonly body: string;
  readonly hash: string;
}

/** The head before the first entry. Chains start here, and so does `JobState.head`. */
export const genesis: Head = { seq: 0, hash: '' };

/** Writes an entry's canonical text and its hash. */
export function sealEntry(entry: LogEntry, sha256: Sha256): KeptEntry {
  const body = canonical(entry);
  return { seq: entry.seq, body, hash: sha256(body) };
}

/** The head after an entry. */
export function headOf(entry: KeptEntry): Head {
  return { seq: entry.seq, hash: entry.hash };
}

/**
 * Chains drafts behind a head. Entries must follow it without a gap; throws RangeError otherwise,
 * because a recorder that renumbers would hide a mistake of the process.
 */
export function chain<E>(
  processId: string,
  after: Head,
  drafts: readonly {
    readonly stamp: Stamp;
    readonly event: E;
    readonly commitments?: Readonly<Record<string, string>>;
  }[],
  sha256: Sha256,
): readonly KeptEntry[] {
  const kept: KeptEntry[] = [];
  let head = after;
  for (const { stamp, event, commitments } of drafts) {
    if (stamp.seq !== head.seq + 1) {
      throw new RangeError(`entry ${String(stamp.seq)} cannot follow entry ${String(head.seq)} of ${processId}`);
    }
    const sealed = sealEntry(
      { processId, seq: stamp.seq, prev: head.hash, stamp, event, ...(commitments ? { commitments } : {}) },
      sha256,
    );
    kept.push(sealed);
    head = headOf(sealed);
  }
  return kept;
}

/** Reads an entry back from its text. Undefined when the text is no entry at all. */
export function readEntry(body: string): LogEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  return isEntry(value) ? value : undefined;
}

function isEntry(value: unknown): value is LogEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Partial<Record<keyof LogEntry, unknown>>;
  return (
    typeof entry.processId === 'string' &&
    Number.isSafeInteger(entry.seq) &&
    typeof entry.prev === 'string' &&
    typeof entry.stamp === 'object' &&
    entry.stamp !== null &&
    (entry.stamp as Partial<Stamp>).seq === entry.seq &&
    typeof entry.event === 'object' &&
    entry.event !== null
  );
}
