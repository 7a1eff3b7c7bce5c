import { addMs } from '../../domain/instant.ts';
import type { HouseLetter } from '../../domain/people/letter.ts';
import { letterName } from '../../domain/people/letter.ts';
import type { Person } from '../../domain/people/types.ts';
import { queueLetter } from '../../store/notices.ts';
import type { WrittenMail } from '../../store/outbox.ts';
import { claimMail, findMail, mailIdOf } from '../../store/outbox.ts';
import { houseNow, peopleIn } from '../house.ts';
import { hand } from '../mail/hand.ts';
import { later } from '../mail/later.ts';
import { longestSendMs } from '../mail/mailer.ts';
import type { MailDeps } from '../mail/parts.ts';
import type { LetterActivities } from './contract.ts';
import { writeLetter } from './write.ts';

/** A claim outlives the longest sending, so two never send at once. */
const leaseMs = longestSendMs + 20_000;
const addressShape = /^[^\s@<>"',;:\\()[\]]+@[^\s@<>"',;:\\()[\]]+$/u;

/** What letters of the house ask of the world, from the parts that mail is sent with. */
export function createLetterActivities(deps: MailDeps): LetterActivities {
  return { sendLetter: (letter) => sendLetter(deps, letter) };
}

/**
 * Sends a letter, or finds out what became of it. Its row in the outbox is keyed by its name, a settled row is the answer,
 * and a retry sends the same bytes under the same Message-ID. Passing faults are thrown for the engine to try again.
 */
async function sendLetter(deps: MailDeps, letter: HouseLetter): ReturnType<LetterActivities['sendLetter']> {
  const house = await houseNow(deps.connection);
  const person = (await peopleIn(house, [letter.to])).get(letter.to);
  if (person?.active !== true || !addressShape.test(person.mail.address)) return 'failed';
  const mailId = mailIdOf(letterName(letter));
  const known = await findMail(deps.connection, mailId);
  if (known?.state === 'sent' || known?.state === 'failed') return known.state;
  if (known === undefined) {
    const mail = await writeLetter(deps, letter, person, house);
    if (mail === undefined) return 'moot';
    return sent(await sendNew(deps, letter, person, mail));
  }
  const now = deps.clock();
  const taken = await claimMail(deps.connection, mailId, { now, leaseUntil: addMs(now, leaseMs) });
  if (taken?.mail === undefined) throw later('InOtherHands', 'another worker is sending this letter', 2000);
  return sent(await hand(deps, mailId, taken.mail, true));
}

const sent = (marked: object | undefined): 'sent' | 'failed' => (marked === undefined ? 'failed' : 'sent');

async function sendNew(deps: MailDeps, letter: HouseLetter, person: Person, mail: WrittenMail) {
  const now = deps.clock();
  const name = letterName(letter);
  const about = { name, processId: `${letter.register}:${letter.entry}`, personId: person.id };
  const row = { ...about, addressRevision: person.mail.revision, input: letter };
  const queued = await queueLetter(deps.connection, row, mail, { now, leaseUntil: addMs(now, leaseMs) });
  if (!queued) throw later('InOtherHands', 'another worker is sending this letter', 300);
  return hand(deps, mailIdOf(name), mail, true);
}
