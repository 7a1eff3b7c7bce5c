import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { Connection } from 'mongoose';
import type { Clock } from '../../config/clock.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import type { AskedAct } from '../../domain/circulation/acts.ts';
import { addMs, compareInstants, diffMs, laterOf } from '../../domain/instant.ts';
import type { Instant } from '../../domain/instant.ts';
import type { MailInput } from '../../domain/job/effects.ts';
import type { HoldingContext } from '../../domain/people/holders.ts';
import type { Person } from '../../domain/people/types.ts';
import { findGrant } from '../../store/grants.ts';
import type { Keyring } from '../../store/keyring.ts';
import { linkFor } from '../../store/links.ts';
import {
  claimMail,
  closeUnsent,
  findMail,
  gatherInto,
  keepWritten,
  lastSentAt,
  leaderOf,
  mailIdOf,
  markFailed,
  markSent,
  queueMail,
  releaseMail,
  settleCarried,
} from '../../store/outbox.ts';
import type { OutboxRow, WrittenMail } from '../../store/outbox.ts';
import { peopleById } from '../../store/people.ts';
import { calendarOf, readHouse, timesOf } from '../house.ts';
import { composeMail } from './compose.ts';
import { jobAt, namedIn, spotOf } from './job-at.ts';
import type { JobAt } from './job-at.ts';
import { mailKinds } from './kinds.ts';
import type { Mailer } from './mailer.ts';
import { longestSendMs, SendFailed } from './mailer.ts';
import type { Addressee } from './recipients.ts';
import { addresseesOf } from './recipients.ts';
import { writeSheet } from './sheet.ts';
import { sortFault } from './smtp-faults.ts';
import { writeMail } from './write.ts';

/** What sending mail needs. */
export interface MailDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly mailer: Mailer;
  /** The ring that links are made with. */
  readonly ring: Keyring;
  readonly office: Calendar;
  /** Origin of every link, without a slash at the end. */
  readonly publicBaseUrl: string;
  /** The bare address mails come from; its domain stands in Message-IDs. */
  readonly mailFrom: string;
  readonly agencyName: { readonly zh: string; readonly en: string };
  /** How long a request waits for others to the same person; 0 sends at once. */
  readonly gatherMs: number;
  /** After a request, further ones to the person wait until this long has passed since; 0 switches it off. */
  readonly pileWindowMs: number;
}

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
const addressShape = /^[^\s@<>"',;:\\()[\]]+@[^\s@<>"',;:\\()[\]]+$/u;

function later(type: string, message: string, delayMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: Math.max(50, Math.ceil(delayMs)),
  });
}

/**
 * Sends the mail of one effect, or finds out what became of it. Safe to run any number of times, at the same time, in
 * any process:
 * 1. Nothing is written before the entry it speaks about is recorded.
 * 2. The outbox row is keyed by the mail's name; a settled row is the answer.
 * 3. Requests to one person wait for each other, by a retry that the engine times, and leave as one mail.
 * 4. Claim, write once, put links in, send, mark. A retry sends the same bytes under the same Message-ID.
 * 5. Passing faults are thrown for the engine to retry; final ones are an outcome. Nothing here fails a job.
 */
export async function sendMail(deps: MailDeps, input: MailInput): Promise<AskedAct | ToldAct> {
  const job = await jobAt(deps.connection, input.processId, input.seq);
  const settled: OutboxRow[] = [];
  let passing: Error | undefined;
  for (const addressee of await addresseesOf(input, () => houseOf(deps, input), spotOf(job, input))) {
    try {
      settled.push(await sendOne(deps, { input, job }, addressee));
    } catch (error) {
      passing = error instanceof Error ? error : new Error(String(error));
    }
  }
  if (passing !== undefined) throw passing;
  return outcomeOf(deps, input, settled);
}

/** The whole house, for mails to a position; a mail to a person needs only that person. */
function houseOf({ connection, clock }: MailDeps, input: MailInput): Promise<HoldingContext> {
  const { brandId, clientId, ownerId, authorId = '' } = input;
  return readHouse(connection, { brandId, clientId, ownerId, authorId, signedBy: [], at: clock() });
}

/** The effect of a mail with the job it speaks about. */
interface Speaking {
  readonly input: MailInput;
  readonly job: JobAt;
}

async function outcomeOf(deps: MailDeps, input: MailInput, settled: readonly OutboxRow[]): Promise<AskedAct | ToldAct> {
  const failed = settled.find((row) => row.state !== 'sent');
  const [row] = settled;
  if (input.kind !== 'ask' || input.where === undefined || row === undefined) {
    return { type: 'told', outcome: failed === undefined && row !== undefined ? 'accepted' : 'failed' };
  }
  const { circulation, round, step } = input.where;
  const asked = { type: 'asked', circulation, round, step, personId: row.personId } as const;
  if (row.sentAt === undefined || row.state !== 'sent')
    return { ...asked, outcome: 'failed', why: row.why ?? 'UNKNOWN' };
  if (input.route === undefined) return { ...asked, outcome: 'accepted', askedAt: row.sentAt };
  const calendar = await calendarOf(deps.connection, input.route.side, input.clientId, deps.office, [row.personId]);
  return { ...asked, outcome: 'accepted', askedAt: row.sentAt, ...timesOf(input.route, calendar, row.sentAt) };
}

const isSettled = (row: OutboxRow): boolean => row.state === 'sent' || row.state === 'failed';

/** Queues a mail for a person, or finds it; a corrected address makes a mail of its own unless the old one went out. */
async function queue(
  deps: MailDeps,
  input: MailInput,
  addressee: Addressee,
): Promise<{ row: OutboxRow; person?: Person }> {
  const { connection } = deps;
  const now = deps.clock();
  const old = await findMail(connection, mailIdOf(addressee.name));
  const personId = old?.personId ?? addressee.personId;
  const person = (await peopleById(connection, [personId])).get(personId);
  const revision = person?.mail.revision ?? 0;
  const corrected = old !== undefined && old.state !== 'sent' && revision > old.addressRevision;
  if (corrected && old.state === 'queued') await closeUnsent(connection, old._id, 'ADDRESS_CORRECTED');
  if (old !== undefined && (!corrected || old.state === 'claimed'))
    return { row: old, ...(person === undefined ? {} : { person }) };
  const row = await queueMail(connection, {
    name: corrected ? `${addressee.name}#${revision}` : addressee.name,
    processId: input.processId,
    kind: input.kind,
    personId,
    addressRevision: revision,
    input,
    queuedAt: now,
    notBefore: await earliest(deps, input, personId, now),
  });
  return { row, ...(person === undefined ? {} : { person }) };
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
  const { connection } = deps;
  const { input } = speaking;
  const { row, person } = await queue(deps, input, addressee);
  if (isSettled(row)) return row;
  const now = deps.clock();
  if (row.pile === undefined && compareInstants(now, row.notBefore) < 0) {
    throw later('GatheringRequests', 'waits for other requests to the same person', diffMs(now, row.notBefore));
  }
  const target = row.pile ?? (input.kind === 'ask' ? await leaderOf(connection, row) : row._id);
  const claim = { now, leaseUntil: addMs(now, leaseMs) };
  const before = await claimMail(connection, target, claim);
  if (before === undefined) return waitFor(deps, row._id, target, now);

  const doubt = before.state === 'claimed' && before.mail !== undefined;
  if (doubt && mailKinds[input.kind].notice && diffMs(before.mail.date, now) > noticeAgeMs)
    return fail(connection, row._id, target, 'OUTCOME_UNKNOWN');
  let leader = before;
  if (before.mail === undefined) {
    const problem =
      person === undefined
        ? 'NO_SUCH_PERSON'
        : !person.active
          ? 'PERSON_LEFT'
          : addressShape.test(person.mail.address)
            ? undefined
            : 'BAD_ADDRESS';
    if (person === undefined || problem !== undefined)
      return fail(connection, row._id, target, problem ?? 'NO_SUCH_PERSON');
    const carried = input.kind === 'ask' ? await gatherInto(connection, before, claim, longestPile - 1) : [];
    const mail = await write(deps, [before, ...carried], person, speaking, now);
    leader = await keepWritten(
      connection,
      target,
      mail,
      carried.map(({ _id }) => _id),
    );
  }
  if (leader.mail === undefined) throw later('MailNotWritten', 'the mail could not be kept', 1000);
  await hand(deps, target, leader.mail, leader.members?.length === 0);
  const settled = await findMail(connection, row._id);
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
  if (leader !== undefined && isSettled(leader)) await settleCarried(deps.connection, leader);
  const row = await findMail(deps.connection, rowId);
  if (row !== undefined && isSettled(row)) return row;
  throw later(
    'InOtherHands',
    'another worker is sending this mail',
    Math.min(2000, leader?.leaseUntil === undefined ? 500 : Math.max(200, diffMs(now, leader.leaseUntil))),
  );
}

async function write(
  deps: MailDeps,
  rows: readonly OutboxRow[],
  person: Person,
  speaking: Speaking,
  now: Instant,
): Promise<WrittenMail> {
  const { connection, office } = deps;
  const spoken = await Promise.all(
    rows.map(async ({ input }): Promise<Speaking> => {
      const same = input.processId === speaking.input.processId && input.seq === speaking.input.seq;
      return { input, job: same ? speaking.job : await jobAt(connection, input.processId, input.seq) };
    }),
  );
  const people = await peopleById(
    connection,
    spoken.flatMap(({ input, job }) => namedIn(job, input)),
  );
  const sheets = [];
  for (const { input, job } of spoken) {
    const side = person.side === 'client' ? 'client' : 'agency';
    const reading = await calendarOf(connection, side, input.clientId, office, [person.id]);
    const counting =
      input.route === undefined || input.route.side === side
        ? reading
        : await calendarOf(connection, input.route.side, input.clientId, office);
    const times = input.kind === 'ask' && input.route !== undefined ? timesOf(input.route, counting, now) : undefined;
    const sheet = writeSheet({
      input,
      personId: person.id,
      job,
      language: person.language,
      now,
      calendar: reading,
      nameOf: (personId) => people.get(personId)?.name ?? personId,
      ...(person.side === 'agency' ? { jobPage: `${deps.publicBaseUrl}/jobs/${input.processId}` } : {}),
      ...(times === undefined ? {} : { times }),
    });
    sheets.push({ sheet, dueAt: times?.dueAt ?? '', zone: reading.zone });
  }
  // What is due first comes first and has the primary button.
  sheets.sort((a, b) => a.dueAt.localeCompare(b.dueAt, 'en'));
  const owner = people.get(rows[0]?.input.ownerId ?? '');
  const ae = owner?.active === true && owner.id !== person.id ? owner : undefined;
  return writeMail(
    sheets.map(({ sheet }) => sheet),
    {
      to: person,
      ...(ae === undefined ? {} : { ae }),
      agency: deps.agencyName,
      date: now,
      zone: sheets[0]?.zone ?? office.zone,
    },
  );
}

/** Puts the links in, hands the mail to the server, and keeps what came of it. Links exist only here, in memory. */
async function hand(deps: MailDeps, mailId: string, mail: WrittenMail, alone: boolean): Promise<void> {
  const { connection, mailer, mailFrom } = deps;
  const links = new Map<string, string>();
  for (const grantId of mail.grantIds) {
    const grant = await findGrant(connection, grantId);
    if (grant === null) {
      await releaseMail(connection, mailId, 'GRANT_MISSING', false, deps.clock());
      throw later('GrantMissing', 'the grant of a link is not in the store', 5000);
    }
    links.set(grantId, `${deps.publicBaseUrl}${linkFor(grant, deps.ring)}`);
  }
  const name = mail.language === 'zh-CN' ? deps.agencyName.zh : deps.agencyName.en;
  const bytes = await composeMail(mailId, mail, { name, address: mailFrom }, links);
  let answer: string;
  try {
    ({ answer } = await mailer.send({ from: mailFrom, to: mail.to.address, bytes }));
  } catch (error) {
    const fault = error instanceof SendFailed ? sortFault(error.cause, error.handedOver) : sortFault(error);
    if (fault.kind === 'permanent') {
      await markFailed(connection, mailId, fault.why);
      return;
    }
    await releaseMail(connection, mailId, fault.why, fault.unsure, deps.clock());
    throw ApplicationFailure.create({ type: 'MailServer', message: fault.why });
  }
  // Outside the try: when only this fails, the claim runs out and the outcome counts as unknown.
  await markSent(connection, mailId, { sentAt: deps.clock(), answer, alone });
}
