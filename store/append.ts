import { randomBytes } from 'node:crypto';
import type { Head } from '../domain/job/state.ts';
import { commit } from '../domain/log/commitment.ts';
import type { KeptEntry } from '../domain/log/entry.ts';
import { genesis, readEntry, sealEntry } from '../domain/log/entry.ts';
import type { Person } from '../domain/people/types.ts';
import type { Stamp } from '../domain/process.ts';
import { sha256 } from './digest.ts';
import type { LogRow, PersonalBeside } from './log.ts';
import { logId } from './log.ts';

/** The store tells another story than the process: an operator must look. Nothing was written. */
export class LogDiverged extends Error {
  readonly processId: string;
  readonly seq: number;

  constructor(processId: string, seq: number, why: string) {
    super(
      `LOG_DIVERGED: entry ${String(seq)} of ${processId} ${why}; compare the store with its backup, then run "jobbag verify" on an export`,
    );
    this.name = 'LOG_DIVERGED';
    this.processId = processId;
    this.seq = seq;
  }
}

/** Entries of any process on their way to its log, and the head they follow. */
export interface Appending<E = unknown> {
  readonly processId: string;
  readonly after: Head;
  readonly entries: readonly { readonly stamp: Stamp; readonly event: E }[];
}

/** An entry ready for the store: the record and what lies beside it. */
export interface Ready<E> {
  readonly kept: KeptEntry;
  readonly row: LogRow;
  readonly fold: { readonly stamp: Stamp; readonly event: E; readonly hash: string };
  readonly there: boolean;
}

/** The last entry of an append; the head it follows where it brings none. */
export function lastSeq({ after, entries }: Appending): number {
  return entries.at(-1)?.stamp.seq ?? after.seq;
}

/** The people whose commands an append writes down. */
export function actorsOf(input: Appending): string[] {
  return [
    ...new Set(input.entries.flatMap(({ stamp }) => (stamp.actor.kind === 'person' ? [stamp.actor.personId] : []))),
  ];
}

/**
 * Seals entries behind the head they follow. Throws LogDiverged when the store's entry before, or one of these entries,
 * is not what the process knows. `heads`: what the store has from the head on; `there`: the same with contents.
 */
export function prepare<E extends { readonly type: string }>(
  input: Appending<E>,
  heads: readonly Head[],
  there: readonly LogRow[],
  people: ReadonlyMap<string, Person>,
  now: string,
): Ready<E>[] {
  const { processId, after, entries } = input;
  const known = new Map(there.map((row) => [row.seq, row]));
  if (after.seq > 0) {
    const before = heads.find(({ seq }) => seq === after.seq);
    if (!before) throw new LogDiverged(processId, after.seq, 'is missing in the store');
    if (before.hash !== after.hash)
      throw new LogDiverged(processId, after.seq, 'has another hash in the store than the process holds');
  } else if (after.hash !== genesis.hash) {
    throw new LogDiverged(processId, 0, 'has a hash, but there is no entry 0');
  }
  let head = after;
  return entries.map(({ stamp, event }, place) => {
    if (stamp.seq !== head.seq + 1)
      throw new LogDiverged(processId, stamp.seq, `does not follow entry ${String(head.seq)}`);
    const old = known.get(stamp.seq);
    const repeated = place > 0 && entries[place - 1]?.stamp.commandId === stamp.commandId;
    const beside = old || repeated ? undefined : besideOf(stamp.actor, people);
    const commitments = old ? readEntry(old.body)?.commitments : beside && commitmentsOf(beside);
    const kept = sealEntry(
      { processId, seq: stamp.seq, prev: head.hash, stamp, event, ...(commitments ? { commitments } : {}) },
      sha256,
    );
    if (old && (old.body !== kept.body || old.hash !== kept.hash)) {
      throw new LogDiverged(processId, stamp.seq, 'is in the store with other contents');
    }
    const row: LogRow = {
      _id: logId(processId, stamp.seq),
      processId,
      seq: stamp.seq,
      hash: kept.hash,
      prev: head.hash,
      body: kept.body,
      commandId: stamp.commandId,
      at: stamp.at,
      type: event.type,
      recordedAt: now,
      erased: false,
      ...(beside ? { personal: beside } : {}),
    };
    head = { seq: kept.seq, hash: kept.hash };
    return { kept, row, fold: { stamp, event, hash: kept.hash }, there: old !== undefined };
  });
}

const salted = (value: string): { salt: string; value: string } => ({
  salt: randomBytes(16).toString('base64url'),
  value,
});

/** Name and address of the acting person as they were at this moment; once a command is enough. */
function besideOf(actor: Stamp['actor'], people: ReadonlyMap<string, Person>): PersonalBeside | undefined {
  const person = actor.kind === 'person' ? people.get(actor.personId) : undefined;
  return person && { personId: person.id, name: salted(person.name), address: salted(person.mail.address) };
}

function commitmentsOf({ name, address }: PersonalBeside): Record<string, string> {
  return {
    ...(name ? { name: commit(name.salt, name.value, sha256) } : {}),
    ...(address ? { address: commit(address.salt, address.value, sha256) } : {}),
  };
}
