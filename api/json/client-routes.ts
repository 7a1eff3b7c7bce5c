import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  checkBrandCode,
  checkLineCode,
  checkOtherCode,
  suggestBrandCode,
  suggestLineCode,
  type CodeRegister,
} from '../../domain/number/codes.ts';
import type { NumberProblem } from '../../domain/number/parts.ts';
import { scopeOf } from '../../domain/people/may.ts';
import { clients, type Brand, type Client } from '../../store/clients.ts';
import { suggestReadings } from '../../store/pinyin.ts';
import type { Registered, SavedRegister } from '../../store/registers.ts';
import type { ApiDeps } from '../deps.ts';
import { invalid, Problem, type FieldProblem } from '../problems.ts';
import type { SignedIn } from '../session/identify.ts';
import { demandRight } from './reach.ts';
import { basedOn, tagOf } from './revisions.ts';
import { route, type AnyRoute, type Answer } from './route.ts';
import { id, nameText, nothing } from './schemas.ts';

const code = z
  .string()
  .regex(/^[A-Z]{1,12}$/, '1 to 12 capital letters')
  .meta({ description: 'Code in the job number', example: 'YF' });
const lineSchema = z
  .object({ id: z.string(), name: z.string(), code: z.string(), active: z.boolean() })
  .meta({ id: 'ProductLine' });
const brandSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    code: z.string(),
    codeReason: z.string().optional(),
    lines: z.array(lineSchema),
    meetingDays: z.int().optional().meta({
      description: 'Working days within which its projects have an internal meeting; absent: as the house has it',
    }),
    active: z.boolean(),
  })
  .meta({ id: 'Brand' });
const clientSchema = z
  .object({
    id: z.string(),
    revision: z.int(),
    name: z.string(),
    kind: z.enum(['fullService', 'singleProject']),
    contacts: z.array(z.string()),
    brands: z.array(brandSchema),
    qcRoute: z.object({ route: z.enum(['qcSeven', 'qcSix']), chosenBy: z.string() }),
    active: z.boolean(),
  })
  .meta({ id: 'Client' });

const ifMatch = z.object({
  'if-match': z.string().meta({ description: 'The ETag the change is based on', example: '"3"' }),
});
const clientParams = z.strictObject({ clientId: id() });
const written = { 200: { description: 'The client as it stands now', schema: clientSchema, headers: ['ETag'] } };

function answerOf(
  entry: Pick<Registered<Client>, 'id' | 'revision' | 'value'>,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    body: { ...entry.value, revision: entry.revision },
    headers: { ETag: tagOf(entry.revision), ...headers },
  };
}

/** A client this person may see; of its brands only those in reach. */
function inReach(who: SignedIn, client: Client): Client | undefined {
  const scope = scopeOf(who.viewer, 'client.read');
  if (scope.kind === 'all') return client;
  if (scope.kind !== 'brands') return undefined;
  const brands = client.brands.filter((brand) => scope.brandIds.includes(brand.id));
  return brands.length === 0 ? undefined : { ...client, brands };
}

/** The whole code register, which collisions are judged by. */
async function codesOf(deps: ApiDeps): Promise<CodeRegister> {
  const all = await clients.all(deps.store);
  return all.flatMap(({ value }) =>
    value.brands.map((brand) => ({
      brandId: brand.id,
      code: brand.code,
      lines: brand.lines.map((line) => ({ lineId: line.id, code: line.code })),
    })),
  );
}

const codeWords: Readonly<Record<string, string>> = {
  brandCodeTaken: '代码已被别的品牌使用 / the code belongs to another brand',
  lineCodeTaken: '代码已被本品牌的另一产品线使用 / the code belongs to another line of this brand',
  prefixTaken: '与另一品牌和产品线的字母组合相同 / the letters together are those of another brand and line',
  otherCodeReasonMissing: '与拼音首字母不同，请写明理由 / it differs from the initials; say why',
  otherCodeRole:
    '与拼音首字母不同的代码由客户经理以上决定 / a code that differs from the initials is given by an account manager or above',
};

function refuseCode(problems: readonly NumberProblem[]): void {
  if (problems.length === 0) return;
  const errors = problems.map((found): FieldProblem => ({
    field: found.field.replace(/^(brand|line)Code/, 'code'),
    code: found.code,
    detail: codeWords[found.code] ?? found.code,
  }));
  if (problems.some((found) => found.code.endsWith('Taken')))
    throw new Problem('CONFLICT', { params: { what: errors.map((e) => e.detail) }, errors });
  throw invalid(errors);
}

async function openClient(deps: ApiDeps, clientId: string): Promise<Registered<Client>> {
  const entry = await clients.get(deps.store, clientId);
  if (entry === null) throw new Problem('NOT_FOUND');
  return entry;
}

async function keep(
  deps: ApiDeps,
  who: SignedIn,
  clientId: string,
  revision: number,
  value: Client,
): Promise<Registered<Client>> {
  const change = { by: who.person.id, at: deps.clock() };
  const saved: SavedRegister<Client> = await clients.save(deps.store, clientId, revision, value, change);
  if (saved.saved) return { id: clientId, revision: saved.revision, changed: change, value };
  if (saved.why === 'changed') throw new Problem('PRECONDITION');
  const errors = saved.taken.map((taken): FieldProblem => ({
    field: taken.startsWith('code:') ? 'code' : (taken.split(':')[0] ?? ''),
    code: 'TAKEN',
    detail: codeWords.brandCodeTaken ?? '',
  }));
  throw new Problem('CONFLICT', { params: { what: saved.taken }, errors });
}

const newId = (kind: string): string => `${kind}-${randomBytes(9).toString('base64url')}`;

const clientBody = z.strictObject({
  name: nameText,
  kind: z.enum(['fullService', 'singleProject']),
  contacts: z.array(id()).max(100).default([]).meta({ description: 'People of the client, the project lead first' }),
  qcRoute: z.enum(['qcSeven', 'qcSix']).default('qcSeven'),
  active: z.boolean().default(true),
});

const named = z.strictObject({
  name: nameText,
  code: code.optional().meta({ description: 'Absent: made from the initials of the name' }),
  codeReason: nameText.optional().meta({ description: 'Needed where the code is not the initials' }),
});

/** Routes about clients, brands, product lines and their codes. */
export const clientRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/clients',
    id: 'listClients',
    tag: 'Clients',
    summary: 'Clients in my reach, with brands, lines and codes',
    params: nothing,
    query: nothing,
    answers: { 200: { description: 'Clients, in order of id', schema: z.object({ clients: z.array(clientSchema) }) } },
    handle: async ({ deps, who }) => {
      const all = await clients.all(deps.store);
      const seen = all.flatMap((entry) => {
        const value = inReach(who, entry.value);
        return value === undefined ? [] : [{ ...value, revision: entry.revision }];
      });
      return { status: 200, body: { clients: seen } };
    },
  }),
  route({
    method: 'post',
    path: '/clients',
    id: 'registerClient',
    tag: 'Clients',
    summary: 'Register a client',
    params: nothing,
    query: nothing,
    body: clientBody,
    example: { name: '怡丰饮料', kind: 'fullService', contacts: [], qcRoute: 'qcSeven', active: true },
    answers: { 201: { description: 'Registered', schema: clientSchema, headers: ['ETag', 'Location'] } },
    handle: async ({ deps, who, body }) => {
      // A new client has no brand yet, so nobody's brands reach it: only who keeps the whole register may.
      if (scopeOf(who.viewer, 'client.write').kind === 'none') throw new Problem('FORBIDDEN');
      const clientId = newId('c');
      const value: Client = {
        ...body,
        id: clientId,
        brands: [],
        qcRoute: { route: body.qcRoute, chosenBy: who.person.id },
      };
      return answerOf(await keep(deps, who, clientId, 0, value), 201, { Location: `/api/v1/clients/${clientId}` });
    },
  }),
  route({
    method: 'get',
    path: '/clients/{clientId}',
    id: 'getClient',
    tag: 'Clients',
    summary: 'One client',
    params: clientParams,
    query: nothing,
    answers: { 200: { description: 'The client', schema: clientSchema, headers: ['ETag'] } },
    handle: async ({ deps, who, params }) => {
      const entry = await openClient(deps, params.clientId);
      const value = inReach(who, entry.value);
      if (value === undefined) throw new Problem('NOT_FOUND');
      return answerOf({ ...entry, value }, 200);
    },
  }),
  route({
    method: 'put',
    path: '/clients/{clientId}',
    id: 'changeClient',
    tag: 'Clients',
    summary: 'Change a client (not its brands)',
    headers: ifMatch,
    params: clientParams,
    query: nothing,
    body: clientBody,
    answers: written,
    handle: async ({ deps, who, params, body, req }) => {
      const entry = await openClient(deps, params.clientId);
      if (inReach(who, entry.value) === undefined) throw new Problem('NOT_FOUND');
      if (scopeOf(who.viewer, 'client.write').kind === 'none') throw new Problem('FORBIDDEN');
      const { qcRoute, ...rest } = body;
      const changed = qcRoute !== entry.value.qcRoute.route;
      // The chain of finals is the account director's choice (P-02).
      if (changed && !who.person.roles.includes('ACCOUNT_DIRECTOR'))
        throw new Problem('FORBIDDEN', {
          errors: [{ field: 'qcRoute', code: 'P-02', detail: '由客户总监选定 / chosen by the account director' }],
        });
      const value: Client = {
        ...entry.value,
        ...rest,
        qcRoute: changed ? { route: qcRoute, chosenBy: who.person.id } : entry.value.qcRoute,
      };
      return answerOf(await keep(deps, who, entry.id, basedOn(req), value), 200);
    },
  }),
  route({
    method: 'post',
    path: '/clients/{clientId}/brands',
    id: 'registerBrand',
    tag: 'Clients',
    summary: 'Register a brand and its code',
    headers: ifMatch,
    params: clientParams,
    query: nothing,
    body: named,
    example: { name: '怡丰', code: 'YF' },
    answers: { 201: { description: 'Registered', schema: clientSchema, headers: ['ETag', 'Location'] } },
    handle: async ({ deps, who, params, body, req }) => {
      if (scopeOf(who.viewer, 'code.write').kind === 'none') throw new Problem('FORBIDDEN');
      const entry = await openClient(deps, params.clientId);
      const brandId = newId('b');
      const register = await codesOf(deps);
      const initials = suggestReadings(body.name).code;
      const wanted = body.code ?? (initials === undefined ? undefined : suggestBrandCode(register, brandId, initials));
      if (wanted === undefined) throw invalid([{ field: 'code', code: 'MISSING', detail: '请写代码 / give a code' }]);
      refuseCode(checkBrandCode(register, { brandId, code: wanted }));
      if (body.code !== undefined)
        refuseCode(
          checkOtherCode({
            field: 'brandCode',
            initials,
            code: wanted,
            reason: body.codeReason ?? '',
            roles: who.person.roles,
          }),
        );
      const brand: Brand = {
        id: brandId,
        name: body.name,
        code: wanted,
        ...(body.codeReason === undefined ? {} : { codeReason: body.codeReason }),
        lines: [],
        active: true,
      };
      const value = { ...entry.value, brands: [...entry.value.brands, brand] };
      return answerOf(await keep(deps, who, entry.id, basedOn(req), value), 201, {
        Location: `/api/v1/clients/${entry.id}`,
      });
    },
  }),
  route({
    method: 'post',
    path: '/clients/{clientId}/brands/{brandId}/lines',
    id: 'registerLine',
    tag: 'Clients',
    summary: 'Register a product line and its code',
    headers: ifMatch,
    params: z.strictObject({ clientId: id(), brandId: id() }),
    query: nothing,
    body: named,
    example: { name: '果汁', code: 'GZ' },
    answers: { 201: { description: 'Registered', schema: clientSchema, headers: ['ETag', 'Location'] } },
    handle: async ({ deps, who, params, body, req }) => {
      demandRight(who, 'code.write', { brandId: params.brandId });
      const entry = await openClient(deps, params.clientId);
      const brand = entry.value.brands.find((one) => one.id === params.brandId);
      if (brand === undefined) throw new Problem('NOT_FOUND');
      const lineId = newId('l');
      const register = await codesOf(deps);
      const initials = suggestReadings(body.name).code;
      const wanted =
        body.code ??
        (initials === undefined ? undefined : suggestLineCode(register, { brandId: brand.id, lineId, initials }));
      if (wanted === undefined) throw invalid([{ field: 'code', code: 'MISSING', detail: '请写代码 / give a code' }]);
      refuseCode(checkLineCode(register, { brandId: brand.id, lineId, code: wanted }));
      if (body.code !== undefined)
        refuseCode(
          checkOtherCode({
            field: 'lineCode',
            initials,
            code: wanted,
            reason: body.codeReason ?? '',
            roles: who.person.roles,
          }),
        );
      const lines = [...brand.lines, { id: lineId, name: body.name, code: wanted, active: true }];
      const value = {
        ...entry.value,
        brands: entry.value.brands.map((one) => (one.id === brand.id ? { ...one, lines } : one)),
      };
      return answerOf(await keep(deps, who, entry.id, basedOn(req), value), 201, {
        Location: `/api/v1/clients/${entry.id}`,
      });
    },
  }),
  route({
    method: 'get',
    path: '/codes/suggestion',
    id: 'suggestCode',
    tag: 'Clients',
    summary: 'The code a name would get, its readings, and whether it is free',
    params: nothing,
    query: z.strictObject({ name: nameText, brandId: id().optional() }),
    answers: {
      200: {
        description: 'Readings of each character and a free code; with `brandId` for a line of that brand',
        schema: z.object({
          initials: z.string().optional(),
          free: z.string().optional(),
          undecided: z.boolean(),
          characters: z.array(
            z.object({
              char: z.string(),
              kind: z.string(),
              letter: z.string().optional(),
              readings: z.array(z.object({ reading: z.string(), letter: z.string() })),
              undecided: z.boolean(),
            }),
          ),
        }),
      },
    },
    handle: async ({ deps, query }) => {
      const said = suggestReadings(query.name);
      const register = await codesOf(deps);
      const free =
        said.code === undefined
          ? undefined
          : query.brandId === undefined
            ? suggestBrandCode(register, 'new', said.code)
            : suggestLineCode(register, { brandId: query.brandId, lineId: 'new', initials: said.code });
      return {
        status: 200,
        body: { initials: said.code, free, undecided: said.undecided, characters: said.characters },
      };
    },
  }),
];
