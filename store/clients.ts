import type { Connection } from 'mongoose';
import { grams } from './search.ts';
import { defineRegister } from './registers.ts';

/** A product line of a brand; its code is the third part of a job number. */
export interface ProductLine {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly active: boolean;
}

/** A brand; its code is the first part of a job number and unique in the house. */
export interface Brand {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  /** Why the code differs from the initials. */
  readonly codeReason?: string;
  readonly lines: readonly ProductLine[];
  /** How often its projects have an internal meeting, working days; absent: as the house has it. */
  readonly meetingDays?: number;
  readonly active: boolean;
}

/** A client with its brands and people. */
export interface Client {
  readonly id: string;
  readonly name: string;
  readonly kind: 'fullService' | 'singleProject';
  /** People of the client, the project lead first. */
  readonly contacts: readonly string[];
  readonly brands: readonly Brand[];
  /** The chain of finals, chosen by an account director (P-02). */
  readonly qcRoute: { readonly route: 'qcSeven' | 'qcSix'; readonly chosenBy: string };
  readonly active: boolean;
}

/** Register `clients`. A brand code exists once; a line code once in its brand. */
export const clients = defineRegister<Client>('clients', {
  unique: (client) =>
    client.brands.flatMap((brand) => [
      `code:${brand.code}`,
      `brand:${brand.id}`,
      ...brand.lines.map((line) => `line:${line.id}`),
    ]),
  keys: (client) => client.brands.map((brand) => `brand:${brand.id}`),
});

/** The client a brand belongs to. */
export async function clientOfBrand(connection: Connection, brandId: string): Promise<Client | undefined> {
  return (await clients.by(connection, `brand:${brandId}`))[0]?.value;
}

/** Line codes that a client has twice in one brand; empty when all is well. */
export function doubledLineCodes(client: Client): string[] {
  return client.brands.flatMap((brand) => {
    const codes = brand.lines.map((line) => line.code);
    return [...new Set(codes.filter((code, place) => codes.indexOf(code) !== place))].map(
      (code) => `${brand.code}:${code}`,
    );
  });
}

/** Ids of clients, brands and lines whose name or code a search word fits. */
export interface NamedIds {
  readonly clientIds: readonly string[];
  readonly brandIds: readonly string[];
  readonly lineIds: readonly string[];
}

/** Finds clients, brands and lines by the pieces of a search word. The register is small, so it is read whole. */
export function namedBy(all: readonly Client[], asked: readonly string[]): NamedIds {
  const fits = (...names: readonly string[]): boolean => {
    const has = new Set(names.flatMap(grams));
    return asked.every((gram) => has.has(gram));
  };
  const brands = all.flatMap((client) => client.brands);
  return {
    clientIds: all.filter((client) => fits(client.name)).map((client) => client.id),
    brandIds: brands.filter((brand) => fits(brand.name, brand.code)).map((brand) => brand.id),
    lineIds: brands.flatMap((brand) => brand.lines.filter((line) => fits(line.name, line.code)).map((line) => line.id)),
  };
}
