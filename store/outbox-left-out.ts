import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import type { OutboxRow } from './outbox.ts';
import { outboxTable } from './outbox.ts';
import { op } from './table.ts';

/**
 * Why a mail was left out: the step was over before the mail left, its reader had answered before, or it lay with
 * somebody else by then.
 */
export type LeftOutWhy = 'STEP_OVER' | 'ANSWERED' | 'WITH_SOMEBODY_ELSE';

/**
 * Leaves out a mail that nobody has in hand and that carries no others, by compare-and-set. False when it is under way,
 * in a pile or done.
 */
export async function leaveOutWaiting(connection: Connection, mailId: string, why: LeftOutWhy): Promise<boolean> {
  const done = await outboxTable(connection).updateOne(
    { _id: mailId, state: 'queued', $or: [{ pile: null }, { pile: mailId, members: op({ $size: 0 }) }] },
    { $set: { state: 'leftOut', why } },
  );
  return done.matchedCount === 1;
}

/**
 * Leaves out a mail that its sender has in hand, alone or out of a pile; the others of the pile stay as they are.
 * `unsure`: nobody knows whether it had arrived before.
 */
export async function leaveOutHeld(
  connection: Connection,
  mailId: string,
  why: LeftOutWhy,
  unsure: boolean,
): Promise<void> {
  await outboxTable(connection).updateOne(
    { _id: mailId, state: 'claimed' },
    { $set: { state: 'leftOut', why, ...(unsure ? { unsure } : {}) }, $unset: { leaseUntil: 1 } },
  );
}

/** Gives back what a mail carries that is not sent itself: each waits again and goes with the next mail to its reader. */
export async function breakUpPile(connection: Connection, leaderId: string): Promise<void> {
  await outboxTable(connection).updateMany(
    { pile: leaderId, _id: op({ $ne: leaderId }), state: 'claimed' },
    { $set: { state: 'queued' }, $unset: { pile: 1, leaseUntil: 1 } },
  );
}

/**
 * Takes back what was written for a mail that its sender has in hand and that has certainly not gone out, so that it is
 * written anew without what was left out of its pile.
 */
export async function takeBackWritten(connection: Connection, mailId: string): Promise<void> {
  await outboxTable(connection).updateOne({ _id: mailId, state: 'claimed' }, { $unset: { mail: 1, members: 1 } });
}

/** Lets a mail that was left out wait once more, because it is needed after all; it is written as things stand then. */
export async function wakeLeftOut(connection: Connection, mailId: string, notBefore: Instant): Promise<void> {
  await outboxTable(connection).updateOne(
    { _id: mailId, state: 'leftOut' },
    { $set: { state: 'queued', notBefore }, $unset: { pile: 1, members: 1, mail: 1, leaseUntil: 1, why: 1 } },
  );
}

/** What a written mail still carries while its sender has it in hand, in order of queueing. */
export async function carriedBy(connection: Connection, leader: OutboxRow): Promise<OutboxRow[]> {
  if (leader.members?.length === 0) return [];
  return outboxTable(connection)
    .find({ pile: leader._id, _id: op({ $ne: leader._id }), state: 'claimed' })
    .sort({ queuedAt: 1, _id: 1 })
    .lean<OutboxRow[]>();
}

/** Every request of a process to one person, however it stands; sending one again makes another. */
export async function requestsTo(
  connection: Connection,
  { processId, personId }: Pick<OutboxRow, 'processId' | 'personId'>,
): Promise<OutboxRow[]> {
  return outboxTable(connection)
    .find({ processId, personId, kind: 'ask' })
    .sort({ queuedAt: -1, _id: 1 })
    .limit(200)
    .lean<OutboxRow[]>();
}
