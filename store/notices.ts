import type { Connection } from 'mongoose';
import type { CaseMailEffect } from '../domain/cases/acts.ts';
import type { Claim, OutboxRow, WrittenMail } from './outbox.ts';
import { mailIdOf, outboxTable } from './outbox.ts';
import { isDuplicateKey, plainWrite } from './table.ts';

/** The mail of a case in the outbox: like those of jobs, but what it says came from a notice. */
export interface NoticeRow extends Omit<OutboxRow, 'kind' | 'input'> {
  readonly kind: 'notice';
  readonly input: CaseMailEffect['input'];
}

/**
 * Puts the mail of a notice into the outbox, written and in the sender's own hands. Undefined when one of this name is
 * there; then that one counts. Whoever dies after this leaves a claimed mail behind whose lease runs out.
 */
export async function queueNotice(
  connection: Connection,
  row: Pick<NoticeRow, 'name' | 'processId' | 'personId' | 'addressRevision' | 'input'>,
  mail: WrittenMail,
  claim: Claim,
): Promise<NoticeRow | undefined> {
  const _id = mailIdOf(row.name);
  const times = { queuedAt: claim.now, notBefore: claim.now };
  const inHand = { pile: _id, members: [], leaseUntil: claim.leaseUntil, claimedAt: claim.now, attempts: 1, mail };
  const claimed: NoticeRow = { ...row, ...times, ...inHand, _id, kind: 'notice', state: 'claimed' };
  try {
    await outboxTable(connection).collection.insertOne(claimed as never, plainWrite);
    return claimed;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return undefined;
  }
}
