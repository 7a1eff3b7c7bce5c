import type { CaseMailEffect } from '../../domain/cases/acts.ts';
import { addMs } from '../../domain/instant.ts';
import type { Position } from '../../domain/people/positions.ts';
import { holdersOfPosition } from '../../domain/people/positions.ts';
import type { Role } from '../../domain/people/roles.ts';
import type { Person } from '../../domain/people/types.ts';
import type { CasePoint } from '../../store/cases.ts';
import { caseAt } from '../../store/case-recorder.ts';
import { mintGrant } from '../../store/grants.ts';
import { queueNotice } from '../../store/notices.ts';
import { claimMail, findMail, mailIdOf } from '../../store/outbox.ts';
import { returnAddressOf } from '../../store/return-address.ts';
import type { HouseNow } from '../house.ts';
import { holdingIn, houseNow, peopleIn } from '../house.ts';
import { hand } from '../mail/hand.ts';
import { later } from '../mail/later.ts';
import { longestSendMs } from '../mail/mailer.ts';
import type { MailDeps } from '../mail/parts.ts';
import type { CaseActivities, NoticeMailed } from './contract.ts';
import { putNotice } from './put.ts';
import { notForNow } from './schedule-told.ts';
import { isAway, isReachable, standInOf } from './stand-in.ts';
import { writeNotice } from './write-notice.ts';

type Input = CaseMailEffect['input'];

/** A claim outlives the longest sending, so two never send at once. */
const leaseMs = longestSendMs + 20_000;
/** How long to wait for an entry that is being recorded, or for another worker; milliseconds. */
const soonMs = 300;

/**
 * Sends the mail of a notice, or finds out what became of it. Safe to run any number of times: its row in the outbox is
 * keyed by its name, a settled row is the answer, and a retry sends the same bytes under the same Message-ID. Passing
 * faults are thrown for the engine to try again; final ones are an outcome. What only reminds whoever has the case is put
 * by for a digest, which leaves by itself.
 */
export async function sendNotice(deps: MailDeps, input: Input): ReturnType<CaseActivities['sendNotice']> {
  const [point, house] = await Promise.all([
    caseAt(deps.connection, input.processId, input.seq),
    houseNow(deps.connection),
  ]);
  if (point === undefined) throw later('NotRecordedYet', 'the entry it speaks about is not recorded yet', soonMs);
  const idle = await notForNow(deps.connection, point);
  if (idle !== undefined) return idle;
  const meant = await personOf(deps, house, input);
  const standIn = await standInOf(house, point.state, { meant, waits: input.waits === true, at: deps.clock() });
  const person = standIn ?? meant;
  const now = deps.clock();
  if (person === undefined || !isReachable(person)) return mailed(input, 'failed', now);
  // Leave moved an asking and nobody stands in: who is away has it already, and its ladder goes on.
  const away =
    meant !== undefined && standIn === undefined && input.asking !== undefined && (await isAway(house, meant, now));
  if (away) return mailed(input, 'accepted', now);
  const noticing: Noticing = { input, point, house, person, ...(standIn && meant ? { meant } : {}) };
  if (await putNotice(deps, noticing)) return mailed(input, 'accepted', now, standIn);
  const sentAt = await sendOnce(deps, noticing);
  return mailed(input, sentAt === undefined ? 'failed' : 'accepted', sentAt ?? now, standIn);
}

/** Only what asks is waited for. */
function mailed(input: Input, outcome: NoticeMailed['outcome'], at: string, standIn?: Person): NoticeMailed | null {
  if (!input.asks || !('personId' in input.to)) return null;
  const { notice, seq, asking, to } = input;
  return {
    type: 'mailed',
    notice,
    sent: asking ?? seq,
    personId: to.personId,
    outcome,
    at,
    ...(standIn === undefined ? {} : { standInId: standIn.id }),
    ...(asking === undefined ? {} : { again: seq }),
  };
}

const positions: Readonly<Partial<Record<Role, Position>>> = {
  ACCOUNT_EXECUTIVE: 'owner',
  ACCOUNT_MANAGER: 'accountManager',
  CREATIVE_DIRECTOR: 'creativeDirector',
};

/** The person named, or who holds the title for the brand now; a title nobody has ends at the account director. */
async function personOf({ clock }: MailDeps, house: HouseNow, input: Input): Promise<Person | undefined> {
  const { to, brandId, clientId, ownerId } = input;
  if ('personId' in to) return (await peopleIn(house, [to.personId])).get(to.personId);
  const context = await holdingIn(house, { brandId, clientId, ownerId, authorId: '', signedBy: [], at: clock() });
  const [holder = ownerId] = holdersOfPosition(positions[to.title] ?? 'accountDirector', context);
  return (await peopleIn(house, [holder])).get(holder);
}

/** A notice with everything its mail is written from. */
export interface Noticing {
  readonly input: Input;
  /** The case right after the entry it speaks about. */
  readonly point: CasePoint;
  readonly house: HouseNow;
  readonly person: Person;
  /** The absent person it is meant for, where `person` stands in. */
  readonly meant?: Person;
}

/** When the mail server accepted it; undefined when it never will. */
async function sendOnce(deps: MailDeps, noticing: Noticing): Promise<string | undefined> {
  const { connection } = deps;
  const { input, person } = noticing;
  const mailId = mailIdOf(input.name);
  const now = deps.clock();
  const claim = { now, leaseUntil: addMs(now, leaseMs) };
  // Only what asks is waited for; a copy that comes back changes nothing.
  const base = input.asks ? deps.bounceAddress : undefined;
  const returnTo = base === undefined ? undefined : returnAddressOf(base, mailId, deps.ring);
  const known = await findMail(connection, mailId);
  if (known?.state === 'sent') return known.sentAt;
  if (known?.state === 'failed') return undefined;
  if (known === undefined) {
    const mail = await writeNotice(deps, noticing, await grantOf(deps, noticing));
    const { name, processId } = input;
    const row = { name, processId, personId: person.id, addressRevision: person.mail.revision, input };
    const queued = await queueNotice(connection, row, mail, claim);
    if (queued) return (await hand(deps, mailId, mail, true, returnTo))?.sentAt;
    throw later('InOtherHands', 'another worker is sending this mail', soonMs);
  }
  // One mail a person for a changed calendar may have been put there by a job, which is still writing it.
  if (known.mail === undefined) throw later('InOtherHands', 'another process writes this mail', 2000);
  const taken = await claimMail(connection, mailId, claim);
  if (taken?.mail === undefined) throw later('InOtherHands', 'another worker is sending this mail', 2000);
  const marked = await hand(deps, mailId, taken.mail, true, returnTo);
  return marked?.sentAt ?? (await findMail(connection, mailId))?.sentAt;
}

/** The link of a mail that asks: to this version, for this person. Its holder is the only one it works for. */
async function grantOf(deps: MailDeps, { input, point, person }: Noticing): Promise<string | undefined> {
  const schedule = point.state.papers['F-11'];
  if (input.asks && schedule !== undefined) {
    const { version: round, hash } = schedule;
    const about = { circulation: 'F-11', round, step: input.notice, hash, purpose: 'schedule' };
    const scope = { personId: person.id, processId: input.processId, ...about };
    return (await mintGrant(deps.connection, scope, deps.ring, deps.clock())).id;
  }
  const paper = point.state.papers['F-15'];
  if (!input.asks || paper === undefined) return undefined;
  const copy = paper.facts['copyHash'];
  // What a reviewer is asked about is the whole version; what a client is asked about is the copy they are given.
  const hash = input.notice === 'confirmMinutes' && typeof copy === 'string' ? copy : paper.hash;
  const about = { circulation: 'F-15', round: paper.version, step: input.notice, hash, purpose: 'minutes' };
  const scope = { personId: person.id, processId: input.processId, ...about };
  return (await mintGrant(deps.connection, scope, deps.ring, deps.clock())).id;
}
