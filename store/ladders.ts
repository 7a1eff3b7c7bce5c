import type { Connection } from 'mongoose';
import type { Ladder } from '../domain/calendar/ladders.ts';
import type { LadderScope, OwnLadder, PinnedLadders } from '../domain/circulation/own-ladders.ts';
import type { AuditEntry } from './audit.ts';
import { auditOf } from './audit.ts';
import { defineRegister } from './registers.ts';
import type { Change } from './registers.ts';

/** What the house has said about one scope: a ladder of its own, or null to be back with that of §7.3. */
export interface LadderEntry {
  readonly scope: LadderScope;
  readonly ladder: Ladder | null;
}

/** Register `ladders`: ladders the house has drawn itself, by what they watch. A change is a version; jobs keep the one they took. */
export const ladderRegister = defineRegister<LadderEntry>('ladders');

/** What is in force for one scope, with its version; version 0 where nobody ever changed it. */
export interface LadderInForce {
  readonly version: number;
  readonly ladder: Ladder | null;
  readonly changed?: Change;
}

/** What is in force for one scope. */
export async function ladderInForce(connection: Connection, scope: LadderScope): Promise<LadderInForce> {
  const entry = await ladderRegister.get(connection, scope);
  return entry === null
    ? { version: 0, ladder: null }
    : { version: entry.revision, ladder: entry.value.ladder, changed: entry.changed };
}

/** Every ladder of the house's own that is in force, by scope: what a job takes with it when it starts. */
export async function ladderSet(connection: Connection): Promise<PinnedLadders> {
  const entries = await ladderRegister.all(connection);
  const own = entries.flatMap(({ id, revision, value }): [LadderScope, OwnLadder][] =>
    value.ladder === null ? [] : [[id, { ...value.ladder, version: revision }]],
  );
  return Object.fromEntries(own);
}

/** One version of a scope as it was saved: by whom, when and why; a null ladder went back to §7.3. */
export interface LadderVersion extends Change {
  readonly version: number;
  readonly ladder: Ladder | null;
}

/** Every version of a scope, newest first, at most 200. */
export async function ladderVersions(connection: Connection, scope: LadderScope): Promise<readonly LadderVersion[]> {
  return (await auditOf(connection, ladderRegister.name, scope)).map(versionIn);
}

function versionIn({ revision, by, at, words, after }: AuditEntry): LadderVersion {
  // Only the register writes here, and only its own entries.
  const { ladder } = after as LadderEntry;
  return { version: revision, by, at, ...(words === undefined ? {} : { words }), ladder };
}
