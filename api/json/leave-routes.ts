import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { compareInstants } from '../../domain/instant.ts';
import { leaveKinds, type Absence } from '../../domain/people/types.ts';
import type { ApiDeps } from '../deps.ts';
import { daysOf, readLeave, sayProblem, whyNotAnnounce } from '../leave/read.ts';
import { announceLeave, answerLeave, contextOf, leaveBook, mayAnswer, type LeaveBook } from '../leave/take.ts';
import type { LeaveTaken } from '../leave/take.ts';
import { absenceWords } from '../leave/words.ts';
import { invalid, Problem } from '../problems.ts';
import { languageOf } from '../session/language.ts';
import { timeFor } from '../view/read/house.ts';
import { words } from '../view/words/index.ts';
import { demandRight } from './reach.ts';
import { basedOn, tagOf } from './revisions.ts';
import { route, type Answer, type AnyRoute } from './route.ts';
import { day, id, nothing } from './schemas.ts';

const tag = 'People';
const states = ['asked', 'coming', 'away'] as const;

const leaveSchema = z
  .object({
    id: z.string(),
    revision: z.int().meta({ description: 'Name it in If-Match to agree or to end' }),
    state: z.enum(states).meta({ description: '`asked` waits for agreement; nobody is away because of it' }),
    personId: z.string(),
    kind: z.enum(leaveKinds).optional(),
    from: z.string().meta({ description: 'First day on the office’s calendar', example: '2026-03-16' }),
    to: z.string().meta({ description: 'Last day, included', example: '2026-03-18' }),
    standInId: z.string().optional(),
    announcedBy: z.string().optional().meta({ description: 'Where that was somebody else' }),
    agreedBy: z.string().optional(),
  })
  .meta({ id: 'Leave', description: 'Leave with its stand-in (F-58)' });

const leaveBody = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,40}$/, '8 to 40 letters, digits, _ or -')
    .optional()
    .meta({ description: 'The same id is the same leave, however often it is sent' }),
  personId: id().meta({
    description:
      'Who is away; of somebody else only for account managers and above, sick leave also for whoever serves a brand with them',
  }),
  kind: z.enum(leaveKinds),
  from: day(),
  to: day().meta({ description: 'Last day, included' }),
  standInId: id(),
});

const leaveParams = z.strictObject({ leaveId: id() });
const ifMatch = z.object({ 'if-match': z.string().meta({ description: 'The revision seen, e.g. `"1"`' }) });

type Entry = { readonly id: string; readonly revision: number; readonly value: Absence };

function shown({ id: leaveId, revision, value }: Entry, now: string, zone: string) {
  const { personId, kind, standInId, announcedBy, agreedBy, asked, from } = value;
  const { first, last } = daysOf(value, zone);
  return {
    id: leaveId,
    revision,
    state: asked ? ('asked' as const) : compareInstants(from, now) <= 0 ? ('away' as const) : ('coming' as const),
    personId,
    ...(kind === undefined ? {} : { kind }),
    from: first,
    to: last,
    ...(standInId === undefined ? {} : { standInId }),
    ...(announcedBy === undefined ? {} : { announcedBy }),
    ...(agreedBy === undefined ? {} : { agreedBy }),
  };
}

async function zoneOf(deps: ApiDeps): Promise<string> {
  return (await timeFor(deps)).calendar.zone;
}

/** What became of it, as an answer; throws where it is a no. */
function answerOf(taken: LeaveTaken, status: 200 | 201, book: LeaveBook, zone: string): Answer {
  if (taken.kind !== 'saved') throw new Problem('PRECONDITION');
  const headers: Readonly<Record<string, string>> = {
    ETag: tagOf(taken.revision),
    ...(status === 201 ? { Location: `/api/v1/leave/${taken.id}` } : {}),
  };
  return { status, body: shown(taken, book.now, zone), headers };
}

function answering(act: 'agree' | 'end'): AnyRoute {
  return route({
    method: 'post',
    path: `/leave/{leaveId}/${act}`,
    id: act === 'agree' ? 'agreeToLeave' : 'endLeave',
    tag,
    summary: act === 'agree' ? 'Agree to leave' : 'End leave: back already, not going, or not agreed',
    description:
      act === 'agree'
        ? 'For account managers and directors of the person’s brands, and who keeps the registers; nobody agrees to their own. What is wrong by now, e.g. a stand-in who is away, is refused.'
        : 'Leave that has begun ends now and desks move back; what has not begun never begins. Said to leave that waits for agreement it is a no. Whoever announced it is told by mail.',
    params: leaveParams,
    query: nothing,
    headers: ifMatch,
    answers: { 200: { description: 'As it stands now', schema: leaveSchema, headers: ['ETag'] } },
    handle: async ({ deps, req, who, params }) => {
      const book = await leaveBook(deps);
      const entry = book.leave.find(({ id: one }) => one === params.leaveId);
      if (entry === undefined) throw new Problem('NOT_FOUND');
      if (!mayAnswer(who, act, entry.value, book)) throw new Problem('FORBIDDEN');
      if (basedOn(req) !== entry.revision) throw new Problem('PRECONDITION');
      const zone = await zoneOf(deps);
      const taken = await answerLeave(deps, who, book, entry, act);
      if (taken.kind === 'wrong') {
        const context = contextOf(book, entry.id);
        throw invalid(
          taken.problems.map((one) => ({
            field: one.field,
            code: one.code,
            detail: sayProblem(one, entry.value.personId, context, zone, languageOf(req)),
          })),
        );
      }
      return answerOf(taken, 200, book, zone);
    },
  });
}

/** Routes about leave and stand-ins (M-21, R-227). */
export const leaveRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/leave',
    id: 'listLeave',
    tag,
    summary: 'Who is away, will be, or waits for agreement',
    params: nothing,
    query: z.strictObject({ state: z.enum(states).optional(), personId: id().optional() }),
    answers: {
      200: {
        description: 'Leave that is not over, what begins first on top',
        schema: z.object({ leave: z.array(leaveSchema) }),
      },
    },
    handle: async ({ deps, who, query }) => {
      demandRight(who, 'people.read');
      const [book, zone] = await Promise.all([leaveBook(deps), zoneOf(deps)]);
      const leave = [...book.leave]
        .sort((a, b) => compareInstants(a.value.from, b.value.from))
        .map((entry) => shown(entry, book.now, zone))
        .filter(({ state }) => query.state === undefined || state === query.state)
        .filter(({ personId }) => query.personId === undefined || personId === query.personId);
      return { status: 200, body: { leave } };
    },
  }),
  route({
    method: 'post',
    path: '/leave',
    id: 'announceLeave',
    tag,
    summary: 'Announce leave with a stand-in (R-227)',
    description:
      'Of somebody who may agree to it themselves it counts at once; otherwise it waits, and whoever must agree is asked by mail.',
    params: nothing,
    query: nothing,
    body: leaveBody,
    example: { personId: 'wangfang', kind: 'annual', from: '2026-03-16', to: '2026-03-18', standInId: 'lina' },
    answers: { 201: { description: 'Announced', schema: leaveSchema, headers: ['ETag', 'Location'] } },
    handle: async ({ deps, req, who, body }) => {
      demandRight(who, 'people.read');
      const { id: wish = randomUUID(), ...typed } = body;
      const [book, zone] = await Promise.all([leaveBook(deps), zoneOf(deps)]);
      const no = book.people.has(typed.personId) ? whyNotAnnounce(who, typed, book.teams) : undefined;
      if (no === 'forbidden') throw new Problem('FORBIDDEN');
      if (no === 'onlySick')
        throw invalid([{ field: 'kind', code: no, detail: words(languageOf(req), absenceWords)(no) }]);
      const leaveId = `leave-${wish}`;
      const known = book.leave.find(({ id: one }) => one === leaveId);
      if (known?.revision === 1) return answerOf({ kind: 'saved', ...known }, 201, book, zone);
      const read = readLeave(typed, contextOf(book, leaveId), zone, languageOf(req));
      if ('errors' in read)
        throw invalid(
          Object.entries(read.errors).map(([field, detail]) => ({ field, code: read.codes[field] ?? 'RULE', detail })),
        );
      return answerOf(await announceLeave(deps, who, book, leaveId, read.leave), 201, book, zone);
    },
  }),
  answering('agree'),
  answering('end'),
];
