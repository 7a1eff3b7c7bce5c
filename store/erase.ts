import type { Connection } from 'mongoose';
import type { Person } from '../domain/people/types.ts';
import { redactAudit } from './audit.ts';
import { caseTable } from './cases.ts';
import { erasePersonal, logTable } from './log.ts';
import { networkTable } from './networks.ts';
import { op } from './table.ts';
import { outboxTable } from './outbox.ts';
import { absences, people } from './people.ts';
import type { Change } from './registers.ts';
import { closeSessionsOf } from './sessions.ts';
import { deskCount } from './steps.ts';

/** What stands where the name of an erased person stood. */
export const erasedName = '已删除 / erased';

/** How much lies in the store about a person that can be erased. */
export interface Erasable {
  readonly person: Person;
  /** Entries of logs beside which their name and addresses lie. */
  readonly entries: number;
  /** Network addresses their commands came from. */
  readonly networks: number;
  /** Mails as they were written to them. */
  readonly mails: number;
  /** Announcements of their leave. */
  readonly leaves: number;
}

/** Why a person cannot be erased now: nobody of this id, still working here, or something lies on their desk. */
export type NotErasable =
  { readonly why: 'unknown' } | { readonly why: 'active' } | { readonly why: 'holds'; readonly desks: number };

/** Mails that are done with: the others are still needed. */
const doneMails = (personId: string) => ({
  personId,
  state: op({ $in: ['sent', 'failed', 'leftOut'] as const }),
  mail: op({ $exists: true }),
});

/** What would go with a person, or why they cannot be erased. Changes nothing. */
export async function erasable(connection: Connection, personId: string): Promise<Erasable | NotErasable> {
  const person = (await people.get(connection, personId))?.value;
  if (!person) return { why: 'unknown' };
  if (person.active) return { why: 'active' };
  const [steps, cases] = await Promise.all([
    deskCount(connection, personId),
    caseTable(connection).countDocuments({ open: true, holders: personId }),
  ]);
  if (steps + cases > 0) return { why: 'holds', desks: steps + cases };
  const [entries, networks, mails, leaves] = await Promise.all([
    logTable(connection).countDocuments({ 'personal.personId': personId }),
    networkTable(connection).countDocuments({ personId }),
    outboxTable(connection).countDocuments(doneMails(personId)),
    absences.by(connection, `person:${personId}`),
  ]);
  return { person, entries, networks, mails, leaves: leaves.length };
}

/**
 * Erases who a person was: name, mail and network addresses, the mails written to them and the kind of their leave go from
 * the registers, their history, the outbox and from beside the logs. The id and what was decided under it stay, every
 * chain still verifies. Erasing again is harmless and finishes what a crash left undone. Throws when somebody changes the
 * person meanwhile.
 */
export async function erasePerson(connection: Connection, personId: string, change: Change): Promise<void> {
  const entry = await people.get(connection, personId);
  if (!entry) throw new Error(`there is no person ${personId}`);
  // The registers first: from then on nothing that still runs can write the old name anywhere.
  const { value } = entry;
  const mail = { address: `${personId}@erased.invalid`, revision: value.mail.revision + 1, since: change.at };
  const saved = await people.save(connection, personId, entry.revision, { ...value, name: erasedName, mail }, change);
  if (!saved.saved) throw new Error(`${personId} was changed meanwhile; nothing was erased yet`);
  await people.table(connection).updateOne({ _id: personId, revision: saved.revision }, { $unset: { before: 1 } });
  await redactAudit(connection, people.name, personId, ({ name: _name, mail: _mail, ...rest }) => rest);
  for (const { id, revision, value: leave } of await absences.by(connection, `person:${personId}`)) {
    const { kind: _kind, ...rest } = leave;
    const done = await absences.save(connection, id, revision, rest, change);
    if (!done.saved) throw new Error(`the leave ${id} was changed meanwhile; run it again`);
    await absences.table(connection).updateOne({ _id: id, revision: done.revision }, { $unset: { before: 1 } });
    await redactAudit(connection, absences.name, id, ({ kind: _said, ...kept }) => kept);
  }
  await closeSessionsOf(connection, personId);
  // A mail server's answer may name the address too.
  await outboxTable(connection).updateMany(doneMails(personId), { $unset: { mail: 1, answer: 1, why: 1 } });
  await erasePersonal(connection, personId);
}
