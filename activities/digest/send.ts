import { addMs, compareInstants, diffMs, laterOf } from '../../domain/instant.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Person } from '../../domain/people/types.ts';
import { caseAt } from '../../store/case-recorder.ts';
import { marksAhead } from '../../store/cases.ts';
import { claimMail, keepWritten, markFailed, releaseMail, type WrittenMail } from '../../store/outbox.ts';
import {
  findDigest,
  gatherReminders,
  leaveOut,
  newerMorning,
  newestReminder,
  type DigestRow,
  type ReminderRow,
} from '../../store/reminders.ts';
import { breakUpPile } from '../../store/outbox-left-out.ts';
import { rungsAhead } from '../../store/steps.ts';
import { writeNotice } from '../cases/write-notice.ts';
import { houseNow, peopleIn, type HouseNow } from '../house.ts';
import { draftMail } from '../mail/draft.ts';
import { hand } from '../mail/hand.ts';
import { jobAt } from '../mail/job-at.ts';
import { later } from '../mail/later.ts';
import { longestSendMs } from '../mail/mailer.ts';
import type { MailDeps } from '../mail/parts.ts';
import { problemOf } from '../mail/reachable.ts';
import { noteDecisions } from '../../store/decided.ts';
import { decisionsFor } from './decisions-told.ts';
import { countOf, sortOut, type Told } from './gather.ts';
import type { Digests } from './parts.ts';
import { dayBeganAt, hoursOf, isOpen, readableAt, seenTo } from './parts.ts';
import { passOn } from './pass-on.ts';
import { nothingStands, planMorning, standingByDirector } from './standing.ts';
import { writeDigest } from './write.ts';

/** What sending a digest needs. */
export interface SendDeps extends MailDeps {
  readonly digests: Digests;
}

/** A claim outlives the longest sending, so two never send at once. */
const leaseMs = longestSendMs + 20_000;
/** Rungs that should have been climbed longer ago than this belong to a process that is stuck; nobody waits for them. */
const stuckAfterMs = 15 * 60_000;
/** The longest a digest waits for the engine to catch up with the clock while nothing comes in for its reader. */
const patienceMs = 10 * 60_000;
/** The longest it waits while something does: in a very crowded minute rungs are climbed one after the other. */
const longestPatienceMs = 90 * 60_000;
/**
 * How soon it is looked again whether it has: at first soon, then ever more rarely; where many rungs take their turns, when
 * half of them have had theirs. So waiting costs nothing: everybody a crowded minute tells looks, and people sign meanwhile.
 */
const lookAgainMs = 2_000;
const longestLookMs = 60_000;

/**
 * Sends a digest, or finds out what became of it; `again` says when to come again where its reader's day has not begun.
 * Safe to run any number of times, in any process:
 * 1. It leaves when its moment has come, the engine has climbed every rung and reached every mark up to then, and nothing
 *    came in for a while: so reminders of one minute are one mail a person, however many jobs and cases they lie in.
 * 2. What it carries is taken in hand by compare-and-set and is in no other digest.
 * 3. Left out is what needs no reminding any more; where nothing is left, there is no mail.
 * 4. Claim, write once, put links in, send, mark, as any mail: a retry sends the same bytes under the same Message-ID.
 * 5. The digest of a morning plans its reader's next one while something stands behind its last rung.
 * 6. A morning that was put off leaves with that of the day it is read on: it goes into a newer one, and waits for one that
 *    is in other hands, so that it is one digest a person and no line twice. What waits for somebody who went on leave is
 *    passed on.
 */
export async function sendDigest(deps: SendDeps, digestId: string): Promise<{ readonly again?: Instant }> {
  const { connection, office } = deps;
  const [digest, house] = await Promise.all([findDigest(connection, digestId), houseNow(connection)]);
  if (digest === undefined) return {};
  const now = deps.clock();
  const person = (await peopleIn(house, [digest.personId])).get(digest.personId);
  if (!isDone(digest)) {
    const again = await notYet(deps, house, digest, person, now);
    if (again !== undefined) return { again };
    await send(deps, house, digest, person);
  }
  if (digest.input.day !== undefined && (await standingByDirector(house, now)).has(digest.personId))
    await planMorning({ connection, office, digests: deps.digests }, house, digest.personId, now);
  return {};
}

const isDone = ({ state }: DigestRow): boolean => state === 'sent' || state === 'failed' || state === 'leftOut';

/** When it is to be tried again; undefined where it may leave. Throws for the engine to look again soon. */
async function notYet(
  deps: SendDeps,
  house: HouseNow,
  digest: DigestRow,
  person: Person | undefined,
  now: Instant,
): Promise<Instant | undefined> {
  const { connection, digests, office } = deps;
  const { notBefore, personId, input, state, pile } = digest;
  if (compareInstants(now, notBefore) < 0) return notBefore;
  // Once taken in hand it is finished, whatever the hour.
  if (state !== 'queued' || pile !== undefined) return undefined;
  let dueAt = notBefore;
  if (input.day !== undefined && person !== undefined) {
    const hours = await hoursOf(house, person, office);
    const readable = readableAt(hours, now);
    if (compareInstants(now, readable) < 0) {
      await passOn(deps, { house, digest, absent: person, now });
      return readable;
    }
    // One that was put off is due with the day it is read on, and waits for what comes in with that.
    dueAt = laterOf(notBefore, dayBeganAt(hours, now) ?? notBefore);
  }
  if (diffMs(dueAt, now) > longestPatienceMs) return undefined;
  const newest = await newestReminder(connection, personId, addMs(now, digests.gatherMs));
  const since = newest === undefined ? dueAt : laterOf(newest, dueAt);
  if (diffMs(since, now) > patienceMs) return undefined;
  const from = addMs(dueAt, -stuckAfterMs);
  const ahead = await rungsAhead(connection, from, dueAt);
  if (ahead > 0 || (await marksAhead(connection, from, dueAt)))
    throw later(
      'RungsUnderWay',
      'the engine has not climbed every rung of this minute yet',
      Math.max(
        lookAgainMs,
        Math.min(longestLookMs, diffMs(dueAt, now) / 4),
        (ahead * 1_000) / digests.rungsPerSecond / 2,
      ),
    );
  const leftMs = newest === undefined ? 0 : digests.quietMs - diffMs(newest, now);
  if (leftMs > 0) throw later('RemindersComing', 'reminders to this person are still coming in', leftMs);
  return undefined;
}

async function send(deps: SendDeps, house: HouseNow, digest: DigestRow, person: Person | undefined): Promise<void> {
  const { connection } = deps;
  const now = deps.clock();
  const claim = { now, leaseUntil: addMs(now, leaseMs) };
  const before = await claimMail(connection, digest._id, claim);
  if (before === undefined) {
    const there = await findDigest(connection, digest._id);
    if (there && isDone(there)) return;
    throw later('InOtherHands', 'another worker is sending this digest', lookAgainMs);
  }
  let { mail } = before;
  if (mail === undefined) {
    const problem = problemOf(person);
    const written =
      person === undefined || problem !== undefined
        ? await cannotBeSent(deps, digest, problem ?? 'NO_SUCH_PERSON', now)
        : await write(deps, house, digest, person, now);
    if (written === undefined) return;
    mail = (await keepWritten(connection, digest._id, written, [])).mail ?? written;
  }
  await hand(deps, digest._id, mail, false);
}

/** Nobody to write to: what was to be told counts as not delivered, with the reason, as any mail does. */
async function cannotBeSent(deps: SendDeps, digest: DigestRow, why: string, now: Instant): Promise<undefined> {
  const claim = { now: addMs(now, deps.digests.gatherMs), leaseUntil: now };
  await gatherReminders(deps.connection, digest, claim);
  await markFailed(deps.connection, digest._id, why);
}

/** What it says at this moment; undefined, and closed, where there is nothing to say. */
async function write(
  deps: SendDeps,
  house: HouseNow,
  digest: DigestRow,
  person: Person,
  now: Instant,
): Promise<WrittenMail | undefined> {
  const { connection, office } = deps;
  const { day } = digest.input;
  const until = addMs(now, deps.digests.gatherMs);
  const newer = day === undefined ? undefined : await newerMorning(connection, person.id, day, now);
  if (newer && (await goesInto(deps, digest, newer._id, now))) return undefined;
  const isMorning = day !== undefined && newer === undefined;
  const [reminders, standing] = await Promise.all([
    gatherReminders(connection, digest, { now: until, leaseUntil: until }),
    isMorning ? standingByDirector(house, now).then((all) => all.get(person.id) ?? nothingStands) : nothingStands,
  ]);
  const [sorted, decided] = await Promise.all([
    sortOut(house, digest, reminders, standing),
    isMorning ? decisionsFor(house, person, now) : [],
  ]);
  const told = withDecisions(sorted, decided);
  await leaveOut(connection, told.leftOut);
  if (countOf(told) === 0) {
    await leaveOut(connection, [...reminders.map(({ _id }) => _id), digest._id]);
    return undefined;
  }
  if (decided.length > 0)
    await noteDecisions(connection, digest._id, {
      steps: decided.flatMap(({ steps }) => steps.map(({ _id }) => _id)),
    });
  if (told.only) return writeOne(deps, house, told.only, person, now);
  return writeDigest(deps, { house, person, hours: await hoursOf(house, person, office), now }, told);
}

/**
 * Closes a morning that was put off in favour of a newer one, which gathers what waited for it; false where that one is
 * done, so that only what came behind it is left to tell. Throws while that one is in other hands. This one is in hand
 * itself, so nothing is put by for it any more; whoever dies here leaves it claimed until its lease is over.
 */
async function goesInto(
  { connection, digests }: SendDeps,
  digest: DigestRow,
  newerId: string,
  now: Instant,
): Promise<boolean> {
  // What a crash left in its hands waits again before the newer one is looked at: then that finds it.
  await breakUpPile(connection, digest._id);
  const newer = await findDigest(connection, newerId);
  if (newer === undefined || isDone(newer)) return false;
  if (!isOpen(newer)) {
    await releaseMail(connection, digest._id, 'NEWER_IN_HAND', false, now);
    throw later('NewerInHand', 'the digest of this morning is being sent; what is left is told behind it', lookAgainMs);
  }
  await seenTo(connection, digests, newer);
  await leaveOut(connection, [digest._id]);
  return true;
}

/** What a digest tells with what was decided: then a reminder is not all it tells. */
function withDecisions(told: Told, decided: NonNullable<Told['decided']>): Told {
  if (decided.length === 0) return told;
  const { only: _only, ...rest } = told;
  return { ...rest, decided };
}

/** One reminder alone is the mail it would have been. */
async function writeOne(
  deps: SendDeps,
  house: HouseNow,
  only: ReminderRow,
  person: Person,
  now: Instant,
): Promise<WrittenMail> {
  const { processId } = only;
  if (only.kind === 'notice') {
    const { input } = only;
    const point = await caseAt(deps.connection, processId, input.seq);
    if (point === undefined)
      throw later('NotRecordedYet', 'the entry it speaks about is not recorded yet', lookAgainMs);
    const meantId = 'personId' in input.to && input.to.personId !== person.id ? input.to.personId : undefined;
    const meant = meantId === undefined ? undefined : (await peopleIn(house, [meantId])).get(meantId);
    return writeNotice(deps, { input, point, house, person, ...(meant === undefined ? {} : { meant }) }, undefined);
  }
  const { input } = only;
  const job = await jobAt(deps.connection, processId, input.seq);
  return draftMail(deps, [input], person, { input, job, house }, now);
}

/** Gives a digest up that no mail server took for days: what it carries counts as not delivered. */
export async function giveUpDigest({ connection }: SendDeps, digestId: string): Promise<void> {
  await markFailed(connection, digestId, 'NO_ANSWER_FROM_MAIL_SERVER');
}
