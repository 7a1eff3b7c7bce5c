import type { Connection } from 'mongoose';
import type { Claim, OutboxRow } from './outbox.ts';
import { outboxTable } from './outbox.ts';
import { op } from './table.ts';

/**
 * Requests to one person that wait, or are being written at this moment, in order of queueing: what could leave as one
 * mail with `about`.
 */
export async function waitingWith(
  connection: Connection,
  { personId, kind, addressRevision }: Pick<OutboxRow, 'personId' | 'kind' | 'addressRevision'>,
): Promise<OutboxRow[]> {
  return outboxTable(connection)
    .find({
      personId,
      kind,
      addressRevision,
      $or: [{ state: 'queued' }, { state: 'claimed' }],
      mail: op({ $exists: false }),
    })
    .sort({ queuedAt: 1, _id: 1 })
    .lean<OutboxRow[]>();
}

/**
 * The mail that leads the pile a waiting one belongs to: one that is being written at this moment, else the first that
 * waits. Everybody who wants to send any of them competes for this one row, so one person gets one mail even when all
 * wake at the same instant.
 */
export function leaderAmong(rows: readonly OutboxRow[], row: OutboxRow): string {
  const writing = rows.find((one) => one.state === 'claimed' && one.pile === one._id);
  const waiting = rows.find((one) => one.state === 'queued' && one.pile === undefined);
  return writing?._id ?? waiting?._id ?? row._id;
}

/** Gathers what else waits for the same person into a claimed mail; at most `limit` mails. Returns them in order of queueing. */
export async function gatherInto(
  connection: Connection,
  leader: OutboxRow,
  claim: Claim,
  limit: number,
): Promise<OutboxRow[]> {
  const table = outboxTable(connection);
  const same = { personId: leader.personId, kind: leader.kind, addressRevision: leader.addressRevision };
  const waiting = await table
    .find({ ...same, state: 'queued', pile: null, _id: op({ $ne: leader._id }) }, { _id: 1 })
    .sort({ queuedAt: 1, _id: 1 })
    .limit(limit)
    .lean<Pick<OutboxRow, '_id'>[]>();
  if (waiting.length > 0) {
    await table.updateMany(
      { _id: op({ $in: waiting.map((row) => row._id) }), state: 'queued', pile: null },
      {
        $set: { state: 'claimed', pile: leader._id, leaseUntil: claim.leaseUntil, claimedAt: claim.now },
        $inc: { attempts: 1 },
      },
    );
  } else if (leader.attempts === 0) {
    // Nobody had this mail in hand before, so nobody can have left others in its pile.
    return [];
  }
  return table
    .find({ pile: leader._id, _id: op({ $ne: leader._id }), state: 'claimed' })
    .sort({ queuedAt: 1, _id: 1 })
    .lean<OutboxRow[]>();
}

/** Settles a carried mail whose leader is done, when a crash came between the two. */
export async function settleCarried(connection: Connection, leader: OutboxRow): Promise<void> {
  const { state, sentAt, answer, why } = leader;
  const set = {
    state,
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(answer === undefined ? {} : { answer }),
    ...(why === undefined ? {} : { why }),
  };
  await outboxTable(connection).updateMany(
    { pile: leader._id, state: 'claimed' },
    { $set: set, $unset: { leaseUntil: 1 } },
  );
}
