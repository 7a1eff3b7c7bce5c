import { scopeOf } from '../../domain/people/may.ts';
import { isAccountService, roleFacts } from '../../domain/people/roles.ts';
import type { Person } from '../../domain/people/types.ts';
import { clients, type Brand, type Client, type ProductLine } from '../../store/clients.ts';
import { people } from '../../store/people.ts';
import type { ApiDeps } from '../deps.ts';
import type { SignedIn } from '../session/identify.ts';
import type { Choice } from '../view/fields.tsx';
import { pick, type Lang } from '../view/lang.ts';

/** A product line a job can be begun for, with what it belongs to. */
export interface LineOffered {
  readonly client: Client;
  readonly brand: Brand;
  readonly line: ProductLine;
}

/** What the new-job page offers: product lines in reach, people who may own, people of the clients who may order. */
export interface NewJobOffers {
  readonly lines: readonly LineOffered[];
  readonly owners: readonly Person[];
  readonly orderers: readonly Person[];
}

/** Reads what this person may begin a job for: lines of brands whose teams they serve (P-49). */
export async function offersFor(deps: ApiDeps, who: SignedIn): Promise<NewJobOffers> {
  const scope = scopeOf(who.viewer, 'job.request');
  if (scope.kind !== 'all' && scope.kind !== 'brands') return { lines: [], owners: [], orderers: [] };
  const [register, everybody] = await Promise.all([clients.all(deps.store), people.all(deps.store)]);
  const inReach = (brandId: string): boolean => scope.kind === 'all' || scope.brandIds.includes(brandId);
  const lines = register.flatMap(({ value: client }) =>
    client.active
      ? client.brands
          .filter((brand) => brand.active && inReach(brand.id))
          .flatMap((brand) => brand.lines.filter((line) => line.active).map((line) => ({ client, brand, line })))
      : [],
  );
  const clientIds = new Set(lines.map(({ client }) => client.id));
  const active = everybody.map(({ value }) => value).filter((person) => person.active);
  return {
    lines,
    owners: active.filter((person) => person.side === 'agency' && isAccountService(person.roles)),
    orderers: active.filter(
      (person) => person.side === 'client' && person.clientId !== undefined && clientIds.has(person.clientId),
    ),
  };
}

/** People as choices, with their title; people of a client with the client's name as well. */
export function peopleChoices(
  list: readonly Person[],
  lang: Lang,
  clientName: (id: string) => string | undefined = () => undefined,
): Choice[] {
  return list.map((person) => {
    const role = person.roles[0];
    const house = person.clientId === undefined ? undefined : clientName(person.clientId);
    const note = [house, role === undefined ? undefined : pick(roleFacts[role].title, lang)]
      .filter((part) => part !== undefined)
      .join(' · ');
    return { value: person.id, label: person.name, ...(note === '' ? {} : { note }) };
  });
}
