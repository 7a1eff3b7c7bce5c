import type { Connection } from 'mongoose';
import type { AskedAct } from '../../domain/circulation/acts.ts';
import { addMs, compareInstants, diffMs, laterOf } from '../../domain/instant.ts';
import type { Instant } from '../../domain/instant.ts';
import type { MailInput } from '../../domain/job/effects.ts';
import type { HoldingContext } from '../../domain/people/holders.ts';
import type { Person } from '../../domain/people/types.ts';
import {
  claimMail,
  claimWritten,
  closeUnsent,
  findMail,
  keepWritten,
  lastSentAt,
  mailIdOf,
  markFailed,
  queueClaimed,
  queueMail,
} from '../../store/outbox.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import {
  breakUpPile,
  carriedBy,
  leaveOutHeld,
  leaveOutWaiting,
  takeBackWritten,
  wakeLeftOut,
} from '../../store/outbox-left-out.ts';
import { gatherInto, leaderAmong, settleCarried, waitingWith } from '../../store/outbox-piles.ts';
import { isGatheredKind } from '../../store/reminders.ts';
import { putJobMailBy } from '../digest/put.ts';
import { calendarIn, holdingIn, houseNow, peopleIn, timesOf } from '../house.ts';
import type { HouseNow } from '../house.ts';
import { draftMail } from './draft.ts';
import { hand } from './hand.ts';
import { jobAt, spotOf } from './job-at.ts';
import { mailKinds } from './kinds.ts';
import { later } from './later.ts';
import { longestSendMs } from './mailer.ts';
import { mayLeave } from './quiet.ts';
import type { MailDeps, Speaking } from './parts.ts';
import { problemOf } from './reachable.ts';
import type { Addressee } from './recipients.ts';
import { addresseesOf } from './recipients.ts';
import { stillWanted, wasAskedInVain, whyNotWanted } from './wanted.ts';

/** What became of a mail that asks for nothing. */
export interface ToldAct {
  readonly type: 'told';
  readonly outcome: 'accepted' | 'failed';
}

/** A claim outlives the longest sending, so two never send at once. */
const leaseMs = longestSendMs + 20_000;
/** A notice whose outcome is unknown is not told a second time after this. */
const noticeAgeMs = 30 * 60_000;
/** More requests than this for one person make a second mail; a mail stays below what servers cut off. */
const longestPile = 30;

/**
 * Sends the mail of one effect, or finds out what became of it. Safe to run any number of times, at the same time, in
 * any process:
 * 1. Nothing is written before the entry it speaks about is recorded.
 * 2. The outbox row is keyed by the mail's name; a settled row is the answer.
 * 3. Requests to one person wait for each other, by a retry that the engine times, and leave as one mail; what rungs say
 *    and timetables warn of is put by for a digest, which leaves by itself.
 * 4. Claim, write once, put links in, send, mark. A retry sends the same bytes under the same Message-ID. What asks for a
 *    step that is over by then, or lies with somebody else, is left out, also of a pile that was written and has
 *    certainly not gone out.
 * 5. Passing faults are thrown for the engine to retry; final ones are an outcome. Nothing here fails a job.
 * A mail that waits for nobody is put into the outbox written and claimed at once: whoever meets it there, whole or after
 * a crash, goes the long way of 2 to 4.
 */
export async function sendMail(deps: MailDeps, input: MailInput): Promise<AskedAct | ToldAct> {
  const [job, house] = await Promise.all([
    jobAt(deps.connection, input.processId, input.seq),
    houseNow(deps.connection),
  ]);
  const speaking = { input, job, house };
  const settled: OutboxRow[] = [];
  let passing: Error | undefined;
  for (const addressee of await addresseesOf(input, () => holdingOf(deps, speaking), spotOf(job, input))) {
    try {
      const may =
        input.kind === 'notNeeded' ? await wasAskedInVain(deps, input) : await mayLeave(deps, speaking, addressee);
      if (may) settled.push(await sendOne(deps, speaking, addressee));
    } catch (error) {
      passing = error instanceof Error ? error : new Error(String(error));
    }
  }
  if (passing !== undefined) throw passing;
  return outcomeOf(deps, speaking, settled);
}

/** The whole house, for mails to a position; a mail to a person needs only that person. */
function holdingOf({ clock }: MailDeps, { input, house }: Speaking): Promise<HoldingContext> {
  const { brandId, clientId, ownerId, authorId = '' } = input;
  return holdingIn(house, { brandId, clientId, ownerId, authorId, signedBy: [], at: clock() });
}

async function outcomeOf(
  deps: MailDeps,
  { input, house }: Speaking,
  settled: readonly OutboxRow[],
): Promise<AskedAct | ToldAct> {
  // What waits in a digest is on its way; nothing more is asked of the process.
  const failed = settled.find((row) => row.state !== 'sent' && !(isGatheredKind(row.kind) && row.state !== 'failed'));
  const [row] = settled;
  if (input.kind !== 'ask' || input.where === undefined || row === undefined) {
    return { type: 'told', outcome: failed === undefined && row !== undefined ? 'accepted' : 'failed' };
  }
  // Nobody was asked and nobody needs to be: that is no failure, and nothing to report.
  if (row.state === 'leftOut') return { type: 'told', outcome: 'failed' };
  const { circulation, round, step } = input.where;
  const asked = { type: 'asked', circulation, round, step, personId: row.personId } as const;
  if (row.sentAt === undefined || row.state !== 'sent')
    return { ...asked, outcome: 'failed', why: row.why ?? 'UNKNOWN' };
  if (input.route === undefined) return { ...asked, outcome: 'accepted', askedAt: row.sentAt };
  const calendar = await calendarIn(house, input.route.side, input.clientId, deps.office, [row.personId]);
  // Who took a decision back was asked long before: the limits count from when the desk opened to them again.
  const askedAt = laterOf(row.sentAt, input.openedAt ?? row.sentAt);
  const limits = timesOf({ route: input.route, ladder: input.ladder }, calendar, askedAt);
  return { ...asked, outcome: 'accepted', askedAt, ...limits };
}

const isSettled = (row: OutboxRow): boolean => row.state !== 'queued' && row.state !== 'claimed';

/** The mail as it will be queued first; a corrected address makes another one. */
function freshRow(
  input: MailInput,
  name: string,
  person: { readonly id: string; readonly revision: number },
  times: Pick<OutboxRow, 'queuedAt' | 'notBefore'>,
): Omit<OutboxRow, '_id' | 'state' | 'attempts'> {
  const { processId, kind } = input;
  return { name, processId, kind, personId: person.id, addressRevision: person.revision, input, ...times };
}

async function personIn(house: HouseNow, personId: string): Promise<Person | undefined> {
  return (await peopleIn(house, [personId])).get(personId);
}

/** When a request may leave: after the others that opened with it, and ten minutes after the last mail to the person. */
async function earliest(deps: MailDeps, input: MailInput, personId: string, now: Instant): Promise<Instant> {
  if (input.kind !== 'ask') return now;
  const gathered = addMs(now, deps.gatherMs);
  if (deps.pileWindowMs === 0) return gathered;
  const last = await lastSentAt(deps.connection, personId, 'ask');
  return last === undefined ? gathered : laterOf(gathered, addMs(last, deps.pileWindowMs));
}

async function sendOne(deps: MailDeps, speaking: Speaking, addressee: Addressee): Promise<OutboxRow> {
  const digests = deps.digests && isGatheredKind(speaking.input.kind) ? deps.digests : undefined;
  const reader = digests && (await personIn(speaking.house, addressee.personId));
  // One that was written as a mail of its own is sent as that: no digest takes it any more.
  if (digests && reader && problemOf(reader) === undefined && !(await isWritten(deps, addressee)))
    return putJobMailBy(deps, digests, speaking, { addressee, person: reader });
  // Only requests wait for each other, and only where the house wants that.
  const gathers = speaking.input.kind === 'ask' && (deps.gatherMs > 0 || deps.pileWindowMs > 0);
  const sent = gathers ? undefined : await sendAtOnce(deps, speaking, addressee);
  return sent ?? sendQueued(deps, speaking, addressee);
}

async function isWritten({ connection }: MailDeps, { name }: Addressee): Promise<boolean> {
  return (await findMail(connection, mailIdOf(name)))?.mail !== undefined;
}

/**
 * A mail that waits for nobody: written in memory, then put into the outbox written and claimed, then sent. Undefined
 * when its name is taken already or nothing can be sent to its person: then the long way tells what is to be done.
 */
async function sendAtOnce(deps: MailDeps, speaking: Speaking, addressee: Addressee): Promise<OutboxRow | undefined> {
  const { input, house } = speaking;
  const person = await personIn(house, addressee.personId);
  if (person === undefined || problemOf(person) !== undefined) return undefined;
  const now = deps.clock();
  const mail = await draftMail(deps, [input], person, speaking, now);
  const row = freshRow(
    input,
    addressee.name,
    { id: person.id, revision: person.mail.revision },
    { queuedAt: now, notBefore: now },
  );
  const [claimed, [why]] = await Promise.all([
    queueClaimed(deps.connection, row, mail, { now, leaseUntil: addMs(now, leaseMs) }),
    whyNotWanted(deps.connection, [row]),
  ]);
  if (claimed === undefined || why === undefined) return claimed && handOver(deps, claimed, claimed);
  await leaveOutHeld(deps.connection, claimed._id, why, false);
  return { ...claimed, state: 'leftOut', why };
}

/** What stands in the outbox for an addressee, and what waits for the same person. */
interface Queued {
  readonly row: OutboxRow;
  readonly person?: Person;
  readonly waiting: readonly OutboxRow[];
}

/** Queues a mail for a person, or finds it; a corrected address makes a mail of its own unless the old one went out. */
async function queue(deps: MailDeps, speaking: Speaking, addressee: Addressee): Promise<Queued> {
  const { connection } = deps;
  const { input, house } = speaking;
  const now = deps.clock();
  const mailId = mailIdOf(addressee.name);
  const addressed = await personIn(house, addressee.personId);
  const to = { id: addressee.personId, revision: addressed?.mail.revision ?? 0 };
  const put = async (name: string, { id, revision }: typeof to) =>
    queueMail(
      connection,
      freshRow(input, name, { id, revision }, { queuedAt: now, notBefore: await earliest(deps, input, id, now) }),
    );
  const waiting =
    input.kind === 'ask'
      ? await waitingWith(connection, { personId: to.id, kind: input.kind, addressRevision: to.revision })
      : [];
  // A request that does not wait is mostly new; any other mail that comes this way is mostly there.
  const found = input.kind === 'ask' ? waiting.find(({ _id }) => _id === mailId) : await findMail(connection, mailId);
  const { row, fresh } = found ? { row: found, fresh: false } : await put(addressee.name, to);
  const person = row.personId === to.id ? addressed : await personIn(house, row.personId);
  const known = person === undefined ? {} : { person };
  const revision = person?.mail.revision ?? 0;
  const corrected = !fresh && row.state !== 'sent' && revision > row.addressRevision;
  if (corrected && row.state === 'queued') await closeUnsent(connection, row._id, 'ADDRESS_CORRECTED');
  const again = corrected && row.state !== 'claimed';
  if (!fresh && !again) return { row, ...known, waiting };
  const queued = again ? (await put(`${addressee.name}#${revision}`, { id: row.personId, revision })).row : row;
  // What was queued meanwhile competes with this one, so who waits is looked up again before it may leave.
  const due = input.kind === 'ask' && compareInstants(queued.notBefore, now) <= 0;
  return { row: queued, ...known, waiting: due ? await waitingWith(connection, queued) : waiting };
}

/** The long way: find or queue, wait for others, claim, write once, send. */
async function sendQueued(deps: MailDeps, speaking: Speaking, addressee: Addressee): Promise<OutboxRow> {
  const { connection } = deps;
  const { input } = speaking;
  const { row, person, waiting } = await queue(deps, speaking, addressee);
  const now = deps.clock();
  if (row.state === 'leftOut' && input.kind === 'ask') await askAfterAll(deps, row, now);
  if (isSettled(row)) return row;
  if (row.pile === undefined && compareInstants(now, row.notBefore) < 0) {
    throw later('GatheringRequests', 'waits for other requests to the same person', diffMs(now, row.notBefore));
  }
  const problem = problemOf(person);
  const [why] = problem === undefined ? await whyNotWanted(connection, [row]) : [];
  if (why !== undefined && (await leaveOutWaiting(connection, row._id, why))) return { ...row, state: 'leftOut', why };
  const target = row.pile ?? (input.kind === 'ask' ? leaderAmong(waiting, row) : row._id);
  const claim = { now, leaseUntil: addMs(now, leaseMs) };
  const alone = row.state === 'queued' && row.pile === undefined && waiting.every(({ _id }) => _id === row._id);
  if (alone && why === undefined && row.mail === undefined && person !== undefined && problem === undefined) {
    const mail = await draftMail(deps, [row.input], person, speaking, now);
    const claimed = await claimWritten(connection, row, mail, claim);
    if (claimed !== undefined) return handOver(deps, claimed, claimed);
  }
  const before = await claimMail(connection, target, claim);
  if (before === undefined) return waitFor(deps, row._id, target, now);

  const doubt = before.state === 'claimed' && before.mail !== undefined;
  if (doubt && mailKinds[input.kind].notice && diffMs(before.mail.date, now) > noticeAgeMs)
    return fail(connection, row._id, target, 'OUTCOME_UNKNOWN');
  if (before.mail === undefined && (person === undefined || problem !== undefined))
    return fail(connection, row._id, target, problem ?? 'NO_SUCH_PERSON');
  const carried =
    before.mail !== undefined
      ? await carriedBy(connection, before)
      : input.kind === 'ask'
        ? await gatherInto(connection, before, claim, longestPile - 1)
        : [];
  const wanted = await stillWanted(connection, before, carried, doubt || before.unsure === true);
  if (wanted === undefined) return afterLeader(deps, row);
  // Nothing of it was left out: the same bytes go out.
  if (before.mail !== undefined && wanted.length === carried.length) return handOver(deps, row, before);
  if (person === undefined || problem !== undefined)
    return fail(connection, row._id, target, problem ?? 'NO_SUCH_PERSON');
  if (before.mail !== undefined) await takeBackWritten(connection, target);
  const mail = await draftMail(
    deps,
    [before, ...wanted].map((one) => one.input),
    person,
    speaking,
    now,
  );
  const members = wanted.map(({ _id }) => _id);
  return handOver(deps, row, await keepWritten(connection, target, mail, members));
}

/** The mail that led a pile was left out: so was this one, or it goes with the next. */
async function afterLeader({ connection }: MailDeps, row: OutboxRow): Promise<OutboxRow> {
  const left = await findMail(connection, row._id);
  if (left !== undefined && isSettled(left)) return left;
  throw later('GatheringRequests', 'goes with the next mail to this person', 200);
}

/** A request that was left out is needed after all, because its desk came back to whoever it was for: it waits once more. */
async function askAfterAll(deps: MailDeps, row: OutboxRow, now: Instant): Promise<void> {
  const [why] = await whyNotWanted(deps.connection, [row]);
  if (why !== undefined) return;
  const notBefore = await earliest(deps, row.input, row.personId, now);
  await wakeLeftOut(deps.connection, row._id, notBefore);
  throw later('GatheringRequests', 'waits once more', diffMs(now, notBefore));
}

async function handOver(deps: MailDeps, row: OutboxRow, leader: OutboxRow): Promise<OutboxRow> {
  if (leader.mail === undefined) throw later('MailNotWritten', 'the mail could not be kept', 1000);
  const alone = leader.members?.length === 0;
  const marked = await hand(deps, leader._id, leader.mail, alone);
  if (marked !== undefined && alone && leader._id === row._id) return { ...row, state: 'sent', ...marked };
  const settled = await findMail(deps.connection, row._id);
  // A full pile went without this one; it leads the next.
  if (settled === undefined || !isSettled(settled))
    throw later('GatheringRequests', 'goes with the next mail to this person', 200);
  return settled;
}

async function fail(connection: Connection, rowId: string, target: string, why: string): Promise<OutboxRow> {
  await markFailed(connection, target, why);
  const row = await findMail(connection, rowId);
  if (row === undefined) throw new Error(`mail ${rowId} disappeared`);
  return row;
}

/** Somebody else has the mail in hand: its end is ours too; until then the engine asks again. */
async function waitFor(deps: MailDeps, rowId: string, target: string, now: Instant): Promise<OutboxRow> {
  const leader = await findMail(deps.connection, target);
  if (leader?.state === 'leftOut') await breakUpPile(deps.connection, target);
  else if (leader !== undefined && isSettled(leader)) await settleCarried(deps.connection, leader);
  const row = await findMail(deps.connection, rowId);
  if (row !== undefined && isSettled(row)) return row;
  throw later(
    'InOtherHands',
    'another worker is sending this mail',
    Math.min(2000, leader?.leaseUntil === undefined ? 500 : Math.max(200, diffMs(now, leader.leaseUntil))),
  );
}
