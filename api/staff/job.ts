import type { Request } from 'express';
import { may, type ViewAct } from '../../domain/people/may.ts';
import type { BrandTeam, Person } from '../../domain/people/types.ts';
import { clients, type Brand, type Client, type ProductLine } from '../../store/clients.ts';
import { wholeJob, type WholeJob } from '../../store/jobs.ts';
import { people, peopleOfClient, teamOfBrand } from '../../store/people.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { signedIn, type SignedIn } from '../session/identify.ts';

/** A job as its staff pages read it, with whoever asks. */
export interface OpenJob extends WholeJob {
  readonly who: SignedIn;
  /** What stands in the address of its pages. */
  readonly base: string;
}

/**
 * The job named in the address, by process id or number. What is out of reach and what does not exist are one and the
 * same 404; whoever holds a step may see its job.
 */
export async function openJob(deps: ApiDeps, req: Request, act: ViewAct = 'job.read'): Promise<OpenJob> {
  const who = signedIn(req);
  const id = String(req.params.id);
  const job = /^[A-Za-z0-9_-]{3,80}$/.test(id) ? await wholeJob(deps.store, id) : null;
  if (job === null) throw new Problem('NOT_FOUND');
  const holds = act === 'job.read' && job.row.holders.includes(who.person.id);
  if (!holds && !may(who.viewer, act, { brandId: job.row.brandId, clientId: job.row.clientId }))
    throw new Problem('NOT_FOUND');
  return { ...job, who, base: `/jobs/${encodeURIComponent(job.row.jobNumber ?? job.row._id)}` };
}

/** The people and names around a job: its client, brand, line, team, and everybody who can be chosen in its forms. */
export interface Surroundings {
  readonly client: Client | undefined;
  readonly brand: Brand | undefined;
  readonly line: ProductLine | undefined;
  readonly team: BrandTeam | undefined;
  /** Active members of the brand team, in the team's order. */
  readonly members: readonly Person[];
  /** Active people of the client, the project lead first. */
  readonly contacts: readonly Person[];
}

/** Reads what a form about a job offers. */
export async function surroundingsOf(
  deps: ApiDeps,
  job: { readonly clientId: string; readonly brandId: string; readonly lineId: string },
): Promise<Surroundings> {
  const [client, team, ofClient] = await Promise.all([
    clients.get(deps.store, job.clientId),
    teamOfBrand(deps.store, job.brandId),
    peopleOfClient(deps.store, job.clientId),
  ]);
  const found = await people.some(
    deps.store,
    (team?.members ?? []).map((member) => member.personId),
  );
  const byId = new Map(found.map(({ id, value }) => [id, value]));
  const brand = client?.value.brands.find((one) => one.id === job.brandId);
  const order = client?.value.contacts ?? [];
  const place = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return {
    client: client?.value,
    brand,
    line: brand?.lines.find((one) => one.id === job.lineId),
    team,
    members: (team?.members ?? []).flatMap((member) => {
      const person = byId.get(member.personId);
      return person?.active ? [person] : [];
    }),
    contacts: ofClient.filter((person) => person.active).sort((a, b) => place(a.id) - place(b.id)),
  };
}

/** The titles a person holds here: those of the team, else of the house. */
export function titlesHere(person: Person, team: BrandTeam | undefined): Person['roles'] {
  const member = team?.members.find(({ personId }) => personId === person.id);
  return member && member.roles.length > 0 ? member.roles : person.roles;
}
