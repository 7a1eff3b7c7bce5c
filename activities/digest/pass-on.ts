import type { Instant } from '../../domain/instant.ts';
import type { Person } from '../../domain/people/types.ts';
import { casesById, pointOf } from '../../store/cases.ts';
import { passReminder, remindersToPass, type DigestRow, type ReminderRow } from '../../store/reminders.ts';
import { isAway, standInOf } from '../cases/stand-in.ts';
import { holdingIn, peopleIn, type HouseNow } from '../house.ts';
import { jobAt, spotOf } from '../mail/job-at.ts';
import type { MailDeps } from '../mail/parts.ts';
import { problemOf } from '../mail/reachable.ts';
import { addresseesOf } from '../mail/recipients.ts';
import type { Digests } from './parts.ts';
import { putBy } from './put.ts';

/** A morning that cannot be read because its reader is not there. */
interface Unread {
  readonly house: HouseNow;
  readonly digest: DigestRow;
  readonly absent: Person;
  readonly now: Instant;
}

/**
 * Gives what waits for the morning of somebody who went on leave meanwhile to whoever answers for it now, as if it came
 * at this moment: a reminder of a case to whom they named, what a position is told to whoever has that. What
 * nobody answers for, and what reminds of the reader's own steps, waits for the return: such a step moves by itself, and
 * its reminder is left out then. Safe to run any number of times: each reminder is given once, and told once.
 */
export async function passOn(
  deps: Pick<MailDeps, 'connection' | 'clock' | 'office'> & { readonly digests: Digests },
  { house, digest, absent, now }: Unread,
): Promise<void> {
  const { connection } = deps;
  if (!(await isAway(house, absent, now))) return;
  for (const row of await remindersToPass(connection, digest)) {
    const person = await insteadOf(house, row, now);
    if (person === undefined || person.id === absent.id || problemOf(person) !== undefined) continue;
    const theirs = { personId: person.id, addressRevision: person.mail.revision };
    await putBy(deps, deps.digests, {
      name: row.name,
      person,
      // It was to be read this morning: it is not put off by a day more.
      morning: () => Promise.resolve(undefined),
      queue: (times) => passReminder(connection, row._id, absent.id, { ...theirs, ...times }),
    });
  }
}

/** Who answers for a reminder at this moment; undefined where nobody does but its reader. */
async function insteadOf(house: HouseNow, row: ReminderRow, at: Instant): Promise<Person | undefined> {
  const { connection } = house;
  if (row.kind === 'notice') {
    const { to, waits } = row.input;
    const kept = (await casesById(connection, [row.processId])).get(row.processId);
    const meant = 'personId' in to ? (await peopleIn(house, [to.personId])).get(to.personId) : undefined;
    if (kept === undefined || meant === undefined) return undefined;
    // Who stood in may have gone as well, while the one it is meant for came back.
    if (!(await isAway(house, meant, at))) return meant;
    return standInOf(house, pointOf(kept).state, { meant, waits: waits === true, at });
  }
  const { input, name } = row;
  if ('personId' in input.to) return undefined;
  const { brandId, clientId, ownerId, authorId = '' } = input;
  const job = await jobAt(connection, row.processId, input.seq);
  const asking = { brandId, clientId, ownerId, authorId, signedBy: [], at };
  const all = await addresseesOf(input, () => holdingIn(house, asking), spotOf(job, input));
  const { personId = '' } = all.find((one) => one.name === name) ?? {};
  return (await peopleIn(house, [personId])).get(personId);
}
