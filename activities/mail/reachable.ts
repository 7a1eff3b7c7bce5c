import type { Person } from '../../domain/people/types.ts';

const addressShape = /^[^\s@<>"',;:\\()[\]]+@[^\s@<>"',;:\\()[\]]+$/u;

/** Why nothing can be sent to a person, as a code of the outbox; undefined when it can. */
export function problemOf(person: Person | undefined): string | undefined {
  if (person === undefined) return 'NO_SUCH_PERSON';
  if (!person.active) return 'PERSON_LEFT';
  return addressShape.test(person.mail.address) ? undefined : 'BAD_ADDRESS';
}
