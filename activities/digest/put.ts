import { climbedAllAt, waitsForMorning } from '../../domain/circulation/telling.ts';
import { addMs } from '../../domain/instant.ts';
import type { Instant } from '../../domain/instant.ts';
import { isTimetableWarning, warnedDay } from '../../domain/job/timetable-telling.ts';
import type { Person } from '../../domain/people/types.ts';
import { findMail, mailIdOf, queueMail, type OutboxRow } from '../../store/outbox.ts';
import {
  bringForward,
  findDigest,
  openDigest,
  type DigestRow,
  type ReminderRow,
  type Slot,
} from '../../store/reminders.ts';
import { spotOf } from '../mail/job-at.ts';
import type { MailDeps, Speaking } from '../mail/parts.ts';
import type { Addressee } from '../mail/recipients.ts';
import { dayClosesAt, isOpen, hoursOf, morningAfter, morningWithoutLeave, plan, seenTo } from './parts.ts';
import type { Digests, PlanDeps } from './parts.ts';
import { directorOf, planMorning } from './standing.ts';

/** A reminder on its way into a digest. */
export interface Reminding {
  /** Its name in the outbox. */
  readonly name: string;
  readonly person: Person;
  /** The start of its reader's day that it waits for; undefined where it is told within the minute. */
  morning(now: Instant): Promise<Slot | undefined>;
  /** Puts its row into the outbox or finds it there; answers when that one may be told. */
  queue(times: Pick<OutboxRow, 'queuedAt' | 'notBefore'>): Promise<Pick<ReminderRow, 'notBefore'>>;
  /** What is to be done whenever it lies in a digest. */
  after?(now: Instant): Promise<void>;
}

/**
 * Puts a reminder by for the digest that tells it. Safe to run any number of times:
 * 1. Its row is keyed by its name; one that is in a digest's hands, or settled, is the answer.
 * 2. When this returns, a digest to its reader is planned that leaves at or after the moment the row may be told, and that
 *    had not been taken in hand when the row was there: so none is left behind.
 * 3. Whatever comes for one person within the gathering time goes into the digest that is open already.
 */
export async function putBy(
  deps: Pick<MailDeps, 'connection' | 'clock' | 'office'>,
  digests: Digests,
  reminding: Reminding,
): Promise<OutboxRow> {
  const { connection } = deps;
  const planning: PlanDeps = { connection, office: deps.office, digests };
  const mailId = mailIdOf(reminding.name);
  const settled = await findMail(connection, mailId);
  if (settled && settled.state !== 'queued') return settled;
  for (let late = false; ; late = true) {
    const now = deps.clock();
    const digest = await digestFor(planning, reminding, now, late);
    const row = await reminding.queue({ queuedAt: now, notBefore: digest.notBefore });
    if (row.notBefore > digest.notBefore) await bringForward(connection, mailId, digest.notBefore);
    const [kept, open] = await Promise.all([findMail(connection, mailId), findDigest(connection, digest._id)]);
    // A digest that left meanwhile may have gone without it: then it waits for the next.
    if (kept && (kept.state !== 'queued' || isOpen(open))) {
      await reminding.after?.(now);
      return kept;
    }
  }
}

/** The digest that a reminder is told in. `late`: the one it belonged into has left, so it is told soon. */
async function digestFor(deps: PlanDeps, reminding: Reminding, now: Instant, late: boolean): Promise<DigestRow> {
  const { connection, digests } = deps;
  const { person } = reminding;
  const morning = late ? undefined : await reminding.morning(now);
  if (morning) {
    const digest = await plan(deps, person.id, morning, now);
    if (isOpen(digest)) return digest;
  }
  const soon = addMs(now, digests.gatherMs);
  const open = await openDigest(connection, person.id, soon);
  if (open) return seenTo(connection, digests, open);
  await plan(deps, person.id, { at: soon }, now);
  // Two who find none open at the same instant both plan one; they agree on the one that leaves first.
  const first = await openDigest(connection, person.id, soon);
  return first ? seenTo(connection, digests, first) : plan(deps, person.id, { at: addMs(soon, 1) }, now);
}

/** Puts the mail of a rung, or a timetable's warning, by for the digest that tells it. */
export async function putJobMailBy(
  deps: MailDeps,
  digests: Digests,
  speaking: Speaking,
  { addressee, person }: { readonly addressee: Addressee; readonly person: Person },
): Promise<OutboxRow> {
  const { connection, office } = deps;
  const { input } = speaking;
  const { processId, kind } = input;
  const { name } = addressee;
  const mail = { name, processId, kind, personId: person.id, addressRevision: person.mail.revision, input };
  return putBy(deps, digests, {
    name,
    person,
    morning: (now) => morningFor(deps, speaking, person, now),
    queue: async (times) => (await queueMail(connection, { ...mail, ...times })).row,
    after: (now) => planForDirector({ connection, office, digests }, speaking, now),
  });
}

/** The reader's next morning, where the mail waits for it. */
async function morningFor(deps: MailDeps, speaking: Speaking, person: Person, now: Instant): Promise<Slot | undefined> {
  const { input, job, house } = speaking;
  if (job.event !== undefined && isTimetableWarning(job.event)) {
    const day = warnedDay(job.event, job.state);
    const closesAt = day === undefined ? undefined : await dayClosesAt(house, deps.office, day);
    const morning = closesAt === undefined ? undefined : await morningWithoutLeave(house, person, deps.office, now);
    return morning && closesAt !== undefined && morning.at < closesAt ? morning : undefined;
  }
  const { stay } = spotOf(job, input);
  if (job.event?.type !== 'rungClimbed' || stay === undefined) return undefined;
  // A ladder of the house's own may say that a rung is for the digest, whatever it is.
  const forDigest = job.event.by === 'digest';
  if (input.kind === 'escalate' && !forDigest) return undefined;
  const morning = morningAfter(await hoursOf(house, person, deps.office), now);
  return morning && (forDigest || waitsForMorning(job.event, stay, morning.at)) ? morning : undefined;
}

/** Behind its last rung a step is in its director's digest every working day, from the next one on. */
async function planForDirector(deps: PlanDeps, { input, job, house }: Speaking, now: Instant): Promise<void> {
  const { stay } = spotOf(job, input);
  if (job.event?.type !== 'rungClimbed' || stay === undefined || climbedAllAt(stay) === undefined) return;
  await planMorning(deps, house, await directorOf(house, input, now), now);
}
