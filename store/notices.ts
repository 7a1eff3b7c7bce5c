import type { Connection } from 'mongoose';
import type { CaseMailEffect } from '../domain/cases/acts.ts';
import type { HouseLetter } from '../domain/people/letter.ts';
import type { Claim, OutboxRow, WrittenMail } from './outbox.ts';
import { findMail, mailIdOf, outboxTable } from './outbox.ts';
import { isDuplicateKey, plainWrite } from './table.ts';

/** The mail of a case in the outbox: like those of jobs, but what it says came from a notice. */
export interface NoticeRow extends Omit<OutboxRow, 'kind' | 'input'> {
  readonly kind: 'notice';
  readonly input: CaseMailEffect['input'];
}

/** A letter of the house in the outbox: about people, and no job's. */
export interface LetterRow extends Omit<OutboxRow, 'kind' | 'input'> {
  readonly kind: 'letter';
  readonly input: HouseLetter;
}

/** Puts a letter into the outbox, written and in the sender's own hands; undefined when one of this name is there. */
export async function queueLetter(
  connection: Connection,
  row: Pick<LetterRow, 'name' | 'processId' | 'personId' | 'addressRevision' | 'input'>,
  mail: WrittenMail,
  claim: Claim,
): Promise<LetterRow | undefined> {
  return put(connection, { ...row, ...inHandOf(row.name, mail, claim), kind: 'letter' });
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
  return put(connection, { ...row, ...inHandOf(row.name, mail, claim), kind: 'notice' });
}

/**
 * Puts the mail of a notice into the outbox unwritten, for the digest that tells it, or finds it there; the row that is
 * there wins. Returns when that one may be told.
 */
export async function putNoticeBy(
  connection: Connection,
  row: Pick<NoticeRow, 'name' | 'processId' | 'personId' | 'addressRevision' | 'input' | 'queuedAt' | 'notBefore'>,
): Promise<Pick<NoticeRow, 'notBefore'>> {
  const _id = mailIdOf(row.name);
  const fresh = await put<NoticeRow>(connection, { ...row, _id, kind: 'notice', state: 'queued', attempts: 0 });
  const there = fresh ?? (await findMail(connection, _id));
  if (there === undefined) throw new Error(`notice ${_id} is neither there nor could be put by`);
  return there;
}

function inHandOf(name: string, mail: WrittenMail, { now, leaseUntil }: Claim) {
  const _id = mailIdOf(name);
  const times = { queuedAt: now, notBefore: now, leaseUntil, claimedAt: now };
  return { _id, ...times, pile: _id, members: [], attempts: 1, mail, state: 'claimed' as const };
}

async function put<R extends NoticeRow | LetterRow>(connection: Connection, row: R): Promise<R | undefined> {
  try {
    await outboxTable(connection).collection.insertOne(row as never, plainWrite);
    return row;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return undefined;
  }
}
