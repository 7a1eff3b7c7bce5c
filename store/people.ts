import type { Connection } from 'mongoose';
import type { Absence, BrandTeam, Person } from '../domain/people/types.ts';
import { folded } from './search.ts';
import { defineRegister } from './registers.ts';

/** An address as it is compared: case never tells two mailboxes of people apart. */
export function addressKey(address: string): string {
  return `mail:${folded(address.trim())}`;
}

/** Register `people`. An address belongs to one person. */
export const people = defineRegister<Person>('people', {
  unique: (person) => [addressKey(person.mail.address)],
  keys: (person) => [
    addressKey(person.mail.address),
    `side:${person.side}`,
    ...(person.clientId === undefined ? [] : [`client:${person.clientId}`]),
    ...person.roles.map((role) => `role:${role}`),
  ],
});

/** The person with this address, active or not; undefined when there is none. */
export async function personByAddress(connection: Connection, address: string): Promise<Person | undefined> {
  return (await people.by(connection, addressKey(address)))[0]?.value;
}

/** People by their ids, as a map; unknown ids are left out. */
export async function peopleById(connection: Connection, ids: readonly string[]): Promise<Map<string, Person>> {
  const found = await people.some(connection, [...new Set(ids)]);
  return new Map(found.map(({ id, value }) => [id, value]));
}

/**
 * People by their ids out of memory, as new as any change that was confirmed before this is called: one small look, and
 * none when nobody is asked for. Of a house too large to be remembered whole they are read by their ids.
 */
export async function peopleNow(connection: Connection, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  if (ids.length === 0) return new Map();
  const everybody = await people.now(connection);
  return everybody.complete ? everybody.byId : peopleById(connection, ids);
}

/** Everybody on one side of the table. */
export async function peopleOfSide(connection: Connection, side: Person['side']): Promise<Person[]> {
  return (await people.by(connection, `side:${side}`)).map(({ value }) => value);
}

/** The people of a client. */
export async function peopleOfClient(connection: Connection, clientId: string): Promise<Person[]> {
  return (await people.by(connection, `client:${clientId}`)).map(({ value }) => value);
}

/** Register `brandTeams`. A brand has one team. */
export const brandTeams = defineRegister<BrandTeam>('brandTeams', {
  unique: (team) => [`brand:${team.brandId}`],
  keys: (team) => [`brand:${team.brandId}`, ...team.members.map((member) => `person:${member.personId}`)],
});

/** The team of a brand; undefined when nobody made one. */
export async function teamOfBrand(connection: Connection, brandId: string): Promise<BrandTeam | undefined> {
  return (await brandTeams.by(connection, `brand:${brandId}`))[0]?.value;
}

/** Brands a person works for: the scope of what they see. */
export async function brandsOfPerson(connection: Connection, personId: string): Promise<string[]> {
  return (await brandTeams.by(connection, `person:${personId}`)).map(({ value }) => value.brandId);
}

/** Register `absences`: announced leave with its stand-in. */
export const absences = defineRegister<Absence>('absences', {
  keys: (absence) => [
    `person:${absence.personId}`,
    ...(absence.standInId === undefined ? [] : [`standIn:${absence.standInId}`]),
  ],
});

/** Leave of these people, past and future. */
export async function absencesOf(connection: Connection, personIds: readonly string[]): Promise<Absence[]> {
  const keys = [...new Set(personIds)].map((id) => `person:${id}`);
  return (await absences.byAny(connection, keys)).map(({ value }) => value);
}
