import { z } from 'zod';
import { scopeOf, type ViewAct } from '../../domain/people/may.ts';
import type { Person } from '../../domain/people/types.ts';
import { people } from '../../store/people.ts';
import { Problem } from '../problems.ts';
import { nothing, personRole } from './schemas.ts';
import { route, type AnyRoute } from './route.ts';

const personSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    roles: z.array(personRole),
    side: z.enum(['agency', 'client', 'outside']),
    clientId: z.string().optional(),
    language: z.enum(['zh-CN', 'en']),
    active: z.boolean(),
  })
  .meta({ id: 'Person', description: 'A person; addresses are no part of lists' });

const rights: readonly ViewAct[] = [
  'job.read',
  'job.request',
  'job.log',
  'job.mail',
  'people.read',
  'people.write',
  'client.read',
  'client.write',
  'code.write',
];

function shown(person: Person) {
  const { id, name, roles, side, clientId, language, active } = person;
  return { id, name, roles, side, ...(clientId === undefined ? {} : { clientId }), language, active };
}

/** Routes about people. */
export const peopleRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/me',
    id: 'getMe',
    tag: 'People',
    summary: 'Who I am and what I may see',
    params: nothing,
    query: nothing,
    answers: {
      200: {
        description: 'The person behind the token or session',
        schema: z.object({
          person: personSchema,
          proof: z.enum(['session', 'api']),
          reach: z.record(z.string(), z.enum(['all', 'brands', 'client', 'self', 'none'])),
          brandIds: z.array(z.string()),
        }),
      },
    },
    handle: async ({ who }) => ({
      status: 200,
      body: {
        person: shown(who.person),
        proof: who.actor.proof,
        reach: Object.fromEntries(rights.map((act) => [act, scopeOf(who.viewer, act).kind])),
        brandIds: who.viewer.brandIds,
      },
    }),
  }),
  route({
    method: 'get',
    path: '/people',
    id: 'listPeople',
    tag: 'People',
    summary: 'People of the register',
    params: nothing,
    query: z.strictObject({ role: personRole.optional() }),
    answers: { 200: { description: 'People, in order of id', schema: z.object({ people: z.array(personSchema) }) } },
    handle: async ({ deps, who, query }) => {
      const scope = scopeOf(who.viewer, 'people.read').kind;
      if (scope !== 'all') throw new Problem('FORBIDDEN');
      const found =
        query.role === undefined ? await people.all(deps.store) : await people.by(deps.store, `role:${query.role}`);
      return { status: 200, body: { people: found.map((entry) => shown(entry.value)) } };
    },
  }),
];
