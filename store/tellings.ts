import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import type { RefreshCause } from '../domain/job/acts.ts';
import type { HandOverCause } from '../domain/people/hand-over.ts';
import { letterName, type HouseLetter } from '../domain/people/letter.ts';
import { defineTable, isDuplicateKey, json, number, op, text } from './table.ts';

/** A change of the registers that somebody must hear of by mail. */
export interface LetterCause {
  readonly kind: 'letter';
  readonly letter: HouseLetter;
}

/** What a telling takes out of the registers: a change to the running processes, or a letter to a person. */
export type TellingCause = RefreshCause | HandOverCause | LetterCause;

/** A change of the registers on its way to the running jobs; kept until every one of them has it, whoever dies meanwhile. */
export interface Telling {
  /** What changed and which version of it: the same change is one telling. */
  readonly _id: string;
  readonly cause: TellingCause;
  /** When it was noted, which is before the change was saved. */
  readonly notedAt: Instant;
  /** Jobs hear of it then, e.g. when leave begins; at once where it is absent. */
  readonly notBefore?: Instant;
  readonly state: 'waiting' | 'done';
  /** Jobs that have it so far. */
  readonly jobs: number;
  /** Meetings and minutes that have it, once every one does. */
  readonly cases?: number;
  /** Nobody else takes it up before. */
  readonly leaseUntil?: Instant;
  readonly doneAt?: Instant;
}

/** Collection `tellings`. */
export const tellingTable = defineTable<Telling>(
  'tellings',
  {
    _id: text,
    cause: json,
    notedAt: text,
    notBefore: { type: String },
    state: text,
    jobs: number,
    cases: { type: Number },
    leaseUntil: { type: String },
    doneAt: { type: String },
  },
  [[{ notedAt: 1 }, { partialFilterExpression: { state: 'waiting' } }]],
);

/** The one key of a telling, also the beginning of the ids of its commands. */
export function tellingId(cause: TellingCause): string {
  switch (cause.kind) {
    case 'calendar':
      return `calendar/${cause.calendarId}/${String(cause.revision)}`;
    case 'absence':
      return `absence/${cause.absenceId}/${String(cause.revision)}/${cause.what}`;
    case 'handOver':
      return `handOver/${cause.handOverId}/${String(cause.revision)}`;
    case 'letter':
      return letterName(cause.letter);
  }
}

/** Notes that jobs must be told, at once or at a later moment; noted twice it is one telling. */
export async function noteTelling(
  connection: Connection,
  cause: TellingCause,
  at: Instant,
  notBefore?: Instant,
): Promise<void> {
  const row: Telling = {
    _id: tellingId(cause),
    cause,
    notedAt: at,
    ...(notBefore === undefined ? {} : { notBefore }),
    state: 'waiting',
    jobs: 0,
  };
  try {
    await tellingTable(connection).create([row]);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** What has to be told by now, the oldest first; at most 100. */
export async function openTellings(connection: Connection, now: Instant): Promise<Telling[]> {
  return tellingTable(connection)
    .find({ state: 'waiting', $or: [{ notBefore: op({ $exists: false }) }, { notBefore: op({ $lte: now }) }] })
    .sort({ notedAt: 1, _id: 1 })
    .limit(100)
    .lean<Telling[]>();
}

/** Takes a telling in hand until `leaseUntil`; false when somebody else has it or it is done. */
export async function claimTelling(
  connection: Connection,
  id: string,
  claim: { readonly now: Instant; readonly leaseUntil: Instant },
): Promise<boolean> {
  const found = await tellingTable(connection).updateOne(
    {
      _id: id,
      state: 'waiting',
      $or: [{ leaseUntil: op({ $exists: false }) }, { leaseUntil: op({ $lte: claim.now }) }],
    },
    { $set: { leaseUntil: claim.leaseUntil } },
  );
  return found.modifiedCount === 1;
}

/** Says how far a telling has come, and keeps it in hand. */
export async function keepTelling(
  connection: Connection,
  id: string,
  so: { readonly jobs: number; readonly leaseUntil: Instant },
): Promise<void> {
  await tellingTable(connection).updateOne({ _id: id }, { $set: so });
}

/** Every job has it. */
export async function endTelling(
  connection: Connection,
  id: string,
  so: { readonly jobs: number; readonly cases?: number; readonly doneAt: Instant },
): Promise<void> {
  await tellingTable(connection).updateOne({ _id: id }, { $set: { ...so, state: 'done' }, $unset: { leaseUntil: 1 } });
}

/** Forgets a telling of a change that was never saved. */
export async function dropTelling(connection: Connection, id: string): Promise<void> {
  await tellingTable(connection).deleteOne({ _id: id, state: 'waiting' });
}

/** One telling, by what changed. */
export async function tellingOf(connection: Connection, cause: TellingCause): Promise<Telling | null> {
  return tellingTable(connection).findById(tellingId(cause)).lean<Telling>();
}
