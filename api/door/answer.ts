import type { Instant } from '../../domain/instant.ts';
import type { Refusal } from '../../domain/process.ts';
import { refusalTable } from '../../domain/wording/refusals.ts';

/** What the store still knows of a process that has ended. */
export interface ClosedProcess {
  readonly phase: string;
  readonly jobNumber?: string;
  readonly endedAt?: Instant;
  /** The last decision anybody took, for "signed on … by …". */
  readonly lastDecision?: {
    readonly personId: string;
    readonly verdict: string;
    readonly step: string;
    readonly at: Instant;
  };
}

/**
 * What the door says to a command. Exactly one of six things is true:
 * 1. `accepted`: it happened; `seq` is the last entry it wrote, `repeated` that the same command was known already.
 * 2. `received`: the engine keeps it, nobody has looked at it yet; its outcome will be recorded and mailed.
 * 3. `refused`: it did not happen and never will under this id, and why.
 * 4. `closed`: the process has ended; what was decided is told from the store.
 * 5. `unknown`: there is no such process.
 * 6. `unavailable`: the engine does not answer; nothing was accepted, asking again with the same id is safe.
 */
export type DoorAnswer =
  | {
      readonly kind: 'accepted';
      readonly commandId: string;
      readonly receivedAt: Instant;
      readonly seq: number;
      readonly repeated: boolean;
    }
  | { readonly kind: 'received'; readonly commandId: string; readonly receivedAt: Instant }
  | {
      readonly kind: 'refused';
      readonly commandId: string;
      readonly receivedAt: Instant;
      readonly refusal: Refusal;
      readonly status: number;
    }
  | {
      readonly kind: 'closed';
      readonly commandId: string;
      readonly receivedAt: Instant;
      readonly closed: ClosedProcess;
    }
  | { readonly kind: 'unknown'; readonly commandId: string; readonly receivedAt: Instant }
  | {
      readonly kind: 'unavailable';
      readonly commandId: string;
      readonly receivedAt: Instant;
      readonly retryAfterSeconds: number;
    };

/** HTTP status of a refusal, from the one table of refusals. */
export function statusOfRefusal(refusal: Refusal): number {
  return refusalTable[refusal.code].status;
}

/** Whether a value that came over the wire is a refusal this release can say. */
export function isKnownRefusal(value: unknown): value is Refusal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'refused' in value &&
    value.refused === true &&
    'code' in value &&
    typeof value.code === 'string' &&
    Object.hasOwn(refusalTable, value.code)
  );
}
