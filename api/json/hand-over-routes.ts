import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import { handOverStates, handOverWordsMax, signersOfHandOver, type HandOver } from '../../domain/people/hand-over.ts';
import { may } from '../../domain/people/may.ts';
import { handOvers, handOversOf } from '../../store/hand-overs.ts';
import type { ApiDeps } from '../deps.ts';
import {
  brandIn,
  handOverBook,
  mayRead,
  mayStart,
  planHandOver,
  titlesOf,
  type HandOverBook,
  type HandOverEntry,
  type HandOverPlan,
} from '../handover/read.ts';
import { sayHandOver } from '../handover/say.ts';
import { endHandOver, signHandOver, startHandOver, type HandOverTaken } from '../handover/take.ts';
import { workName } from '../handover/view.tsx';
import { invalid, Problem, type FieldProblem } from '../problems.ts';
import { languageOf } from '../session/language.ts';
import type { SignedIn } from '../session/identify.ts';
import type { Lang } from '../view/lang.ts';
import { directorSchema, handOverLineSchema, handOverSchema, handOverView, lineView } from './hand-over-schemas.ts';
import { demandRight } from './reach.ts';
import { tagOf } from './revisions.ts';
import { route, type Answer, type AnyRoute } from './route.ts';
import { day, id, nothing, personRole } from './schemas.ts';
import { sayingFor } from './when.ts';

const tag = 'People';

const wantedShape = {
  brandId: id(),
  from: id(),
  to: id(),
  roles: z
    .array(personRole)
    .max(10)
    .optional()
    .meta({ description: 'Titles that go over; absent: all the giver has in the brand’s team' }),
  factBookOn: day().meta({ description: 'When the fact book was brought up to date; within the last month (S-132)' }),
  words: z.string().max(handOverWordsMax).default(''),
};
const startBody = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,40}$/, '8 to 40 letters, digits, _ or -')
    .optional()
    .meta({ description: 'The same id is the same hand-over, however often it is sent' }),
  ...wantedShape,
});
const previewBody = z.strictObject(wantedShape);
const params = z.strictObject({ handOverId: id() });
const example = {
  brandId: 'yunfeng',
  from: 'wangfang',
  to: 'lina',
  roles: ['ACCOUNT_EXECUTIVE'],
  factBookOn: '2026-03-10',
  words: 'Lina takes the brand over',
};

function wantedOf(book: HandOverBook, body: z.output<typeof previewBody>) {
  return { ...body, roles: body.roles ?? titlesOf(book, body.brandId, body.from) };
}

type Wanted = ReturnType<typeof wantedOf>;

function fieldsOf(
  problems: Extract<HandOverTaken, { kind: 'wrong' }>['problems'],
  wanted: Pick<HandOver, 'from' | 'to'>,
  book: HandOverBook,
  lang: Lang,
  lines: HandOver['list'],
): FieldProblem[] {
  return problems.map((one) => ({
    field: one.field,
    code: one.code,
    detail: sayHandOver(one, wanted, book, lang, workName(lines)),
  }));
}

function thirdOf(need: HandOverPlan['director']): { readonly director?: z.output<typeof directorSchema> } {
  if (need?.kind !== 'asked') return {};
  const { personId, inPlaceOf } = need;
  return { director: { personId, ...(inPlaceOf === undefined ? {} : { inPlaceOf }) } };
}

/** Throws where this person may not begin one of this brand; what is out of reach and what does not exist are one 404. */
function demandBrand(who: SignedIn, book: HandOverBook, wanted: Wanted): void {
  if (!brandIn(book, wanted.brandId) || !may(who.viewer, 'team.read', { brandId: wanted.brandId }))
    throw new Problem('NOT_FOUND');
  if (!mayStart(who, wanted)) throw new Problem('FORBIDDEN');
}

async function entryOf(deps: ApiDeps, who: SignedIn, handOverId: string): Promise<HandOverEntry> {
  const entry = await handOvers.get(deps.store, handOverId);
  if (!entry || !mayRead(who, entry.value)) throw new Problem('NOT_FOUND');
  return entry;
}

async function answerOf(
  { deps, req }: { readonly deps: ApiDeps; readonly req: Request },
  entry: HandOverEntry,
  status: 200 | 201,
): Promise<Answer> {
  const headers: Readonly<Record<string, string>> = {
    ETag: tagOf(entry.revision),
    ...(status === 201 ? { Location: `/api/v1/hand-overs/${entry.id}` } : {}),
  };
  return { status, body: handOverView(entry, await sayingFor(deps, req)), headers };
}

const gone = (): Problem => new Problem('CONFLICT', { params: { what: 'signature' } });

/** Routes about hand-overs of brands (M-21, S-133, F-57). */
export const handOverRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/hand-overs',
    id: 'listHandOvers',
    tag,
    summary: 'Hand-overs of my brands, and those I sign',
    params: nothing,
    query: z.strictObject({ brandId: id().optional(), state: z.enum(handOverStates).optional() }),
    answers: {
      200: { description: 'Newest first', schema: z.object({ handOvers: z.array(handOverSchema) }) },
    },
    handle: async ({ deps, req, who, query }) => {
      demandRight(who, 'people.read');
      const found = (await handOversOf(deps.store, query.brandId))
        .filter(({ value }) => mayRead(who, value))
        .filter(({ value }) => query.state === undefined || value.state === query.state);
      const say = await sayingFor(deps, req);
      return { status: 200, body: { handOvers: found.slice(0, 200).map((entry) => handOverView(entry, say)) } };
    },
  }),
  route({
    method: 'post',
    path: '/hand-overs/preview',
    id: 'previewHandOver',
    tag,
    summary: 'What a hand-over would move, and what stands against it; changes nothing',
    params: nothing,
    query: nothing,
    body: previewBody,
    example,
    answers: {
      200: {
        description: 'Each problem names field, code and what to change',
        schema: z.object({
          list: z.array(handOverLineSchema),
          owns: z.boolean(),
          director: directorSchema
            .optional()
            .meta({ description: 'Who would be asked to sign as account director; absent where one of the two is it' }),
          problems: z.array(z.object({ field: z.string(), code: z.string(), detail: z.string() })),
        }),
      },
    },
    handle: async ({ deps, req, who, body }) => {
      const book = await handOverBook(deps);
      const wanted = wantedOf(book, body);
      demandBrand(who, book, wanted);
      const { lines, owns, problems, director } = await planHandOver(deps, book, wanted, who.person);
      const said = fieldsOf(problems, wanted, book, languageOf(req), lines);
      const say = await sayingFor(deps, req);
      const list = lines.map((line) => lineView(line, say));
      return { status: 200, body: { list, owns, ...thirdOf(director), problems: said } };
    },
  }),
  route({
    method: 'post',
    path: '/hand-overs',
    id: 'startHandOver',
    tag,
    summary: 'Start a hand-over: both are asked to sign, nothing moves yet',
    description:
      'When both have signed, the brand’s account director is asked, unless one of the two is it. For its own two, account managers and directors of the brand, and who keeps the registers. For somebody who has left a manager starts it and signs in that place.',
    params: nothing,
    query: nothing,
    body: startBody,
    example,
    answers: { 201: { description: 'Both are asked', schema: handOverSchema, headers: ['ETag', 'Location'] } },
    handle: async ({ deps, req, who, body }) => {
      const { id: wish = randomUUID(), ...rest } = body;
      const book = await handOverBook(deps);
      const wanted = wantedOf(book, rest);
      demandBrand(who, book, wanted);
      const taken = await startHandOver(deps, who.person, book, `ho-${wish}`, wanted);
      if (taken.kind === 'wrong') {
        const { lines } = await planHandOver(deps, book, wanted, who.person);
        throw invalid(fieldsOf(taken.problems, wanted, book, languageOf(req), lines));
      }
      if (taken.kind === 'conflict') throw gone();
      return answerOf({ deps, req }, taken.entry, 201);
    },
  }),
  route({
    method: 'get',
    path: '/hand-overs/{handOverId}',
    id: 'getHandOver',
    tag,
    summary: 'One hand-over: who, what, who has signed, what moved',
    params,
    query: nothing,
    answers: { 200: { description: 'As it stands', schema: handOverSchema, headers: ['ETag'] } },
    handle: async ({ deps, req, who, params: asked }) =>
      answerOf({ deps, req }, await entryOf(deps, who, asked.handOverId), 200),
  }),
  route({
    method: 'post',
    path: '/hand-overs/{handOverId}/sign',
    id: 'signHandOver',
    tag,
    summary: 'Sign as giver, taker or account director; with the last signature everything moves at once',
    params,
    query: nothing,
    answers: { 200: { description: 'Signed', schema: handOverSchema, headers: ['ETag'] } },
    handle: async ({ deps, req, who, params: asked }) => {
      const entry = await entryOf(deps, who, asked.handOverId);
      const { value } = entry;
      if (!signersOfHandOver(value).includes(who.person.id)) throw new Problem('FORBIDDEN');
      const book = await handOverBook(deps);
      const { person, actor } = who;
      const taken = await signHandOver(deps, { person, proof: actor.proof }, book, entry.id);
      if (taken.kind === 'wrong') throw invalid(fieldsOf(taken.problems, value, book, languageOf(req), value.list));
      if (taken.kind === 'conflict') throw gone();
      return answerOf({ deps, req }, taken.entry, 200);
    },
  }),
  route({
    method: 'post',
    path: '/hand-overs/{handOverId}/end',
    id: 'endHandOver',
    tag,
    summary: 'Do not sign, or withdraw: nothing moves, and the others are told why',
    params,
    query: nothing,
    body: z.strictObject({ words: z.string().trim().min(1).max(handOverWordsMax) }),
    example: { words: 'Another colleague takes it' },
    answers: { 200: { description: 'Ended', schema: handOverSchema, headers: ['ETag'] } },
    handle: async ({ deps, req, who, params: asked, body }) => {
      const entry = await entryOf(deps, who, asked.handOverId);
      const { value } = entry;
      if (!signersOfHandOver(value).includes(who.person.id) && !mayStart(who, value)) throw new Problem('FORBIDDEN');
      const taken = await endHandOver(deps, who.person, entry, body.words);
      if (taken.kind !== 'saved') throw gone();
      return answerOf({ deps, req }, taken.entry, 200);
    },
  }),
];
