import type { Connection } from 'mongoose';
import { signersOfHandOver, signsAs, type HandOver } from '../domain/people/hand-over.ts';
import { caseTable, type CaseRow } from './cases.ts';
import { jobTable, type JobRow } from './jobs.ts';
import { defineRegister, type Registered } from './registers.ts';
import { op } from './table.ts';

/**
 * Register `handOvers`: brands that go from one person to another, with their signatures. `open` finds those that wait for
 * a signature or are on their way. One giver hands a brand over once at a time.
 */
export const handOvers = defineRegister<HandOver>('handOvers', {
  unique: ({ brandId, from, state }) => (isOpen(state) ? [`open:${brandId}:${from}`] : []),
  keys: (value) => [
    `brand:${value.brandId}`,
    ...(isOpen(value.state)
      ? ['open', ...[...new Set([value.from, ...signersOfHandOver(value)])].map((id) => `signs:${id}`)]
      : []),
  ],
});

function isOpen(state: HandOver['state']): boolean {
  return state === 'asked' || state === 'signed';
}

/** Hand-overs that wait for a person's signature. */
export async function handOversToSign(connection: Connection, personId: string): Promise<Registered<HandOver>[]> {
  const found = await handOvers.by(connection, `signs:${personId}`);
  return found.filter(({ value }) => signsAs(value, personId) !== undefined);
}

/** Hand-overs that wait for a signature, whoever's. */
export async function handOversAsked(connection: Connection): Promise<Registered<HandOver>[]> {
  return (await handOvers.by(connection, 'open')).filter(({ value }) => value.state === 'asked');
}

/** Hand-overs that both have signed and that wait for an account director. */
export async function handOversAtDirector(connection: Connection): Promise<Registered<HandOver>[]> {
  const asked = await handOversAsked(connection);
  return asked.filter(({ value: { giver, taker } }) => giver !== undefined && taker !== undefined);
}

/** Hand-overs of a brand, or all of them, newest first. */
export async function handOversOf(connection: Connection, brandId?: string): Promise<Registered<HandOver>[]> {
  const found = await (brandId === undefined
    ? handOvers.all(connection)
    : handOvers.by(connection, `brand:${brandId}`));
  return [...found].sort((a, b) => b.value.startedAt.localeCompare(a.value.startedAt, 'en'));
}

/** Open jobs of a brand, by id; a job that is closed keeps the people it had. */
export async function openJobsOfBrand(connection: Connection, brandId: string): Promise<readonly string[]> {
  const rows = await jobTable(connection)
    .find({ brandId, open: true }, { _id: 1 })
    .sort({ _id: 1 })
    .lean<Pick<JobRow, '_id'>[]>();
  return rows.map(({ _id }) => _id);
}

/** Open meetings and minutes of a brand in which a person has a part, a task, or the answer for it. */
export async function openCasesOf(
  connection: Connection,
  brandId: string,
  personId: string,
): Promise<readonly CaseRow[]> {
  return caseTable(connection)
    .find({ brandId, open: op({ $eq: true }), $or: [{ people: personId }, { executors: personId }] })
    .sort({ _id: 1 })
    .lean<CaseRow[]>();
}
