import type { Connection } from 'mongoose';
import type { LocalDate } from '../domain/calendar/types.ts';
import type { Instant } from '../domain/instant.ts';
import type { MailKind } from '../domain/job/effects.ts';
import type { NoticeRow } from './notices.ts';
import type { Claim, OutboxRow } from './outbox.ts';
import { findMail, mailIdOf, outboxTable } from './outbox.ts';
import { isDuplicateKey, op, plainWrite } from './table.ts';

/** Kinds of mail that the rungs of a ladder write; they wait in the outbox for the digest that tells them. */
export const rungKinds = ['warn', 'remind', 'escalate', 'clientTold'] as const;

/** Kinds of mail in which a timetable warns whoever answers for the job; they wait as rungs do. */
export const timetableKinds = ['stageWarned', 'floatUsedUp', 'extensionDrafted'] as const;

/** The kind of mail that says an internal meeting is due; it waits for its reader's morning. */
export const meetingKind = 'meetingDue' as const satisfies MailKind;

const gatheredKinds: readonly string[] = [...rungKinds, ...timetableKinds, meetingKind];

/** Whether a mail of a job is put by for a digest. Notices of cases are where they only remind; each is looked at by itself. */
export function isGatheredKind(kind: string): boolean {
  return gatheredKinds.includes(kind);
}

/** Whether a mail is a timetable's warning. */
export function isTimetableKind(kind: string): boolean {
  return timetableKinds.some((one) => one === kind);
}

/** What waits in the outbox for the digest that tells it: a mail of a job, or the notice of a case. */
export type ReminderRow = OutboxRow | NoticeRow;

/**
 * The one mail in which somebody reads all that came together: at the start of a working day, or a minute after the first
 * of several rungs. It lies in the outbox from the moment it is planned; what it says is written when it leaves.
 */
export interface DigestRow extends Omit<OutboxRow, 'kind' | 'input'> {
  readonly kind: 'digest';
  readonly input: {
    /** The working day it begins, on its reader's calendar; absent where it tells of what just happened. */
    readonly day?: LocalDate;
    /** Somebody in the engine will see to it. */
    readonly started?: boolean;
    /** Reminders that were to be given to others because its reader is away; noted before the first one was. */
    readonly passing?: readonly string[];
  };
}

/** When a digest leaves, and of which day it is. */
export interface Slot {
  readonly at: Instant;
  readonly day?: LocalDate;
}

/** The name of a digest: one a person and working day, and one a person and moment beside it. */
export function digestName(personId: string, { at, day }: Slot): string {
  return `digest/${personId}/${day ?? at}`;
}

/** Plans a digest, or finds the one that is planned; the row that is there wins. */
export async function planDigest(
  connection: Connection,
  personId: string,
  slot: Slot,
  now: Instant,
): Promise<DigestRow> {
  const name = digestName(personId, slot);
  const row: DigestRow = {
    _id: mailIdOf(name),
    name,
    processId: '',
    kind: 'digest',
    personId,
    addressRevision: 0,
    input: slot.day === undefined ? {} : { day: slot.day },
    state: 'queued',
    queuedAt: now,
    notBefore: slot.at,
    attempts: 0,
  };
  try {
    await outboxTable(connection).collection.insertOne(row as never, plainWrite);
    return row;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const there = await findDigest(connection, row._id);
    if (there === undefined)
      throw new Error(`digest ${row._id} is neither there nor could be planned`, { cause: error });
    return there;
  }
}

/** A digest by its key. */
export async function findDigest(connection: Connection, digestId: string): Promise<DigestRow | undefined> {
  const row: unknown = await findMail(connection, digestId);
  return isDigest(row) ? row : undefined;
}

function isDigest(row: unknown): row is DigestRow {
  return typeof row === 'object' && row !== null && 'kind' in row && row.kind === 'digest';
}

/** The digest to this person that leaves first, not later than `until`, and can still take something in. */
export async function openDigest(
  connection: Connection,
  personId: string,
  until: Instant,
): Promise<DigestRow | undefined> {
  const row: unknown = await outboxTable(connection)
    .findOne({ personId, kind: 'digest' as MailKind, state: 'queued', notBefore: op({ $lte: until }) })
    .sort({ notBefore: 1, _id: 1 })
    .lean();
  return isDigest(row) ? row : undefined;
}

/**
 * The newest digest of a morning behind `day` whose moment has come, however it stands; undefined where there is none. A
 * morning that was put off, by a day declared closed, leave or a long stop, meets it.
 */
export async function newerMorning(
  connection: Connection,
  personId: string,
  day: LocalDate,
  now: Instant,
): Promise<DigestRow | undefined> {
  const row: unknown = await outboxTable(connection).collection.findOne(
    { personId, kind: 'digest', 'input.day': { $gt: day }, notBefore: { $lte: now } } as never,
    { sort: { 'input.day': -1 } },
  );
  return isDigest(row) ? row : undefined;
}

/** Notes that the engine knows of a digest and will send it. */
export async function noteStarted(connection: Connection, digestId: string): Promise<void> {
  await outboxTable(connection).collection.updateOne({ _id: digestId } as never, { $set: { 'input.started': true } });
}

/** Lets a reminder that waits go with an earlier digest. */
export async function bringForward(connection: Connection, mailId: string, notBefore: Instant): Promise<void> {
  await outboxTable(connection).updateOne({ _id: mailId, state: 'queued', pile: null }, { $set: { notBefore } });
}

// A notice that leaves at once is never without a pile: it is put there written and in its sender's hands.
const waitingKinds = [...rungKinds, ...timetableKinds, meetingKind, 'notice' as MailKind];

const waiting = (personId: string, now: Instant) =>
  ({ personId, kind: op({ $in: waitingKinds }), state: 'queued', pile: null, notBefore: op({ $lte: now }) }) as const;

/** When the newest reminder that waits for this person and may be told now came in; undefined when none waits. */
export async function newestReminder(
  connection: Connection,
  personId: string,
  now: Instant,
): Promise<Instant | undefined> {
  const row = await outboxTable(connection)
    .findOne(waiting(personId, now), { queuedAt: 1 })
    .sort({ queuedAt: -1 })
    .lean<Pick<OutboxRow, 'queuedAt'>>();
  return row?.queuedAt;
}

/**
 * Everything that waits for a digest's reader, whenever it may be told, oldest first, to be given to others. It is noted
 * with the digest first, so whoever comes after a crash finds also what was in other hands by then and planned in none.
 */
export async function remindersToPass(connection: Connection, digest: DigestRow): Promise<ReminderRow[]> {
  const table = outboxTable(connection);
  const waits = { kind: op({ $in: waitingKinds }), state: 'queued' as const, pile: null };
  const theirs = await table.find({ personId: digest.personId, ...waits }, { _id: 1 }).lean<Pick<OutboxRow, '_id'>[]>();
  const ids = theirs.map(({ _id }) => _id);
  if (ids.length > 0)
    await table.collection.updateOne({ _id: digest._id } as never, { $addToSet: { 'input.passing': { $each: ids } } });
  const all = [...new Set([...(digest.input.passing ?? []), ...ids])];
  if (all.length === 0) return [];
  return table
    .find({ _id: op({ $in: all }), ...waits })
    .sort({ queuedAt: 1, _id: 1 })
    .lean<ReminderRow[]>();
}

/**
 * Gives a reminder that waits for one person to another, by compare-and-set; one that is in a digest's hands, or was
 * given before, stays as it is. Returns when it may be told.
 */
export async function passReminder(
  connection: Connection,
  mailId: string,
  from: string,
  to: Pick<ReminderRow, 'personId' | 'addressRevision' | 'queuedAt' | 'notBefore'>,
): Promise<Pick<ReminderRow, 'notBefore'>> {
  await outboxTable(connection).updateOne({ _id: mailId, personId: from, state: 'queued', pile: null }, { $set: to });
  const row = await findMail(connection, mailId);
  if (row === undefined) throw new Error(`reminder ${mailId} disappeared while it was passed on`);
  return row;
}

/**
 * Takes everything that waits for a digest's reader and may be told by now into its hands. A second time, after a crash,
 * it finds what it took before as well.
 */
export async function gatherReminders(connection: Connection, digest: DigestRow, claim: Claim): Promise<ReminderRow[]> {
  const table = outboxTable(connection);
  await table.updateMany(waiting(digest.personId, claim.now), {
    $set: { state: 'claimed', pile: digest._id, claimedAt: claim.now },
    $inc: { attempts: 1 },
  });
  return table
    .find({ pile: digest._id, _id: op({ $ne: digest._id }), state: 'claimed' })
    .sort({ queuedAt: 1, _id: 1 })
    .lean<ReminderRow[]>();
}

/** Closes mails that need not be sent any more, e.g. about a step that was signed while its reminder waited. */
export async function leaveOut(connection: Connection, mailIds: readonly string[]): Promise<void> {
  for (let from = 0; from < mailIds.length; from += 1_000) {
    await outboxTable(connection).updateMany(
      { _id: op({ $in: mailIds.slice(from, from + 1_000) }), state: 'claimed' },
      { $set: { state: 'leftOut' }, $unset: { leaseUntil: 1 } },
    );
  }
}
