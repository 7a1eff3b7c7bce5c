import type { Connection } from 'mongoose';
import type { Person } from '../../domain/people/types.ts';
import type { Role } from '../../domain/people/roles.ts';
import type { PersonActor } from '../../domain/process.ts';
import { roleFacts } from '../../domain/people/roles.ts';
import { clients } from '../../store/clients.ts';
import { brandTeams, people } from '../../store/people.ts';

/** Desks a brand of the bench has people for. */
const desks = {
  executive: 'ACCOUNT_EXECUTIVE',
  manager: 'ACCOUNT_MANAGER',
  director: 'ACCOUNT_DIRECTOR',
  creativeDirector: 'CREATIVE_DIRECTOR',
  artDirector: 'ART_DIRECTOR',
  copywriter: 'COPYWRITER',
  designer: 'ARTIST',
  lead: 'CLIENT_LEAD',
} as const satisfies Record<string, Role>;

/** A desk of the bench. */
export type Desk = keyof typeof desks;

/** Id of the person at a desk of a brand. */
export function personAt(brand: number, desk: Desk): string {
  return `bench-${desk}-${brand}`;
}

/** Id of the person who sees everything. */
export const overseer = 'bench-overseer';

/** The desk that is there for a role; undefined where the bench has none. */
export function whoHolds(role: Role): Desk | undefined {
  return (Object.keys(desks) as Desk[]).find((desk) => desks[desk] === role);
}

/** Ids and codes of a brand of the bench. */
export function brandNo(brand: number): {
  clientId: string;
  brandId: string;
  lineId: string;
  brandCode: string;
  lineCode: string;
} {
  const letters = String.fromCharCode(65 + Math.floor(brand / 26), 65 + (brand % 26));
  return {
    clientId: `bench-client-${brand}`,
    brandId: `bench-brand-${brand}`,
    lineId: `bench-line-${brand}`,
    brandCode: `B${letters}`,
    lineCode: 'LC',
  };
}

const roleOf = new Map<string, Role>([[overseer, 'MANAGEMENT']]);

/** A person as the door would prove them. */
export function actor(personId: string): PersonActor {
  const role = roleOf.get(personId);
  if (!role) throw new Error(`nobody is called ${personId}`);
  const side = roleFacts[role].side;
  return { kind: 'person', personId, roles: [role], side, proof: 'link' };
}

/** An agency with a team and a client for each lane, so that lanes do not meet at one desk more than people do. */
export async function registerAgency(store: Connection, brands: number): Promise<void> {
  const at = new Date().toISOString();
  const change = { by: 'bench', at };
  const save = async (id: string, role: Role, clientId?: string): Promise<void> => {
    roleOf.set(id, role);
    const person: Person = {
      id,
      name: `${roleFacts[role].title.zh} ${id}`,
      roles: [role],
      side: roleFacts[role].side,
      ...(clientId === undefined ? {} : { clientId }),
      language: 'zh-CN',
      mail: { address: `${id}@bench.example`, revision: 1 },
      active: true,
    };
    await people.save(store, id, 0, person, change);
  };
  await save(overseer, 'MANAGEMENT');
  for (let no = 0; no < brands; no += 1) {
    const { clientId, brandId, lineId, brandCode, lineCode } = brandNo(no);
    const entries = Object.entries(desks) as [Desk, Role][];
    for (const [desk, role] of entries) await save(personAt(no, desk), role, desk === 'lead' ? clientId : undefined);
    await clients.save(
      store,
      clientId,
      0,
      {
        id: clientId,
        name: `客户 ${no}`,
        kind: 'fullService',
        contacts: [personAt(no, 'lead')],
        brands: [
          {
            id: brandId,
            name: `品牌 ${no}`,
            code: brandCode,
            lines: [{ id: lineId, name: '绿茶', code: lineCode, active: true }],
            active: true,
          },
        ],
        qcRoute: { route: 'qcSix', chosenBy: personAt(no, 'director') },
        active: true,
      },
      change,
    );
    const members = entries
      .filter(([desk]) => desk !== 'lead')
      .map(([desk, role]) => ({ personId: personAt(no, desk), roles: [role] }));
    await brandTeams.save(store, brandId, 0, { id: brandId, brandId, members, defaults: {} }, change);
  }
}
