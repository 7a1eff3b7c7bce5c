import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { MailInput, MailKind } from '../domain/job/effects.ts';
import type { Instant } from '../domain/instant.ts';
import { defineTable, isDuplicateKey, json, number, op, plainWrite, text } from './table.ts';

/**
 * Where a mail stands: waiting, in somebody's hands, accepted by the mail server, never to be sent, or left out because
 * what it was to remind of was done before its turn came.
 */
export type OutboxState = 'queued' | 'claimed' | 'sent' | 'failed' | 'leftOut';

/** A mail as it was written, with a placeholder wherever the link will stand. The link itself is never stored. */
export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly replyTo?: { readonly name: string; readonly address: string };
  readonly language: string;
  readonly date: Instant;
  /** Grants whose links the placeholders stand for. */
  readonly grantIds: readonly string[];
}

/** One mail to one person. `_id` is the hash of its name, so the same mail cannot be queued twice. */
export interface OutboxRow {
  readonly _id: string;
  readonly name: string;
  readonly processId: string;
  readonly kind: MailKind;
  readonly personId: string;
  /** Revision of the address on file when it was queued; a corrected address makes another mail. */
  readonly addressRevision: number;
  readonly input: MailInput;
  readonly state: OutboxState;
  readonly queuedAt: Instant;
  /** Asks wait until then for others to the same person. */
  readonly notBefore: Instant;
  /** The row under whose name and Message-ID this one goes out; itself when it goes alone. */
  readonly pile?: string;
  /** Rows a pile carries, in its leader's row only. */
  readonly members?: readonly string[];
  readonly leaseUntil?: Instant;
  readonly claimedAt?: Instant;
  readonly attempts: number;
  /** The connection broke after the whole mail was handed over: it may have arrived. */
  readonly unsure?: boolean;
  readonly mail?: WrittenMail;
  readonly sentAt?: Instant;
  readonly answer?: string;
  readonly why?: string;
}

/** Collection `outbox`. */
export const outboxTable = defineTable<OutboxRow>(
  'outbox',
  {
    _id: text,
    name: text,
    processId: text,
    kind: text,
    personId: text,
    addressRevision: number,
    input: json,
    state: text,
    queuedAt: text,
    notBefore: text,
    pile: { type: String },
    members: { type: [String], default: undefined },
    leaseUntil: { type: String },
    claimedAt: { type: String },
    attempts: number,
    unsure: { type: Boolean },
    mail: json,
    sentAt: { type: String },
    answer: { type: String },
    why: { type: String },
  },
  [[{ processId: 1, queuedAt: -1 }], [{ personId: 1, kind: 1, state: 1, sentAt: -1 }], [{ pile: 1 }]],
);

/** The one key of a mail, also the first half of its Message-ID: SHA-256 of its name, hexadecimal. */
export function mailIdOf(name: string): string {
  return createHash('sha256').update(name, 'utf8').digest('hex');
}

/** Puts a mail in the outbox, or finds it there; the row that is there wins. `fresh`: it was not there. */
export async function queueMail(
  connection: Connection,
  row: Omit<OutboxRow, '_id' | 'state' | 'attempts'>,
): Promise<{ readonly row: OutboxRow; readonly fresh: boolean }> {
  const _id = mailIdOf(row.name);
  const queued: OutboxRow = { ...row, _id, state: 'queued', attempts: 0 };
  if (await putIn(connection, queued)) return { row: queued, fresh: true };
  const there = await findMail(connection, _id);
  if (!there) throw new Error(`mail ${_id} is neither there nor could be queued`);
  return { row: there, fresh: false };
}

/**
 * Puts a mail in the outbox that is written already and in the sender's own hands: a mail that waits for nobody needs no
 * second and third command for that. Undefined when a mail of this name is there; then that one counts. Whoever dies
 * after this leaves a claimed mail behind whose lease runs out, as after `claimMail`.
 */
export async function queueClaimed(
  connection: Connection,
  row: Omit<OutboxRow, '_id' | 'state' | 'attempts'>,
  mail: WrittenMail,
  claim: Claim,
): Promise<OutboxRow | undefined> {
  const _id = mailIdOf(row.name);
  const inHand = { pile: _id, members: [], leaseUntil: claim.leaseUntil, claimedAt: claim.now, attempts: 1, mail };
  const claimed: OutboxRow = { ...row, _id, state: 'claimed', ...inHand };
  return (await putIn(connection, claimed)) ? claimed : undefined;
}

async function putIn(connection: Connection, row: OutboxRow): Promise<boolean> {
  try {
    await outboxTable(connection).collection.insertOne(row as never, plainWrite);
    return true;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return false;
  }
}

/** A mail by its key. */
export async function findMail(connection: Connection, mailId: string): Promise<OutboxRow | undefined> {
  return (await outboxTable(connection).findById(mailId).lean<OutboxRow>()) ?? undefined;
}

/** When this person last got a mail of the kind; undefined when never. */
export async function lastSentAt(
  connection: Connection,
  personId: string,
  kind: MailKind,
): Promise<Instant | undefined> {
  const row = await outboxTable(connection)
    .findOne({ personId, kind, state: 'sent' }, { sentAt: 1 })
    .sort({ sentAt: -1 })
    .lean<Pick<OutboxRow, 'sentAt'>>();
  return row?.sentAt;
}

/** Who takes a mail in hand, and until when nobody else may. */
export interface Claim {
  readonly now: Instant;
  readonly leaseUntil: Instant;
}

/**
 * Takes a mail in hand by compare-and-set: a waiting one, or one whose holder's lease lapsed. Undefined when somebody
 * else has it or it is done. The row is the one before, so the caller sees whether an outcome is unknown.
 */
export async function claimMail(connection: Connection, mailId: string, claim: Claim): Promise<OutboxRow | undefined> {
  const row = await outboxTable(connection)
    .findOneAndUpdate(
      {
        _id: mailId,
        // A mail that another one carries is sent by taking that one.
        pile: op({ $in: [null, mailId] }),
        $or: [{ state: 'queued' }, { state: 'claimed', leaseUntil: op({ $lte: claim.now }) }],
      },
      {
        $set: { state: 'claimed', pile: mailId, leaseUntil: claim.leaseUntil, claimedAt: claim.now },
        $inc: { attempts: 1 },
      },
      { returnDocument: 'before' },
    )
    .lean<OutboxRow>();
  return row ?? undefined;
}

/**
 * Takes a waiting mail in hand and keeps what was written for it in the same command; it carries no others. Undefined
 * when it does not wait any more, was ever written, or belongs to another mail's pile.
 */
export async function claimWritten(
  connection: Connection,
  row: OutboxRow,
  mail: WrittenMail,
  claim: Claim,
): Promise<OutboxRow | undefined> {
  const inHand = { pile: row._id, members: [], leaseUntil: claim.leaseUntil, claimedAt: claim.now, mail };
  const done = await outboxTable(connection).collection.updateOne(
    { _id: row._id, state: 'queued', pile: null, mail: { $exists: false } } as never,
    { $set: { state: 'claimed', ...inHand }, $inc: { attempts: 1 } },
    plainWrite,
  );
  return done.matchedCount === 1 ? { ...row, state: 'claimed', ...inHand, attempts: row.attempts + 1 } : undefined;
}

/**
 * Keeps what was written for a claimed mail and which others it carries, before it is sent for the first time. Written
 * once: what is there stays, so a retry sends the same bytes. Returns the row as kept.
 */
export async function keepWritten(
  connection: Connection,
  mailId: string,
  mail: WrittenMail,
  members: readonly string[],
): Promise<OutboxRow> {
  await outboxTable(connection).updateOne({ _id: mailId, mail: op({ $exists: false }) }, { $set: { mail, members } });
  const row = await findMail(connection, mailId);
  if (!row) throw new Error(`mail ${mailId} disappeared while it was written`);
  return row;
}

/**
 * Marks a mail and all it carries as accepted by the mail server. Only who holds it can: false when nobody does any
 * more. `alone`: it was written to carry no others.
 */
export async function markSent(
  connection: Connection,
  mailId: string,
  done: { readonly sentAt: Instant; readonly answer: string; readonly alone?: boolean },
): Promise<boolean> {
  const set = { state: 'sent', sentAt: done.sentAt, answer: done.answer.slice(0, 500) } as const;
  if (done.alone !== true) return markPile(connection, mailId, set);
  const marked = await outboxTable(connection).collection.updateOne({ _id: mailId, state: 'claimed' } as never, {
    $set: set,
    $unset: { leaseUntil: 1 },
  });
  return marked.matchedCount === 1;
}

/** Closes a mail that nobody has in hand, because another takes its place. Whether it did. */
export async function closeUnsent(connection: Connection, mailId: string, why: string): Promise<boolean> {
  const done = await outboxTable(connection).updateOne(
    { _id: mailId, state: 'queued' },
    { $set: { state: 'failed', why } },
  );
  return done.matchedCount === 1;
}

/** Marks a mail and all it carries as never to be sent, with the reason people will read. */
export async function markFailed(connection: Connection, mailId: string, why: string): Promise<void> {
  await markPile(connection, mailId, { state: 'failed', why: why.slice(0, 500) });
}

async function markPile(connection: Connection, mailId: string, set: Partial<OutboxRow>): Promise<boolean> {
  const table = outboxTable(connection);
  // The carried rows first: while the leader is claimed a crash in between is found by whoever takes the leader next.
  await table.updateMany(
    { pile: mailId, _id: op({ $ne: mailId }), state: 'claimed' },
    { $set: set, $unset: { leaseUntil: 1 } },
  );
  const marked = await table.updateOne({ _id: mailId, state: 'claimed' }, { $set: set, $unset: { leaseUntil: 1 } });
  return marked.matchedCount === 1;
}

/**
 * Gives a mail back after a passing fault. `unsure`: it may have arrived, so it stays claimed with its lease over, which
 * is how an unknown outcome looks; otherwise it waits again. What it carries stays with it: the same bytes go out again
 * under the same Message-ID.
 */
export async function releaseMail(
  connection: Connection,
  mailId: string,
  why: string,
  unsure: boolean,
  now: Instant,
): Promise<void> {
  const state: OutboxState = unsure ? 'claimed' : 'queued';
  const set = { why: why.slice(0, 500), leaseUntil: now, state, ...(unsure ? { unsure: true } : {}) };
  await outboxTable(connection).updateOne({ _id: mailId, state: 'claimed' }, { $set: set });
}

/** A mail as staff see it: no content, no link, the address masked. */
export interface MailSight {
  readonly mailId: string;
  readonly kind: MailKind;
  readonly personId: string;
  readonly address?: string;
  readonly addressRevision: number;
  readonly state: OutboxState;
  readonly queuedAt: Instant;
  readonly sentAt?: Instant;
  readonly attempts: number;
  readonly why?: string;
  /** Whether it went out together with others. */
  readonly together: boolean;
  /** The desk it is about, where it is about one. */
  readonly where?: MailInput['where'];
}

/** `lin.xia@agency.example` → `li…@agency.example`: enough to recognise, too little to write to. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 1) return '…';
  return `${[...address.slice(0, at)].slice(0, 2).join('')}…${address.slice(at)}`;
}

/** Every mail of a job, newest first, at most 500. */
export async function mailsOfJob(connection: Connection, processId: string): Promise<MailSight[]> {
  const table = outboxTable(connection);
  const rows = await table.find({ processId }).sort({ queuedAt: -1, _id: 1 }).limit(500).lean<OutboxRow[]>();
  const piles = rows.flatMap((row) => (row.pile !== undefined && row.pile !== row._id ? [row.pile] : []));
  const leaders = new Map(
    (piles.length === 0 ? [] : await table.find({ _id: op({ $in: piles }) }).lean<OutboxRow[]>()).map((row) => [
      row._id,
      row,
    ]),
  );
  return rows.map((row) => {
    const written = row.mail ?? leaders.get(row.pile ?? '')?.mail;
    return {
      mailId: row._id,
      kind: row.kind,
      personId: row.personId,
      addressRevision: row.addressRevision,
      state: row.state,
      queuedAt: row.queuedAt,
      attempts: row.attempts,
      together: (row.members?.length ?? 0) > 0 || (row.pile !== undefined && row.pile !== row._id),
      ...(written === undefined ? {} : { address: maskAddress(written.to.address) }),
      ...(row.input.where === undefined ? {} : { where: row.input.where }),
      ...(row.sentAt === undefined ? {} : { sentAt: row.sentAt }),
      ...(row.why === undefined || row.state === 'sent' ? {} : { why: row.why }),
    };
  });
}

/**
 * The mail input for sending a mail once more, under a name of its own, so that it is a mail of its own and not a
 * repetition that the outbox swallows. `wishId` is the id of the wish to send again: the same wish is the same mail.
 */
export async function sendAgain(
  connection: Connection,
  mailId: string,
  wishId: string,
): Promise<MailInput | undefined> {
  const row = await findMail(connection, mailId);
  if (row === undefined) return undefined;
  return { ...row.input, to: { personId: row.personId }, name: `${row.input.name}/again/${wishId}` };
}
